"""Whether an XML file is written in the encoding that it says it is: a wrong one would turn letters into others without a word."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.documents import wider_encoding

_DECLARED = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_HEAD = 1024
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
_BYTE_A_LETTER = re.compile(r"iso8859|cp125|cp437|cp85|koi8|mac|ascii|latin")


def check_encoding(path: Path, data: bytes) -> None:
    """Refuse a file whose bytes don't fit the encoding that it declares; without one it must be UTF-8, or UTF-16 with a mark."""
    wide = wider_encoding(data[:4])
    head = data[:_HEAD].replace(b"\0", b"") if wide else data[:_HEAD]
    match = _DECLARED.search(head)
    declared = match[1].decode() if match else ""
    if wide == "UTF-32":
        raise undecodable(path, wide)
    name = _known(declared or wide or "UTF-8", path)
    if wide != "" and name not in {"utf-16", "utf-16-le", "utf-16-be"}:
        raise _contradicted(path, declared, wide)
    if wide == "" and name.startswith("utf-16"):
        raise _contradicted(path, declared, "")
    text = _decoded(path, data, "utf-16" if data[:2] in {codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE} else _wide_name(data) if wide else name, declared)
    if _BYTE_A_LETTER.match(name.replace("-", "")) and not data.isascii():
        if _is_utf8(data):
            raise _contradicted(path, declared, "UTF-8")
        if _CONTROLS.search(text):
            raise _contradicted(path, declared, "windows-1252")


def _wide_name(data: bytes) -> str:
    return "utf-16-be" if data[:1] == b"\0" else "utf-16-le"


def _known(declared: str, path: Path) -> str:
    try:
        name = codecs.lookup(declared).name
    except LookupError as error:
        raise undecodable(path, declared) from error
    if name not in {"utf-8", "utf-16", "utf-16-le", "utf-16-be"} and not _BYTE_A_LETTER.match(name.replace("-", "")):
        raise undecodable(path, declared)
    return name


def _decoded(path: Path, data: bytes, encoding: str, declared: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = msg("The file says that it is written in %(encoding)s; its bytes are not.", encoding=declared) if declared else None
        problem = said or msg("The text is not %(encoding)s.", encoding="UTF-8")
        hint = msg("Export the file again, or correct the encoding in its first line.")
        raise refuse("file.encoding", problem, hint, Where(file=str(path), line=line)) from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _contradicted(path: Path, declared: str, found: str) -> Refused:
    if found:
        problem = msg("The file says that it is written in %(encoding)s; its bytes look like %(found)s.", encoding=declared, found=found)
    else:
        problem = msg("The file says that it is written in %(encoding)s; its bytes are not.", encoding=declared)
    return refuse("file.encoding", problem, msg("Export the file again, or correct the encoding in its first line."), Where(file=str(path), line=1))


def undecodable(path: Path, encoding: str) -> Refused:
    """The refusal of an encoding that is not read."""
    problem = msg("XML written in %(encoding)s is not read.", encoding=encoding or "-")
    return refuse("file.encoding", problem, msg("Save the file again as UTF-8."), Where(file=str(path), line=1))

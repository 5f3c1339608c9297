"""What the entries of a ZIP archive are called: names that are plain files on every system, each once."""

from __future__ import annotations

import re
import stat
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipInfo

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.hidden import hidden_character

MAX_NAME = 200
MAX_FOLDERS = 10
_ENCRYPTED = 0x1 | 0x40
_UTF8 = 0x800
_UNIX = 3
_LEFT_BY_SYSTEMS = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini|~\$[^/]*)", re.IGNORECASE | re.DOTALL)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE | re.DOTALL)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f-\x9f\\:<>"|?*]')
_ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".zst", ".kmz")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of an archive: how the archive keeps it, its name as it can be shown, and the steps of its path."""

    info: ZipInfo
    name: str
    parts: tuple[str, ...]


def entries_of(path: Path, infos: Iterable[ZipInfo]) -> list[Entry]:
    """The files; folders, and what systems leave beside files, are passed over. Raises Refused for the first that can't be one here."""
    entries: list[Entry] = []
    files: set[str] = set()
    folders: set[str] = set()
    for number, info in enumerate(infos, start=1):
        name = _name(path, info, number)
        if _LEFT_BY_SYSTEMS.fullmatch(name):
            continue
        if problem := _fault_of_name(name):
            raise _refused(path, "zip.name", problem, msg("Rename it and pack the files again, or unpack them yourself and import the folder."))
        if fault := _fault_of_kind(info, name):
            raise _refused(path, *fault)
        parts = tuple(name.removesuffix("/").split("/"))
        keys = [_key("/".join(parts[:depth])) for depth in range(1, len(parts) + 1)]
        if keys[-1] in files or files.intersection(keys[:-1]) or (keys[-1] in folders and not name.endswith("/")):
            raise _refused(path, "zip.twice", msg("The archive has %(entry)s twice.", entry=_short(name)), msg("Give each file its own name."))
        folders.update(keys if name.endswith("/") else keys[:-1])
        if not name.endswith("/"):
            files.add(keys[-1])
            entries.append(Entry(info, _short(name), parts))
    return entries


def _name(path: Path, info: ZipInfo, number: int) -> str:
    """The name as it was meant. Without the mark of UTF-8 nobody knows in which letters one beyond ASCII is written, unless it reads as UTF-8."""
    name = info.orig_filename.removeprefix("./")
    if name.isascii() or info.flag_bits & _UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError as error:
        problem = msg("The archive does not say in which letters the name of its entry %(number)s is written.", number=number)
        raise _refused(path, "zip.name", problem, msg("Unpack the archive yourself and import the folder.")) from error


def _fault_of_name(name: str) -> Message | None:
    parts = name.removesuffix("/").split("/")
    if name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name):
        return msg("The entry %(entry)s leads out of the archive.", entry=_short(name))
    if len(name) > MAX_NAME or len(parts) > MAX_FOLDERS:
        return msg("The name %(entry)s is too long.", entry=_short(name))
    if _FORBIDDEN.search(name) or hidden_character(name) or any(not part or part != part.strip(" ").rstrip(".") for part in parts):
        return msg("%(entry)s is no name of a file on every system.", entry=_short(name))
    if any(map(_DEVICE.fullmatch, parts)):
        return msg("%(entry)s is the name of a device on Windows.", entry=_short(name))
    return None


def _fault_of_kind(info: ZipInfo, name: str) -> tuple[str, Message, Message] | None:
    if info.flag_bits & _ENCRYPTED:
        return "zip.encrypted", msg("%(entry)s is encrypted.", entry=_short(name)), msg("Pack the files without a password.")
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system == _UNIX else 0
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "zip.kind", msg("%(entry)s is a link, or another thing that is no file.", entry=_short(name)), msg("Pack the file itself.")
    if name.lower().endswith(_ARCHIVES):
        return "zip.nested", msg("%(entry)s is an archive inside the archive.", entry=_short(name)), msg("Unpack it first.")
    return None


def _key(name: str) -> str:
    """By what a system that makes no difference between capitals would find the file."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _short(name: str) -> str:
    return name if len(name) <= 100 else f"{name[:100]}…"  # noqa: PLR2004 - a name that fits a line


def _refused(path: Path, code: str, problem: Message, hint: Message) -> Refused:
    return refuse(code, problem, hint, Where(file=str(path)))

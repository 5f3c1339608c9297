"""Workbooks that are ZIP packages (.xlsx, .xlsm, .xlsb, .ods): every entry is unpacked once, within limits, before anything is made of it."""

from __future__ import annotations

import copy
import posixpath
import re
import struct
import time
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Final

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.kinds import kind_of, mimetype_of, package_kind
from sdgcities.intake.workbooks.opendocument import Content
from sdgcities.intake.workbooks.sheets import SharedTexts, Sheet, percent_styles
from sdgcities.intake.workbooks.survey import MAX_TEXTS, Surveys, texts_too_large

MAX_UNPACKED = 256 * MEGABYTE
MAX_ENTRIES = 2_000
MAX_SHEETS = 500
MAX_RATIO = 300
"""How many times as large an entry may become; asked of those that become large."""
LARGE = 8 * MEGABYTE
MAX_SECONDS = 120

_PIECE = 4 * MEGABYTE
_XML = re.compile(rb"[\xef\xbb\xbf\s]*<")
_BOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, LookupError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
LOCKED: Final = (msg("The workbook is locked by a password."), msg("Save it without one."))


@dataclass
class Package:
    """What a package holds beside its cells."""

    kind: str
    sheets: Surveys = field(default_factory=dict)
    macros: bool = False
    links: tuple[str, ...] = ()
    """The other workbooks that formulas refer to."""


@contextmanager
def damaged(path: Path) -> Iterator[None]:
    """What a broken package raises, told as one refusal."""
    try:
        yield
    except _BROKEN as error:
        if "password" in str(error) or "encrypted" in str(error):
            raise refuse("workbook.password", *LOCKED, Where(file=str(path))) from error
        raise broken(path, msg("%(problem)s", problem=error)) from error


def broken(path: Path, problem: Message) -> Refused:
    """The refusal of a workbook that can't be read."""
    return refuse("workbook.damaged", msg("The workbook can't be read: %(problem)s.", problem=problem), msg("Open it and save it again."), Where(str(path)))


def check_package(path: Path) -> Package:
    """The package's sheets and what stands beside them. Raises Refused where it is none, is locked, or holds too much."""
    with damaged(path), zipfile.ZipFile(path) as package:
        entries = package.infolist()
        _check_sizes(path, entries)
        names = [entry.filename for entry in entries]
        kind = package_kind(names, mimetype_of(package))
        if not kind:
            raise _no_workbook(path)
        if any(entry.compress_type not in _METHODS for entry in entries):
            raise broken(path, msg("its parts are packed in an unusual way"))
        if kind == "xlsb":
            problem = msg("This is a binary workbook (.xlsb).")
            raise refuse("workbook.kind", problem, msg("Open it and save it as .xlsx."), Where(file=str(path)))
        _check_password(package, path)
        held = _Entries(path, package)
        if kind == "ods":
            return Package(kind, held.content(entries), any(name.startswith(("Basic/", "Scripts/")) for name in names))
        macros = any(name.lower().endswith("vbaproject.bin") for name in names)
        return Package(kind, held.sheets(entries), macros, _links(package))


def _no_workbook(path: Path) -> Refused:
    kind = kind_of(path) or msg("a ZIP archive")
    hint = msg("Save the table as .xlsx or as CSV UTF-8 from the program that opens it; a new name does not make it a workbook.")
    return refuse("workbook.kind", msg("This is %(kind)s, not a workbook.", kind=kind), hint, Where(file=str(path)))


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    bomb = next((one for one in entries if one.file_size > LARGE and one.file_size > MAX_RATIO * max(one.compress_size, 1)), None)
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        problem = msg("The workbook has %(n)s parts; at most %(limit)s are read.", n=len(entries), limit=MAX_ENTRIES)
    elif bomb:
        problem = msg("A part of the workbook, %(name)s, becomes %(n)s times as large when it is unpacked.", name=bomb.filename, n=MAX_RATIO)
    elif unpacked > MAX_UNPACKED:
        problem = msg("Unpacked, the workbook has more than %(limit)s MB.", limit=MAX_UNPACKED // MEGABYTE)
    else:
        return
    hint = msg("Keep only the sheets that are needed, or save the sheet as CSV UTF-8.")
    raise refuse("workbook.too-large", problem, hint, Where(file=str(path)))


def _check_password(package: zipfile.ZipFile, path: Path) -> None:
    manifest = "META-INF/manifest.xml"
    sealed = manifest in package.namelist() and b"encryption-data" in package.read(manifest)
    if sealed or "encrypted-package" in package.namelist() or any(entry.flag_bits & 1 for entry in package.infolist()):
        raise refuse("workbook.password", *LOCKED, Where(file=str(path)))


class _Entries:
    """The entries of a package, each read once and in pieces."""

    def __init__(self, path: Path, package: zipfile.ZipFile) -> None:
        self._path, self._package = path, package
        self._until = time.monotonic() + MAX_SECONDS

    def sheets(self, entries: list[zipfile.ZipInfo]) -> Surveys:
        """The sheets of an .xlsx by name: whatever holds the data of a sheet is one, wherever it stands."""
        names = _sheet_names(self._package)
        if len(names) > MAX_SHEETS:
            problem = msg("The workbook has %(n)s sheets; at most %(limit)s are read.", n=len(names), limit=MAX_SHEETS)
            raise refuse("workbook.too-large", problem, msg("Keep only the sheets that are needed."), Where(file=str(self._path)))
        styles = next((self._package.read(one) for one in entries if one.filename.lower().lstrip("/") == _STYLES), b"")
        percents, volatile = percent_styles(styles), _computed_on_load(self._package)
        found, parts, shared = dict[str, Sheet](), dict[str, zipfile.ZipInfo](), SharedTexts()
        for entry in entries:
            sheet, name = Sheet(percents, volatile), names.get(_folded(entry.filename), entry.filename)
            for number, piece in enumerate(self._pieces(entry)):
                sheet.read(piece)
                shared.read(piece, first=not number)
                sheet.survey.check(str(self._path), name)  # what reaches too far is not read to its end
            if sheet.is_one:
                sheet.finish().check(str(self._path), name)
                if sheet.unnumbered:
                    raise broken(self._path, msg("cells of the sheet %(name)s refer to texts that are not there", name=name))
                if sheet.nowhere:
                    raise broken(self._path, msg("cells with formulas on the sheet %(name)s don't say their place", name=name))
                found[name], parts[name] = sheet, entry
        self._check_texts(found, parts, shared)
        return {name: sheet.survey for name, sheet in found.items()}

    def _check_texts(self, found: dict[str, Sheet], parts: dict[str, zipfile.ZipInfo], shared: SharedTexts) -> None:
        """Refuse texts that a small file repeats until they fill the memory."""
        for name, sheet in found.items():
            if sheet.texts * shared.longest > MAX_TEXTS and shared.size(b"".join(self._pieces(parts[name])).replace(b"'", b'"')) > MAX_TEXTS:
                raise texts_too_large(str(self._path), name)

    def content(self, entries: list[zipfile.ZipInfo]) -> Surveys:
        """The sheets of an .ods by name."""
        found: Surveys = {}
        for entry in entries:
            content = Content() if entry.filename == "content.xml" else None
            for piece in self._pieces(entry):
                if content:
                    content.read(piece, str(self._path))
            if content:
                found = content.finish(str(self._path))
        if len(found) > MAX_SHEETS:
            problem = msg("The workbook has %(n)s sheets; at most %(limit)s are read.", n=len(found), limit=MAX_SHEETS)
            raise refuse("workbook.too-large", problem, msg("Keep only the sheets that are needed."), Where(file=str(self._path)))
        return found

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        """What stands in an entry; refused where that is more than it says, where an XML part declares entities, or where it takes too long."""
        whole = copy.copy(entry)
        whole.file_size = MAX_UNPACKED + 1  # what is there is read, not what it says of itself
        size, xml, before = 0, False, b""
        with self._package.open(whole) as stream:
            while piece := stream.read(_PIECE):
                xml = xml or (size == 0 and (piece.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")) or bool(_XML.match(piece[:200]))))
                size += len(piece)
                self._check_piece(entry, before + piece if xml else b"", size)
                before = piece[-16:]
                yield piece

    def _check_piece(self, entry: zipfile.ZipInfo, xml: bytes, size: int) -> None:
        where = Where(file=str(self._path))
        if size > entry.file_size:
            raise broken(self._path, msg("its part %(name)s is larger than it says", name=entry.filename))
        if time.monotonic() > self._until:
            problem = msg("Reading the workbook takes more than %(n)s seconds.", n=MAX_SECONDS)
            raise refuse("workbook.too-large", problem, msg("Keep only the sheets that are needed."), where)
        if b"<!" in xml and re.search(rb"<!(?:DOCTYPE|ENTITY)", xml, re.IGNORECASE):
            problem = msg("The part %(name)s of the workbook declares entities, which no spreadsheet program writes.", name=entry.filename)
            raise refuse("workbook.entities", problem, msg("Don't open it. Ask its sender what made it."), where)
        if b"\0" in xml and entry.filename.lower().startswith(("xl/", "content.xml", "_rels/", "[content_types]")):
            raise broken(self._path, msg("its part %(name)s is not UTF-8", name=entry.filename))


def _links(package: zipfile.ZipFile) -> tuple[str, ...]:
    """The workbooks that formulas refer to, in the order in which formulas number them."""
    parts = sorted((name for name in package.namelist() if re.fullmatch(r"xl/externalLinks/_rels/externalLink\d+\.xml\.rels", name)), key=_number)
    return tuple(found["Target"] for part in parts for found in attributes(package.read(part), b"Relationship"))


def _number(part: str) -> int:
    return int(re.sub(r"\D", "", part)[:9] or 0)


def _computed_on_load(package: zipfile.ZipFile) -> bool:
    """Whether the program that wrote the workbook leaves it to the one that opens it to work its formulas out."""
    book = package.read(_BOOK) if _BOOK in package.namelist() else b""
    return any(found["fullCalcOnLoad"] in ("1", "true") for found in attributes(book, b"calcPr"))


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Which sheet stands in which file of the package."""
    names = {_folded(name): name for name in package.namelist()}
    book = next((name for name in names if re.fullmatch(r"xl/[^/]*workbook\.xml", name)), "")
    relations = posixpath.join(posixpath.dirname(book), "_rels", posixpath.basename(book) + ".rels")
    if relations not in names:
        return {}
    targets = {found["Id"]: found["Target"] for found in attributes(package.read(names[relations]), b"Relationship")}
    pairs = [
        (found["r:id"] or next((text for key, text in found.items() if key.endswith(":id")), ""), found["name"]) for found in _sheets(package, names[book])
    ]
    return {_folded(posixpath.normpath(posixpath.join("/xl", targets[key].replace("\\", "/")))): name for key, name in pairs if key in targets}


def _sheets(package: zipfile.ZipFile, book: str) -> Iterator[defaultdict[str, str]]:
    return attributes(package.read(book), b"sheet")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def attributes(document: bytes, element: bytes) -> Iterator[defaultdict[str, str]]:
    """The attributes of every element of this name; empty where it lacks one."""
    for tag in re.findall(rb"<(?:\w{1,30}:)?" + element + rb"\s[^<>]*>", document):
        pairs = re.findall(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", tag.decode("utf-8", "replace"))
        yield defaultdict(str, {name: unescape(double or single) for name, double, single in pairs})

"""What a file is by its content, whatever its name says: offices send web pages as .xls and workbooks as .csv."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from sdgcities.findings import Message, msg
from sdgcities.intake.files import opened

PACKED, BINARY = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How ZIP archives begin, .xlsx and .ods among them; and how the older Office files do, .xls among them."""
LOOKED_AT = 4096
JSON, XML = msg("a JSON document"), msg("an XML document")

_MARKS = (
    (b"%PDF-", msg("a PDF document")),
    (b"\x89PNG", msg("an image")),
    (b"\xff\xd8\xff", msg("an image")),
    (b"GIF8", msg("an image")),
    (b"\x1f\x8b", msg("a compressed file (gzip)")),
    (b"7z\xbc\xaf\x27\x1c", msg("a compressed archive (7z)")),
    (b"Rar!", msg("a compressed archive (RAR)")),
    (b"SQLite format 3\0", msg("a database file (SQLite)")),
    (b"PAR1", msg("a Parquet file")),
    (rb"{\rtf", msg("a text document (RTF)")),
)
_WORDS = (
    (r"mime-version:|content-type: *multipart/related", msg("a web page (MHTML)")),
    (r"<\?xml(?s:.){0,1000}urn:schemas-microsoft-com:office:spreadsheet", msg("an XML Spreadsheet of Excel 2003")),
    (r"(<\?xml[^>]*>)?(\s|<!--(?s:.){0,500}?-->)*<(!doctype html|html|head|meta|table|body|div)\b", msg("a web page (HTML)")),
    (r"<\?xml|<!doctype|<[a-z][\w:]*( [^<>]*)?/?>", XML),
    (r"[\[{]\s*(\{\s*)?\"[^\"\n]*\"\s*:", JSON),
)
_DOCUMENTS = (
    ("word/", msg("a Word document")),
    ("ppt/", msg("a presentation")),
    ("application/vnd.oasis.opendocument.text", msg("a text document (ODT)")),
    ("application/vnd.oasis.opendocument.presentation", msg("a presentation")),
    ("application/epub", msg("a book (EPUB)")),
)


def kind_of(path: Path) -> Message | None:
    """What a file that is neither a table as text nor a workbook is, in words that follow “This is”; None where its content does not tell."""
    with opened(path) as stream:
        start = stream.read(LOOKED_AT)
    for mark, kind in _MARKS:
        if start.startswith(mark):
            return kind
    if start.startswith(PACKED):
        return _packed(path)
    text = start.replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return next((kind for pattern, kind in _WORDS if re.match(pattern, text)), None)


def package_kind(names: list[str], mimetype: str) -> str:
    """Which workbook a package is, "xlsx", "xlsb" or "ods", by what it holds; empty for any other archive."""
    held = {name.replace("\\", "/").lower().lstrip("/") for name in names}
    if mimetype.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if "xl/workbook.bin" in held:
        return "xlsb"
    if "[content_types].xml" in held and any(name.endswith("workbook.xml") for name in held):
        return "xlsx"
    return "ods" if "content.xml" in held and not mimetype else ""


def mimetype_of(package: zipfile.ZipFile) -> str:
    """What an OpenDocument package says that it is; empty for others."""
    if "mimetype" not in package.namelist():
        return ""
    with package.open("mimetype") as stream:
        return stream.read(200).decode("ascii", "replace").strip()


def _packed(path: Path) -> Message | None:
    try:
        with zipfile.ZipFile(path) as package:
            names, mimetype = package.namelist(), mimetype_of(package)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return None
    if package_kind(names, mimetype):
        return None
    return next((kind for mark, kind in _DOCUMENTS if mimetype.startswith(mark) or any(name.startswith(mark) for name in names)), msg("a ZIP archive"))

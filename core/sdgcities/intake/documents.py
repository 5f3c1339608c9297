"""The text of a document that must be UTF-8: JSON, YAML, TOML. One in another encoding of Unicode is told by its name."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, opened, read_text

_MARKS = ((BOM_UTF32_LE, "UTF-32"), (BOM_UTF32_BE, "UTF-32"), (BOM_UTF16_LE, "UTF-16"), (BOM_UTF16_BE, "UTF-16"))
_PAIR = 2


def read_document(path: Path, limit: int = MEGABYTE) -> str:
    """The text of a document of at most `limit` bytes; a byte-order mark is dropped."""
    check_file(path, limit)
    with opened(path) as stream:
        head = stream.read(4)
    if encoding := wider_encoding(head):
        raise refuse(
            "file.encoding",
            msg("The text is written in %(encoding)s; it must be UTF-8.", encoding=encoding),
            msg("Save the file again as UTF-8."),
            Where(file=str(path)),
        )
    return read_text(path, limit)


def wider_encoding(head: bytes) -> str:
    """UTF-16 or UTF-32 where the first bytes of a text show it, by a mark or by the zeros between its letters; else empty."""
    if named := next((name for mark, name in _MARKS if head.startswith(mark)), ""):
        return named
    zeros = head[:4].count(0)
    return "UTF-32" if zeros > _PAIR else "UTF-16" if zeros and any(head[:_PAIR]) and 0 in head[:_PAIR] else ""

"""Bytes and text of a file, with a limit on size."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg

MEGABYTE = 1024 * 1024
_NO_TEXT = re.compile("[\ud800-\udfff]")
"""How Python writes the bytes of a file's name that are no UTF-8."""


def check_file(path: Path, limit: int) -> None:
    """Refuse what is missing, not a plain file, empty, or larger than `limit` bytes."""
    where = Where(file=str(path))
    try:
        plain, size = path.is_file(), path.stat().st_size if path.exists() else 0
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not path.exists():
        raise _missing(path)
    if not plain:
        raise _no_file(path)
    if size == 0:
        raise refuse("file.empty", msg("The file is empty."), msg("Ask its sender for the file again."), where)
    if size > limit:
        raise refuse(
            "file.too-large",
            msg("The file has %(size)s MB; at most %(limit)s MB are read.", size=size // MEGABYTE + 1, limit=limit // MEGABYTE),
            msg("Split the file."),
            where,
        )


def read_bytes(path: Path, limit: int = 16 * MEGABYTE) -> bytes:
    """The content of a plain, non-empty file of at most `limit` bytes."""
    check_file(path, limit)
    with opened(path) as stream:
        return stream.read()


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file open for reading; what the system refuses is refused in one line. A pipe would wait for somebody to write into it."""
    try:
        if path.exists() and not path.is_file():
            raise _no_file(path)
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    with stream:
        try:
            yield stream
        except OSError as error:
            raise _unreadable(path, error) from error


def _no_file(path: Path) -> Refused:
    return refuse("file.not-plain", msg("This is not a file that can be read."), msg("Give the path of a file."), Where(file=str(path)))


def _missing(path: Path) -> Refused:
    return refuse("file.missing", msg("There is no such file."), msg("Check the spelling of the path."), Where(file=str(path)))


def _unreadable(path: Path, error: Exception) -> Refused:
    if isinstance(error, FileNotFoundError):
        return _missing(path)
    reason = getattr(error, "strerror", None) or str(error)
    return refuse("file.unreadable", msg("The file can't be read: %(reason)s.", reason=reason), where=Where(file=str(path)))


def read_text(path: Path, limit: int = MEGABYTE, encoding: str = "utf-8-sig") -> str:
    """The text of a file, strictly decoded; a byte-order mark is dropped."""
    data = read_bytes(path, limit)
    codec = codec_of(path, encoding)
    try:
        return data.decode(codec)
    except UnicodeError as error:
        raise undecodable(path, encoding, first_wrong(path, codec)) from error


@dataclass(frozen=True)
class Wrong:
    """The first byte of a file that is not in an encoding, counted from 0, and its line; None where lines can't be counted."""

    offset: int
    line: int | None


def first_wrong(path: Path, codec: str) -> Wrong | None:
    """Where a file stops being in an encoding; None where all of it is. Read in pieces."""
    decoder = codecs.getincrementaldecoder(codec.removesuffix("-sig"))("strict")  # the mark itself is UTF-8, and counts
    before, lines = 0, 1
    with opened(path) as stream:
        while True:
            piece = stream.read(MEGABYTE)
            kept = decoder.getstate()[0]
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                start = max(before - len(kept) + error.start, 0)
                return Wrong(start, None if "16" in codec else lines + piece.count(b"\n", 0, max(start - before, 0)))
            except UnicodeError:  # the mark of the byte order is missing
                return Wrong(0, None)
            if not piece:
                return None
            before, lines = before + len(piece), lines + piece.count(b"\n")


def codec_of(path: Path, encoding: str) -> str:
    """The codec that reads a file in this encoding: a mark at the beginning is dropped, and UTF-16 without one is known by its empty bytes."""
    if encoding == "utf-8":
        return "utf-8-sig"
    return sixteen(path) or encoding if encoding == "utf-16" else encoding


def sixteen(path: Path) -> str:
    """The byte order of UTF-16 without a mark, as a codec: Latin letters leave every other byte empty. Empty where the file is not written so."""
    with opened(path) as stream:
        start = stream.read(MEGABYTE // 16)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < max(len(start) // 20, 2) or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def undecodable(path: Path, encoding: str, wrong: Wrong | None = None) -> Refused:
    """The refusal of a file that is not in the encoding it should be in."""
    name = encoding.removesuffix("-sig").upper()
    hint = msg("Save the file again as %(encoding)s.", encoding=name)
    if name == "UTF-8" and path.suffix.lower() == ".csv":
        hint = msg("Save the file again as UTF-8: in Excel, Save as, file type CSV UTF-8.")
    problem = msg("The text is not %(encoding)s.", encoding=name)
    if wrong is not None:
        problem = msg("The text is not %(encoding)s. Byte %(offset)s is the first that is wrong.", encoding=name, offset=wrong.offset)
    return refuse("file.encoding", problem, hint, Where(file=str(path), line=wrong.line if wrong else None))


def name_of(path: Path) -> str:
    """The name of a file as it can be kept: bytes that are no UTF-8 are replaced."""
    return keepable(path.name)


def keepable(text: str) -> str:
    """A text with the names of files in it, as it can be kept: bytes that are no UTF-8 are replaced."""
    return _NO_TEXT.sub("\ufffd", text)


def sha256_of(path: Path) -> str:
    """The SHA-256 digest of a file, read in pieces."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which listing plugins never needs

    digest = hashlib.sha256()
    with opened(path) as stream:
        while piece := stream.read(MEGABYTE):
            digest.update(piece)
    return digest.hexdigest()

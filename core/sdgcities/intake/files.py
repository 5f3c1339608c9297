"""Bytes and text of a file, with a limit on size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg

MEGABYTE = 1024 * 1024


def check_file(path: Path, limit: int) -> None:
    """Refuse what is missing, not a plain file, empty, or larger than `limit` bytes."""
    where = Where(file=str(path))
    try:
        plain, size = path.is_file(), path.stat().st_size if path.exists() else 0
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not path.exists():
        raise refuse("file.missing", msg("There is no such file."), msg("Check the spelling of the path."), where)
    if not plain:
        raise refuse("file.not-plain", msg("This is not a file that can be read."), msg("Give the path of a file."), where)
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
    """The file open for reading; what the system refuses is refused in one line."""
    try:
        stream = path.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    with stream:
        try:
            yield stream
        except OSError as error:
            raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> Refused:
    reason = getattr(error, "strerror", None) or str(error)
    return refuse("file.unreadable", msg("The file can't be read: %(reason)s.", reason=reason), where=Where(file=str(path)))


def read_text(path: Path, limit: int = MEGABYTE, encoding: str = "utf-8-sig") -> str:
    """The text of a file, strictly decoded; a byte-order mark is dropped."""
    data = read_bytes(path, limit)
    try:
        return data.decode(encoding)
    except UnicodeError as error:  # without a place where the mark of the byte order is missing
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else None
        raise undecodable(path, encoding, line) from error


def undecodable(path: Path, encoding: str, line: int | None = None) -> Refused:
    """The refusal of a file that is not in the encoding it should be in."""
    name = encoding.removesuffix("-sig").upper()
    hint = msg("Save the file again as %(encoding)s.", encoding=name)
    if name == "UTF-8" and path.suffix.lower() == ".csv":
        hint = msg("Save the file again as UTF-8: in Excel, Save as, file type CSV UTF-8.")
    return refuse(
        "file.encoding",
        msg("The text is not %(encoding)s.", encoding=name),
        hint,
        Where(file=str(path), line=line),
    )


def name_of(path: Path) -> str:
    """The name of a file as it can be kept: bytes that are no UTF-8 are replaced."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def sha256_of(path: Path) -> str:
    """The SHA-256 digest of a file, read in pieces."""
    import hashlib  # noqa: PLC0415 - loads OpenSSL, which listing plugins never needs

    digest = hashlib.sha256()
    with opened(path) as stream:
        while piece := stream.read(MEGABYTE):
            digest.update(piece)
    return digest.hexdigest()

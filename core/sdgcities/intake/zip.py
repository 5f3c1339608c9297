"""ZIP archives, unpacked for reading: plain files with plain names, each within its limits. Nothing is believed that an archive says of itself."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, check_file, opened
from sdgcities.intake.zip_entries import Entry, entries_of

MAX_ARCHIVE = 1024 * MEGABYTE
MAX_UNPACKED = 4096 * MEGABYTE
MAX_ENTRIES = 1000
MAX_DIRECTORY = 4 * MEGABYTE
MAX_RATIO = 300
"""Tables of figures shrink to a tenth, at most to a hundredth."""
_SMALL = MEGABYTE
"""What an entry may unpack to, whatever its ratio."""
_PIECE = 256 * 1024
_END = struct.Struct("<4s4H2IH")
_WIDE_END, _WIDE_LOCATOR = struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_LOCAL = struct.Struct("<4s5H3I2H")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PACKAGES = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods", ".ots", ".docx", ".odt", ".pptx")
"""Documents that are ZIP archives themselves: whoever reads them has limits of his own."""


def unpacked(path: Path, into: Path, most: int = MAX_ENTRIES, kinds: Sequence[str] = ()) -> list[Path]:
    """Unpack the files of an archive below `into`, in the archive's order; what systems leave beside them is passed over.

    `most` entries are taken; with `kinds`, endings of names in small letters, only such files are unpacked, and no other is looked at.
    Raises Refused, with no file left in `into`, where the archive is damaged, too large, or holds what can't be a file here.
    """
    check_file(path, MAX_ARCHIVE)
    written: list[Path] = []
    try:
        with opened(path) as stream:
            _check_directory(path, stream, most)
            with zipfile.ZipFile(stream) as archive:
                _unpack(path, archive, stream, into, written, most, kinds)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, OverflowError, ValueError, RuntimeError) as error:
        _withdraw(written)
        raise _damaged(path) from error
    except BaseException:
        _withdraw(written)
        raise
    return written


def names_in(path: Path, most: int = MAX_ENTRIES) -> list[str]:
    """The names of an archive's entries, without unpacking it; none where it can't be read: whoever unpacks it says why."""
    try:
        check_file(path, MAX_ARCHIVE)
        with opened(path) as stream:
            _check_directory(path, stream, most)
            with zipfile.ZipFile(stream) as archive:
                return archive.namelist()
    except (Refused, zipfile.BadZipFile, struct.error, EOFError, NotImplementedError, OverflowError, ValueError, RuntimeError):
        return []


def _unpack(path: Path, archive: zipfile.ZipFile, stream: BinaryIO, into: Path, written: list[Path], most: int, kinds: Sequence[str]) -> None:
    infos = archive.infolist()
    if len(infos) > most:
        raise _too_many(path, most)
    entries = entries_of(path, [info for info in infos if not kinds or info.orig_filename.casefold().endswith(tuple(kinds))])
    if not entries:
        raise refuse("zip.empty", msg("The archive holds no file."), msg("Ask its sender for the file again."), Where(file=str(path)))
    _check_places(path, stream, infos, archive.start_dir)
    if sum(entry.info.file_size for entry in entries) > MAX_UNPACKED:
        raise _too_large(path)
    left = MAX_UNPACKED
    for entry in entries:
        target = into.joinpath(*entry.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        written.append(target)
        left -= _write(path, archive, entry, target, left)


def _write(path: Path, archive: zipfile.ZipFile, entry: Entry, target: Path, left: int) -> int:
    """Write one entry, counting its bytes as they come; how many they were."""
    if entry.info.compress_type not in _METHODS:
        raise refuse(
            "zip.method", msg("%(entry)s is compressed in a way that is not read.", entry=entry.name), msg("Pack it as a plain ZIP."), Where(str(path))
        )
    most, size = max(_SMALL, entry.info.compress_size * MAX_RATIO), 0
    with archive.open(entry.info) as packed, target.open("xb") as file:
        while piece := packed.read(_PIECE):
            if not size and _is_archive(entry.name, piece):
                raise refuse("zip.nested", msg("%(entry)s is an archive inside the archive.", entry=entry.name), msg("Unpack it first."), Where(str(path)))
            size += len(piece)
            if size > left:
                raise _too_large(path)
            if size > most:
                message = msg("%(entry)s unpacks to more than %(ratio)s times its size.", entry=entry.name, ratio=MAX_RATIO)
                raise refuse("zip.limits", message, msg("Unpack it yourself and import the folder, if you trust its sender."), Where(str(path)))
            file.write(piece)
    return size


def _is_archive(name: str, head: bytes) -> bool:
    return head.startswith(_ARCHIVES) or (head.startswith((b"PK\x03\x04", b"PK\x05\x06")) and not name.lower().endswith(_PACKAGES))


def _check_directory(path: Path, stream: BinaryIO, most: int) -> None:
    """Refuse an archive without an end, or with more entries than are taken, before its list of entries is read."""
    size = stream.seek(0, 2)
    length = min(size, _END.size + 65_535 + _WIDE_END.size + _WIDE_LOCATOR.size)
    stream.seek(size - length)
    tail = stream.read(length)
    plain = tail[-_END.size :].startswith(b"PK\x05\x06") and tail.endswith(b"\0\0")
    end = len(tail) - _END.size if plain else tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) - end < _END.size:
        raise _damaged(path)
    _, _, _, _, entries, directory, _, _ = _END.unpack_from(tail, end)
    wide = end - _WIDE_LOCATOR.size - _WIDE_END.size
    if wide >= 0 and tail[end - _WIDE_LOCATOR.size : end].startswith(b"PK\x06\x07"):
        *_, entries, directory, _ = _WIDE_END.unpack_from(tail, wide)
    if entries > most or directory > MAX_DIRECTORY:
        raise _too_many(path, most)


def _check_places(path: Path, stream: BinaryIO, infos: Sequence[zipfile.ZipInfo], directory: int) -> None:
    """Refuse entries that share bytes: each of a bomb's thousand entries is the same kernel."""
    inside = sorted(infos, key=lambda info: info.header_offset)
    ends = [info.header_offset for info in inside[1:]] + [directory]
    for info, end in zip(inside, ends, strict=True):
        stream.seek(info.header_offset)
        head = _LOCAL.unpack(stream.read(_LOCAL.size))
        if head[0] != b"PK\x03\x04" or info.header_offset + _LOCAL.size + head[-2] + head[-1] + info.compress_size > end:
            raise _damaged(path)


def _withdraw(written: Iterable[Path]) -> None:
    for file in written:
        with suppress(OSError):
            file.unlink()


def _damaged(path: Path) -> Refused:
    hint = msg("Ask its sender for the file again.")
    return refuse("zip.damaged", msg("The archive is damaged, or is no ZIP archive."), hint, Where(file=str(path)))


def _too_many(path: Path, most: int) -> Refused:
    hint = msg("Split the archive, or unpack it yourself and import the folder.")
    return refuse("zip.limits", msg("The archive has more than %(limit)s entries.", limit=most), hint, Where(file=str(path)))


def _too_large(path: Path) -> Refused:
    message = msg("Unpacked, the archive has more than %(limit)s MB.", limit=MAX_UNPACKED // MEGABYTE)
    return refuse("zip.limits", message, msg("Split the archive."), Where(file=str(path)))

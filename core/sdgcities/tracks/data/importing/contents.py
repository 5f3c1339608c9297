"""The tables in a folder or archive, with the names by which people know them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import keepable, sha256_of

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".xml")
"""How the names of files end that may be tables of figures."""
ARCHIVE = ".zip"
_NO_FILES = ("__MACOSX",)
"""Folders that a system puts into its archives beside the files."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the folder: where it lies now, what it is called there, and how people find it."""

    path: Path
    name: str
    shown: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a folder or archive holds: tables, and files that are none."""

    tables: tuple[Part, ...]
    others: tuple[str, ...]


def is_collection(path: Path) -> bool:
    """Whether a path is a folder or an archive of files."""
    return path.is_dir() or (path.suffix.casefold() == ARCHIVE and path.is_file())


@contextmanager
def contents_of(path: Path) -> Iterator[Contents]:
    """The files of a folder or an archive, tables and others. Refused without a table."""
    with files_of(path) as (root, files):
        yield _sorted_out(path, root, files)


@contextmanager
def files_of(path: Path) -> Iterator[tuple[Path, Sequence[Path]]]:
    """The files of a folder with its subfolders, or of an archive, which is unpacked for as long as it is asked for; and the folder that they lie in."""
    if path.is_dir():
        yield path, _kept(path, _walked(path))
        return
    from sdgcities.intake.zip import unpacked  # noqa: PLC0415 - only where there is an archive

    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        root = Path(scratch)
        yield root, _kept(root, unpacked(path, root))


def _kept(root: Path, paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if not passed_over(path.relative_to(root)))


def digest_of_files(digests: Sequence[str]) -> str:
    """One digest for files in no order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def digest_of_collection(path: Path, digests: Sequence[str]) -> str:
    """The digest by which a folder or archive is known: of the archive itself, or over the files."""
    return digest_of_files(digests) if path.is_dir() else sha256_of(path)


def _walked(folder: Path) -> Iterator[Path]:
    """Every file below a folder; links to other folders are not followed."""
    for where, _, names in os.walk(folder):
        yield from (Path(where, name) for name in names)


def _sorted_out(given: Path, root: Path, paths: Sequence[Path]) -> Contents:
    named = [(path, path.relative_to(root)) for path in paths]
    seen = [Part(path, keepable(name.as_posix()), keepable(str(given / name))) for path, name in named]
    tables = tuple(part for part in seen if part.path.suffix.casefold() in TABLES)
    others = tuple(part.name for part in seen if part.path.suffix.casefold() not in TABLES)
    if not tables:
        problem = msg("There is no table in it.")
        hint = msg("Tables are files whose names end in: %(endings)s. Name a file, or another folder.", endings=", ".join(TABLES))
        raise refuse("import.folder", problem, hint, Where(file=str(given)))
    return Contents(tables, others)


def passed_over(name: Path) -> bool:
    """What a system or an office program leaves behind: hidden files, locks of open workbooks (~$x.xlsx, .~lock.x.ods#)."""
    return name.name.startswith("~$") or any(part.startswith(".") or part in _NO_FILES for part in name.parts)

"""What may make room for an export: only what an export wrote, as it wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.exchange.formats import Format
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, opened, read_text, sha256_of
from sdgcities.writing import put

MARK = ".sdgcities-export"
"""Stands in a folder that an export wrote: when, and each file with its digest."""
_MOST = 64 * MEGABYTE
_LEFT_BY_SYSTEMS = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
_ANOTHER = msg("Name another place: -o PATH.")


def seal(folder: Path, at: str) -> None:
    """Put on record what stands in a folder that an export filled."""
    lines = [f"{sha256_of(file)}  {name}" for name, file in sorted(_files(folder).items())]
    put(folder / MARK, "\n".join((at, *lines, "")).encode())


def need_free(path: Path, form: Format, *, replace: bool) -> None:
    """Refuse a place where something stands that was not to be replaced, or that no export wrote."""
    here = Where(file=str(path))
    if not path.exists():
        above = next(one for one in path.absolute().parents if one.exists())
        if not above.is_dir():
            raise refuse("export.there", msg("%(name)s is a file, no folder.", name=above.name), _ANOTHER, here)
        return
    if path.is_dir() != form.folder:
        problem = msg("It is a folder.") if path.is_dir() else msg("It is a file, and this form makes a folder.")
        raise refuse("export.there", problem, _ANOTHER, here)
    if not replace:
        raise refuse("export.there", msg("It is there already."), msg("Name another place: -o PATH; what an export wrote can be replaced: --replace."), here)
    if not form.folder:
        _need_same_form(path, form)
    elif name := _foreign(path):
        problem = msg("%(name)s in this folder is not as an export wrote it: nothing was replaced.", name=name)
        raise refuse("export.there", problem, msg("Take it out if it is to stay, or name another place: -o PATH."), here)


def _need_same_form(path: Path, form: Format) -> None:
    with opened(path) as stream:
        head = stream.read(len(form.begins)) if path.is_file() else None
    if head is None or (head and head != form.begins):
        raise refuse("export.there", msg("It is there already, and is no export of this form: it was not replaced."), _ANOTHER, Where(file=str(path)))


def _foreign(folder: Path) -> str:
    """The first file of a folder that no export wrote, or that was changed since; empty where there is none."""
    mark = folder / MARK
    lines = read_text(mark, _MOST).splitlines() if mark.is_file() else []
    written = {name: digest for digest, _, name in (line.partition("  ") for line in lines[1:])}
    files = _files(folder)
    return next((name for name in sorted(files) if name not in written or _digest(files[name]) != written[name]), "")


def _files(folder: Path) -> Mapping[str, Path]:
    """Every file below a folder, but the mark and what systems leave there, and every link."""
    found = (one for one in folder.rglob("*") if one.is_symlink() or not one.is_dir())
    kept = (one for one in found if one.name != MARK and one.name.lower() not in _LEFT_BY_SYSTEMS)
    return {one.relative_to(folder).as_posix(): one for one in kept}


def _digest(file: Path) -> str:
    return "" if file.is_symlink() or not file.is_file() else sha256_of(file)

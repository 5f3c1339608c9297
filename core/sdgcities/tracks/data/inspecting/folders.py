"""The files of a folder or of a ZIP archive, one line each: what each is, and which profile reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.tracks.data.importing.contents import files_of
from sdgcities.tracks.data.inspecting.inspection import fitting
from sdgcities.tracks.data.inspecting.sampling import sample

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Listed:
    """One file: its format (empty where it is no table), the rows looked at, and the profile that reads it (empty for none)."""

    file: str
    format: str = ""
    rows: int = 0
    whole: bool = True
    profile: str = ""
    problem: Finding | None = None
    """Why it is no table, or why no profile reads it."""


def listed(catalogue: Catalogue, path: Path) -> list[Listed]:
    """Every file of a folder or an archive, by its name. Refused where there is none."""
    with files_of(path) as (root, paths):
        if not paths:
            raise refuse("inspect.folder", msg("There is no file in it."), msg("Name a file, or another folder."), Where(file=str(path)))
        return [_one(catalogue, one, one.relative_to(root).as_posix()) for one in paths]


def _one(catalogue: Catalogue, path: Path, name: str) -> Listed:
    try:
        seen = sample(path)
    except Refused as error:
        return Listed(name, problem=error.findings[0])
    profile, why_not = fitting(catalogue, path)
    largest = max(seen.sheets, key=lambda sheet: len(sheet.rows))
    return Listed(name, seen.format, len(largest.rows), largest.whole, profile, why_not[0] if why_not else None)

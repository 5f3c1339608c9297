"""One file looked at: its sheets, the table among them, and the profiles that read it already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.tracks.data.inspecting.columns import read_columns
from sdgcities.tracks.data.inspecting.known import Known, known_of
from sdgcities.tracks.data.inspecting.layout import find_layout
from sdgcities.tracks.data.inspecting.reading import Reading, Role
from sdgcities.tracks.data.inspecting.sampling import Sample, Sheet, sample
from sdgcities.tracks.data.inspecting.unit_columns import NAME
from sdgcities.tracks.data.reading.choosing import choose_profile
from sdgcities.tracks.data.reading.profiled import ProfiledFile
from sdgcities.tracks.data.reading.tidy import TIDY

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue

RECORDS = ("json", "xml")


@dataclass(frozen=True)
class Inspection:
    """What was seen of a file. `reading` is None where no sheet has a table; `profile` is the id of the one that fits, `tidy`, or empty."""

    path: Path
    sample: Sample
    sheet: Sheet | None = None
    reading: Reading | None = None
    others: tuple[str, ...] = ()
    """Further sheets with a table of figures: those with the same columns stand in `alike`."""
    alike: tuple[str, ...] = ()
    profile: str = ""
    why_not: tuple[Finding, ...] = field(default=())
    """Where no profile fits: the words of an import on that."""

    @property
    def file(self) -> Where:
        """The file as a whole."""
        return Where(file=str(self.path))

    def where(self, row: int | None = None, column: str | None = None) -> Where:
        """A place in the table that is looked at."""
        return Where(file=str(self.path), sheet=(self.sheet.name or None) if self.sheet else None, row=row, column=column)


def inspect(catalogue: Catalogue, path: Path, sheet: str = "") -> Inspection:
    """Look at one file. Refused where it can't be read, is no table, or has no sheet of that name."""
    seen, countries = sample(path), known_of(catalogue)
    if len(seen.encodings) > 1:
        seen = max((sample(path, encoding) for encoding in seen.encodings), key=lambda one: _known_in(one, countries))
    if sheet and sheet not in (names := [one.name for one in seen.sheets]):
        raise refuse(
            "inspect.sheet", msg("There is no sheet %(name)s.", name=sheet), msg("It has: %(names)s.", names=", ".join(names) or "-"), Where(str(path))
        )
    profile, why_not = fitting(catalogue, path)
    readings = [(one, reading) for one in seen.sheets if (reading := _read(one, seen, countries))]
    chosen = next(((one, reading) for one, reading in readings if one.name == sheet and sheet), None) or max(readings, key=_worth, default=None)
    if not chosen:
        return Inspection(path, seen, profile=profile, why_not=why_not)
    figured = [(one, reading) for one, reading in readings if reading.values and one is not chosen[0]]
    alike = tuple(one.name for one, reading in figured if _columns(reading) == _columns(chosen[1]) and not one.hidden)
    return Inspection(path, seen, *chosen, tuple(one.name for one, _ in figured if one.name not in alike), alike, profile, why_not)


def _read(sheet: Sheet, seen: Sample, countries: Sequence[Known]) -> Reading | None:
    layout = find_layout(sheet.rows, headed=seen.format in RECORDS)
    return read_columns(layout, countries) if layout else None


def _known_in(seen: Sample, countries: Sequence[Known]) -> tuple[int, int]:
    """How much the hub knows of what a text says, read in one of the ways in which it can be read: units, and columns that are not strange."""
    reading = _read(seen.sheets[0], seen, countries)
    if reading is None:
        return 0, 0
    units = sum(len(match.matched) for match in reading.units.columns)
    return units, sum(role is not Role.OTHER for role in reading.roles.values()) - sum(len(seen.unknown) for seen in reading.dimensions.values())


def _columns(reading: Reading) -> tuple[object, ...]:
    return reading.names, reading.layout.header_rows, reading.layout.first_row


def _worth(found: tuple[Sheet, Reading]) -> tuple[bool, bool, int, float, bool, int]:
    """How much a sheet looks like the table that is meant: visible, with figures, of the finest units, all of them known, by codes, and the largest."""
    sheet, reading = found
    order = reading.known.level_order if reading.known else {}
    first = next(iter(reading.units.columns), None)
    level = order.get(first.levels[0][0], -1) if first and first.levels else -2
    units = (round(first.share, 1), first.by != NAME) if first else (0.0, False)
    return not sheet.hidden, bool(reading.values), level, *units, len(reading.values) * len(reading.body)


def fitting(catalogue: Catalogue, path: Path) -> tuple[str, tuple[Finding, ...]]:
    """The profile by which an import would read the file; where it would refuse it for its columns, what it would say."""
    try:
        profile = choose_profile(catalogue, path, None)
        if profile:
            ProfiledFile(path, profile)
    except Refused as error:
        return "", error.findings
    return profile.id if profile else TIDY, ()

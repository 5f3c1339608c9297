"""A list of administrative units into `units.csv`: one level at a time, codes as text, parents looked up, duplicates named."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.kit.lists.office import OfficeList, shortened
from sdgcities.kit.lists.unit_rows import Columns, Row, UnitRows
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.units import COLUMNS, NEEDED, read_units
from sdgcities.plugin.manifest import FILE
from sdgcities.writing import put

EXAMPLE = "example"
"""The source key of the rows that a new plugin comes with."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it: the rows that are new, the ids of those that changed, and what the author should look at."""

    added: tuple[Row, ...]
    changed: tuple[str, ...]
    unchanged: int
    examples: int
    notes: tuple[Finding, ...]


def take_units(manifest: Manifest, listed: OfficeList, columns: Columns | None, *, change: bool, drop_examples: bool, store: bool) -> Taken:
    """Bring the list into the plugin's `units.csv`. Raises Refused, with every row that is wrong, and then writes nothing."""
    file = manifest.path("units")
    if file is None:
        hint = msg("Write the line units: units.csv into it, and beside it a file units.csv with the columns %(names)s.", names=",".join(NEEDED))
        raise refuse("units.none", msg("plugin.yaml names no file of units."), hint, Where(file=str(manifest.folder / FILE)))
    header = read_header(file)
    old = [dict(zip(header, cells, strict=True)) for _, cells in read_rows(file, len(header))]
    kept = [row for row in old if not (drop_examples and row.get("source") == EXAMPLE)]
    reading = UnitRows(manifest, listed, kept, columns)
    new = reading.rows()
    merged, added, changed = _merge(kept, new, listed, change=change)
    full = [*header, *(name for name in COLUMNS if name not in header and any(row.get(name) for row in merged.values()))]
    text = _as_csv(full, merged.values())
    _hold_against_readers(manifest, text, listed, columns, {row["id"]: place for place, row in new})
    if store:
        put(file, text.encode())
    return Taken(tuple(merged[key] for key in added), tuple(changed), len(new) - len(added) - len(changed), len(old) - len(kept), tuple(reading.notes()))


def _merge(known: Iterable[Row], new: Iterable[tuple[int, Row]], listed: OfficeList, *, change: bool) -> tuple[dict[str, Row], list[str], list[str]]:
    """All rows by id. A unit that stands there otherwise is refused, unless it is to be changed."""
    merged, added, changed, findings = {row["id"]: row for row in known}, [], [], []
    for place, row in new:
        there = merged.get(row["id"])
        differing = [name for name, text in row.items() if text and there and there.get(name, "") != text]
        if there is None:
            added.append(row["id"])
            merged[row["id"]] = row
        elif differing and change:
            changed.append(row["id"])
            merged[row["id"]] = there | {name: row[name] for name in differing}
        elif differing:
            text = msg("%(id)s stands in units.csv with another %(columns)s.", id=row["id"], columns=", ".join(differing))
            findings.append(Finding("units.known", Severity.BLOCK, text, msg("Correct one of them, or add --change to take the list's."), listed.where(place)))
    if findings:
        raise Refused(shortened(findings))
    return merged, added, changed


def _as_csv(header: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _hold_against_readers(manifest: Manifest, text: str, listed: OfficeList, columns: Columns | None, places: Mapping[str, int]) -> None:
    """What a hub's reader would refuse, told where it stands in the list."""
    ids = ["", *(row["id"] for row in csv.DictReader(io.StringIO(text)))]
    with tempfile.TemporaryDirectory() as scratch:
        trial = replace(manifest, folder=Path(scratch), paths={"units": "units.csv"})
        (Path(scratch) / "units.csv").write_text(text, encoding="utf-8", newline="")
        try:
            read_units(trial)
        except Refused as error:
            raise Refused([_placed(finding, ids, listed, columns, places, manifest) for finding in error.findings]) from error


def _placed(finding: Finding, ids: Sequence[str], listed: OfficeList, columns: Columns | None, places: Mapping[str, int], manifest: Manifest) -> Finding:
    row, column = finding.where.row, finding.where.column
    unit = ids[row - 1] if row and row <= len(ids) else ""
    if unit not in places:
        return replace(finding, where=replace(finding.where, file=str(manifest.path("units"))))
    if columns:
        column = {"id": columns.code, "codes": columns.code, "name": columns.name, "parent": columns.parent}.get(column or "", column)
    return replace(finding, where=listed.where(places[unit], column))

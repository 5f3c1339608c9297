"""Where people live: a file of places, each with its number of people or one of them, or a population grid by the middle of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.grid import read_grid
from sdgcities.intake.positions import Written
from sdgcities.intake.rings import LATITUDE, LONGITUDE
from sdgcities.model.grids import Grid
from sdgcities.tracks.data.scan.coordinates import Coordinates
from sdgcities.tracks.data.scan.description import People
from sdgcities.tracks.data.scan.geodesy import Floats
from sdgcities.tracks.data.scan.mapped_file import opened_file
from sdgcities.tracks.data.scan.records import read_records

_CORRECT = msg("Correct it, or leave the row out.")


@dataclass(frozen=True, slots=True)
class Inhabitants:
    """Places with the number of people at each; `findings` tell which rows have no position, and so count nowhere."""

    latitude: Floats
    longitude: Floats
    number: Floats
    findings: tuple[Finding, ...] = ()


def inhabitants(people: People, shapes: Sequence[shapely.MultiPolygon]) -> Inhabitants:
    """The people of a file; of a grid the cells in the neighbourhood of the areas. Raises Refused where a number is none, or no row has a position."""
    return _of_grid(people, shapes) if people.is_grid else _of_places(people)


def _of_places(people: People) -> Inhabitants:
    with opened_file(people.file) as file:
        wanted = (people.weight,) if people.weight else ()
        records = read_records(file, Coordinates(people.latitude, people.longitude, written=Written.POINT), wanted)
        faults = tuple(replace(one, hint=_CORRECT) for one in records.findings(file, (people.latitude, people.longitude)))
        if faults and not records.rows:
            raise Refused([replace(faults[0], severity=Severity.BLOCK)])
        number = np.array([_number(text) for text in records.answers[people.weight]]) if people.weight else np.ones(len(records.rows))
        if (wrong := np.flatnonzero(~((number >= 0) & np.isfinite(number)))).size:
            told = msg("What stands in the column of people is no number, or is below 0.")
            raise refuse("scan.weight", told, _CORRECT, file.where(records.rows[int(wrong[0])], people.weight))
    return Inhabitants(records.latitude, records.longitude, number, faults)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def _of_grid(people: People, shapes: Sequence[shapely.MultiPolygon]) -> Inhabitants:
    grid, where = read_grid(people.file), Where(file=str(people.file))
    _check_degrees(grid, where)
    values = np.frombuffer(grid.values, dtype=np.float64).reshape(grid.rows, grid.columns)
    if (values < 0).any() or np.isinf(values).any():
        hint = msg("Where it stands for no value, export the grid again so that it says so (nodata_value).")
        raise refuse("scan.weight", msg("A cell of the grid has fewer than no people."), hint, where)
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
    across: Floats = grid.left + (np.arange(grid.columns, dtype=np.float64) + 0.5) * grid.cell
    up: Floats = grid.bottom + (grid.rows - np.arange(grid.rows, dtype=np.float64) - 0.5) * grid.cell
    columns, rows = np.flatnonzero((across >= west) & (across <= east)), np.flatnonzero((up >= south) & (up <= north))
    near = values[np.ix_(rows, columns)]
    down, right = np.nonzero(near > 0)
    return Inhabitants(up[rows[down]], across[columns[right]], near[down, right])


def _check_degrees(grid: Grid, where: Where) -> None:
    """Refuse metres of a projected system: nobody can tell where they lie."""
    slack = grid.cell
    across = -LONGITUDE - slack <= grid.left and grid.left + grid.columns * grid.cell <= LONGITUDE + slack
    if not (across and -LATITUDE - slack <= grid.bottom and grid.bottom + grid.rows * grid.cell <= LATITUDE + slack):
        hint = msg("Export it again with degrees of WGS 84 (EPSG:4326).")
        raise refuse("scan.grid", msg("The cells of the grid do not lie in degrees: they look like metres of a projected system."), hint, where)

"""Population grids from files: what is read, and what is refused with its place."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.intake import grid
from sdgcities.intake.grid import read_grid

HEAD = "ncols 3\nnrows 2\nxllcorner 4000000\nyllcorner 3000000\ncellsize 1000\nNODATA_value -9999\n"


def written(folder: Path, text: str, name: str = "people.asc") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_ascii_grid(tmp_path: Path) -> None:
    found = read_grid(written(tmp_path, HEAD + "1 2.5 -9999\n4 5 6e3\n"))
    assert (found.columns, found.rows, found.left, found.bottom, found.cell) == (3, 2, 4_000_000, 3_000_000, 1000)
    assert list(found.values[:2]) == [1, 2.5]
    assert math.isnan(found.values[2])
    assert found.values[5] == 6000


def test_an_ascii_grid_by_its_centres_without_a_value_for_none(tmp_path: Path) -> None:
    text = "NCOLS 2\r\nNROWS 1\r\nXLLCENTER 500\r\nYLLCENTER 500\r\nCELLSIZE 1000\r\n7 -9999\r\n"
    found = read_grid(written(tmp_path, text))
    assert (found.left, found.bottom) == (0, 0)
    assert math.isnan(found.values[1])


def test_points_of_a_csv_file_in_any_order(tmp_path: Path) -> None:
    text = "x,y,population\n1500,500,4\n500,1500,1\n500,500,3\n2500,500,9\n"
    found = read_grid(written(tmp_path, text, "people.csv"))
    assert (found.columns, found.rows, found.left, found.bottom, found.cell) == (3, 2, 0, 0, 1000)
    assert found.values[0] == 1
    assert math.isnan(found.values[1])
    assert list(found.values[3:]) == [3, 4, 9]


def test_points_divided_by_semicolons(tmp_path: Path) -> None:
    assert list(read_grid(written(tmp_path, "X;Y;T\n0;0;1\n1000;0;2\n", "people.csv")).values) == [1, 2]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("GIF89a not a grid", "grid.head", 1),
        (HEAD.replace("ncols 3", "ncols three"), "grid.number", 1),
        (HEAD.replace("ncols 3", "ncols 2.5") + "1 2", "grid.size", None),
        (HEAD.replace("ncols 3", "ncols 0") + "1", "grid.size", None),
        (HEAD.replace("ncols 3", "ncols 90000") + "1", "grid.size", None),
        (HEAD.replace("cellsize 1000", "cellsize 0") + "1 2 3 4 5 6", "grid.cell", None),
        (HEAD.replace("cellsize 1000", "cellsize nan") + "1 2 3 4 5 6", "grid.cell", None),
        (HEAD.replace("cellsize 1000", "dx 1000\ndy 900") + "1 2 3 4 5 6", "grid.square", 5),
        (HEAD.replace("xllcorner 4000000\n", "") + "1 2 3 4 5 6", "grid.head", 1),
        (HEAD + "1 2 3\n4 five 6\n", "grid.number", 8),
        (HEAD + "1 2 3\n4 inf 6\n", "grid.number", None),
        (HEAD + "1 2 3\n4 5\n", "grid.values", None),
        (HEAD + "1 2 3\n4 5 6 7\n", "grid.values", None),
        ("1,2,3\n", "grid.head", 1),
    ],
)
def test_what_is_no_ascii_grid_is_refused(tmp_path: Path, text: str, code: str, line: int | None) -> None:
    with pytest.raises(Refused) as refused:
        read_grid(written(tmp_path, text))
    finding = refused.value.findings[0]
    assert (finding.code, finding.where.line) == (code, line)
    assert finding.where.file


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("lon,lat,population\n1,1,1\n", "grid.columns", 1),
        ("x,y,population,name\n1,1,1,a\n", "grid.columns", 1),
        ("x,y,population\n0,0,1\n1000,0,many\n", "grid.number", 3),
        ("x,y,population\n0,0,1\n1000,0,\n", "grid.number", 3),
        ("x,y,population\n0,0,1\n0,0,2\n", "grid.twice", 3),
        ("x,y,population\n0,0,1\n1000,0,2\n2300,0,2\n", "grid.raster", None),
        ("x,y,population\n0,0,1\n5e-324,0,1\n1000000,0,1\n", "grid.raster", None),
        ("x,y,population\n0,0,1\n", "grid.empty", None),
        ("x,y,population\n", "grid.empty", None),
        ("x,y,population\n0,0,1\n1,0,1\n1000000,1000000,1\n", "grid.size", None),
    ],
)
def test_what_is_no_raster_of_points_is_refused(tmp_path: Path, text: str, code: str, row: int | None) -> None:
    with pytest.raises(Refused) as refused:
        read_grid(written(tmp_path, text, "people.csv"))
    finding = refused.value.findings[0]
    assert (finding.code, finding.where.row) == (code, row)


def test_too_many_points_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_POINTS", 2)
    with pytest.raises(Refused, match="More than 2 cells"):
        read_grid(written(tmp_path, "x,y,p\n0,0,1\n1000,0,1\n2000,0,1\n", "people.csv"))

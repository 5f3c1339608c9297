"""`calculate run degurba`: a population grid in, its classes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

HEAD = "ncols 4\nnrows 1\nxllcorner 0\nyllcorner 0\ncellsize 1000\nnodata_value -9\n"


@pytest.fixture(autouse=True)
def _files(run: Run) -> None:  # noqa: ARG001 - it makes the folder that they stand in
    Path("people.asc").write_text(HEAD + "60000 400 0 -9\n", encoding="utf-8")
    Path("land.asc").write_text(HEAD + "1 1 0.2 1\n", encoding="utf-8")


def test_the_classes_are_told_and_written_as_a_grid(run: Run) -> None:
    ended = run("calculate", "run", "degurba", "--input", "people.asc", "-o", "classes.asc", "land=land.asc")
    assert ended.code == 0, ended.err
    assert "Urban centre" in ended.out
    assert "Water" in ended.out
    lines = Path("classes.asc").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["nodata_value -1", "30 21 10 -1"]
    assert lines[:5] == HEAD.splitlines()[:5]


def test_the_written_grid_and_points_can_be_read_again(run: Run) -> None:
    assert run("calculate", "run", "degurba", "level=1", "--input", "people.asc", "-o", "classes.csv").code == 0
    assert Path("classes.csv").read_text(encoding="utf-8") == "x,y,class\n500,500,3\n1500,500,2\n2500,500,1\n"
    assert run("calculate", "run", "degurba", "--input", "classes.csv").code == 0


def test_units_have_their_classes_in_words(run: Run) -> None:
    Path("units.asc").write_text(HEAD + "1 2 2 2\n", encoding="utf-8")
    ended = run("calculate", "run", "degurba", "--input", "people.asc", "units=units.asc")
    assert ended.code == 0, ended.err
    assert "City" in ended.out
    assert "Suburban or peri-urban area" in ended.out


def test_json_has_codes_and_the_names_of_the_files(run: Run) -> None:
    data = run("calculate", "run", "degurba", "--input", "people.asc", "rules=2021", "--json").data
    assert data["inputs"] == {"population": "people.asc", "level": "2", "rules": "2021", "cell_size": "km"}
    assert data["outputs"]["people"] == {"30": 60000, "21": 400, "11": 0}
    assert run("calculate", "run", "degurba", "--input", "people.asc", "-o", "found.json").code == 0
    assert Path("found.json").is_file()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--input", "nowhere.asc"), "no such file"),
        (("--input", "people.asc", "-o", "people.asc"), "can't be written there"),
        (("--input", "people.asc", "land=land.asc", "-o", "land.asc"), "can't be written there"),
        (("--input", "people.asc", "-o", "made.asc"), "made.asc: This is a folder."),
        (("--input", "people.asc", "-o", "classes.tif"), "ends in .asc"),
        (("--input", "people.asc", "population=1,2"), "given twice"),
        (("--input", "people.asc", "levels=1"), "Did you mean level"),
        (("--input", "people.asc", "level=3"), "1, 2"),
        (("--input", "people.asc", "land=percent.asc"), "shares from 0 to 1"),
        (("--input", "wide.asc"), "1 km2"),
        (("--input", "below.asc"), "nodata_value"),
        (("--input", "nothing.asc"), "No cell of the grid has a value"),
        ((), "--input FILE"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run: Run, words: tuple[str, ...], told: str) -> None:
    Path("wide.asc").write_text(HEAD.replace("1000", "250") + "1 2 3 4\n", encoding="utf-8")
    Path("percent.asc").write_text(HEAD + "100 100 20 0\n", encoding="utf-8")
    Path("nothing.asc").write_text(HEAD + "-9 -9 -9 -9\n", encoding="utf-8")
    Path("below.asc").write_text(HEAD + "-200 2 3 4\n", encoding="utf-8")
    Path("made.asc").mkdir()
    ended = run("calculate", "run", "degurba", *words)
    assert ended.code == 1
    assert told in ended.err
    assert len(ended.lines) == 1

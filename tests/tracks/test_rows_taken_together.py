"""Rows that are taken together give the figures and findings that each of them gives by itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import figures
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.reading.raw import CANONICAL, MAX_DIGITS, Raw, blocks_of, plain_numbers
from sdgcities.tracks.data.reading.tidy import TidyFile

GOOD = ("GH1408", "GH-POP", "2021", ("_T",), "5", "", "", "A", "Register")
FAULTS: tuple[list[Hashable], ...] = (
    ["GH0101", " GH0101", "GH99", ""],
    ["GH-POP", " GH-POP", "GH-NONE"],
    ["2020", "2019-Q1", "2022", "1850", "soon"],
    [("F",), ("M",), ("X",), ("",)],
    ["6", "0", "40000000", "40000001", "-0", "-1", "+5", "05", "5.", "", "1e5", "NaN", "5\n6", "9" * 39, "9" * 60, "\u0665"],
    ["not_collected", "lost"],
    ["persons", "percent"],
    ["P", "X"],
    ["Another register; table 2", "; table"],
)


@pytest.fixture(scope="module")
def catalogue(founded: Path, ghana: object) -> Iterator[Catalogue]:
    hub = Hub.open(founded)
    hub.__dict__["plugins"] = ghana
    yield Catalogue(hub)
    hub.close()


@st.composite
def some_raws(draw: st.DrawFn) -> list[Raw]:
    """Runs of rows that differ by period and value, with faults strewn in."""
    cells: list[list[Hashable]] = []
    for _ in range(draw(st.integers(1, 5))):
        shared, faults = list[Hashable](GOOD), draw(st.dictionaries(st.integers(0, 8), st.integers(0, 15), max_size=2))
        for place, number in faults.items():
            shared[place] = FAULTS[place][number % len(FAULTS[place])]
        for year in range(draw(st.integers(1, 5))):
            row = list(shared)
            row[2], row[4] = f"{2015 + year}" if 2 not in faults else row[2], f"{year + 1}" if 4 not in faults else row[4]
            if draw(st.integers(0, 5)) == 0:
                place = draw(st.integers(0, 8))
                row[place] = draw(st.sampled_from(FAULTS[place]))
            if row[5] != "" and draw(st.booleans()):
                row[4] = ""
            cells.append(row)
    return [cast("Raw", (number, *row)) for number, row in enumerate(cells, 2)]


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(raws=some_raws())
def test_together_as_one_by_one(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory, raws: list[Raw]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("unit,indicator,period,sex,value,missing_reason,unit_measure,status,source\n", encoding="utf-8")
    reader = TidyFile(path, set(catalogue.dimensions))
    together, single = (Checker(catalogue, reader, str(path), lambda _: 1, lambda _: 1) for _ in range(2))
    found = list(figures(together.check(blocks_of(iter(raws)))))
    expected = list(figures(filter(None, map(single.one, raws))))
    assert found == expected
    assert together.refused == single.refused
    assert (together.read, together.passed_over, together.units, together.to_come) == (single.read, single.passed_over, single.units, single.to_come)


@given(st.lists(st.sampled_from([str(value) for value in FAULTS[4]]) | st.from_regex(CANONICAL) | st.text("+-.0123456789\n", max_size=6), min_size=1))
@example(["9" * MAX_DIGITS])
@example(["9" * (MAX_DIGITS + 1)])
@example(["5\n6"])
@example([""])
def test_a_column_is_plain_where_each_of_its_figures_is(values: list[str]) -> None:
    each = all(CANONICAL.fullmatch(value) and len(value) <= MAX_DIGITS for value in values)
    assert plain_numbers(values) == ([float(value) for value in values] if each else None)

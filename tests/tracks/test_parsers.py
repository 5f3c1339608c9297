"""Numbers, periods and whole rows, whatever stands in their cells."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.hub_fixtures import HO, Desk

from sdgcities.model.statistics import Period, parse_period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Figure, SeriesKey, figures, one_by_one
from sdgcities.tracks.data.importing.aggregating import Sums
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.reading.raw import CANONICAL, NUMBER
from sdgcities.tracks.data.reading.tidy import TidyFile

COLUMNS = ("unit", "indicator", "period", "value", "source", "unit_measure", "status", "missing_reason", "sex", "age")


@given(
    text=st.text(max_size=20)
    | st.from_regex(r"[-+]?[0-9]*\.?[0-9]*", fullmatch=True)
    | st.sampled_from(["٣", "1e5", "1,5", "½", "1_0", "nan", "inf", " 1", "1\n", "--1", "."])
)
def test_what_counts_as_a_number_is_one_and_is_exact(text: str) -> None:
    if NUMBER.fullmatch(text):
        assert Decimal(text).is_finite()
        assert set(text) <= set("+-.0123456789")
        assert any(character.isdigit() for character in text)


@given(number=st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_every_plain_number_counts(number: Decimal) -> None:
    assert NUMBER.fullmatch(f"{number:f}")


@given(text=st.text(max_size=12) | st.from_regex(r"[12][0-9]{3}-?(Q?[0-9]{0,2})", fullmatch=True))
@example("2021\n")
@example("\N{FULLWIDTH DIGIT TWO}021")
def test_what_counts_as_a_period_reads_back_as_itself(text: str) -> None:
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert str(period) == text.strip()
    assert parse_period(str(period)) == period


@given(year=st.integers(1800, 2199), part=st.sampled_from(["", *(f"-Q{number}" for number in range(1, 5)), *(f"-{number:02}" for number in range(1, 13))]))
def test_periods_have_their_first_and_last_day(year: int, part: str) -> None:
    period = parse_period(f"{year}{part}")
    months = {"A": 12, "Q": 3, "M": 1}[period.freq]
    after = period.end + timedelta(days=1)
    assert period.start.day == after.day == 1
    assert (after.year - period.start.year) * 12 + after.month - period.start.month == months


def test_periods_by_example() -> None:
    assert parse_period("2020-02") == Period(date(2020, 2, 1), date(2020, 2, 29), "M")
    assert parse_period("2021-Q4") == Period(date(2021, 10, 1), date(2021, 12, 31), "Q")
    assert parse_period(" 2021 ") == Period(date(2021, 1, 1), date(2021, 12, 31), "A")


@pytest.fixture(scope="module")
def catalogue(founded: Path, ghana: object) -> Iterator[Catalogue]:
    from sdgcities.hub.hub import Hub  # noqa: PLC0415 - a hub that lives as long as this file's tests

    hub = Hub.open(founded)
    hub.__dict__["plugins"] = ghana
    yield Catalogue(hub)
    hub.close()


GOOD = {"unit": HO, "indicator": "GH-POP", "period": "2021", "value": "5", "source": "Register", "status": "A", "sex": "F"}
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
ODD = st.sampled_from(
    ["", "_T", "F", " ", "-0", "+0.0", "9" * 39, "9" * 60, "40000000", "40000000.0000000000000000001", "1e5", "NaN", "not_collected", "GH", "2021-13", "Ḧ"]
)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(changes=st.dictionaries(st.sampled_from(COLUMNS), CELL | ODD, max_size=4))
def test_any_text_in_any_cell_gives_a_figure_or_a_finding(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory, changes: dict[str, str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, [{**GOOD, **changes}.get(column, "") for column in COLUMNS]])
    reader = TidyFile(path, set(catalogue.dimensions))
    checker = Checker(catalogue, reader, str(path), lambda _: 1, lambda _: 1)
    rows = list(figures(checker.check(reader.blocks())))
    assert len(rows) + len(checker.refused) == 1
    for _, finding in checker.refused:
        assert finding.blocks
        assert finding.where.row == 2
        assert finding.where.column in COLUMNS
        assert str(finding.message)
    for (unit, indicator, measure, _), (_, _, value, _, (_, missing, *_)) in rows:
        assert unit in catalogue.places["GH"].units
        assert measure == catalogue.indicator(indicator).unit
        assert (value is None) != (missing is None)
        assert value is None or CANONICAL.fullmatch(value)


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"unit": "Ho"}, "unit.unknown", "unit"),
        ({"unit": ""}, "unit.unknown", "unit"),
        ({"indicator": "GH-NONE"}, "indicator.unknown", "indicator"),
        ({"period": "21"}, "period.unreadable", "period"),
        ({"value": ""}, "value.empty", "value"),
        ({"value": "1,5"}, "value.number", "value"),
        ({"value": "1e5"}, "value.number", "value"),
        ({"value": "9" * 41}, "value.number", "value"),
        ({"value": "-1"}, "value.low", "value"),
        ({"value": "40000000.000000000000000001"}, "value.high", "value"),
        ({"missing_reason": "not_published"}, "value.both", "value"),
        ({"value": "", "missing_reason": "lost"}, "value.reason", "missing_reason"),
        ({"status": "X"}, "status", "status"),
        ({"unit_measure": "percent"}, "unit-measure", "unit_measure"),
        ({"sex": "X"}, "dimension.code", "sex"),
        ({"source": " ; table"}, "source.empty", "source"),
    ],
)
def test_each_fault_has_its_name_and_column(desk: Desk, change: dict[str, str], code: str, column: str) -> None:
    (finding,) = desk.bring(desk.tidy(change)).findings
    assert (finding.code, finding.where.column) == (code, column)


@pytest.mark.parametrize("value", ["0", "40000000", "-0", "40000000.000", "+5", ".5", "5."])
def test_a_value_on_its_bound_is_fine(desk: Desk, value: str) -> None:
    assert not desk.bring(desk.tidy({"value": value})).blocked
    assert Decimal(desk.value() or "x") == Decimal(value)


def test_a_column_that_is_no_dimension_is_refused_by_name(desk: Desk) -> None:
    (finding,) = desk.bring(desk.tidy({"mood": "good"})).findings
    assert (finding.code, finding.where.column) == ("tidy.column", "mood")


def in_ten_thousandths(text: str) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(4, "0"))


@given(cells=st.lists(st.tuples(st.sampled_from("ab"), st.none() | st.decimals(min_value=-(10**30), max_value=10**30, places=4)), max_size=12))
def test_sums_are_those_of_the_rows(cells: list[tuple[str, Decimal | None]]) -> None:
    def row(number: int, unit: str, value: Decimal | None) -> tuple[SeriesKey, Figure]:
        text = None if value is None else f"{value:f}"
        return (unit, "X", "number", ""), ("2021-01-01", "2021-12-31", text, number, ("A", None if text else "not_collected", "A", 1, 1))

    sums = Sums()
    added = {run.unit: run for run in sums.add_up(one_by_one(row(number, *cell) for number, cell in enumerate(cells)))}
    for unit in {unit for unit, _ in cells}:
        values = [value for other, value in cells if other == unit]
        known = [value for value in values if value is not None]
        assert (added[unit].values == (None,)) == (not known)
        assert added[unit].says[2] == ("U" if known and len(known) < len(values) else "A")
        if known:
            assert in_ten_thousandths(added[unit].figures[0]) == sum(in_ten_thousandths(f"{value:f}") for value in known)
    assert len(list(sums.notes("file", str))) == any(run.says[2] == "U" for run in added.values())

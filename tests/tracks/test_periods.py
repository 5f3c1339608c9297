"""Periods of every length: read, written, shown, and which of them is the latest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import HO, Desk

from sdgcities.i18n.formats import Formats
from sdgcities.i18n.periods import in_words
from sdgcities.model.statistics import Period, parse_period
from sdgcities.registry.figures import latest
from sdgcities.tracks.data.showing import shown

DAYS = st.dates(date(1800, 1, 1), date(2199, 12, 31))


@given(first=DAYS, second=DAYS)
def test_any_span_reads_back_as_itself(first: date, second: date) -> None:
    start, end = sorted((first, second))
    period = parse_period(f"{start}/{end}")
    assert (period.start, period.end) == (start, end)
    assert parse_period(str(period)) == period


@given(year=st.integers(1800, 2199), part=st.sampled_from(["", "-S1", "-S2", "-Q1", "-Q2", "-Q3", "-Q4", *(f"-{month:02}" for month in range(1, 13))]))
def test_a_span_that_has_a_name_is_that(year: int, part: str) -> None:
    period = parse_period(f"{year}{part}")
    assert parse_period(f"{period.start}/{period.end}") == period
    assert str(period) == f"{year}{part}"


@pytest.mark.parametrize(
    ("text", "start", "end", "freq"),
    [
        ("2021", "2021-01-01", "2021-12-31", "A"),
        ("2021-S1", "2021-01-01", "2021-06-30", "S"),
        ("2021-S2", "2021-07-01", "2021-12-31", "S"),
        ("2021-Q3", "2021-07-01", "2021-09-30", "Q"),
        ("2024-02", "2024-02-01", "2024-02-29", "M"),
        ("2021-07-15", "2021-07-15", "2021-07-15", "D"),
        ("2019-03-01/2019-05-31", "2019-03-01", "2019-05-31", "_O"),
        ("2019-03/2019-05", "2019-03-01", "2019-05-31", "_O"),
        ("2018/2020", "2018-01-01", "2020-12-31", "_O"),
        ("2199-12-31", "2199-12-31", "2199-12-31", "D"),
    ],
)
def test_each_kind_has_its_days_and_its_sdmx_frequency(text: str, start: str, end: str, freq: str) -> None:
    assert parse_period(text) == Period(date.fromisoformat(start), date.fromisoformat(end), freq)


WRONG = "2021-02-29 2021-04-31 2020/2019 2019-05-31/2019-03-01 2021-W05 2020/21 2021-13 1799 2200 / 2021/ /2021 2021/2021-03 2021-S3 2021-Q5 2021-7 21"


@pytest.mark.parametrize("text", WRONG.split())
def test_what_is_no_day_ends_before_it_begins_or_is_a_week_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        parse_period(text)


def test_of_two_periods_that_end_together_the_longer_one_is_the_later() -> None:
    ordered = ["2020", "2021-11", "2021-12-31", "2021-12", "2021-Q4", "2021-S2", "2021", "2019/2021", "2022-01-01"]
    assert sorted(ordered, key=lambda text: parse_period(text).recency) == ordered


@pytest.mark.parametrize("order", [1, -1])
def test_the_latest_figure_of_a_year_is_not_hidden_by_its_december(desk: Desk, order: int) -> None:
    values = {"2021": "1200", "2021-12": "110", "2021-S1": "570", "2020": "1100"}
    rows = [{"period": period, "value": value} for period, value in values.items()]
    for number, row in enumerate(rows[::order]):
        report = desk.bring(desk.tidy(row, name=f"{number}.csv"))
        assert not report.blocked, report.findings
    with desk.hub.database.reading() as connection:
        newest = latest(connection, [HO])[HO]["GH-POP"]
    assert (str(newest.period), newest.value) == ("2021", Decimal(1200))


def test_figures_of_every_kind_of_period_are_stored_and_shown_by_it(desk: Desk) -> None:
    texts = ["2018/2020", "2019-03-01/2019-05-31", "2021", "2021-S2", "2021-Q4", "2021-12", "2021-12-31"]
    report = desk.bring(desk.tidy(*({"period": text, "value": str(90 + number * number)} for number, text in enumerate(texts))))
    assert report.stored == len(texts), report.findings
    assert {str(figure.period) for figure in desk.figures()} == set(texts)
    for number, text in enumerate(texts):
        (one,) = shown(desk.catalogue, HO, "GH-POP", text)
        assert one.figure.value == 90 + number * number


def test_a_wrong_period_is_told_with_every_way_to_write_one(desk: Desk) -> None:
    (finding,) = desk.bring(desk.tidy({"period": "2021-W05"})).findings
    assert (finding.code, finding.where.column) == ("period.unreadable", "period")
    assert "2021-S1 (half-year)" in str(finding.hint)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["2021", "second half of 2021", "Q3 2021", "July 2021", "Jul 15, 2021", "2018\N{EN DASH}2020"]),
        ("es", ["2021", "second half of 2021", "T3 2021", "julio de 2021", "15 jul 2021", "2018\N{EN DASH}2020"]),
        ("tr", ["2021", "second half of 2021", "2021 Ç3", "Temmuz 2021", "15 Tem 2021", "2018\N{EN DASH}2020"]),
    ],
)
def test_people_read_them_in_their_language(language: str, told: list[str]) -> None:
    formats = Formats(language)
    assert [in_words(parse_period(text), formats, str) for text in ("2021", "2021-S2", "2021-Q3", "2021-07", "2021-07-15", "2018/2020")] == told

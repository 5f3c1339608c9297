"""What an import stores, and what it leaves untouched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from tests.hub_fixtures import HO, Desk
from tests.isle import isle, profile

from sdgcities.errors import Refused
from sdgcities.findings import Severity
from sdgcities.store.bulk.sqlite import SqliteLoad
from sdgcities.store.tables import batch, observation, refused_row, series
from sdgcities.tracks.data.reading.raw import CANONICAL, NUMBER, canonical

WRONG = {"unit": "GH9999", "value": "7"}


def test_a_blocking_finding_stores_nothing_at_all(desk: Desk) -> None:
    before = desk.counts()
    report = desk.bring(desk.tidy({}, WRONG))
    assert report.blocked
    assert (report.batch, report.stored, report.unchanged, report.refused, report.rows_read) == (None, 0, 0, 1, 2)
    assert desk.counts() == before  # no series, source, indicator version or record in the chain either


def test_the_finding_says_where(desk: Desk) -> None:
    path = desk.tidy({}, WRONG)
    (finding,) = desk.bring(path).findings
    assert (finding.code, finding.severity) == ("unit.unknown", Severity.BLOCK)
    assert finding.where.parts() == {"file": str(path), "row": 3, "column": "unit"}
    assert finding.hint is not None


def test_accepted_in_part_the_good_rows_count_and_the_refused_are_kept(desk: Desk) -> None:
    report = desk.bring(desk.tidy({}, WRONG, {"period": "2020", "value": "many"}), accept_partial=True)
    assert (report.blocked, report.stored, report.refused, report.batch) == (False, 1, 2, 1)
    assert desk.value() == "100"
    with desk.hub.database.reading() as connection:
        kept = connection.execute(select(refused_row).order_by(refused_row.c.locator)).all()
    assert [(row.batch, row.locator, row.code) for row in kept] == [(1, 3, "unit.unknown"), (1, 4, "value.number")]
    assert "GH9999" in json.loads(kept[0].raw)
    assert "GH9999" in kept[0].message


def test_the_same_refused_rows_are_kept_once(desk: Desk) -> None:
    path = desk.tidy({}, WRONG)
    desk.bring(path, accept_partial=True)
    before = desk.counts()
    again = desk.bring(path, accept_partial=True)
    assert (again.blocked, again.batch, again.unchanged, again.refused) == (False, None, 1, 1)
    assert desk.counts() == before


def test_a_file_without_one_good_row_is_no_part(desk: Desk) -> None:
    before = desk.counts()
    assert desk.bring(desk.tidy(WRONG), accept_partial=True).blocked
    assert desk.counts() == before


def test_a_dry_run_says_what_would_be_stored_and_stores_nothing(desk: Desk) -> None:
    before = desk.counts()
    report = desk.bring(desk.tidy({}, {"period": "2020"}), dry_run=True)
    assert (report.blocked, report.stored, report.batch) == (False, 2, None)
    assert desk.counts() == before


def test_the_same_again_is_unchanged(desk: Desk) -> None:
    path = desk.tidy({}, {"period": "2020"})
    assert desk.bring(path).batch == 1
    before = desk.counts()
    again = desk.bring(path)
    assert (again.batch, again.stored, again.unchanged) == (None, 0, 2)
    assert desk.counts() == before


def test_another_value_is_the_next_revision_and_the_old_one_stays(desk: Desk) -> None:
    desk.bring(desk.tidy({}, {"period": "2020"}))
    report = desk.bring(desk.tidy({"value": "101"}, {"period": "2020"}))
    assert (report.stored, report.unchanged) == (1, 1)
    assert [(figure.revision, str(figure.value)) for figure in desk.figures()] == [(0, "100"), (1, "101")]
    with desk.hub.database.reading() as connection:
        rows = connection.execute(select(observation.c.period_start, observation.c.revision, observation.c.value).order_by(*observation.primary_key)).all()
    assert [tuple(row) for row in rows] == [("2020-01-01", 0, "100"), ("2021-01-01", 0, "100"), ("2021-01-01", 1, "101")]


@pytest.mark.parametrize(
    ("first", "second", "stored"),
    [
        ("1", "1.0", 0),
        ("1", "+1", 0),
        ("0.1", "0.10", 0),
        ("1234567.8901234567", "1234567.8901234568", 1),  # the same as floating-point numbers
        ("0.1000000000000000055", "0.1", 1),
    ],
)
def test_equal_numbers_are_unchanged_however_they_are_written(desk: Desk, first: str, second: str, stored: int) -> None:
    desk.bring(desk.tidy({"value": first}))
    assert desk.bring(desk.tidy({"value": second})).stored == stored


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("+5", "5"),
        ("5.", "5"),
        ("00012", "12"),
        (".5", "0.5"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("+012.10", "12.10"),
        ("+1234567.89012345678900", "1234567.89012345678900"),
    ],
)
def test_a_figure_is_stored_in_one_spelling_with_the_zeros_that_tell_how_exact_it_is(desk: Desk, written: str, stored: str) -> None:
    assert not desk.bring(desk.tidy({"value": written})).blocked
    with desk.hub.database.reading() as connection:
        assert list(connection.execute(select(observation.c.value)).scalars()) == [stored]
    again = desk.bring(desk.tidy({"value": stored}, name="again.csv"))
    assert (again.stored, again.unchanged) == (0, 1)


@pytest.mark.parametrize(("written", "stored"), [("+1,200", "1200"), ("\u22120", "0"), ("007", "7"), ("1,200.50", "1200.50")])
def test_so_is_one_of_a_profile(tmp_path: Path, written: str, stored: str) -> None:
    here = isle(tmp_path, profile("yearbook", numbers='{thousands: ","}'))
    assert not here.bring(here.table("boats.csv", ["town", "boats"], [["Spring", written]])).blocked
    with here.hub.database.reading() as connection:
        assert list(connection.execute(select(observation.c.value)).scalars()) == [stored]


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20, places=4), st.sampled_from(["{}", "+{}", "00{}", "{}000"]))
def test_what_is_spelt_canonically_stays_and_the_rest_becomes_so(number: Decimal, shape: str) -> None:
    text = shape.format(f"{number:f}")
    if NUMBER.fullmatch(text):
        spelt = canonical(text)
        assert CANONICAL.fullmatch(spelt)
        assert Decimal(spelt) == number
        assert (canonical(spelt), spelt.partition(".")[2]) == (spelt, text.partition(".")[2])
        assert spelt == text or not CANONICAL.fullmatch(text)


def test_a_reason_takes_the_place_of_a_value_and_a_value_that_of_a_reason(desk: Desk) -> None:
    desk.bring(desk.tidy({"value": "", "missing_reason": "not_published"}))
    assert desk.figures()[0].missing == "not_published"
    assert desk.bring(desk.tidy({"value": "5", "missing_reason": ""})).stored == 1
    assert desk.value() == "5"
    assert desk.bring(desk.tidy({"value": "5", "missing_reason": "", "status": "P"})).stored == 1
    assert desk.figures()[0].status == "P"


@pytest.mark.parametrize("known", [False, True], ids=["new series", "known series"])
@pytest.mark.parametrize("second", ["100", "101"], ids=["same value", "another value"])
def test_one_observation_twice_in_a_file_blocks_and_names_both_rows(desk: Desk, known: bool, second: str) -> None:
    if known:
        desk.bring(desk.tidy({"period": "2019"}))
    before = desk.counts()
    report = desk.bring(desk.tidy({"period": "2020"}, {}, {"period": "2018"}, {"value": second}))
    (finding,) = report.findings
    assert (finding.code, finding.where.row) == ("import.twice", 5)
    assert str(finding.message) == "Rows 3 and 5 give the same observation."
    assert desk.counts() == before


@pytest.mark.parametrize("order", [list, reversed, lambda rows: sorted(rows, key=lambda row: row["period"][::-1])], ids=["in order", "backwards", "mixed"])
def test_rows_may_come_in_any_order(desk: Desk, order: Callable[[list[dict[str, str]]], Iterable[dict[str, str]]]) -> None:
    desk.bring(desk.tidy({"period": "1999"}))  # of the series of the totals one figure is known
    rows = [{"period": str(year), "sex": sex, "value": f"{year - 1900 + len(sex)}"} for sex in ("_T", "F", "M") for year in range(1900, 2020)]
    report = desk.bring(desk.tidy(*order(rows)))
    assert not report.blocked, report.findings
    assert (report.stored, report.unchanged, len(rows) > SqliteLoad.chunk) == (360, 0, True)
    with desk.hub.database.reading() as connection:
        query = select(series.c.dims, observation.c.period_start, observation.c.value).join(series).where(observation.c.batch == report.batch)
        stored = {(dims, start[:4]): value for dims, start, value in connection.execute(query)}
    assert stored == {("" if row["sex"] == "_T" else f"sex={row['sex']}", row["period"]): row["value"] for row in rows}
    again = desk.bring(desk.tidy(*rows))
    assert (again.stored, again.unchanged) == (0, 360)


def test_after_an_import_nothing_can_be_replaced(desk: Desk) -> None:
    desk.bring(desk.tidy({}))
    desk.bring(desk.tidy({}, WRONG))
    verb = "INSERT OR REPLACE INTO" if desk.databases.name == "sqlite" else "INSERT INTO"
    with desk.foreign() as connection, pytest.raises(desk.databases.refusals):
        connection.execute(f"{verb} observation SELECT * FROM observation")


def test_accepting_in_part_does_not_accept_contradictions(desk: Desk) -> None:
    assert desk.bring(desk.tidy({}, {"value": "7"}, WRONG), accept_partial=True).blocked
    assert desk.figures() == []


def test_figures_know_who_typed_them_and_who_answers_for_them(desk: Desk) -> None:
    path = desk.tidy({})
    report = desk.bring(path)
    (figure,) = desk.figures()
    assert (figure.entered_by, figure.answers_for) == ("ama", "kofi")
    assert (figure.office, figure.file, figure.row, figure.batch) == ("Municipal register", "figures.csv", 2, 1)
    assert figure.file_sha256 == report.sha256
    with desk.hub.database.reading() as connection:
        row = connection.execute(select(batch)).one()
    assert (row.plugin, row.profile, row.rows_read, row.stored) == ("core", "tidy", 1, 1)


def test_only_an_operator_imports(desk: Desk) -> None:
    from sdgcities.tracks.data.importing.request import Request  # noqa: PLC0415 - as above
    from sdgcities.tracks.data.importing.run import import_file  # noqa: PLC0415 - the desk's own import is always ama's

    kofi = desk.person("kofi")
    with pytest.raises(Refused) as refused:
        import_file(desk.catalogue, Request(desk.tidy({}), kofi, kofi))
    assert refused.value.findings[0].code == "actor.role"


def test_a_file_whose_name_is_no_text_is_imported_all_the_same(desk: Desk) -> None:
    path = desk.tidy({}).rename(desk.scratch / b"ao\xfbt.csv".decode("utf-8", "surrogateescape"))
    assert not desk.bring(path).blocked
    assert desk.figures()[0].file == "ao\N{REPLACEMENT CHARACTER}t.csv"


@pytest.mark.parametrize("content", ["", "unit,indicator,period,value,source\n", "unit,indicator\nx"])
def test_a_file_without_rows_is_refused(desk: Desk, content: str) -> None:
    path = desk.scratch / "empty.csv"
    path.write_text(content, encoding="utf-8")
    assert desk.bring(path).blocked


def test_every_refused_row_is_counted_and_twenty_are_shown(desk: Desk) -> None:
    report = desk.bring(desk.tidy(*[{"unit": f"GH9{number:03}"} for number in range(30)]))
    assert report.refused == 30
    assert [finding.code for finding in report.findings] == [*["unit.unknown"] * 20, "import.more"]
    assert report.findings[-1].message.params["n"] == 10


def test_a_missing_file_is_refused_in_a_line(desk: Desk) -> None:
    (finding,) = desk.bring(Path("nowhere.csv")).findings
    assert finding.code == "file.missing"
    assert HO not in str(finding.message)


@pytest.mark.parametrize("row", [{"source": "a\0b"}, {"unit": "G\0H"}, {"indicator": "x\0"}, {"value": "1\0"}])
def test_a_file_with_a_nul_is_refused_whole(desk: Desk, row: dict[str, str]) -> None:
    """No text of an office has one: the file is damaged, and no database on a server could keep it."""
    report = desk.bring(desk.tidy({}, {"period": "2019", **row}), accept_partial=True)
    (finding,) = report.findings
    assert (finding.code, finding.where.line, report.stored, report.batch) == ("csv.nul", 3, 0, None)

"""Columns and numbers as Open SDG's builder prints them; the expected texts were printed by its libraries (pandas 2.2)."""

from __future__ import annotations

import pytest

from sdgcities.exchange.opensdg.edges import edges, headline
from sdgcities.exchange.opensdg.reporting import disaggregation, reporting, zipped
from sdgcities.exchange.opensdg.typed import csv_of, number, read_columns


@pytest.mark.parametrize(
    ("cells", "printed"),
    [
        (("1", "2"), "1,2"),
        (("1", ""), "1.0,"),
        (("1.50", "3e5"), "1.5,300000.0"),
        (("12", "n/a"), "12.0,"),
        (("1,000", "2"), "1,000,2"),
        ((".5", "5."), "0.5,5.0"),
        (("01", " 7 "), "1,7"),
        (("True", "False"), "True,False"),
        (("True", "yes"), "True,yes"),
        (("-0.0", "1e16"), "-0.0,1e+16"),
        (("1e400", "2"), "1e400,2"),
    ],
)
def test_a_column_has_the_type_that_fits_all_of_it(cells: tuple[str, ...], printed: str) -> None:
    rows = "\n".join(f'2015,"{cell}"' for cell in cells)
    lines = csv_of(read_columns(f"Year,Value\n{rows}\n".encode())).decode().splitlines()[1:]
    assert ",".join(line.removeprefix("2015,").strip('"') for line in lines) == printed


@pytest.mark.parametrize(
    ("text", "nearest_by_steps"),
    [("12.40", 12.4), ("0.1234567890123456789", 0.1234567890123456), ("3894756326325.82", 3894756326325.82), ("0." + "0" * 20 + "5", 0.0)],
)
def test_a_number_is_the_one_that_the_builder_finds(text: str, nearest_by_steps: float) -> None:
    assert number(text) == nearest_by_steps


def test_year_comes_first_and_value_last_and_what_has_no_name_gets_one() -> None:
    columns = read_columns(b"\xef\xbb\xbfSex,Value,Year,\nFemale,3,2015,\n,4,2016\n")
    assert list(columns) == ["Year", "Sex", "Unnamed: 3", "Value"]
    assert columns["Sex"] == ["Female", None]
    assert columns["Unnamed: 3"] == [None, None]


@pytest.mark.parametrize("content", [b"", b"\n", b"Year,Sex\n2015,Male\n", b"Value\n3\n"])
def test_a_table_without_years_or_values_has_no_columns(content: bytes) -> None:
    assert read_columns(content) == {}


def test_blanks_round_year_and_value_are_passed_over_and_stay_round_other_names() -> None:
    assert read_columns(b" Value,Sex ,Year \n3,Male,2015\n") == {"Year": [2015], "Sex ": ["Male"], "Value": [3]}


def test_a_column_that_is_filled_only_beside_another_depends_on_it() -> None:
    columns = read_columns(b"Year,Region,District,Ward,Sex,Value\n2015,,,,,1\n2015,N,,,,2\n2015,N,P,,,3\n2015,N,P,Q,,4\n2015,,,,F,5\n")
    assert edges(columns, ("Year", "Value")) == [("Region", "District"), ("District", "Ward")]
    assert headline(columns, ("Year", "Value")) == {"Year": [2015], "Value": [1]}


def test_of_two_that_are_filled_together_the_left_one_comes_first() -> None:
    columns = read_columns(b"Year,Age,Sex,Value\n2015,,,1\n2015,Y0,F,2\n")
    assert edges(columns, ("Year", "Value")) == [("Age", "Sex")]


def test_the_archive_is_the_same_at_every_run() -> None:
    content, size = zipped({"1-1-1.csv": b"Year,Value\n" * 200})
    assert zipped({"1-1-1.csv": b"Year,Value\n" * 200}) == (content, size)
    assert size == {"size_bytes": len(content), "size_human": "2.3 kB"}


@pytest.mark.parametrize(
    ("given", "shown"), [((True, False), ["False", "True"]), (("2", 10), [2, 10]), (("2", "²"), ["2", "²"]), ((None, 1), ["1", "status.not_specified"])]
)
def test_groups_of_indicators_are_numbers_where_all_are(given: tuple[object, object], shown: list[object]) -> None:
    found = reporting({f"1-1-{number}": {"kind": one} for number, one in enumerate(given)}, [], ["kind"])
    assert found["extra_fields"] == {"kind": [{"kind": one, "statuses": [], "totals": {"total": 1}} for one in shown]}


def test_how_far_indicators_are_split_is_counted_as_published() -> None:
    """The overall figures of 126 indicators of Statistics Canada, as sdg-build printed them, and its form where all indicators count."""
    expected: dict[str, object] = {"expected_disaggregations": ["Age", "Sex"], "sector": "health"}
    columns = {"complete": ["Sex", "Age", "Area"], "inprogress": ["Sex"], "notstarted": ["Area"]}
    numbers = {"complete": 62, "inprogress": 37, "notstarted": 27}
    metadata: dict[str, dict[str, object]] = {f"3-1-{status}{number}": expected for status, count in numbers.items() for number in range(count)}
    metadata["10-1-1"] = {"expected_disaggregations": []}
    metadata["own-1"] = {"standalone": True, **expected}
    held = {one: columns[one[4:].rstrip("0123456789")] for one in metadata if one.startswith("3-")}
    found = disaggregation(metadata, held, ["sector"], only_expected=True)
    assert list(found) == ["statuses", "overall", "goals", "extra_fields"]
    overall = found["overall"]
    assert isinstance(overall, dict)
    assert overall["totals"] == {"total": 126}
    assert [(one["status"], one["count"], one["percentage"]) for one in overall["statuses"]] == [
        ("complete", 62, 49.20634920634921),
        ("inprogress", 37, 29.365079365079364),
        ("notstarted", 27, 21.428571428571427),
    ]
    assert found["extra_fields"] == {"sector": [{"sector": "health", **overall}]}
    every = disaggregation(metadata, held, [], only_expected=False)
    goals = every["goals"]
    assert isinstance(goals, list)
    assert [(one["goal"], one["totals"]["total"]) for one in goals] == [(3, 126), (10, 1)]
    assert goals[1]["statuses"][-1] == {
        "status": "notapplicable",
        "translation_key": "status.disaggregation_status_notapplicable",
        "count": 1,
        "percentage": 100.0,
    }
    assert disaggregation({}, {}, [], only_expected=False)["overall"] is not None

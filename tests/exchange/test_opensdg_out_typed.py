"""Columns and numbers as Open SDG's builder prints them; the expected texts were printed by its libraries (pandas 2.2)."""

from __future__ import annotations

import pytest

from sdgcities.exchange.opensdg.edges import edges, headline
from sdgcities.exchange.opensdg.reporting import zipped
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

"""Which counts add up to which: groups within groups, periods within periods, and nothing that only looks so."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.methods.shares import Share
from sdgcities.methods.sums import sums_of
from sdgcities.methods.suppression import Hiding, Whole


def counts(period: str, **groups: int) -> dict[tuple[str, str], Decimal]:
    return {(period, "" if code == "all" else f"kind={code}"): Decimal(count) for code, count in groups.items()}


def hidden(found: dict[tuple[str, str], Decimal]) -> set[str]:
    return {dims.removeprefix("kind=") for _, dims in Hiding(found, sums_of(found)).run()}


def test_groups_within_groups_are_seen_in_the_figures() -> None:
    assert hidden(counts("2021", all=160, A=60, A1=3, A2=57, B=100)) == {"A1", "A2"}


def test_groups_within_groups_without_a_total() -> None:
    assert hidden(counts("2021", A=60, A1=3, A2=20, A3=37)) == {"A1", "A2"}


def test_in_a_list_without_levels_nothing_is_taken_for_a_level() -> None:
    """8 is 3 and 5, and yet all groups make up the total: none lies within another."""
    assert hidden(counts("2021", all=36, A=3, B=5, C=8, D=20)) == {"A", "B"}


def test_a_sum_that_holds_in_one_year_of_three_is_chance() -> None:
    found = counts("2019", A=60, A1=3, A2=57, B=9) | counts("2020", A=60, A1=3, A2=50, B=9) | counts("2021", A=60, A1=3, A2=40, B=9)
    assert hidden(found) == {"A1"}


def test_months_of_a_quarter_of_a_year() -> None:
    found = {"2021": 100, "2021-Q1": 20, "2021-Q2": 25, "2021-Q3": 25, "2021-Q4": 30, "2021-01": 2, "2021-02": 9, "2021-03": 9}
    gone = Hiding(exact := {(period, ""): Decimal(count) for period, count in found.items()}, sums_of(exact)).run()
    assert {period for period, _ in gone} == {"2021-01", "2021-02"}


def test_among_very_many_groups_within_each_other_none_is_told_beside_a_hidden_one() -> None:
    """Which of them make up which can't be looked at one by one: the small one might follow from any."""
    many = {f"G{number:02}": 1000 + 37 * number for number in range(30)}
    assert hidden(counts("2021", S=3, **many)) == {"S", *many}
    assert hidden(counts("2021", **many)) == set()
    assert hidden(counts("2021", all=3 + sum(many.values()), S=3, **many)) == {"S", "G00"}, "all of them make up the total"


def test_the_small_group_of_a_list_of_twenty() -> None:
    """The whole of three parts is found in a list that is far too long to try every group beside every other."""
    others = {f"G{number:02}": 100_003 + 7919 * number * number for number in range(16)}
    assert hidden(counts("2021", A=160_207, A1=3, A2=60_004, A3=100_200, **others)) == {"A1", "A2"}


def test_ages_that_overlap_are_told_by_the_total() -> None:
    found = {"": 260, "age=Y0T14": 3, "age=Y15T64": 157, "age=Y_GE65": 100, "age=Y0T17": 40, "age=Y18T64": 120}
    gone = Hiding(exact := {("2021", dims): Decimal(count) for dims, count in found.items()}, sums_of(exact)).run()
    assert {("2021", "age=Y0T14")} < gone


def test_periods_that_lead_nowhere_take_no_time() -> None:
    """Years, quarters and months of ten years but for the last month: millions of ways that end before it."""
    months = {f"{year}-{month:02}": 10 for year in range(2010, 2020) for month in range(1, 13)}
    quarters = {f"{year}-Q{quarter}": 30 for year in range(2010, 2020) for quarter in range(1, 5)}
    years = {str(year): 120 for year in range(2010, 2020)}
    found = {**months, **quarters, **years, "2010/2019": 1200, "2010-01": 3, "2010-02": 17}
    for gone in ("2019-12", "2019-Q4", "2019"):
        del found[gone]
    hidden_ = Hiding(exact := {(period, ""): Decimal(count) for period, count in found.items()}, sums_of(exact)).run()
    assert {period for period, _ in hidden_} == {"2010-01", "2010-03"}


@given(st.lists(st.integers(1, 30), min_size=3, max_size=8), st.integers(1, 4))
def test_every_level_of_a_tree_is_found(leaves: list[int], small: int) -> None:
    found = counts("2021", all=small + sum(leaves) + 50, A=small + sum(leaves), B=50, A0=small, **{f"A{number}": leaf for number, leaf in enumerate(leaves, 1)})
    whole = ("2021", "kind=A"), frozenset(place for place in found if place[1].startswith("kind=A") and place[1] != "kind=A")
    sums = [one for one in sums_of(found) if isinstance(one, Whole)]
    assert whole in {(one.whole, frozenset(one.parts)) for one in sums}


@pytest.mark.parametrize(
    ("value", "part", "whole", "fits", "tells"),
    [
        ("2.22", 4, 180, True, True),
        ("2.2", 4, 180, True, True),
        ("25", 3, 12, True, True),
        ("0.0", 3, 100_000, True, False),
        ("0.003", 3, 100_000, True, True),
        ("61.2", 4, 180, False, True),
    ],
)
def test_what_a_share_tells(value: str, part: int, whole: int, *, fits: bool, tells: bool) -> None:
    share = Share(Decimal(value), 100, Decimal(part), Decimal(whole))
    assert (share.fits, share.tells_part(5)) == (fits, tells)

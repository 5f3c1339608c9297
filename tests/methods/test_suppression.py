"""Small counts of people stay hidden, and nothing that is published gives them away."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgcities.methods.sums import wholes_of
from sdgcities.methods.suppression import Hiding, Whole
from sdgcities.model.disclosure import THRESHOLD

SEX, AGE = ("F", "M"), ("Y0T14", "Y15T64", "Y65T999")


def hidden(counts: Mapping[str, int], threshold: int = THRESHOLD) -> frozenset[str]:
    exact = {key: Decimal(count) for key, count in counts.items()}
    return Hiding(exact, wholes_of(exact), threshold).run()


def table(cells: Mapping[tuple[str, str], int]) -> dict[str, int]:
    """A table by age and sex with its margins."""
    found = {f"age={age};sex={sex}": count for (age, sex), count in cells.items()}
    found |= {f"age={age}": sum(cells[age, sex] for sex in SEX) for age in AGE}
    found |= {f"sex={sex}": sum(cells[age, sex] for age in AGE) for sex in SEX}
    return {"": sum(cells.values()), **found}


def test_a_small_count_is_hidden_and_with_it_the_smallest_that_would_give_it_away() -> None:
    assert hidden({"": 100, "age=A": 3, "age=B": 40, "age=C": 57}) == {"age=A", "age=B"}


def test_zero_and_the_threshold_itself_are_published() -> None:
    assert hidden({"": 100, "age=A": 0, "age=B": 5, "age=C": 95}) == frozenset()


def test_two_that_add_up_to_a_small_count_are_not_enough() -> None:
    assert hidden({"": 100, "age=A": 1, "age=B": 1, "age=C": 40, "age=D": 58}) == {"age=A", "age=B", "age=C"}


def test_the_whole_is_hidden_where_no_part_is_left() -> None:
    assert hidden({"": 3, "age=A": 3}) == {"", "age=A"}


def test_parts_that_don_t_add_up_give_nothing_away() -> None:
    assert hidden({"": 100, "age=A": 3, "age=B": 40}) == {"age=A"}


def test_a_part_alone_is_hidden_alone() -> None:
    assert hidden({"sex=F": 3, "age=A": 50}) == {"sex=F"}


@pytest.mark.parametrize("threshold", [5, 10])
def test_what_was_hidden_before_stays_hidden(threshold: int) -> None:
    counts = {"": Decimal(100), "age=A": Decimal(12), "age=B": Decimal(40), "age=C": Decimal(48)}
    found = Hiding(counts, wholes_of(counts), threshold, told=frozenset({"age=A"})).run()
    assert found == {"age=A", "age=B"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=len(AGE) * len(SEX), max_size=len(AGE) * len(SEX)))
def test_no_hidden_count_follows_from_what_is_published(counts: list[int]) -> None:
    cells = table(dict(zip(product(AGE, SEX), counts, strict=True)))
    gone = hidden(cells)
    assert {key for key, count in cells.items() if 0 < count < THRESHOLD} <= gone
    wholes = list(wholes_of(cells))
    assert not solved(sorted(gone), wholes), (cells, gone)
    for one in wholes:
        parts = [key for key in one.parts if key in gone]
        if parts and one.whole not in gone:
            assert len(parts) > 1
            assert not 0 < sum(cells[key] for key in parts) < THRESHOLD or len(parts) == len(one.parts)


def solved(unknown: list[str], wholes: list[Whole[str]]) -> set[str]:
    """The unknowns that the sums determine: those that no solution of the equations without right sides can move. Independent of the product."""
    rows = [[Fraction((key in one.parts) - (key == one.whole)) for key in unknown] for one in wholes]
    pivots: list[int] = []
    for column in range(len(unknown)):
        place = next((number for number in range(len(pivots), len(rows)) if rows[number][column]), None)
        if place is None:
            continue
        top = len(pivots)
        rows[top], rows[place] = rows[place], rows[top]
        rows[top] = [value / rows[top][column] for value in rows[top]]
        for number, row in enumerate(rows):
            if number != top and row[column]:
                rows[number] = [value - row[column] * above for value, above in zip(row, rows[top], strict=True)]
        pivots.append(column)
    return {unknown[column] for row, column in zip(rows, pivots, strict=False) if sum(1 for value in row if value) == 1}


def test_ages_within_ages_give_nothing_away() -> None:
    gone = hidden({"": 200, "age=Y0T14": 60, "age=Y0T4": 3, "age=Y5T14": 57, "age=Y15T64": 100, "age=Y_GE65": 40})
    assert {"age=Y0T4", "age=Y5T14"} <= gone


def test_ages_that_overlap_otherwise_are_no_sum() -> None:
    assert hidden({"": 100, "age=Y0T14": 60, "age=Y10T24": 3}) == {"age=Y10T24"}

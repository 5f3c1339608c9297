"""Classes of a map: few, stated, and each value in one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.reports.charts.classes import MOST, Class, equal_steps, quantiles

Make = Callable[[Sequence[Decimal]], tuple[Class, ...]]
numbers = st.decimals(-(10**15), 10**15, places=4) | st.decimals(-1, 1, places=12) | st.integers(-3, 3).map(Decimal)


@pytest.mark.parametrize("make", [quantiles, equal_steps])
@given(st.lists(numbers, min_size=1, max_size=300))
def test_every_value_lies_in_one_class_and_there_are_five_at_most(make: Make, values: list[Decimal]) -> None:
    classes = make(values)
    assert 1 <= len(classes) <= MOST
    assert all(sum(value in one for one in classes) == 1 for value in values)
    assert [one.count for one in classes] == [sum(value in one for value in values) for one in classes]
    assert all(before.most <= after.least for before, after in pairwise(classes))


@given(st.lists(numbers, min_size=5, max_size=300, unique=True))
def test_quantiles_hold_about_equally_many(values: list[Decimal]) -> None:
    counts = [one.count for one in quantiles(values)]
    assert len(counts) == MOST
    assert max(counts) - min(counts) <= 1


@given(st.lists(numbers, min_size=2, max_size=50, unique=True))
def test_equal_steps_are_equal_and_round(values: list[Decimal]) -> None:
    classes = equal_steps(values)
    widths = {one.most - one.least for one in classes}
    assert len(widths) == 1
    assert str(widths.pop().normalize().as_tuple().digits) in {"(1,)", "(2,)", "(5,)"}


def test_equal_values_are_one_class_and_few_values_a_class_each() -> None:
    assert quantiles([Decimal(5)] * 9) == (Class(Decimal(5), Decimal(5), 9),) == equal_steps([Decimal(5)] * 9)
    assert [one.count for one in quantiles([Decimal(1), Decimal(2), Decimal(2)])] == [1, 2]


def test_many_equal_values_stay_together() -> None:
    assert [one.count for one in quantiles([Decimal(0)] * 90 + [Decimal(one) for one in range(1, 11)])] == [90, 10]

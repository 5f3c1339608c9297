"""Whatever a country sets: what is accepted lies between floor and ceiling, and no criterion gets laxer than its floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from sdgcities.contract.adapt import adapt
from sdgcities.contract.comparing import holds
from sdgcities.contract.load import load_contract
from sdgcities.errors import Refused
from sdgcities.model.milestones import Adaptation, Change, Comparison, Contract, Criterion, Group, Parameter, ParameterType, Stricter, Value
from sdgcities.model.sources import Source, Status

numbers = st.decimals(min_value=-1000, max_value=1000, places=2)
dates = st.dates(min_value=date(2020, 1, 1), max_value=date(2050, 12, 31))
letters = st.frozensets(st.sampled_from("abcdef"))
choices = ("a", "b", "c", "d", "e")
ways = st.sampled_from(Stricter)


def parameter(kind: ParameterType, floor: Value, ceiling: Value | None, way: Stricter) -> Parameter:
    return Parameter("p", kind, floor, floor, ceiling, way, "a reason", choices if kind is ParameterType.CHOICE else ())


def country_sets(one: Parameter, value: object) -> Contract | None:
    """The contract where a country sets this parameter; None where that is refused."""
    core = load_contract()
    comparison = comparison_of(one)
    criterion = Criterion("c", "text", "data/m", comparison, parameter="p")
    milestone = replace(core.milestones["data/agreement"], parameters={"p": one}, criteria=Group(any=False, members=(criterion,)))
    change = Change(milestone.id, "a reason", Status.DRAFT, Source("office"), parameters={"p": value})
    try:
        return adapt(replace(core, milestones={milestone.id: milestone}), [Adaptation("GH", "ghana", (change,))])
    except Refused:
        return None


def comparison_of(one: Parameter) -> Comparison:
    if one.type is ParameterType.SET:
        return Comparison.INCLUDES if one.stricter is Stricter.UP else Comparison.ONE_OF
    return Comparison.AT_LEAST if one.stricter is Stricter.UP else Comparison.AT_MOST


def in_force(contract: Contract) -> Value:
    return contract.milestones["data/agreement"].parameters["p"].in_force


def assert_never_laxer(one: Parameter, value: Value, measured: Value) -> None:
    """What meets the country's criterion meets the one at the floor."""
    comparison = comparison_of(one)
    if holds(comparison, measured, value):
        assert holds(comparison, measured, one.floor)


@given(st.lists(numbers, min_size=2, max_size=2), numbers, numbers, ways)
def test_numbers(ends: list[Decimal], value: Decimal, measured: Decimal, way: Stricter) -> None:
    low, high = sorted(ends)
    one = parameter(ParameterType.NUMBER, low, high, way) if way is Stricter.UP else parameter(ParameterType.NUMBER, high, low, way)
    accepted = country_sets(one, value)
    assert (accepted is not None) == (low <= value <= high)
    if accepted:
        assert in_force(accepted) == value
        assert_never_laxer(one, value, measured)


@given(st.lists(dates, min_size=2, max_size=2), dates, dates, ways)
def test_dates(ends: list[date], value: date, measured: date, way: Stricter) -> None:
    low, high = sorted(ends)
    one = parameter(ParameterType.DATE, low, high, way) if way is Stricter.UP else parameter(ParameterType.DATE, high, low, way)
    accepted = country_sets(one, value.isoformat())
    assert (accepted is not None) == (low <= value <= high)
    if accepted:
        assert in_force(accepted) == value
        assert_never_laxer(one, value, measured)


@given(letters, letters, letters, letters, st.booleans())
def test_sets_that_grow(small: frozenset[str], more: frozenset[str], value: frozenset[str], measured: frozenset[str], is_open: bool) -> None:
    one = parameter(ParameterType.SET, small, None if is_open else small | more, Stricter.UP)
    accepted = country_sets(one, sorted(value))
    assert (accepted is not None) == (small <= value and (is_open or value <= small | more))
    if accepted:
        assert in_force(accepted) == value
        assert_never_laxer(one, value, measured)


@given(letters, letters, letters, st.sampled_from("abcdef"))
def test_sets_of_what_is_accepted(small: frozenset[str], more: frozenset[str], value: frozenset[str], measured: str) -> None:
    one = parameter(ParameterType.SET, small | more, small, Stricter.DOWN)
    accepted = country_sets(one, sorted(value))
    assert (accepted is not None) == (bool(value) and small <= value <= small | more)
    if accepted:
        assert in_force(accepted) == value
        assert_never_laxer(one, value, measured)


@given(st.lists(st.sampled_from(choices), min_size=2, max_size=2), st.sampled_from([*choices, "z"]), ways)
def test_choices(ends: list[str], value: str, way: Stricter) -> None:
    """A choice is handed to the measure, so it only has to lie between."""
    low, high = sorted(ends)
    one = parameter(ParameterType.CHOICE, low, high, way) if way is Stricter.UP else parameter(ParameterType.CHOICE, high, low, way)
    accepted = country_sets(one, value)
    assert (accepted is not None) == (low <= value <= high)
    if accepted:
        assert in_force(accepted) == value


@example(ParameterType.CHOICE, "")
@given(st.sampled_from(ParameterType), st.one_of(st.none(), st.booleans(), st.text(max_size=12), st.lists(st.integers(), max_size=3), st.integers()))
def test_a_value_of_another_type_never_passes(kind: ParameterType, value: object) -> None:
    floors: dict[ParameterType, Value] = {
        ParameterType.NUMBER: Decimal(-(10**30)),
        ParameterType.SET: frozenset(),
        ParameterType.CHOICE: "a",
        ParameterType.DATE: date.min,
    }
    ceilings: dict[ParameterType, Value | None] = {
        ParameterType.NUMBER: Decimal(10**30),
        ParameterType.SET: None,
        ParameterType.CHOICE: "e",
        ParameterType.DATE: date.max,
    }
    accepted = country_sets(parameter(kind, floors[kind], ceilings[kind], Stricter.UP), value)
    if accepted:
        assert type(in_force(accepted)) is type(floors[kind])

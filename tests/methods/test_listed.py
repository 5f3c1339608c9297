"""The list of methods: whole, found by name, and read from what a person writes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.methods.given import MAX_PARTS, read_given, unknown
from sdgcities.methods.listed import COMPUTED, calculate, method, methods
from sdgcities.model.methods import Quantity

SERIES = {"series": "2015=20,2022=14", "direction": "lower"}


def test_every_method_has_its_function_and_every_function_its_method() -> None:
    assert set(methods()) == set(COMPUTED)
    for one in methods().values():
        assert one.source.office
        assert one.source.table
        assert one.version
        assert len({given.id for given in one.given}) == len(one.given)
        assert all(given.default in given.options for given in one.given if given.default and given.options), one.id


def test_scores_are_of_one_city_by_declaration() -> None:
    assert {one.id for one in methods().values() if one.group == "scores"} == {"goalposts", "cpi"}
    assert all(one.one_city for one in methods().values() if one.group == "scores")


def test_a_result_says_which_method_and_version_made_it_of_what() -> None:
    read = read_given(method("cagr"), {**SERIES, "target": "10"})
    assert not read.findings
    result = calculate("cagr", read.values)
    assert (result.name, result.version) == ("cagr", "2.4")
    assert result.inputs["series"] == {"2015": 20, "2022": 14}
    assert set(result.outputs) == {one.id for one in method("cagr").gives}
    assert calculate("cagr", {"series": {"2015": Decimal(20), "2022": Decimal(14)}, "direction": "lower", "target": Decimal(10)}) == result


def test_a_method_goes_by_its_name_in_any_case_and_the_nearest_is_told() -> None:
    assert method("CAGR").id == "cagr"
    with pytest.raises(Refused) as refused:
        method("goalpost")
    assert "Did you mean goalposts" in str(refused.value.findings[0].hint)
    with pytest.raises(Refused) as refused:
        method("x" * 10_000)
    assert str(refused.value.findings[0].hint) == "See: sdgcities calculate list."


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ("2015=20,5,2022=14,5", "“5” belongs to no name.", "Write a point before decimals, such as 2015=12.3,2020=14.1: a comma divides values."),
        ("2015=1.234.567", "“1.234.567” is no number.", "Write it without separators of thousands, with a point before decimals, such as 1234.5."),
        ("2015=45%", "“45%” is no number.", "Leave out the sign: 45."),
        ("2015=NaN", "“NaN” is no number.", "Write digits, with a point before decimals, such as 12.3."),
        ("2015=٣", "“٣” is no number.", "Write digits, with a point before decimals, such as 12.3."),
        ("2015=1e999", "The number is too long, too large or too small.", "At most 40 characters, between 1e-300 and 1e300."),
        ("2015=" + "9" * 41, "The number is too long, too large or too small.", "At most 40 characters, between 1e-300 and 1e300."),
        ("15=3", "“15” is no year.", "Write it as in: series=2015=12.3,2020=14.1."),
        ("2015=3,2015=4", "2015 stands twice.", "Keep one of the two."),
        ("3", "“3” is no pair.", "Write it as in: series=2015=12.3,2020=14.1."),
        (",".join(f"{year}=1" for year in range(1000, 1001 + MAX_PARTS)), f"More than {MAX_PARTS} values.", "None"),
        ("1" * 100_001, "More than 100000 characters.", "None"),
    ],
)
def test_what_is_no_number_is_told_with_what_to_write(text: str, problem: str, hint: str) -> None:
    (finding,) = read_given(method("cagr"), {"series": text, "direction": "lower"}).findings
    assert (str(finding.message), str(finding.hint), finding.where.column) == (problem, hint, "series")


@pytest.mark.parametrize(
    ("name", "key", "text", "problem"),
    [
        ("cpi", "pm25", "12,5", "“12,5” is no number."),
        ("cpi", "pm25", "-1", "-1 is too small."),
        ("cpi", "internet_access", "101", "101 is too large."),
        ("cagr", "direction", "up", "“up” is not understood."),
        ("cagr-mean", "scores", "1,2;", "A number is missing."),
        ("cagr-mean", "scores", "6", "6 is too large."),
    ],
)
def test_each_kind_is_read_strictly(name: str, key: str, text: str, problem: str) -> None:
    (finding,) = read_given(method(name), {key: text}).findings
    assert str(finding.message) == problem


def test_a_decimal_comma_is_answered_with_the_number_as_it_is_to_be_written() -> None:
    (finding,) = read_given(method("cpi"), {"pm25": "12,5"}).findings
    assert str(finding.hint) == "Write a point before decimals: 12.5. A comma divides values."


def test_kinds_become_what_the_functions_get() -> None:
    values = read_given(method("goalposts"), {"values": "a=1.5, b=-, c=", "worst": "0", "best": "a=1", "groups": "a=x,b=y"}).values
    assert values["values"] == {"a": Decimal("1.5"), "b": None, "c": None}
    assert values["worst"] == {"value": 0}
    assert values["groups"] == {"a": "x", "b": "y"}
    assert (values["clamped"], values["impute"], values["region"]) == ("yes", "none", None)
    assert read_given(method("cagr-mean"), {"scores": "2.5,3;\u22121"}).values["scores"] == [[Decimal("2.5"), 3], [-1]]


def test_what_a_method_does_not_take_is_told_with_the_nearest() -> None:
    (finding,) = unknown(method("cagr"), ["series", "tarret"])
    assert (str(finding.message), str(finding.hint)) == ("cagr takes no tarret.", "Did you mean target?")


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    for name, key in (("cagr", "series"), ("cagr", "target"), ("goalposts", "groups"), ("cagr-mean", "scores"), ("goalposts", "values")):
        read = read_given(method(name), {key: text})
        assert read.findings or read.values[key] is None or isinstance(read.values[key], dict | list | Decimal)


NUMBERS = st.decimals(min_value=Decimal("-1e300"), max_value=Decimal("1e300"), allow_nan=False)


@given(st.dictionaries(st.integers(2000, 2040).map(str), NUMBERS, max_size=6), st.one_of(st.none(), NUMBERS), st.sampled_from(["higher", "lower"]))
def test_any_numbers_give_a_result_or_a_reason(series: dict[str, Quantity], target: Decimal | None, direction: str) -> None:
    result = calculate("cagr", {"series": series, "direction": direction, "target": target, "limit": target})
    assert (result.reason is None) == bool(result.outputs)

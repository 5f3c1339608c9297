"""Patterns of import profiles: Python reads them, so they may be written as Python writes them, but they must end soon on any text."""

from __future__ import annotations

import re
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sdgcities.plugin.patterns.growth import grows
from sdgcities.plugin.patterns.python import running_away
from sdgcities.plugin.patterns.reading import read_pattern


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?P<year>\d{4}) (?P<part>.+)",
        r"indicator_([0-9]+-[0-9a-z]+-[0-9]+)",
        r"^.*\b(\d{4})\b.*$",
        r"[\w.\-/ ]+ (\d+)",
        r"[^\s\[]+\Z",
        r"\S+ \((\d+)\)",
        r"(densidade-populacional|dependência-de-idosos)",
        r"İlçe\ nüfusu: \"([0-9]{4})\" [(][0-9]+[)]",
        r"[a-z]{1,20}(_[a-z]+)*",
        r"(?P<sex>.+), (?P<age>.+)",
        r"[^,]*, [^,]*, [^,]*, .*",
        r"(?P<part>[0-9]?[0-9])[./-](?P<year>[0-9]{2}?[0-9]{2})",
    ],
)
def test_a_pattern_that_ends_soon_may_be_written_in_any_way(pattern: str) -> None:
    re.compile(pattern)
    assert running_away(pattern) is None


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(?P<sex>(a|a)*)b", r"(\w+\s*)+:", r"([^;]+;?)+x", r"(.*)*z", r"(\d+)+\bx", r"(?=a)(a+)+$", r"(a)\1"])
def test_a_pattern_that_may_not_end_is_refused_with_what_to_write_instead(pattern: str) -> None:
    re.compile(pattern)
    told = running_away(pattern)
    assert told
    assert pattern in str(told[0])
    assert str(told[1])


@pytest.mark.parametrize(
    ("pattern", "repetitions"),
    [
        (".*.*.*.*z", 4),
        ("(.*), (.*), (.*)", 3),
        (r"\w+\d+[a-z0-9]{0,90}!", 3),
        ("(ab)*(ab)*(abab)*z", 3),
        ("a*a*xb*b*z", 3),
        ("[ab]*[bc]*[cd]*[ac]*z", 4),
        ("[ab]*[bc]*x[ac]z", 2),
        ("[0-9]+-[0-9]+-[0-9]+", 1),
    ],
)
def test_repetitions_after_each_other_that_take_the_same_are_counted(pattern: str, repetitions: int) -> None:
    assert grows(read_pattern(pattern.replace(r"\w", "[A-Za-z0-9_]").replace(r"\d", "[0-9]"))).degree == repetitions
    told = running_away(pattern)
    assert bool(told) == (repetitions > 2)
    assert not told or f"{repetitions} repetitions after each other take the same characters" in str(told[0])


@pytest.mark.parametrize("pattern", [".?" * 30 + "z", "(.{0,5})(.{0,5})(.{0,5})(.{0,5})(.{0,5})(.{0,5})(.{0,5})z", "(a|b?)(b|a?)" * 12 + "z"])
def test_many_parts_that_may_be_missing_run_away_too(pattern: str) -> None:
    assert "in very many ways" in str((running_away(pattern) or ("",))[0])


@pytest.mark.parametrize("pattern", ["a*" * 590, "(a*b)*" * 290, "".join(f"[a-z{sign}]*[0-9{sign}]*" for sign in "äöüßéàèùâêîôûçñ")])
def test_a_pattern_of_hundreds_of_repetitions_is_refused_soon(pattern: str) -> None:
    began = perf_counter()
    assert running_away(pattern)
    assert perf_counter() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["a*", "b*", "[ab]+", "a?", "(ab)*", "x", "b", "(a|b)?", ".*", "[^a]*"]), min_size=1, max_size=6))
def test_what_passes_ends_soon_on_texts_that_almost_fit(parts: list[str]) -> None:
    pattern = "".join(parts) + "z"
    if running_away(pattern) is None:
        for text in ("a" * 400, "ab" * 200, "b" * 400, "ax" * 200, "aaaxbbb" * 60):
            began = perf_counter()
            re.fullmatch(pattern, text)
            assert perf_counter() - began < 0.5

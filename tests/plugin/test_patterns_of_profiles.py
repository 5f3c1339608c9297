"""Patterns of import profiles: Python reads them, so they may be written as Python writes them, but they must end soon on any text."""

from __future__ import annotations

import re

import pytest

from sdgcities.plugin.patterns.python import running_away


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

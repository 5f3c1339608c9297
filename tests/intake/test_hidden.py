"""Codes are held against what they look like."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.intake import hidden
from sdgcities.intake.hidden import suspicious


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("G\u041d0812", "U+041D (H)"),
        ("\u0410\u041212", "U+0410 (A)"),
        ("TR\uff11", "U+FF11 (1)"),
        ("TR\u06f1", "U+06F1 (1)"),
        ("\U0001d400-1", "U+1D400 (A)"),
        ("GH\u201108", "U+2011 (-)"),
        ("GH\u201308", "U+2013 (-)"),
        ("GH\u00a008", "U+00A0"),
        ("GH\u200b08", "U+200B"),
        ("GH\u202e08", "U+202E"),
        ("GH-\u0415\u0421", "U+0415 (E)"),
    ],
)
def test_a_character_that_is_not_what_it_looks_like_is_named(code: str, told: str) -> None:
    assert suspicious(code) == told


@pytest.mark.parametrize(
    "code", ["", "GH0812", "\u0410\u0411\u04121", "Açores", "İzmir ı", "\u0391\u03b8\u03ae\u03bd\u03b1", "طنجة", "北京", "Kɔforidua", "1º", "10²"]
)
def test_letters_of_every_language_are_what_they_are(code: str) -> None:
    assert suspicious(code) == ""


@given(st.text(st.characters(codec="ascii")))
def test_plain_text_is_never_suspicious(code: str) -> None:
    assert suspicious(code) == ""


@given(st.text())
def test_any_text_is_answered(code: str) -> None:
    told = suspicious(code)
    assert not told or chr(int(told.split()[0].removeprefix("U+"), 16)) in code


def test_each_look_alike_has_its_source_and_looks_like_one_plain_character() -> None:
    with Path(hidden.__file__).with_name("look_alikes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 90
    for row in rows:
        assert row["code"] == f"U+{ord(row['sign']):04X}"
        assert row["name"] == unicodedata.name(row["sign"])
        assert row["looks_like"].isascii()
        assert len(row["looks_like"]) == 1
        assert row["source"]
        assert row["status"] == "official"

"""Turkish names in every spelling that typists, offices and old software give them."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.registry.catalogue import Catalogue
from sdgcities_turkiye.hooks import sdgcities_fold_name

ALPHABET = "abcçdefgğhıijklmnoöprsştuüvyz"
CAPITALS = str.maketrans(dict(zip(ALPHABET, "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ", strict=True)))
SMALL = {capital: small for small, capital in CAPITALS.items()}
SMALL = str.maketrans({str(capital): chr(small) for capital, small in SMALL.items()})
BARE = str.maketrans("çğıöşüÇĞİÖŞÜâÂîÎûÛ", "cgiosuCGIOSUaAiIuU")


def fold(text: str) -> str:
    folded = sdgcities_fold_name(text, "tr")
    assert folded is not None
    return folded


def spellings(name: str) -> list[str]:
    """As the law writes it; in Turkish and in English capitals and small letters; without the Turkish letters; with letters in two code points."""
    cases = [name, name.translate(CAPITALS), name.translate(SMALL), name.upper(), name.lower(), name.title()]
    return [form for case, bare in product(cases, (False, True)) for form in (case.translate(BARE) if bare else case, unicodedata.normalize("NFD", case))]


def test_every_spelling_of_every_name_folds_alike(rows: list[dict[str, str]]) -> None:
    for name in {row["name"] for row in rows}:
        assert {fold(spelling) for spelling in spellings(name)} == {fold(name)}, name


@pytest.mark.parametrize(
    ("spelling", "unit"),
    [
        ("BALIKESİR", "TR-10"),
        ("Balıkesir", "TR-10"),
        ("balikesir", "TR-10"),
        ("BALIKESIR", "TR-10"),
        ("ISPARTA", "TR-32"),
        ("ısparta", "TR-32"),
        ("İSTANBUL", "TR-34"),
        ("istanbul", "TR-34"),
        ("Istanbul", "TR-34"),
        ("IĞDIR", "TR-76"),
        ("iğdir", "TR-76"),
        ("KIRŞEHİR", "TR-40"),
        ("Hakkâri", "TR-30"),
        ("HAKKARİ", "TR-30"),
        ("ŞANLIURFA", "TR-63"),
        ("Canakkale", "TR-17"),
        ("İçel", "TR-33"),
    ],
)
def test_a_spelling_names_its_province(catalogue: Catalogue, spelling: str, unit: str) -> None:
    assert [found.id for found in catalogue.places["TR"].named(spelling) if found.level == "province"] == [unit]


def test_folding_confuses_no_two_names_that_stand_side_by_side(rows: list[dict[str, str]]) -> None:
    beside: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        beside[row["level"], row["parent"] if row["level"] != "province" else ""].append(fold(row["name"]))
    assert {place: twice for place, names in beside.items() if (twice := [name for name, n in Counter(names).items() if n > 1])} == {}


def test_other_languages_are_left_to_the_core() -> None:
    assert sdgcities_fold_name("Balıkesir", "en") is None


@given(st.text(alphabet=ALPHABET + " -'", max_size=40))
def test_capitals_and_small_letters_are_one_name(text: str) -> None:
    assert fold(text.translate(CAPITALS)) == fold(text) == fold(text.translate(BARE))


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)

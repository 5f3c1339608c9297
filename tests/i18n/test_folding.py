from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.i18n.folding import fold, suggest
from sdgcities_turkiye.hooks import sdgcities_fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sekondi-Takoradi", "SEKONDI TAKORADI"),
        ("  Ga   East ", "Ga East"),
        ("São João da Madeira", "Sao Joao da Madeira"),
        ("Kassena/Nankana (Municipal)", "kassena nankana municipal"),
        ("N'dali", "N’dali"),
        ("E\u0301vora", "Évora"),
        ("İzmir", "izmir"),
        ("Straßberg", "STRASSBERG"),
        ("L'Œuvre", "l oeuvre"),
        ("Ålesund", "alesund"),
        ("Łódź", "Lodz"),
    ],
)
def test_two_spellings_of_one_name(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Ga East", "Ga West"), ("Lagoa", "Lagos"), ("किला", "कला"), ("District 1", "District 11")])
def test_two_names(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8", include_characters="İıIiŞşĞğßŒœ")))
def test_the_turkish_folding_of_a_plugin_twice_changes_nothing_either(text: str) -> None:
    once = sdgcities_fold_name(text, "tr")
    assert once is not None
    assert sdgcities_fold_name(once, "tr") == once


def test_suggestions_are_spelt_as_the_register_spells_them_best_first() -> None:
    districts = ["Sagnarigu", "Tamale Metropolitan", "Tema", "Tolon", "Accra Metropolitan"]
    assert suggest("TAMALE METROPOLITEN", districts)[0] == "Tamale Metropolitan"
    assert suggest("qqqq", districts) == []
    assert len(suggest("Tamale", [f"Tamale {n}" for n in range(20)])) == 3


def test_very_long_and_very_many_names_are_bounded() -> None:
    assert suggest("Kumasi" + "x" * 10**6, ["Kumasi"]) == []
    assert suggest("Kumasee", [*(f"Abc {n}" for n in range(20_000)), "Kumasi"]) == ["Kumasi"]

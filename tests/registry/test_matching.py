"""Names as people write them, against the real names of countries: what is found, what is suggested, what is refused with a reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.hub.hub import Hub
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.matching import Closest
from sdgcities.registry.place_words import PlaceWords
from sdgcities.registry.places import Places, Sought, Unresolved

YEAR = date(2024, 1, 1), date(2024, 12, 31)
LETTERS = "abcdefghijklmnopqrstuvwxyzçğıöşüãéíóú"


@pytest.fixture(scope="module")
def countries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Places]:
    """The places of the real plugins."""
    folder = tmp_path_factory.mktemp("countries") / "hub"
    found_hub(folder, Founding(("PT", "TR"), "national", (), None, "ama"), None)
    hub = Hub.open(folder)
    found = dict(Catalogue(hub).places)
    hub.close()
    return found


def resolved(places: Places, text: str, by: tuple[str, ...] = ("name",), level: str = "", within: str = "") -> Unit | Unresolved:
    return places.resolve(Sought(text, by, level, within), *YEAR)


def one(places: Places, text: str, level: str = "", within: str = "") -> str:
    found = resolved(places, text, level=level, within=within)
    assert isinstance(found, Unit), found
    return found.id


def why(places: Places, text: str, by: tuple[str, ...] = ("name",), level: str = "", within: str = "") -> Unresolved:
    found = resolved(places, text, by, level, within)
    assert isinstance(found, Unresolved), found
    return found


@pytest.mark.parametrize("text", ["İstanbul", "ISTANBUL", "istanbul", "ıstanbul", "İSTANBUL İLİ", "Istanbul ili", "Province of Istanbul", "İstanbul Province"])
def test_turkish_letters_and_the_word_of_the_level(countries: dict[str, Places], text: str) -> None:
    assert one(countries["TR"], text, level="province") == "TR-34"


@pytest.mark.parametrize("text", ["Lisboa", "LISBOA", "Município de Lisboa", "MUNICIPIO DE LISBOA", "Concelho de Lisboa", "Câmara Municipal de Lisboa"])
def test_portuguese_words_before_the_name_say_the_level(countries: dict[str, Places], text: str) -> None:
    assert one(countries["PT"], text, level="municipio") == "PT1106"


def test_the_word_of_a_level_narrows_the_name_to_it(countries: dict[str, Places]) -> None:
    assert one(countries["PT"], "Município de Lisboa") == "PT1106"
    assert one(countries["PT"], "Distrito de Lisboa") == "PT-11"
    assert why(countries["PT"], "Município de Espinheiro").code == "unit.unknown"


def test_merkez_is_refused_with_how_many_and_what_decides(countries: dict[str, Places]) -> None:
    refused = why(countries["TR"], "Merkez", level="district")
    assert refused.code == "unit.ambiguous"
    assert "is the name of 51 units: Merkez (" in str(refused.message)
    assert "District in Adıyaman" in str(refused.message)
    assert str(refused.message).endswith("43 more.")
    assert "Say the place it lies in (in a profile: within)" in str(refused.hint)
    assert "unit alias add" in str(refused.hint)
    assert isinstance(resolved(countries["TR"], "MERKEZ", level="district", within="Adıyaman"), Unit)


@pytest.mark.parametrize(("name", "parents"), [("Lagoa", {"Faro": "PT0806", "Açores": "PT4201"}), ("Calheta", {"Açores": "PT4501", "Madeira": "PT3101"})])
def test_lagoa_and_calheta_stand_twice(countries: dict[str, Places], name: str, parents: dict[str, str]) -> None:
    places = countries["PT"]
    twice = [unit for unit in places.units.values() if unit.level == "municipio" and name in {each.name.partition(" (")[0] for each in unit.names}]
    assert len(twice) == len(parents)
    refused = why(places, name, level="municipio")
    assert refused.code == "unit.ambiguous"
    assert "is the name of 2 units" in str(refused.message)
    for unit in twice:
        parent = places.units[unit.parent or ""]
        assert f"{unit.id}, Município in {parent.name}" in str(refused.message)
        assert one(places, name, level="municipio", within=parent.name) == unit.id


def test_a_parent_that_is_unknown_and_one_without_the_name_are_told_apart(countries: dict[str, Places]) -> None:
    places = countries["PT"]
    assert "stands in “Faroo”, which is no unit known here" in str(why(places, "Lagoa", level="municipio", within="Faroo").message)
    assert "Faro (" in str(why(places, "Lagoa", level="municipio", within="Faroo").hint)
    assert str(why(places, "Lagoa", level="municipio", within="Braga").message) == "There is no “Lagoa” in “Braga”."


def test_suggestions_say_code_level_and_parent(countries: dict[str, Places]) -> None:
    assert "Sesimbra (PT1511, Município in Setúbal)" in str(why(countries["PT"], "Sesinbra", level="municipio").hint)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("V. N. de Gaia", "Vila Nova de Gaia"),
        ("Sta. Maria da Feira", "Santa Maria da Feira"),
        ("Sto. Tirso", "Santo Tirso"),
        ("S. João da Madeira", "São João da Madeira"),
        ("Gaia, Vila Nova de", "Vila Nova de Gaia"),
        ("Vila Nova de Famalicao", "Vila Nova de Famalicão"),
        ("Famalicão", "Vila Nova de Famalicão"),
        ("Alcácer Sal", "Alcácer do Sal"),
    ],
)
def test_abbreviations_turned_words_and_parts_are_suggested(countries: dict[str, Places], text: str, right: str) -> None:
    found = resolved(countries["PT"], text, level="municipio")
    close = countries["PT"].suggestions(text, "municipio")
    assert right in ([found.name] if isinstance(found, Unit) else [unit.name for unit in close])


def test_a_look_alike_letter_is_named(countries: dict[str, Places]) -> None:
    refused = why(countries["PT"], "Lisbo\u0430", level="municipio")
    assert "Character 6 of it is not what it looks like: U+0430 (a) cyrillic small letter a." in str(refused.hint)
    assert "Lisboa (PT1106" in str(refused.hint)
    assert "U+200B" in str(why(countries["PT"], "PT11\u200b06", by=("id",)).hint)


def test_a_code_of_another_system_is_told(countries: dict[str, Places]) -> None:
    code = countries["PT"].units["PT1106"].codes["dico"]
    assert "in the system dico" in str(why(countries["PT"], code, by=("nuts2024",)).hint)


def _slips(name: str, dice: Random) -> list[str]:
    """The name with one letter changed, missing, too many, and two swapped."""
    place, letter = dice.randrange(len(name)), dice.choice(LETTERS)
    swap = min(place, len(name) - 2)
    return [
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place:],
        name[:swap] + name[swap + 1] + name[swap] + name[swap + 2 :],
    ]


def test_of_names_with_one_slip_the_right_one_is_suggested_in_95_of_100(countries: dict[str, Places]) -> None:
    """The real names of all municipalities of a country: some 1,400."""
    places, dice = countries["TR"], Random(7)  # noqa: S311 - slips, not secrets
    units = [unit for unit in places.units.values() if unit.level == "municipality"]
    tried = right = 0
    for unit in units:
        for text in _slips(unit.name, dice):
            found = resolved(places, text, level="municipality")
            right += unit in ([found] if isinstance(found, Unit) else places.suggestions(text, "municipality"))
            tried += 1
    assert len(units) > 1_390
    assert right / tried >= 0.95


@given(st.text(max_size=30))
def test_whatever_is_sought_one_unit_comes_back_or_a_reason(text: str) -> None:
    found = ISLE.resolve(Sought(text), *YEAR)
    assert isinstance(found, Unit | Unresolved)
    assert len(ISLE.suggestions(text)) <= 3


@given(st.sampled_from(["Port", "Hill", "Spring"]), st.sampled_from(["", "town", "shire"]), st.sampled_from(["", "Northshire", "Southshire"]))
def test_never_one_of_two(name: str, level: str, within: str) -> None:
    found = ISLE.resolve(Sought(name, level=level, within=within), *YEAR)
    if isinstance(found, Unit):
        assert (name, within) != ("Port", "")
        assert found.name == name


@pytest.fixture(scope="module", autouse=True)
def _isle(tmp_path_factory: pytest.TempPathFactory) -> None:
    global ISLE  # noqa: PLW0603 - hypothesis takes no fixture of a function
    ISLE = isle(tmp_path_factory.mktemp("isle"), profile("yearbook")).catalogue.places["XA"]


ISLE: Places


def test_no_name_at_all_suggests_nothing() -> None:
    assert Closest({}, PlaceWords()).units("anything") == []
    assert ISLE.suggestions("") == []


def test_an_alias_within_a_parent_holds_in_rows_that_write_it(tmp_path: Path) -> None:
    within = profile("within", file='"within*.csv"', header="[town, shire, boats]", units="[{column: town, level: town, within: shire}]")
    here: Desk = isle(tmp_path, within)
    rows = here.table("within.csv", ["town", "shire", "boats"], [["Harbour", "The North", 1]])
    assert here.bring(rows).blocked
    here.catalogue.add_alias(here.catalogue.unit("N1"), UnitName("Harbour", "", NameScope.PLUGIN, "", "The North"), "so in old tables", here.person("ama"))
    here.catalogue.add_alias(here.catalogue.unit("S1"), UnitName("Harbour", "", NameScope.PLUGIN, "", "The South"), "so in old tables", here.person("ama"))
    assert not here.bring(rows).blocked
    assert here.value("N1", "XA-BOATS") == "1"
    assert here.bring(here.table("within2.csv", ["town", "shire", "boats"], [["Harbour", "", 1]])).blocked

"""A city is renamed: the new name is shown, the old one stays known, and the plugin's word and the hub's keep apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import HO, Desk

from sdgcities.errors import Refused
from sdgcities.model.places import NameScope, Unit, UnitName
from sdgcities.registry.cities import find_city
from sdgcities.registry.naming import LONGEST_NAME, new_name, rename
from sdgcities.registry.places import Sought
from sdgcities.registry.recorded import NewName, with_new_names

DAY = date(2025, 3, 1)
ACCRA = "GH0704"


def renamed(desk: Desk, name: str, language: str = "", since: date = DAY, unit: str = HO) -> Unit:
    known = desk.catalogue.unit(unit)
    return rename(desk.catalogue, known, new_name(desk.catalogue, known, name, language, since), "Notice, seen on paper.", desk.person("ama"))


def test_the_new_name_is_the_official_one_and_the_old_one_still_finds_the_city(desk: Desk) -> None:
    unit = renamed(desk, "  Ho   City ")
    assert (unit.name, [(name.name, name.until) for name in unit.former]) == ("Ho City", [("Ho Municipal", date(2025, 2, 28))])
    for text in ("Ho City", "ho municipal", "Ho", HO):
        assert find_city(desk.catalogue, text).unit.name == "Ho City"
    assert desk.chain()[1] is None
    assert not desk.bring(desk.tidy({"unit": HO})).blocked


def test_files_may_write_either_name(desk: Desk) -> None:
    renamed(desk, "Ho City")
    for text in ("Ho City", "HO CITY", "Ho Municipal"):
        found = desk.catalogue.places["GH"].resolve(Sought(text, level="district"), date(2021, 1, 1), date(2021, 12, 31))
        assert isinstance(found, Unit)
        assert found.id == HO


def test_a_name_in_one_language_leaves_the_official_one(desk: Desk) -> None:
    unit = renamed(desk, "Nkran Kuro", "ak", unit=ACCRA)
    assert unit.called(("ak", "en")) == "Nkran Kuro"
    assert unit.called(("tr", "en")) == unit.name == "Accra Metropolis"
    assert [(name.name, name.language) for name in unit.former] == [("Nkran", "ak")]


def test_a_new_official_name_ends_the_names_that_the_old_one_had_in_other_languages(desk: Desk) -> None:
    assert desk.catalogue.unit(ACCRA).called(("ak", "en")) == "Nkran"
    unit = renamed(desk, "Ga Mashie City", unit=ACCRA)
    assert unit.called(("ak", "en")) == "Ga Mashie City"
    assert {name.name for name in unit.former} == {"Accra Metropolis", "Nkran"}
    assert renamed(desk, "Ga Mashie Kuro", "ak", unit=ACCRA).called(("ak", "en")) == "Ga Mashie Kuro"


def test_a_slip_is_corrected_by_another_name_for_the_same_day(desk: Desk) -> None:
    renamed(desk, "Ho Citty")
    unit = renamed(desk, "Ho City")
    assert [name.name for name in unit.former] == ["Ho Municipal"]
    assert find_city(desk.catalogue, "Ho Citty").unit.id == HO


def test_what_is_recorded_late_takes_its_place_in_time(desk: Desk) -> None:
    renamed(desk, "Ho City")
    unit = renamed(desk, "Ho Borough", since=date(2022, 1, 1))
    assert unit.name == "Ho City"
    assert [(name.name, name.since, name.until) for name in unit.former] == [
        ("Ho Borough", date(2022, 1, 1), date(2025, 2, 28)),
        ("Ho Municipal", None, date(2021, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("name", "language", "since", "code"),
    [
        ("", "", DAY, "city.name"),
        (" \t ", "", DAY, "city.name"),
        ("Ho\x1b[2J", "", DAY, "city.name"),
        ("Ho\u202e", "", DAY, "city.name"),
        ("x" * (LONGEST_NAME + 1), "", DAY, "city.name"),
        ("Ho Municipal", "", DAY, "city.name-known"),
        ("Ho West", "", DAY, "city.name-taken"),
        ("HOHOE municipal", "", DAY, "city.name-taken"),
        ("Ho City", "", date(2999, 1, 1), "city.name-day"),
        ("Ho City", "qq", DAY, "city.language"),
        ("Ho City", "../en", DAY, "city.language"),
        ("Ho City", "x" * 5_000, DAY, "city.language"),
    ],
)
def test_what_can_not_be_recorded_is_refused(desk: Desk, name: str, language: str, since: date, code: str) -> None:
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        renamed(desk, name, language, since)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert desk.counts() == before


def test_only_operators_rename_and_always_with_a_reason(desk: Desk) -> None:
    unit = desk.catalogue.unit(HO)
    new = new_name(desk.catalogue, unit, "Ho City", "", DAY)
    for person, reason, code in (("kofi", "x", "actor.role"), ("esi", "x", "actor.role"), ("ama", " ", "city.reason")):
        with pytest.raises(Refused) as refused:
            rename(desk.catalogue, unit, new, reason, desk.person(person))
        assert refused.value.findings[0].code == code


def test_the_same_name_is_recorded_once_for_a_day(desk: Desk) -> None:
    unit = desk.catalogue.unit(HO)
    new = new_name(desk.catalogue, unit, "Ho City", "", DAY)
    rename(desk.catalogue, unit, new, "x", desk.person("ama"))
    with pytest.raises(Refused) as refused:  # two people at once: the second had read before the first wrote
        rename(desk.catalogue, unit, new, "x", desk.person("ama"))
    assert refused.value.findings[0].code == "city.name-known"


OLD, NEW = UnitName("Alt"), NewName("Neu", "", DAY, "Alt")


def test_the_plugin_may_catch_up() -> None:
    """An edition of the plugin that has the new name itself changes nothing, and its names in other languages hold."""
    caught_up = with_new_names((UnitName("Neu"), UnitName("Yeni", "tr")), [NEW])
    assert caught_up == (UnitName("Neu", since=DAY), UnitName("Yeni", "tr"), UnitName("Alt", until=DAY - timedelta(1)))


def test_the_plugin_may_say_a_third_name() -> None:
    """The hub's own record stays until it records another; the plugin's word finds the city."""
    names = with_new_names((UnitName("Drittes"), UnitName("Sp", "", NameScope.PROFILE, "p")), [NEW])
    assert names[0] == UnitName("Neu", since=DAY)
    assert set(names[1:3]) == {UnitName("Drittes"), UnitName("Sp", "", NameScope.PROFILE, "p")}


NAMES = st.sampled_from(["A", "B", "C", "D"])
RECORDS = st.lists(st.builds(NewName, NAMES, st.sampled_from(["", "", "ak", "tr"]), st.dates(date(2000, 1, 1), date(2000, 1, 9)), NAMES), max_size=8)


@given(recorded=RECORDS, plugin=st.lists(st.builds(UnitName, NAMES, st.sampled_from(["ak", ""])), max_size=3))
def test_no_name_is_ever_lost_and_one_official_name_holds(recorded: list[NewName], plugin: list[UnitName]) -> None:
    names = with_new_names((UnitName("P"), *plugin), recorded)
    official = [one for one in recorded if not one.language]
    said = {*(one.name for one in plugin), *(one.name for one in recorded), *(one.former for one in official[:1])}
    assert {one.name for one in names} >= {"P", *said}
    assert names[0].until is None
    last = max((one.since for one in official), default=None)
    assert names[0].name == next((one.name for one in reversed(official) if one.since == last), "P")
    for language in ("ak", "tr"):
        assert len([one for one in names if one.language == language and one.until is None and one.since]) <= 1
    assert all(one.until >= (one.since or date.min) for one in names if one.until)

"""Figures of a whole added up from its parts: only where the indicator's rule allows it, only from all of them, never stored."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.errors import Refused
from sdgcities.hub.hub import Hub
from sdgcities.registry.adding import AddingUp
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import current
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.batches.resting import Replaced, rests_on
from sdgcities.tracks.data.showing import shown

NORTH = (("N1", 3), ("N2", 4))
"""The towns of Northshire that stand since 2019, with their boats."""


@pytest.fixture
def here(tmp_path: Path) -> Desk:
    return covered(tmp_path)


def covered(folder: Path, **changes: str) -> Desk:
    """A hub of the isle whose towns make up the shires."""
    desk = isle(folder, profile("yearbook", **changes))
    manifest = folder / "plugins" / "isle" / "plugin.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("city: true}", "city: true, covers: true}"), encoding="utf-8")
    return reopened(desk)


def reopened(desk: Desk) -> Desk:
    desk.hub.close()
    desk.hub = Hub.open(desk.folder, desk.folder.parent / "plugins")
    desk.catalogue = Catalogue(desk.hub)
    return desk


def boats(desk: Desk, *rows: tuple[str, object], period: str = "2021", **cells: object) -> None:
    usual = {"indicator": "XA-BOATS", "period": period, **cells}
    report = desk.bring(desk.tidy(*({"unit": unit, "value": value, **usual} for unit, value in rows), name=f"{period}.csv"))
    assert not report.blocked, report.findings


def value(desk: Desk, unit: str = "N", period: str | None = None) -> tuple[str, int]:
    one = shown(desk.catalogue, unit, "XA-BOATS", period)[-1].figure
    return f"{one.value:f}", len(one.parts)


def test_all_parts_make_a_sum_that_is_marked_and_never_stored(here: Desk) -> None:
    boats(here, *NORTH)
    before = here.counts()
    (found,) = shown(here.catalogue, "N", "XA-BOATS")
    assert found.figure.value == Decimal(7)
    assert [(part.unit, part.row) for part in found.figure.parts] == [("N1", 2), ("N2", 3)]
    data = found.as_data()
    assert [part["unit"] for part in data["added_up_from"]] == ["N1", "N2"]  # type: ignore[attr-defined]
    assert data["revision"] == 0
    assert data["file"]["name"] == ""  # type: ignore[index]
    assert RecordsView(here.catalogue).latest(["N", "N1"])["N"]["XA-BOATS"].parts == 2
    assert RecordsView(here.catalogue).latest(["N", "N1"])["N1"]["XA-BOATS"].parts == 0
    assert here.counts() == before


def test_a_part_without_a_figure_leaves_no_sum_and_is_named(here: Desk) -> None:
    boats(here, ("N1", 3))
    with pytest.raises(Refused) as refused:
        shown(here.catalogue, "N", "XA-BOATS")
    assert "1 of them have no figure for 2021: Hill (N2)." in str(refused.value.findings[0].hint)
    assert "XA-BOATS" not in RecordsView(here.catalogue).latest(["N"])["N"]


def test_a_part_that_says_why_it_has_none_is_missing_too(here: Desk) -> None:
    boats(here, ("N1", 3))
    report = here.bring(here.tidy({"unit": "N2", "indicator": "XA-BOATS", "value": "", "missing_reason": "confidential"}))
    assert not report.blocked, report.findings
    with pytest.raises(Refused):
        shown(here.catalogue, "N", "XA-BOATS")


def test_a_shire_that_ended_is_no_sum_of_the_few_towns_recorded_in_it(here: Desk) -> None:
    """Most of its towns stood then and stand now, and are recorded in what followed it."""
    units = here.folder.parent / "plugins" / "isle" / "units.csv"
    ended = "O,shire,,Oldshire,,2018-12-31,N,renamed,,office,draft\nO1,town,O,Ebb,,2018-12-31,N2,renamed,,office,draft\n"
    units.write_text(units.read_text(encoding="utf-8").replace("N,shire,,Northshire,,", "N,shire,,Northshire,2019-01-01,") + ended, encoding="utf-8")
    desk = reopened(here)
    boats(desk, ("O1", 188), ("N1", 3000), period="2018")
    with pytest.raises(Refused):
        shown(desk.catalogue, "O", "XA-BOATS")
    assert "XA-BOATS" not in RecordsView(desk.catalogue).latest(["O"])["O"]
    boats(desk, *NORTH)
    assert value(desk) == ("7", 2), "what stands is added up as before"


def test_a_figure_of_the_place_itself_goes_before_the_sum(here: Desk) -> None:
    boats(here, *NORTH, ("N", 8))
    assert value(here) == ("8", 0)
    boats(here, ("N1", 5), ("N2", 5), period="2022")
    assert value(here, period="2021") == ("8", 0)
    assert value(here, period="2022") == ("10", 2)
    assert RecordsView(here.catalogue).latest(["N"])["N"]["XA-BOATS"].value == Decimal(10)


def test_so_does_the_reason_that_it_gives_for_having_none(here: Desk) -> None:
    boats(here, *NORTH)
    report = here.bring(here.tidy({"unit": "N", "indicator": "XA-BOATS", "value": "", "missing_reason": "not_published"}))
    assert not report.blocked, report.findings
    assert [one.figure.value for one in shown(here.catalogue, "N", "XA-BOATS")] == [None]
    assert RecordsView(here.catalogue).latest(["N"])["N"]["XA-BOATS"].value is None


def test_the_parts_are_those_that_stood_then(here: Desk) -> None:
    boats(here, ("N1", 3), ("N9", 9), period="2017")
    assert value(here) == ("12", 2)


def test_the_sum_is_as_reliable_as_its_least_reliable_part(here: Desk) -> None:
    boats(here, ("N1", 3), status="E")
    boats(here, ("N2", 4))
    assert shown(here.catalogue, "N", "XA-BOATS")[0].figure.status == "E"


def in_a_country(desk: Desk, *, covering: bool = True) -> Desk:
    """The same isle where the shires make up a country: Southshire is one town and its own figure, Northshire two towns."""
    folder = desk.folder.parent / "plugins" / "isle"
    units, manifest = folder / "units.csv", folder / "plugin.yaml"
    text = units.read_text(encoding="utf-8").replace(",shire,,", ",shire,XA,")
    units.write_text(text + "XA,country,,Isle,,,,,,office,draft\n", encoding="utf-8")
    if covering:
        manifest.write_text(manifest.read_text(encoding="utf-8").replace("name: Shire}", "name: Shire, covers: true}"), encoding="utf-8")
    return reopened(desk)


def test_sums_are_added_up_further(here: Desk) -> None:
    desk = in_a_country(here)
    boats(desk, *NORTH, ("S", 20), ("S1", 9), ("S3", 8))
    (found,) = shown(desk.catalogue, "XA", "XA-BOATS")
    assert found.figure.value == Decimal(27), "a shire's own figure goes before what its towns add up to"
    assert [(part.unit, f"{part.value:f}", len(part.parts)) for part in found.figure.parts] == [("N", "7", 2), ("S", "20", 0)]
    parts: Any = found.as_data()["added_up_from"]
    assert [part["unit"] for part in parts[0]["added_up_from"]] == ["N1", "N2"]
    assert "added_up_from" not in parts[1]
    latest = RecordsView(desk.catalogue).latest(["XA", "N"])
    assert (latest["XA"]["XA-BOATS"].value, latest["XA"]["XA-BOATS"].parts) == (Decimal(27), 2)
    assert (latest["N"]["XA-BOATS"].value, latest["N"]["XA-BOATS"].parts) == (Decimal(7), 2)


def test_a_correction_says_that_the_sum_of_sums_rests_on_it(here: Desk) -> None:
    desk = in_a_country(here)
    boats(desk, *NORTH, ("S", 20))
    with desk.hub.database.reading() as connection:
        replaced = [Replaced(one.unit, one.indicator, one.dims, one.batch, 2) for one in current(connection, ["N1"])]
    assert sorted(one.city for one in rests_on(desk.catalogue, replaced) if one.kind == "sum") == ["N", "XA"]


def test_a_shire_that_says_why_it_has_no_figure_leaves_the_country_without(here: Desk) -> None:
    desk = in_a_country(here)
    boats(desk, *NORTH, ("S1", 9), ("S3", 8))
    assert value(desk, "XA") == ("24", 2)
    report = desk.bring(desk.tidy({"unit": "S", "indicator": "XA-BOATS", "value": "", "missing_reason": "confidential"}))
    assert not report.blocked, report.findings
    with pytest.raises(Refused) as refused:
        shown(desk.catalogue, "XA", "XA-BOATS")
    assert "1 of them have no figure for 2021: Southshire (S)." in str(refused.value.findings[0].hint)
    assert "XA-BOATS" not in RecordsView(desk.catalogue).latest(["XA"])["XA"]


def test_a_shire_whose_towns_are_not_complete_is_what_the_country_lacks(here: Desk) -> None:
    desk = in_a_country(here)
    boats(desk, *NORTH, ("S1", 9))
    with pytest.raises(Refused) as refused:
        shown(desk.catalogue, "XA", "XA-BOATS")
    assert "from its 2 units of the level Shire, but 1 of them have no figure for 2021: Southshire (S)." in str(refused.value.findings[0].hint)


def test_where_the_upper_level_does_not_cover_nothing_is_added_up_further(here: Desk) -> None:
    desk = in_a_country(here, covering=False)
    boats(desk, *NORTH, ("S1", 9), ("S3", 8))
    assert value(desk) == ("7", 2)
    with pytest.raises(Refused, match="holds no figure"):
        shown(desk.catalogue, "XA", "XA-BOATS")


def test_a_level_that_does_not_cover_the_places_is_never_added_up(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook"))
    boats(desk, *NORTH)
    with pytest.raises(Refused, match="holds no figure"):
        shown(desk.catalogue, "N", "XA-BOATS")


def test_without_a_rule_nothing_is_added_up_and_no_profile_may(tmp_path: Path) -> None:
    desk = covered(tmp_path, aggregate="sum")
    indicators = tmp_path / "plugins" / "isle" / "indicators.yaml"
    indicators.write_text(indicators.read_text(encoding="utf-8").replace("aggregation: sum, ", ""), encoding="utf-8")
    desk = reopened(desk)
    boats(desk, *NORTH)
    with pytest.raises(Refused, match="holds no figure"):
        shown(desk.catalogue, "N", "XA-BOATS")
    report = desk.bring(desk.table("year.csv", ["town", "boats"], [["Spring", 1]]))
    assert [finding.code for finding in report.findings] == ["indicator.aggregation"]
    assert report.batch is None


def test_the_regions_of_the_census_are_the_sums_of_their_districts(filled: Desk) -> None:
    """Every region has its own figure in the office's workbook, which goes before: it places one district's people in another region."""
    places = filled.catalogue.places["GH"]
    regions = [unit.id for unit in places.units.values() if unit.level == "region" and unit.valid_to is None]
    with filled.hub.database.reading() as connection:
        own = {one.unit: one.value for one in current(connection, regions, "GH-POP", total_only=True) if str(one.period) == "2021"}
        every = AddingUp(filled.catalogue).sums(connection, (), regions, "GH-POP", total_only=True)
        assert AddingUp(filled.catalogue).sums(connection, current(connection, regions, "GH-POP", total_only=True), regions, "GH-POP", total_only=True) == []
    sums = {one.unit: one.value for one in every if str(one.period) == "2021"}
    assert len(sums) == len(own) == 16
    assert {unit for unit in own if own[unit] != sums[unit]} == {"GH10", "GH14"}
    assert sum(value or 0 for value in sums.values()) == sum(value or 0 for value in own.values()) == 30832019
    latest = RecordsView(filled.catalogue).latest(regions)
    assert {unit: (found["GH-POP"].value, found["GH-POP"].parts) for unit, found in latest.items()} == {unit: (value, 0) for unit, value in own.items()}

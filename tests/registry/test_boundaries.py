"""Boundaries from an office: matched by code or name as the person says or as most features fit, the rest told, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.errors import Refused
from sdgcities.model.sources import Source, Status
from sdgcities.registry.boundaries import Given, Taken, boundaries, import_boundaries
from sdgcities.reports.city import city_report
from sdgcities.tracks.data.batches.listing import details
from sdgcities.tracks.data.batches.reverting import revert

OFFICE = Source("Survey Isle", "towns.geojson")


@pytest.fixture
def here(tmp_path: Path) -> Desk:
    return isle(tmp_path, profile("yearbook"))


def square(number: int, **properties: object) -> dict[str, Any]:
    ring = [[number, 0], [number + 1, 0], [number + 1, 1], [number, 1], [number, 0]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def take(desk: Desk, *features: Mapping[str, Any], **said: Any) -> Taken:  # noqa: ANN401 - what the person says of the file
    path = desk.scratch / "towns.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return import_boundaries(desk.catalogue, Given(path, "XA", OFFICE, **said), desk.person("ama"))


def codes(taken: Taken) -> list[str]:
    return [finding.code for finding in taken.findings]


def test_the_property_that_is_a_code_is_found_out(here: Desk) -> None:
    taken = take(here, square(0, label="a", kode="01"), square(1, label="b", kode="02"), square(2, label="c", kode="99"), dated="2021")
    assert (taken.match.prop, taken.match.system, taken.match.level, taken.stored) == ("kode", "no", "town", 2)
    assert codes(taken) == ["boundary.unmatched", "boundary.missing"]
    assert str(taken.findings[0].message) == "1 feature means no unit: 3 (99)."
    assert str(taken.findings[1].message) == "2 units of the level have no boundary here: Hill (N2), Spring (S3)."
    held = boundaries(here.catalogue, "XA")
    assert set(held) == {"N1", "S1"}
    assert (held["N1"].source.office, held["N1"].status, held["N1"].date) == ("Survey Isle", Status.DRAFT, "2021")
    assert held["N1"].polygons == ((((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)),),)
    assert here.chain()[1] is None


def test_a_number_has_lost_its_zeros(here: Desk) -> None:
    assert take(here, square(0, n=1), square(1, n=2)).stored == 2


def test_names_are_taken_only_where_the_person_says_so(here: Desk) -> None:
    features = square(0, called="Spring", no="x"), square(1, called="HILL Town", no="y")
    with pytest.raises(Refused, match="No property is a code") as refused:
        take(here, *features)
    assert str(refused.value.findings[0].hint) == "2 of 2 are names of units: add --name called."
    assert take(here, *features, prop="called", system="name").stored == 2


def test_one_feature_that_means_two_units_keeps_everything_out(here: Desk) -> None:
    taken = take(here, square(0, called="Spring"), square(1, called="Port"), prop="called", system="name")
    assert codes(taken)[0] == "boundary.ambiguous"
    assert taken.blocked
    assert taken.batch is None
    assert boundaries(here.catalogue, "XA") == {}


def test_a_code_that_had_another_unit_before_is_asked_for_its_day(here: Desk) -> None:
    assert codes(take(here, square(0, no="03")))[0] == "boundary.ambiguous"
    assert list(take(here, square(0, no="03"), dated="2015").units) == ["N9"]
    assert list(take(here, square(0, no="03"), dated="2020-06").units) == ["N2"]


def test_two_features_of_one_unit_keep_everything_out(here: Desk) -> None:
    taken = take(here, square(0, no="01"), square(1, no="01"))
    assert codes(taken)[0] == "boundary.twice"
    assert "Features 1, 2 all mean N1." in str(taken.findings[0].message)
    assert here.counts()["boundary"] == 0


def test_two_ways_to_read_it_are_asked(here: Desk) -> None:
    with pytest.raises(Refused, match="depends on the property") as refused:
        take(here, square(0, one="01", two="02"), square(1, one="02", two="01"))
    assert "--code one --system no --level town; --code two" in str(refused.value.findings[0].hint)
    assert list(take(here, square(0, one="01", two="02"), square(1, one="02", two="01"), prop="two").units) == ["S1", "N1"]


def test_the_same_file_again_changes_nothing_and_a_newer_one_goes_before(here: Desk) -> None:
    first = take(here, square(0, no="01"), dated="2020")
    assert (take(here, square(0, no="01"), dated="2020").batch, here.counts()["boundary"]) == (None, 1)
    assert take(here, square(5, no="01"), dated="2021", dry_run=True).batch is None
    second = take(here, square(5, no="01"), dated="2021")
    assert boundaries(here.catalogue, "XA")["N1"].date == "2021"
    assert first.batch is not None
    assert second.batch is not None
    back = revert(here.hub, second.batch, here.person("ama"))
    assert (back.taken_back, back.boundaries) == (0, 1)
    assert boundaries(here.catalogue, "XA")["N1"].date == "2020"
    revert(here.hub, first.batch, here.person("ama"))
    assert boundaries(here.catalogue, "XA") == {}


def test_a_date_that_is_none_is_refused(here: Desk) -> None:
    with pytest.raises(Refused, match="is no date"):
        take(here, square(0, no="01"), dated="last year")


def test_the_office_s_regions_before_2019_are_found_by_their_codes_and_go_before_the_plugin_s(desk: Desk, real_data: Path) -> None:
    """Natural Earth's ten regions, TopoJSON with codes in the features' own ids."""
    path = real_data / "ghana" / "admin" / "gha.topo.json"
    taken = import_boundaries(desk.catalogue, Given(path, "GH", Source("Natural Earth"), dated="2018"), desk.person("ama"))
    assert (taken.match.prop, taken.match.system, taken.match.level, taken.stored, taken.unmatched) == ("(id)", "hasc", "region", 10, ())
    assert all(unit.startswith("GH-R10-") for unit in taken.units)
    report = city_report(desk.catalogue, desk.city)
    assert report.location is not None
    assert {(source.office, status, day) for source, status, day in report.location.origins} == {("Natural Earth", Status.DRAFT, "2018")}


def test_boundaries_of_another_country_match_nothing(desk: Desk, real_data: Path) -> None:
    with pytest.raises(Refused, match="No property is a code or a name"):
        import_boundaries(desk.catalogue, Given(real_data / "malaysia" / "mys.topo.json", "GH", Source("Natural Earth")), desk.person("ama"))


def test_a_batch_says_whose_boundaries_it_brought_and_of_when(here: Desk) -> None:
    taken = take(here, square(0, no="01"), square(5, no="02"), dated="2020-06")
    assert taken.batch is not None
    found = details(here.catalogue, taken.batch).boundaries
    assert found == (2, "Survey Isle", "towns.geojson", "", "", "2020-06", "draft")
    figures = here.bring(here.table("boats.csv", ["town", "boats"], [["Spring", 1]]))
    assert figures.batch is not None
    assert details(here.catalogue, figures.batch).boundaries is None

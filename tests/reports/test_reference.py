"""Names that reports need are there for everything the shipped plugins use."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest

from sdgcities.intake.yaml import load_yaml
from sdgcities.model.milestones import State
from sdgcities.model.sources import Status
from sdgcities.reports import wording
from sdgcities.reports.city import CityReport
from sdgcities.reports.milestones import by_track
from sdgcities.reports.reference import is_percent, unit_name


def indicators(checkout: Path) -> list[dict[str, object]]:
    files = sorted(checkout.glob("plugins/*/sdgcities_*/indicators.yaml"))
    assert files
    return [entry for file in files for entry in cast("dict[str, list[dict[str, object]]]", load_yaml(file).data)["indicators"]]


def test_every_unit_of_the_shipped_plugins_has_a_name(checkout: Path) -> None:
    data = cast("dict[str, list[dict[str, str]]]", load_yaml(checkout / "core/sdgcities/reports/units_of_measure.yaml").data)
    assert {str(entry["unit"]) for entry in indicators(checkout)} <= {entry["id"] for entry in data["units"]}
    assert unit_name("per_100000_live_births") == "per 100,000 live births"
    assert unit_name("square_metres") == "square metres"
    assert is_percent("percent")
    assert not is_percent("persons")


def test_every_state_and_status_has_words() -> None:
    assert set(wording.STATES) == set(State)
    assert set(wording.STATUS) == set(Status)


@pytest.mark.parametrize("decided", ["claimed", "approved", "returned", "rejected"])
def test_what_the_hub_decided_stands_whatever_is_measured(report: CityReport, decided: str) -> None:
    (baseline,) = (one for track in report.tracks for one in track.standings if one.milestone.id == "data/baseline")
    (again,) = by_track(report.contract, [baseline.assessment], {(baseline.assessment.city, "data/baseline"): decided}, ())[0].standings
    assert (baseline.state, again.state) == (State.OPEN, decided)

"""What the law asks of large and of small municipalities, held against cities of each kind."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sdgcities.hub.hub import Hub
from sdgcities.model.hub import CityStage
from sdgcities.model.milestones import Met
from sdgcities.recognition.assessing import assess_one
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.registry.evidence import add_evidence
from sdgcities.registry.people import acting
from sdgcities.registry.stages import join

METROPOLIS, LARGE, SMALL = "TR-10-BB", "TR-10-B-AYVALIK", "TR-10-B-BALYA"
ADOPTION = "planning/adoption"


@pytest.fixture(scope="module")
def adoption(hub: Hub, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Met]]:
    """City to document to whether it is there, where all three attached an investment programme and nothing else."""
    ayse = acting(hub.database, "ayse")
    programme = tmp_path_factory.mktemp("evidence") / "yatirim-programi.txt"
    programme.write_text("Specimen of an investment programme", encoding="utf-8")
    found = {}
    for unit in (METROPOLIS, LARGE, SMALL):
        join(catalogue, catalogue.unit(unit), CityStage.JOINING, ayse)
        city = find_city(catalogue, unit)
        add_evidence(hub, city, hub.contracts["TR"].milestones[ADOPTION], "investment-programme", programme, ayse)
        _, assessment = assess_one(catalogue, city, ADOPTION)
        found[unit] = {result.criterion: result.met for result in assessment.result.criteria()}
    return found


def test_a_small_municipality_needs_no_strategic_plan(adoption: Mapping[str, Mapping[str, Met]]) -> None:
    assert adoption[SMALL]["#investment-programme"] is Met.YES
    assert adoption[SMALL]["#strategic-plan"] is Met.DOES_NOT_APPLY


@pytest.mark.parametrize("unit", [METROPOLIS, LARGE])
def test_a_large_one_does(adoption: Mapping[str, Mapping[str, Met]], unit: str) -> None:
    assert adoption[unit]["#investment-programme"] is Met.DOES_NOT_APPLY
    assert adoption[unit]["#strategic-plan"] is Met.NO


def test_only_a_metropolis_shows_the_plan_of_its_province(adoption: Mapping[str, Mapping[str, Met]]) -> None:
    assert {unit: met["#provincial-spatial-plan"] for unit, met in adoption.items()} == {
        METROPOLIS: Met.NO,
        LARGE: Met.DOES_NOT_APPLY,
        SMALL: Met.DOES_NOT_APPLY,
    }


def test_the_line_is_drawn_at_fifty_thousand(catalogue: Catalogue, hub: Hub) -> None:
    plan = next(item for item in hub.contracts["TR"].milestones[ADOPTION].evidence if item.id == "plan")
    assert [(same.id, same.when.value if same.when else None) for same in plan.equivalents] == [("strategic-plan", 50_000), ("investment-programme", 49_999)]
    municipalities = [unit for unit in catalogue.places["TR"].units.values() if unit.level == "municipality"]
    assert sum((unit.population or 0) >= 50_000 for unit in municipalities) == 325 + 30


def test_the_agreement_needs_the_council_and_the_ministry(hub: Hub) -> None:
    assert {"council-decision", "ministry-permission"} <= {item.id for item in hub.contracts["TR"].milestones["data/agreement"].evidence}


def test_the_laws_are_quoted(hub: Hub) -> None:
    changes = [change for adaptation in hub.plugins.adaptations("TR", hub.core_contract) for change in adaptation.changes]
    assert {change.milestone for change in changes} == {"data/agreement", "planning/engagement", "planning/adoption", "planning/review-loop"}
    assert all(change.reason and change.source for change in changes)

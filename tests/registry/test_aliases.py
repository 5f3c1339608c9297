"""Names that the hub gave units: kept with who, when and why, and taken back without anything being deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.errors import Refused
from sdgcities.model.places import NameScope, UnitName
from sdgcities.registry.aliases import aliases, take_back

YEARBOOK = UnitName("Sprng", "", NameScope.PROFILE, "yearbook")


@pytest.fixture
def here(tmp_path: Path) -> Desk:
    return isle(tmp_path, profile("yearbook", file='"year*.csv"'))


def test_a_file_refused_for_a_name_comes_in_after_the_decision_as_it_is(here: Desk) -> None:
    path, ama = here.table("year.csv", ["town", "boats"], [["Sprng", 1]]), here.person("ama")
    assert here.bring(path).blocked
    here.catalogue.add_alias(here.catalogue.unit("S3"), YEARBOOK, "a slip of the office", ama)
    assert not here.bring(path).blocked
    (alias,) = aliases(here.catalogue)
    assert (alias.number, alias.unit, alias.name, alias.scope_id, alias.reason, alias.actor, alias.holds) == (
        1,
        "S3",
        "Sprng",
        "yearbook",
        "a slip of the office",
        "ama",
        True,
    )


def test_one_taken_back_holds_no_more_and_names_the_batches_read_with_it(here: Desk) -> None:
    path, ama = here.table("year.csv", ["town", "boats"], [["Sprng", 1]]), here.person("ama")
    here.catalogue.add_alias(here.catalogue.unit("S3"), YEARBOOK, "a slip of the office", ama)
    batch = here.bring(path).batch
    before = here.counts()
    alias, batches = take_back(here.catalogue, 1, "it was another town", ama)
    assert (alias.name, batches) == ("Sprng", [batch])
    assert here.value("S3", "XA-BOATS") == "1"
    assert here.bring(here.table("year2.csv", ["town", "boats"], [["Sprng", 2]])).blocked
    after = here.counts()
    assert {name for name in after if after[name] != before[name]} == {"unit_alias_step", "audit"}
    assert [(step.step, step.reason, step.actor) for step in aliases(here.catalogue)[0].steps] == [("taken back", "it was another town", "ama")]
    assert here.chain()[1] is None
    with pytest.raises(Refused, match="taken back already"):
        take_back(here.catalogue, 1, "again", ama)
    with pytest.raises(Refused, match="no alias 7"):
        take_back(here.catalogue, 7, "no such", ama)


def test_it_can_be_added_again(here: Desk) -> None:
    unit, ama = here.catalogue.unit("S3"), here.person("ama")
    here.catalogue.add_alias(unit, YEARBOOK, "a slip", ama)
    take_back(here.catalogue, 1, "a mistake", ama)
    here.catalogue.add_alias(unit, YEARBOOK, "no mistake", ama)
    (alias,) = aliases(here.catalogue)
    assert alias.holds
    assert [step.step for step in alias.steps] == ["taken back", "added again"]
    assert not here.bring(here.table("year.csv", ["town", "boats"], [["Sprng", 1]])).blocked


def test_taking_back_needs_an_operator_and_a_reason(desk: Desk) -> None:
    desk.catalogue.add_alias(desk.city.unit, UnitName("Ho Town"), "as people say", desk.person("ama"))
    with pytest.raises(Refused, match="not operator"):
        take_back(desk.catalogue, 1, "why not", desk.person("esi"))
    with pytest.raises(Refused, match="must not be empty"):
        take_back(desk.catalogue, 1, " ", desk.person("ama"))
    _, batches = take_back(desk.catalogue, 1, "nobody says so", desk.person("ama"))
    assert batches == []
    assert desk.catalogue.places["GH"].named("ho town") == []


def test_a_code_of_a_unit_that_ended_says_since_when_and_what_followed(desk: Desk) -> None:
    (finding,) = desk.bring(desk.tidy({"unit": "GH-R10-BA", "period": "2021"})).findings
    assert finding.code == "unit.ended"
    assert "ended on 2019" in str(finding.message)
    assert all(unit in str(finding.hint) for unit in ("GH01", "GH03", "GH04"))


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("Statistic Isle", "Statistics Isle"), ("SI", "Statistics Isle"), ("harbour", "Harbour Office, Northshire"), ("statistics isle", "Statistics Isle")],
)
def test_an_office_that_nobody_knows_is_refused_with_those_known_the_nearest_first(here: Desk, typed: str, nearest: str) -> None:
    """A name for the files of a misspelt office would never hold, and nobody would learn why."""
    row = {"unit": "S3", "indicator": "XA-BOATS", "source": "Harbour Office, Northshire; Log"}
    assert not here.bring(here.tidy(row)).blocked
    with pytest.raises(Refused, match=f"names the office “{typed}” as its source") as refused:
        here.catalogue.add_alias(here.catalogue.unit("S3"), UnitName("Sprng", "", NameScope.SOURCE, typed), "a slip", here.person("ama"))
    assert str(refused.value.findings[0].hint).startswith(f"Offices, the nearest first: {nearest};")
    assert aliases(here.catalogue) == []


@pytest.mark.parametrize("office", ["Statistics Isle", "Harbour Office, Northshire"])
def test_an_office_of_a_plugin_or_of_a_figure_on_record_is_known(here: Desk, office: str) -> None:
    here.bring(here.tidy({"unit": "S3", "indicator": "XA-BOATS", "source": "Harbour Office, Northshire; Log"}))
    here.catalogue.add_alias(here.catalogue.unit("S3"), UnitName("Sprng", "", NameScope.SOURCE, office), "a slip", here.person("ama"))
    assert [alias.scope_id for alias in aliases(here.catalogue)] == [office]

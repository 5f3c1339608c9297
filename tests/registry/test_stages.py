"""A city pauses and goes on; what it takes meanwhile, who may say so, and that population and status have nothing to do with it."""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.hub_fixtures import AGREEMENT, HO, Desk

from sdgcities.errors import Refused
from sdgcities.hub.hub import Hub
from sdgcities.model.hub import AT_WORK, GONE, CityStage
from sdgcities.plugin.plugins import Plugins
from sdgcities.recognition.departing import leave
from sdgcities.registry.cities import steps
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.stages import LONGEST_REASON, join, pause, resume

REASON = "The assembly is being elected anew."


def refusal(act: Callable[[], object]) -> tuple[str, str]:
    """The one finding of a refusal: its code, and what a person reads."""
    with pytest.raises(Refused) as refused:
        act()
    (finding,) = refused.value.findings
    return finding.code, f"{finding.message} {finding.hint or ''}"


def test_a_paused_city_goes_on_where_it_was(desk: Desk) -> None:
    ama = desk.person("ama")
    join(desk.catalogue, desk.catalogue.unit(HO), CityStage.ACTIVE, ama)
    pause(desk.catalogue, desk.city, REASON, ama)
    assert (desk.city.stage, desk.city.reason) == (CityStage.PAUSED, REASON)
    assert resume(desk.catalogue, desk.city, "", ama) is CityStage.ACTIVE
    assert [step.stage for step in steps(desk.catalogue, HO)] == ["active", "paused", "active", "joining"]
    pause(desk.catalogue, desk.city, REASON, ama)
    assert join(desk.catalogue, desk.catalogue.unit(HO), CityStage.COMPLETED, ama) is CityStage.COMPLETED
    assert desk.chain()[1] is None


def test_a_paused_city_takes_no_forms_and_documents_but_figures(desk: Desk) -> None:
    pause(desk.catalogue, desk.city, REASON, desk.person("ama"))
    before = desk.counts()
    document = desk.scratch / "agreement.pdf"
    document.write_bytes(b"%PDF-1.4")
    for act in (lambda: desk.submit("participation-agreement", AGREEMENT), lambda: desk.attach("data/agreement", "agreement", document)):
        code, told = refusal(act)
        assert code == "city.paused"
        assert told.endswith("When it goes on: sdgcities city resume GH1408.")
    assert desk.counts() == before
    assert not desk.bring(desk.tidy({})).blocked
    assert desk.value() == "100"


def test_a_city_that_left_is_readable_and_can_come_back(desk: Desk) -> None:
    ama = desk.person("ama")
    desk.submit("participation-agreement", AGREEMENT)
    pause(desk.catalogue, desk.city, REASON, ama)
    leave(desk.catalogue, desk.city, "The council decided so.", ama)
    assert refusal(lambda: desk.submit("participation-agreement", AGREEMENT)) == (
        "city.left",
        f"Ho Municipal (GH1408) left on {desk.city.since[:10]} and takes no more claims, forms or documents. It can come back: sdgcities city join GH1408.",
    )
    assert refusal(lambda: leave(desk.catalogue, desk.city, REASON, ama))[0] == "city.left"
    assert refusal(lambda: pause(desk.catalogue, desk.city, REASON, ama))[0] == "city.left"
    assert refusal(lambda: resume(desk.catalogue, desk.city, "", ama))[1].endswith("sdgcities city join GH1408.")
    assert join(desk.catalogue, desk.catalogue.unit(HO), None, ama) is CityStage.JOINING
    assert desk.submit("participation-agreement", AGREEMENT).n == 2


@pytest.mark.parametrize("reason", ["", "  ", "\n\t", "x" * (LONGEST_REASON + 1)])
def test_pausing_and_leaving_need_a_reason_that_can_be_read(desk: Desk, reason: str) -> None:
    before = desk.counts()
    for act in (pause, leave):
        assert refusal(lambda act=act: act(desk.catalogue, desk.city, reason, desk.person("ama")))[0] == "city.reason"  # type: ignore[misc]
    assert desk.counts() == before


@pytest.mark.parametrize("person", ["kofi", "esi"])
def test_only_operators_do(desk: Desk, person: str) -> None:
    who, before = desk.person(person), desk.counts()
    for act in (pause, resume, leave):
        assert refusal(lambda act=act: act(desk.catalogue, desk.city, REASON, who))[0] == "actor.role"  # type: ignore[misc]
    assert desk.counts() == before


def test_what_is_not_paused_can_not_be_resumed(desk: Desk) -> None:
    assert refusal(lambda: resume(desk.catalogue, desk.city, "", desk.person("ama")))[0] == "city.not-paused"


def test_joining_neither_pauses_nor_leaves(desk: Desk) -> None:
    assert {*AT_WORK, *GONE, CityStage.PAUSED} == set(CityStage)
    for stage in (CityStage.PAUSED, *GONE):
        with pytest.raises(ValueError, match=stage):
            join(desk.catalogue, desk.catalogue.unit(HO), stage, desk.person("ama"))


@settings(max_examples=40)
@given(people=st.none() | st.integers(0, 50_000_000), category=st.sampled_from(["", "Municipal", "Metropolitan"]))
def test_population_and_status_are_never_derived_from_each_other(ghana: Plugins, people: int | None, category: str) -> None:
    """Whatever one of them is, the other stays as the plugin says."""
    known = ghana.units("GH")[HO]
    other = replace(known, population=people, attributes={"category": category})
    assert other.population == people
    assert {key: value for key, value in other.properties().items() if key != "population"} == {"category": category, "level": known.level}
    assert replace(known, population=people).properties().get("category") == known.attributes["category"] == "Municipal"


@pytest.mark.parametrize(("country", "plugin", "attribute"), [("GH", "ghana", "category"), ("TR", "turkiye", "metropolitan")])
def test_status_is_what_the_plugins_table_says(checkout: Path, tmp_path: Path, country: str, plugin: str, attribute: str) -> None:
    found_hub(tmp_path / "hub", Founding((country,), "national", (), None, "ama"), None)
    hub = Hub.open(tmp_path / "hub")
    with (checkout / "plugins" / plugin / f"sdgcities_{plugin}" / "units.csv").open(encoding="utf-8") as stream:
        table = {row["id"]: row[f"attr:{attribute}"] for row in csv.DictReader(stream)}
    units = hub.plugins.units(country)
    hub.close()
    assert {code: units[code].attributes.get(attribute, "") for code in table} == {
        code: text == "true" if text in ("true", "false") else text for code, text in table.items()
    }
    assert any(table.values())


def test_the_plugins_categories_follow_no_threshold(ghana: Plugins) -> None:
    """In Ghana's table a district without the rank has more people than one with it: no figure could tell the rank."""
    counted = [unit for unit in ghana.units("GH").values() if unit.level == "district" and unit.population]
    plain = [unit.population or 0 for unit in counted if not unit.attributes.get("category")]
    ranked = [unit.population or 0 for unit in counted if unit.attributes.get("category")]
    assert max(plain) > min(ranked)


def test_no_module_of_the_core_compares_a_population(checkout: Path) -> None:
    """A status from a population needs a comparison or a sum of it: the core has none but whether it is known. The kit, which adds up lists, is no hub's."""
    found = []
    core = checkout / "core" / "sdgcities"
    for file in sorted(path for path in core.rglob("*.py") if not path.is_relative_to(core / "kit")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Compare | ast.BinOp | ast.AugAssign) or "population" not in {
                part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)
            }:
                continue
            if not (isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is | ast.IsNot)):
                found.append(f"{file.name}:{node.lineno}")
    assert found == []

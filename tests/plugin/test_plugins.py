"""What several sound plugins say together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from tests.plugin.broken import COUNTRY, hook, write_sound

from sdgcities.contract.load import load_contract
from sdgcities.errors import HubUnusable
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.plugins import Plugins

NUMBER = count()
MANIFEST = 'api: "1.0"\nname: {name}\ntitle: {name}\nversion: 0.1.0\nlayer: {layer}\n{more}hooks: sdgcities_{name}.hooks\n'

HANGS = "__import__('threading').Event().wait()"
"""Waits: a thread that spins would slow down every test that comes after it in the process."""
FOLD = hook("sdgcities_fold_name(text, language)", 'return text.upper() + "{mark}" if language == "tr" else None')
MEASURES = """
from decimal import Decimal
from sdgcities.api import Measure, Reading
from sdgcities.plugin import hookimpl

def read(hub, cities, arguments):
    {body}

@hookimpl
def sdgcities_measures():
    return {{"data/xa-islands": Measure("data/xa-islands", "Islands", read)}}
"""
LAX = """
from sdgcities.api import Adaptation, Change, Source, Status
from sdgcities.plugin import hookimpl

@hookimpl
def sdgcities_milestones(country, contract):
    parameters = {{"committee_members": {members}}}
    change = Change("data/agreement", "why", Status.DRAFT, Source("Nobody"), parameters=parameters)
    return [Adaptation(country, "{name}", (change,))]
"""


def add(folder: Path, layer: str, hooks: str, *, name: str = "", more: str = "") -> str:
    name = name or f"p{next(NUMBER)}"
    package = folder / name / f"sdgcities_{name}"
    package.mkdir(parents=True)
    (package / "plugin.yaml").write_text(MANIFEST.format(name=name, layer=layer, more=more), encoding="utf-8")
    (package / "hooks.py").write_text(hooks.replace("{name}", name), encoding="utf-8")
    return name


def test_of_first_results_the_latest_layers_counts(tmp_path: Path) -> None:
    write_sound(tmp_path)
    add(tmp_path, "theme", FOLD.replace("{mark}", "-theme"))
    add(tmp_path, "hub", FOLD.replace("{mark}", "-hub"))
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], [COUNTRY])
    assert plugins.fold_name("isle", "tr") == "ISLE-hub"
    assert plugins.fold_name("isle", "en") is None
    assert plugins.failures == ()


def test_two_answers_within_a_layer_are_a_conflict_and_the_required_one_stays(tmp_path: Path) -> None:
    one = add(tmp_path, "theme", FOLD.replace("{mark}", "-one"))
    other = add(tmp_path, "theme", FOLD.replace("{mark}", "-other"))
    plugins = Plugins.open(discover(tmp_path), [one], [COUNTRY])
    assert plugins.fold_name("isle", "tr") == "ISLE-one"
    (failure,) = plugins.failures
    assert failure.plugin == other
    assert one in str(failure.reason)
    with pytest.raises(HubUnusable, match=f"given by several plugins: {one}, {other}"):
        Plugins.open(discover(tmp_path), [one, other], [COUNTRY]).fold_name("isle", "tr")


def test_one_answer_given_twice_within_a_layer_is_no_conflict(tmp_path: Path) -> None:
    for _ in range(2):
        add(tmp_path, "theme", FOLD.replace("{mark}", ""))
    plugins = Plugins.open(discover(tmp_path), [], [COUNTRY])
    assert plugins.fold_name("isle", "tr") == "ISLE"
    assert plugins.failures == ()


def test_a_plugin_of_another_country_is_not_used(tmp_path: Path) -> None:
    write_sound(tmp_path)
    elsewhere = add(tmp_path, "country", FOLD.replace("{mark}", ""), more="countries: [XB]\n")
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], [COUNTRY])
    assert elsewhere not in {manifest.name for manifest in plugins.manifests}
    assert plugins.failures == ()


class NoHub:
    """A hub without records."""

    today = date(2024, 1, 1)


def read(plugins: Plugins) -> Mapping[str, object]:
    measure = plugins.measures()["data/xa-islands"]
    return {city: (reading.value, [str(text) for text in reading.missing]) for city, reading in measure.read(NoHub(), ["XA01"], {}).items()}  # type: ignore[arg-type]


def test_a_measure_of_a_plugin_is_read(tmp_path: Path) -> None:
    name = add(tmp_path, "theme", MEASURES.format(body="return {city: Reading(Decimal(2)) for city in cities}"))
    plugins = Plugins.open(discover(tmp_path), [name], [COUNTRY])
    assert read(plugins) == {"XA01": (2, [])}


@pytest.mark.parametrize("body", ["return 1 / 0", "return 7", "return {'XA01': 7}", "raise SystemExit", HANGS])
def test_a_measure_that_fails_answers_why(body: str, tmp_path: Path) -> None:
    name = add(tmp_path, "theme", MEASURES.format(body=body))
    limit = 0.5 if body is HANGS else 20
    plugins = Plugins.open(discover(tmp_path), [], [COUNTRY], time_limit=limit)
    assert read(plugins) == {"XA01": (None, [f"The measure data/xa-islands of the plugin {name} fails."])}
    assert [failure.plugin for failure in plugins.failures] == [name]
    assert "data/xa-islands" not in plugins.measures()
    with pytest.raises(HubUnusable, match=f"The plugin {name} failed when it was called"):
        read(Plugins.open(discover(tmp_path), [name], [COUNTRY], time_limit=limit))


def test_an_adaptation_below_a_floor_costs_the_plugin(tmp_path: Path) -> None:
    write_sound(tmp_path)
    name = add(tmp_path, "theme", LAX.format(members=0, name="{name}"))
    core = load_contract()
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], [COUNTRY])
    assert plugins.contract(COUNTRY, core) == core
    assert [(failure.plugin, failure.hook) for failure in plugins.failures] == [(name, "sdgcities_milestones")]
    with pytest.raises(HubUnusable, match="committee_members"):
        Plugins.open(discover(tmp_path), [name], [COUNTRY]).contract(COUNTRY, core)


def test_adaptations_that_contradict_each_other_cost_the_optional_plugin(tmp_path: Path) -> None:
    one = add(tmp_path, "theme", LAX.format(members=7, name="{name}"))
    other = add(tmp_path, "theme", LAX.format(members=8, name="{name}"))
    plugins = Plugins.open(discover(tmp_path), [one], [COUNTRY])
    assert plugins.contract(COUNTRY, load_contract()).milestones["data/agreement"].parameters["committee_members"].in_force == 7
    assert [failure.plugin for failure in plugins.failures] == [other]


def test_the_shipped_plugins_load_and_answer(checkout: Path) -> None:
    found = discover(checkout / "plugins")
    assert found.failures == ()
    plugins = Plugins.open(found, ["ghana", "portugal", "turkiye"], ["GH", "PT", "TR"])
    for country in ("GH", "PT", "TR"):
        assert plugins.units(country)[country].level == "country"
        assert plugins.modality(country) is not None
        assert plugins.contract(country, load_contract()).milestones.keys() >= load_contract().milestones.keys()
    assert {"sex", "age", "urbanisation"} <= set(plugins.dimensions())
    assert {"indicator-framework", "baseline-gaps"} <= set(plugins.forms("GH"))
    assert plugins.failures == ()

"""A theme gives indicators, forms and tags to any country; nothing depends on the order in which plugins are found or loaded."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from sdgcities.contract.load import load_contract
from sdgcities.errors import HubUnusable
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.model.plugins import Manifest
from sdgcities.model.statistics import Tag
from sdgcities.plugin.calling import TIME_LIMIT
from sdgcities.plugin.discovery import Candidate, Discovery, discover
from sdgcities.plugin.log import FailureLog
from sdgcities.plugin.plugins import Plugins
from sdgcities.plugin.selection import Choice, select
from sdgcities.plugin.trial import try_plugin

THEMES = Path(__file__).parents[1] / "themes"
COUNTRIES = {"ghana": "GH", "portugal": "PT", "turkiye": "TR"}
OURS = ("core", "inclusion", *COUNTRIES)


@pytest.fixture(scope="module")
def candidates() -> list[Candidate]:
    """The core, the theme and the three countries."""
    found = {one.name: one for one in discover(THEMES).candidates}
    return [found[name] for name in OURS]


def said(plugins: Plugins) -> dict[str, Any]:
    """What the plugins say together, all of it but the places: a theme has none."""
    core = load_contract()
    by_country = {code: (plugins.indicators(code), plugins.forms(code), plugins.modality(code), plugins.contract(code, core)) for code in COUNTRIES.values()}
    return {**by_country, "tags": plugins.tags(), "dimensions": plugins.dimensions(), "measures": set(plugins.measures()), "failures": plugins.failures}


@pytest.fixture(scope="module")
def expected(candidates: list[Candidate]) -> dict[str, Any]:
    return said(Plugins.open(Discovery(tuple(candidates)), ("inclusion",), tuple(COUNTRIES.values())))


def test_every_country_gets_what_the_theme_gives(expected: dict[str, Any]) -> None:
    assert expected["failures"] == ()
    for code in COUNTRIES.values():
        indicators, forms, _, contract = expected[code]
        assert indicators["INC-5.5.1"].country == code
        assert not indicators["INC-5.5.1"].core, "what belongs to the national core is for the country to say"
        assert indicators[f"{code}-5.5.1"].core
        assert forms["voices-in-the-committee"].country is None
        assert contract.country == code
        assert {one for one, found in indicators.items() if expected["tags"]["gender"].on(found)} >= {"INC-5.5.1", f"{code}-5.5.1"}


def test_however_plugins_are_found_the_hub_says_the_same(candidates: list[Candidate], expected: dict[str, Any]) -> None:
    core, *others = candidates
    for order in permutations(others):
        for found in ((core, *order), (*order, core)):
            choices, failures = select(Discovery(found), ("inclusion",), tuple(COUNTRIES.values()))
            assert [choice.manifest.name for choice in choices] == list(OURS)
            assert failures == []
    back = Discovery((*reversed(others), core))
    assert said(Plugins.open(back, ("inclusion",), tuple(COUNTRIES.values()))) == expected


@pytest.mark.parametrize("order", list(permutations(OURS[1:])), ids="-".join)
def test_however_plugins_are_loaded_the_hub_says_the_same(candidates: list[Candidate], expected: dict[str, Any], order: Sequence[str]) -> None:
    manifests = {one.name: one.manifest for one in candidates if one.manifest}
    choices = [Choice(manifests[name], required=True) for name in (*order[:2], "core", *order[2:])]
    assert said(Plugins(choices, FailureLog(None, ()), TIME_LIMIT)) == expected


def test_alone_it_serves_a_country_that_no_plugin_speaks_of(candidates: list[Candidate]) -> None:
    alone = Plugins.open(Discovery(tuple(candidates[:2])), ("inclusion",), ("XA",))
    assert set(alone.indicators("XA")) == {"INC-5.5.1", "INC-11.2.1"}
    assert set(alone.tags()) == {"access", "gender"}
    assert alone.failures == ()
    theme = candidates[1].manifest
    assert theme
    assert try_plugin(theme) is None


def rival(folder: Path, name: str, changes: Mapping[str, Any]) -> None:
    """A second theme: the first one with other ids but for what `changes` says."""
    package = folder / f"sdgcities_{name}"
    shutil.copytree(THEMES / "sdgcities_inclusion", package)
    shutil.rmtree(package / "forms")
    (package / "forms").mkdir()
    files = {file: yaml.safe_load((package / file).read_text(encoding="utf-8")) for file in ("plugin.yaml", "indicators.yaml", "tags.yaml")}
    files["plugin.yaml"] |= {"name": name, "title": "Rival"}
    files["indicators.yaml"]["indicators"] = [files["indicators.yaml"]["indicators"][0] | {"code": changes.get("indicator", "RIV-1")}]
    files["tags.yaml"]["tags"] = [files["tags.yaml"]["tags"][0] | {"id": changes.get("tag", "rival")}]
    for file, data in files.items():
        (package / file).write_text(yaml.safe_dump(data), encoding="utf-8")


def with_rival(folder: Path, changes: Mapping[str, Any], required: Sequence[str]) -> Plugins:
    shutil.copytree(THEMES / "sdgcities_inclusion", folder / "sdgcities_inclusion")
    rival(folder, "rival", changes)
    found = [one for one in discover(folder).candidates if one.name in (*OURS, "rival")]
    return Plugins.open(Discovery(tuple(found)), required, ("GH",))


def test_two_themes_go_together_where_their_codes_differ(tmp_path: Path) -> None:
    plugins = with_rival(tmp_path, {}, ("ghana", "inclusion", "rival"))
    assert {"INC-5.5.1", "RIV-1", "GH-5.5.1"} <= set(plugins.indicators("GH"))
    assert set(plugins.tags()) == {"access", "gender", "rival"}


@pytest.mark.parametrize(("kind", "code"), [("indicator", "INC-5.5.1"), ("indicator", "GH-5.5.1"), ("tag", "gender")])
def test_a_theme_that_clashes_is_left_out_with_both_names(tmp_path: Path, kind: str, code: str) -> None:
    plugins = with_rival(tmp_path, {kind: code}, ("ghana", "inclusion"))
    plugins.indicators("GH"), plugins.tags()
    (failure,) = plugins.failures
    other = "ghana" if code == "GH-5.5.1" else "inclusion"
    assert failure.plugin == "rival"
    assert f"{code} is given by several plugins: {other}, rival." in str(failure.reason)
    assert "INC-5.5.1" in plugins.indicators("GH")
    assert "gender" in plugins.tags()


def test_two_required_themes_that_clash_end_the_command_with_both_names(tmp_path: Path) -> None:
    plugins = with_rival(tmp_path, {"tag": "gender"}, ("inclusion", "rival"))
    with pytest.raises(HubUnusable, match=r"gender is given by several plugins: inclusion, rival\."):
        plugins.tags()


PLUGIN = 'api: "1.1"\nname: {name}\ntitle: {name}\nversion: 0.1.0\nlayer: {layer}\nlocales: locales\n{more}'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def test_the_hubs_words_go_before_the_countrys_and_those_before_the_themes(tmp_path: Path) -> None:
    says = {"theme": ("Seats", "Town", "Harbour"), "country": ("Seats", "Town"), "hub": ("Seats",)}
    for layer, texts in says.items():
        folder = tmp_path / "plugins" / f"sdgcities_{layer}words" / "locales" / "tr" / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "sdgcities.po").write_text(PO + "".join(f'msgid "{text}"\nmsgstr "{text} by {layer}"\n\n' for text in texts), encoding="utf-8")
        more = "countries: [XA]\n" if layer == "country" else ""
        (folder.parents[2] / "plugin.yaml").write_text(PLUGIN.format(name=f"{layer}words", layer=layer, more=more), encoding="utf-8")
    manifests = [one for one in discover(tmp_path / "plugins").manifests if one.name.endswith("words")]
    assert len(manifests) == 3
    for order in permutations(manifests):
        assert spoken(order, tmp_path) == ["Seats by hub", "Town by country", "Harbour by theme"]
    assert spoken([one for one in manifests if one.layer != "hub"], tmp_path) == ["Seats by country", "Town by country", "Harbour by theme"]


def spoken(manifests: Sequence[Manifest], folder: Path) -> list[str]:
    translator = Translator("tr", Catalogues(manifests, folder / "cache"))
    return [translator.text(text) for text in ("Seats", "Town", "Harbour")]


@pytest.mark.parametrize(
    ("given", "carries"),
    [
        ({"sdg": ("5",)}, True),
        ({"sdg": ("5.5",)}, True),
        ({"sdg": ("5.5.1",)}, True),
        ({"sdg": ("5.5.2",)}, False),
        ({"sdg": ("15",)}, False),
        ({"umf_cells": ("5.2",)}, True),
        ({"umf_cells": ("5.1", "1.2")}, False),
        ({"indicators": ("INC-5.5.1",)}, True),
        ({"indicators": ("INC-5.5",)}, False),
    ],
)
def test_a_tag_is_on_what_it_names(expected: dict[str, Any], given: Mapping[str, tuple[str, ...]], carries: bool) -> None:
    indicator = expected["GH"][0]["INC-5.5.1"]
    assert Tag("t", "T", "D", indicator.source, indicator.status, **given).on(indicator) is carries

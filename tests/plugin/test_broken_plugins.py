"""A hub goes on working whatever one of its plugins does, and says which plugin, what and what to do."""

from __future__ import annotations

import re
import sys
from itertools import count
from pathlib import Path

import pytest
from tests.plugin.broken import BROKEN, COUNTRY, CRASHING, write_broken, write_crashing, write_sound

from sdgcities.contract.load import load_contract
from sdgcities.errors import HubUnusable, SdgCitiesError
from sdgcities.findings import Severity
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.failures import Failure, Stage, read_failures
from sdgcities.plugin.plugins import Plugins
from sdgcities.plugin.trial import try_plugin

NUMBER = count()


def ask_everything(plugins: Plugins) -> None:
    """What all commands together ask of the plugins, up to the first that can't be answered."""
    for ask in (plugins.units, plugins.indicators, plugins.forms, plugins.profiles, plugins.modality):
        ask(COUNTRY)
    plugins.contract(COUNTRY, load_contract())
    plugins.dimensions()
    plugins.boundaries(COUNTRY)
    plugins.measures()
    plugins.fold_name("Upper Island", "tr")


def unique(way: str) -> str:
    """A name of its own for each test: a module that hangs in its import stays locked for this process."""
    return f"{way}-{next(NUMBER)}"


def limit(way: str) -> float:
    return 1.0 if "hangs" in way else 60


@pytest.mark.parametrize("way", BROKEN)
def test_an_optional_plugin_is_dropped_and_the_others_work(way: str, tmp_path: Path) -> None:
    write_sound(tmp_path)
    name = unique(way)
    write_broken(tmp_path, way, name)
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], [COUNTRY], time_limit=limit(way))
    ask_everything(plugins)
    assert "XA01" in plugins.units(COUNTRY)
    assert "XA-1" in plugins.indicators(COUNTRY)
    assert [manifest.name for manifest in plugins.manifests] == ["core", "atlantis"]
    (failure,) = plugins.failures
    assert failure.plugin == name
    assert_told(failure, way)


@pytest.mark.parametrize("way", BROKEN)
def test_a_required_plugin_makes_the_hub_unusable(way: str, tmp_path: Path) -> None:
    write_sound(tmp_path)
    name = unique(way)
    write_broken(tmp_path, way, name)
    with pytest.raises(HubUnusable) as caught:
        ask_everything(Plugins.open(discover(tmp_path), ["atlantis", name], [COUNTRY], time_limit=limit(way)))
    finding = caught.value.findings[0]
    assert caught.value.exit_code == 3
    assert finding.severity is Severity.BLOCK
    assert BROKEN[way].reason in str(finding.message)
    assert finding.hint


def test_both_are_named_where_two_required_plugins_give_one_code(tmp_path: Path) -> None:
    write_sound(tmp_path)
    write_broken(tmp_path, "code-of-another", "rival")
    plugins = Plugins.open(discover(tmp_path), ["atlantis", "rival"], [COUNTRY])
    with pytest.raises(HubUnusable, match="XA01 is given by several plugins: atlantis, rival"):
        plugins.units(COUNTRY)


def test_two_optional_rivals_are_both_set_aside(tmp_path: Path) -> None:
    write_sound(tmp_path)
    write_broken(tmp_path, "country-claimed-twice", "rival")
    plugins = Plugins.open(discover(tmp_path), [], [COUNTRY])
    assert [manifest.name for manifest in plugins.manifests] == ["core"]
    assert {failure.plugin for failure in plugins.failures} == {"atlantis", "rival"}


def test_two_required_plugins_cant_claim_one_country(tmp_path: Path) -> None:
    write_sound(tmp_path)
    write_broken(tmp_path, "country-claimed-twice", "rival")
    with pytest.raises(HubUnusable, match="XA is claimed by several plugins: atlantis, rival"):
        Plugins.open(discover(tmp_path), ["atlantis", "rival"], [COUNTRY])


def test_a_required_plugin_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_sound(tmp_path)
    with pytest.raises(HubUnusable, match=r"The plugin lemuria can't be found: It is not installed"):
        Plugins.open(discover(tmp_path), ["atlantis", "lemuria"], [COUNTRY])


def test_every_broken_plugin_at_once(tmp_path: Path) -> None:
    write_sound(tmp_path)
    ways = [way for way in BROKEN if not any(word in way for word in ("hangs", "never-stops"))]
    names = {way: unique(way) for way in ways}
    for way, name in names.items():
        write_broken(tmp_path, way, name)
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], [COUNTRY])
    ask_everything(plugins)
    assert "XA01" in plugins.units(COUNTRY)
    assert {failure.plugin for failure in plugins.failures} == set(names.values())


def test_the_last_failure_is_remembered_until_the_plugin_works(tmp_path: Path) -> None:
    record = tmp_path / "failures.json"
    folder = tmp_path / "plugins"
    write_sound(folder)
    package = write_broken(folder, "raises-when-called", "weak")

    def open_plugins() -> Plugins:
        return Plugins.open(discover(folder), ["atlantis"], [COUNTRY], failures_file=record)

    open_plugins().units(COUNTRY)
    (failure,) = read_failures(record)
    assert (failure.plugin, failure.stage, failure.hook) == ("weak", Stage.CALL, "sdgcities_units")
    assert_told(failure, "raises-when-called")
    open_plugins().indicators(COUNTRY)
    assert read_failures(record) == (failure,)
    hooks = package / "hooks.py"
    hooks.write_text(hooks.read_text(encoding="utf-8").replace("1 / 0", "[]"), encoding="utf-8")
    sys.modules.pop("sdgcities_weak.hooks")
    open_plugins().units(COUNTRY)
    assert read_failures(record) == ()


def test_a_damaged_record_is_told_and_then_replaced(tmp_path: Path) -> None:
    record = tmp_path / "failures.json"
    record.write_text('{"failures": [{"plugin": 7}]}', encoding="utf-8")
    with pytest.raises(SdgCitiesError, match=r"is missing|Must be of type"):
        read_failures(record)
    folder = tmp_path / "plugins"
    write_broken(folder, "no-hook", "mute")
    Plugins.open(discover(folder), [], [COUNTRY], failures_file=record)
    assert [failure.plugin for failure in read_failures(record)] == ["mute"]


@pytest.mark.parametrize("way", [way for way, broken in BROKEN.items() if broken.alone and broken.stage != "manifest"])
def test_a_trial_finds_what_is_wrong(way: str, tmp_path: Path) -> None:
    write_broken(tmp_path, way)
    manifest = next(manifest for manifest in discover(tmp_path).manifests if manifest.name == way)
    failure = try_plugin(manifest, [COUNTRY], time_limit=1.0 if "hangs" in way else 60)
    assert failure is not None
    assert_told(failure, way)


@pytest.mark.parametrize(
    ("way", "reason"),
    [
        ("leaves", "ended itself with the status 0"),
        ("leaves-with-status", "ended itself with the status 9"),
        ("crashes", "SIGSEGV"),
        ("keeps-the-interpreter", "longer than 3 seconds"),
    ],
)
def test_a_trial_outlives_a_crash(way: str, reason: str, tmp_path: Path) -> None:
    assert way in CRASHING
    write_crashing(tmp_path, way)
    manifest = next(manifest for manifest in discover(tmp_path).manifests if manifest.name == way)
    failure = try_plugin(manifest, process_limit=3 if "longer" in reason else 60)
    assert failure is not None
    assert reason in str(failure.reason)
    assert str(failure.hint)


@pytest.mark.parametrize("name", ["atlantis", "core"])
def test_a_trial_of_a_sound_plugin_finds_nothing(name: str, tmp_path: Path) -> None:
    write_sound(tmp_path)
    manifest = next(manifest for manifest in discover(tmp_path).manifests if manifest.name == name)
    assert try_plugin(manifest) is None


def assert_told(failure: Failure, way: str) -> None:
    """The reason is one line and the right one; the hint says something."""
    broken = BROKEN[way]
    assert failure.stage == broken.stage
    assert broken.reason in str(failure.reason)
    assert "\n" not in str(failure.reason)
    assert "%(" not in str(failure.reason) + str(failure.hint)
    assert re.search(r"\w{3}", str(failure.hint))

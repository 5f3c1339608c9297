"""A new hub, or nothing at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sdgcities.errors import Refused, SdgCitiesError
from sdgcities.hub.hub import Hub
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import people

GHANA = Founding(("ghana",), "national", (), None, "ama")


def test_a_hub_is_a_configuration_a_database_and_an_operator(tmp_path: Path) -> None:
    config = found_hub(tmp_path / "new" / "hub", GHANA, None)
    assert (config.countries, config.plugins, config.languages, config.name) == (("GH",), ("ghana",), ("en", "ak"), "SDG Cities: Ghana")
    hub = Hub.open(tmp_path / "new" / "hub")
    assert [(one.id, one.roles) for one in people(hub.database)] == [("ama", ("operator",))]
    hub.close()


def test_several_countries_share_a_hub(tmp_path: Path) -> None:
    config = found_hub(tmp_path / "hub", Founding(("GH", "portugal", "TR"), "network", ("en",), "Three", "ama"), None)
    assert (config.countries, config.languages, config.name, config.scope) == (("GH", "PT", "TR"), ("en",), "Three", "network")


@pytest.mark.parametrize(
    "wanted",
    [
        Founding(("XX",), "national", (), None, "ama"),
        Founding(("GH",), "national", (), None, "Not An Id"),
        Founding(("GH",), "galactic", (), None, "ama"),
        Founding(("GH",), "national", ("English",), None, "ama"),
    ],
    ids=["country", "operator", "scope", "language"],
)
@pytest.mark.parametrize("exists", [False, True])
def test_where_something_is_wrong_nothing_is_left_behind(tmp_path: Path, wanted: Founding, exists: bool) -> None:
    folder = tmp_path / "hub"
    if exists:
        folder.mkdir()
    with pytest.raises(SdgCitiesError):
        found_hub(folder, wanted, None)
    assert folder.exists() == exists
    assert not exists or not list(folder.iterdir())


def test_a_country_named_twice_counts_once(tmp_path: Path) -> None:
    config = found_hub(tmp_path / "hub", Founding(("GH", "ghana"), "national", (), None, "ama"), None)
    assert (config.countries, config.name) == (("GH",), "SDG Cities: Ghana")


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("mine", encoding="utf-8")
    for folder in (tmp_path, note):
        with pytest.raises(Refused) as refused:
            found_hub(folder, GHANA, None)
        assert refused.value.findings[0].code == "init.folder"
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]
    assert note.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(("wanted", "first"), [("ghana", "The plugin ghana can't be read"), ("GH", "No plugin serves GH.")])
def test_a_plugin_that_is_there_but_broken_is_told_with_its_first_fault(tmp_path: Path, checkout: Path, wanted: str, first: str) -> None:
    shutil.copytree(checkout / "plugins/ghana/sdgcities_ghana", tmp_path / "plugins" / "sdgcities_ghana")
    manifest = tmp_path / "plugins" / "sdgcities_ghana" / "plugin.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        found_hub(tmp_path / "hub", Founding((wanted,), "national", (), None, "ama"), tmp_path / "plugins")
    told = [str(finding.message) for finding in refused.value.findings]
    assert told[0].startswith(first)
    assert "colour is not known here" in told[-1]
    assert refused.value.findings[-1].where.file == str(manifest)

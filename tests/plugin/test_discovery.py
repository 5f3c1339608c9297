"""Plugins are found by their manifests; nothing of them is imported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.plugin.broken import write_broken, write_sound

from sdgcities.errors import Refused
from sdgcities.plugin.discovery import Discovery, Origin, discover
from sdgcities.plugin.failures import Stage

EXPLODES = 'raise RuntimeError("imported")\n'
LEMURIA = 'api: "1.0"\nname: lemuria\ntitle: Lemuria\nversion: 2.0.0\nlayer: theme\n'


def install(site: Path, name: str, entry_points: str, manifest: str = "") -> None:
    """Put a distribution into a folder of packages, as an installer leaves it."""
    folder = site / f"sdgcities_{name}-2.0.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sdgcities-{name}\nVersion: 2.0.0\n", encoding="utf-8")
    (folder / "entry_points.txt").write_text(entry_points, encoding="utf-8")
    if manifest:
        package = site / f"sdgcities_{name}"
        package.mkdir()
        (package / "__init__.py").write_text(EXPLODES, encoding="utf-8")
        (package / "plugin.yaml").write_text(manifest, encoding="utf-8")


def entry(line: str) -> str:
    return f"[sdgcities.plugins]\n{line}\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def reason(found: Discovery, plugin: str) -> str:
    return next(str(failure.reason) for failure in found.failures if failure.plugin == plugin)


def test_an_installed_plugin_is_read_and_not_imported(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sdgcities_lemuria", raising=False)  # another test may have loaded a plugin of that name
    install(site, "lemuria", entry("lemuria = sdgcities_lemuria"), LEMURIA)
    candidate = next(candidate for candidate in discover().candidates if candidate.name == "lemuria")
    assert candidate.origin is Origin.INSTALLED
    assert candidate.manifest
    assert candidate.manifest.version == "2.0.0"
    assert "sdgcities_lemuria" not in sys.modules


def test_the_core_is_a_plugin_of_its_own_layer() -> None:
    first = discover().candidates[0]
    assert (first.name, first.origin, first.failure) == ("core", Origin.CORE, None)


def test_listing_loads_no_heavy_library(tmp_path: Path) -> None:
    write_sound(tmp_path)
    code = "import sys, pathlib; from sdgcities.plugin.discovery import discover; print(len(discover(pathlib.Path(sys.argv[1])).manifests), *sys.modules)"
    output = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True).stdout.split()
    assert int(output[0]) >= 2
    assert not {"pluggy", "sqlalchemy", "babel", "jinja2", "click"} & set(output)


@pytest.mark.parametrize("value", ["sdgcities_gone", "os.path", "sdgcities_gone:thing", "not a name"])
def test_an_entry_point_to_no_package_is_a_failure(site: Path, value: str) -> None:
    install(site, "gone", entry(f"gone = {value}"))
    found = discover()
    assert "is not there" in reason(found, "gone")
    assert next(failure.stage for failure in found.failures if failure.plugin == "gone") is Stage.DISCOVER


def test_a_package_without_manifest_is_a_failure(site: Path) -> None:
    install(site, "bare", entry("bare = sdgcities_bare"), LEMURIA)
    (site / "sdgcities_bare" / "plugin.yaml").unlink()
    assert "no such file" in reason(discover(), "bare")


def test_entry_point_and_manifest_have_one_name(site: Path) -> None:
    install(site, "lemuria", entry("mu = sdgcities_lemuria"), LEMURIA)
    assert "The entry point is called mu, the manifest says lemuria." in reason(discover(), "lemuria")


def test_a_distribution_with_damaged_entry_points_costs_only_itself(site: Path) -> None:
    install(site, "lemuria", entry("lemuria = sdgcities_lemuria"), LEMURIA)
    install(site, "damaged", "[sdgcities.plugins]\nthis line means nothing\n")
    found = discover()
    assert "lemuria" in {manifest.name for manifest in found.manifests}
    assert "can't be read" in reason(found, "sdgcities_damaged-2.0.0")


def test_a_plugin_of_the_folder_wins_over_the_installed_one(site: Path, tmp_path: Path) -> None:
    install(site, "lemuria", entry("lemuria = sdgcities_lemuria"), LEMURIA)
    package = tmp_path / "plugins" / "mine"
    package.mkdir(parents=True)
    (package / "plugin.yaml").write_text(LEMURIA.replace("2.0.0", "3.0.0"), encoding="utf-8")
    found = discover(tmp_path / "plugins")
    assert [manifest.version for manifest in found.manifests if manifest.name == "lemuria"] == ["3.0.0"]
    assert [str(note.message) for note in found.notes] == ["The plugin lemuria of the plugins folder is used instead of the installed one."]


def test_the_same_folder_installed_and_given_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_sound(tmp_path)
    monkeypatch.syspath_prepend(package.parent)
    install(tmp_path / "site", "atlantis", entry("atlantis = sdgcities_atlantis"))
    monkeypatch.syspath_prepend(tmp_path / "site")
    found = discover(tmp_path)
    assert found.notes == ()
    assert [candidate.origin for candidate in found.candidates if candidate.name == "atlantis"] == [Origin.FOLDER]


def test_two_folders_of_one_name_are_both_set_aside(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        write_sound(tmp_path / folder)
        (tmp_path / folder / "atlantis").rename(tmp_path / f"copy-{folder}")
    found = discover(tmp_path)
    assert "atlantis" not in {manifest.name for manifest in found.manifests}
    assert "Several plugins are called atlantis" in reason(found, "atlantis")
    assert "copy-one" in reason(found, "atlantis")
    assert "copy-two" in reason(found, "atlantis")


def test_a_manifest_finding_names_its_line(tmp_path: Path) -> None:
    write_broken(tmp_path, "manifest-key-unknown", "spotted")
    failure = next(failure for failure in discover(tmp_path).failures if failure.plugin == "spotted")
    assert failure.where.line == 7
    assert (failure.where.file or "").endswith("plugin.yaml")


def test_a_plugins_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="plugins folder can't be read"):
        discover(tmp_path / "nowhere")


def test_a_copy_beside_the_first_is_told_what_to_do_with(tmp_path: Path) -> None:
    package = write_sound(tmp_path)
    shutil.copytree(package, tmp_path / "another-name" / package.name)
    (failure,) = (failure for failure in discover(tmp_path).failures if failure.plugin == "atlantis")
    assert "Move it elsewhere, or give it another name in its plugin.yaml" in str(failure.hint)


def test_an_empty_plugins_folder_is_noted(tmp_path: Path) -> None:
    assert [str(note.message) for note in discover(tmp_path).notes] == ["No plugin was found in the plugins folder."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_an_unreadable_folder_costs_only_itself(tmp_path: Path) -> None:
    write_sound(tmp_path)
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    try:
        assert "atlantis" in {manifest.name for manifest in discover(tmp_path).manifests}
    finally:
        locked.chmod(0o700)

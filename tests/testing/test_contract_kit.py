"""The contract kit as a plugin's author uses it: pytest in a process of its own, on a plugin that is not installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import run_command
from tests.kit.sound import PACKAGE, sound_files, spoilt, write

import sdgcities.testing
from sdgcities.kit.quality import rules
from sdgcities.kit.rule import Level
from sdgcities.kit.trial.tests_of import surroundings
from sdgcities.testing import City, PluginContract, TrialHub

MORE = '''\
"""The contract, and what more the team tests."""

from pathlib import Path

import pytest

from sdgcities.testing import City, PluginContract, TrialHub


class TestAtlantis(PluginContract):
    plugin = "atlantis"

    def test_the_hub_has_its_people_and_its_city(self, hub: TrialHub, city: City, tmp_path: Path) -> None:
        assert hub.folder.is_relative_to(tmp_path)
        assert hub.hub.config.plugins == ("atlantis",)
        assert (city.unit.id, city.stage) == ("XA0101", "active")
        assert {role for name in ("operator", "author", "reviewer") for role in hub.person(name).roles} == {"operator", "author", "reviewer"}

    def test_figures_come_in(self, hub: TrialHub, city: City, tmp_path: Path) -> None:
        file = tmp_path / "population_2024.csv"
        file.write_text("town,year,women,men,all\\nPort Clito,2024,6100,5900,12000\\n", encoding="utf-8")
        assert hub.import_file(file).stored == 3
        assert "12,000" in hub.report(city, "en")

    def test_a_form_is_sent_in(self, submission_for) -> None:
        assert submission_for("agreement").n == 1
        assert submission_for("agreement").n == 2

    def test_a_wrong_form_is_refused(self, submission_for) -> None:
        with pytest.raises(Exception, match="members"):
            submission_for("agreement", {"signed_on": "2025-05-20", "signatures": ["Mayor"], "inaugurated_on": "2025-04-02", "contact": "focal point"})

    def test_a_hub_goes_on_beside_a_broken_plugin(self, hub: TrialHub, broken_plugin: str, city: City) -> None:
        assert "XA0101" in hub.hub.plugins.units("XA")
        assert [failure.plugin for failure in hub.hub.plugins.failures] == [broken_plugin]
        assert hub.report(city, "en")

    def test_a_temporary_plugin_is_found(self, temporary_plugin) -> None:
        folder = temporary_plugin({"plugin.yaml": 'api: "1.1"\\nname: temporary\\ntitle: T\\nversion: 0.1.0\\nlayer: theme\\n'})
        assert [path.name for path in folder.iterdir()] == ["sdgcities_temporary"]
'''
pytestmark = pytest.mark.slow
BRONZE = {rule.id for rule in rules() if rule.level is Level.BRONZE} - {"contract-tests", "tests-written"}


def pytest_on(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Pytest in `folder`, as strict as our own run of it."""
    strict = ("-W", "error", "-p", "no:cacheprovider", "--strict-markers", "-v")
    command = [sys.executable, "-m", "pytest", *strict, *map(str, words)]
    return subprocess.run(command, cwd=folder, env=surroundings(), capture_output=True, text=True, encoding="utf-8", check=False)


def outcomes(output: str) -> dict[str, str]:
    """Test name to how it ended."""
    lines = [line.split() for line in output.splitlines() if "::" in line and "%]" in line]
    return {line[0].rpartition("::")[2]: line[1] for line in lines}


def project(folder: Path, files: Mapping[str, str]) -> Path:
    return write(folder, files).parent


def test_the_surface_is_small_and_named() -> None:
    assert sorted(sdgcities.testing.__all__) == ["City", "PluginContract", "TrialHub"]
    assert {City.__name__, PluginContract.__name__, TrialHub.__name__} == set(sdgcities.testing.__all__)
    with pytest.raises(AttributeError):
        sdgcities.testing.Nothing  # noqa: B018


def test_there_is_one_test_for_each_rule_of_the_level(tmp_path: Path) -> None:
    ended = pytest_on(project(tmp_path, sound_files()))
    assert ended.returncode == 0, ended.stdout
    assert outcomes(ended.stdout) == {f"test_rule[{rule}]": "PASSED" for rule in BRONZE}


@pytest.mark.parametrize("mode", ["importlib", "prepend"])
def test_fixtures_give_a_hub_a_city_and_forms(tmp_path: Path, mode: str) -> None:
    ended = pytest_on(project(tmp_path, sound_files() | {"tests/test_contract.py": MORE}), f"--import-mode={mode}", "-k", "not test_rule")
    assert ended.returncode == 0, ended.stdout
    assert list(outcomes(ended.stdout).values()) == ["PASSED"] * 6


def test_a_rule_that_is_not_kept_prints_its_findings_with_their_places(tmp_path: Path) -> None:
    ended = pytest_on(project(tmp_path, spoilt("indicators.yaml", 'sdg: ["11.1.1", "11.3"]', 'sdg: ["11.9.9"]')), "-rN")
    assert ended.returncode == 1
    assert [name for name, how in outcomes(ended.stdout).items() if how == "FAILED"] == ["test_rule[mappings-exist]"]
    assert "mappings-exist (bronze): " in ended.stdout
    assert f"{PACKAGE}/indicators.yaml:".replace("/", str(Path("/"))) in ended.stdout
    assert "11.9.9" in ended.stdout
    assert "Traceback" not in ended.stdout


def test_rules_wait_for_a_manifest_that_can_be_read(tmp_path: Path) -> None:
    ended = pytest_on(project(tmp_path, spoilt("plugin.yaml", "layer: country", "layer: town")), "-rs")
    found = outcomes(ended.stdout)
    assert found["test_rule[manifest-valid]"] == "FAILED"
    assert found["test_rule[forms-valid]"] == "SKIPPED"
    assert "plugin.yaml must be corrected first" in ended.stdout


@pytest.mark.parametrize("how", ["attribute", "option"])
def test_the_level_says_which_rules_are_run(tmp_path: Path, how: str) -> None:
    files = sound_files()
    if how == "attribute":
        files["tests/test_contract.py"] += '    level = "silver"\n'
    ended = pytest_on(project(tmp_path, files), "--collect-only", "-q", *(["--sdgcities-level", "silver"] if how == "option" else []))
    collected = {line.partition("[")[2].partition("]")[0] for line in ended.stdout.splitlines() if "test_rule[" in line}
    assert collected == {rule.id for rule in rules() if rule.level is not Level.GOLD} - {"contract-tests", "tests-written"}


def test_the_plugin_is_found_by_the_project_of_the_test(tmp_path: Path) -> None:
    files = sound_files()
    files["tests/test_contract.py"] = files["tests/test_contract.py"].replace('plugin = "atlantis"', "pass")
    ended = pytest_on(project(tmp_path, files), "-k", "manifest-valid")
    assert ended.returncode == 0, ended.stdout


def test_a_test_outside_a_project_must_name_its_plugin(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("from sdgcities.testing import PluginContract\n\n\nclass TestIt(PluginContract):\n    pass\n", encoding="utf-8")
    ended = pytest_on(tmp_path, "-k", "manifest-valid")
    assert ended.returncode == 1
    assert "set `plugin` to a name or a path" in ended.stdout


def test_the_module_runs_on_a_plugin_without_tests(tmp_path: Path) -> None:
    package = write(tmp_path, sound_files())
    for named in (package, "ghana"):
        ended = pytest_on(tmp_path, "--pyargs", "sdgcities.testing.contract", "--sdgcities-plugin", named, "-k", "manifest-valid or units-valid")
        assert ended.returncode == 0, ended.stdout
        assert set(outcomes(ended.stdout).values()) == {"PASSED"}


def test_the_module_must_be_told_the_plugin(tmp_path: Path) -> None:
    ended = pytest_on(tmp_path, "--pyargs", "sdgcities.testing.contract", "-x")
    assert ended.returncode != 0
    assert "--sdgcities-plugin PATH or NAME" in ended.stdout + ended.stderr


def test_every_run_of_pytest_stays_light(tmp_path: Path) -> None:
    """The pytest plugin is loaded wherever the core is installed: it brings in nothing of it."""
    (tmp_path / "test_it.py").write_text(
        "import sys\n\n\ndef test_it():\n    core = sorted(name for name in sys.modules if name.startswith('sdgcities'))\n"
        "    assert core == ['sdgcities', 'sdgcities.testing', 'sdgcities.testing.plugin_contract', 'sdgcities.testing.pytest_plugin']\n"
        "    assert not {'yaml', 'sqlalchemy', 'jinja2', 'babel', 'click'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    ended = pytest_on(tmp_path)
    assert ended.returncode == 0, ended.stdout


def command(*words: object) -> subprocess.CompletedProcess[str]:
    run = [sys.executable, "-m", "sdgcities.cli.main", *map(str, words)]
    return subprocess.run(run, env=surroundings(), capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_runs_the_plugins_own_tests(tmp_path: Path) -> None:
    ended = command("plugin", "test", project(tmp_path, sound_files()))
    assert ended.returncode == 0, ended.stdout
    assert f"{len(BRONZE)} passed" in ended.stdout
    asked = command("plugin", "test", tmp_path / "atlantis", "--level", "gold")
    assert asked.returncode == 1
    assert "test_rule[sample-runs]" in asked.stdout


def test_the_command_runs_the_contract_where_there_are_no_tests(tmp_path: Path) -> None:
    folder = project(tmp_path, {name: text for name, text in sound_files().items() if not name.startswith("tests/")})
    ended = command("plugin", "test", folder / PACKAGE)
    assert ended.returncode == 0, ended.stdout
    assert f"{len(BRONZE)} passed" in ended.stdout


def test_without_pytest_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgcities.kit.trial.tests_of.find_spec", lambda _: None)
    ended = run_command("plugin", "test", project(tmp_path, sound_files()))
    assert (ended.code, ended.err) == (1, '✗ Tests need pytest, which is not installed. Install it: pip install "sdgcities[testing]".\n')

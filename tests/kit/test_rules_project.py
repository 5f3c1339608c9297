"""Wrong files that the rules of the project around the package must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

from tests.kit.wrong import Wrong, parametrized, sound, tell, verdict

WRONG = [
    Wrong("entry-point", "pyproject.toml", 'atlantis = "sdgcities_atlantis"', 'atlantic = "sdgcities_atlantis"', "12:24", "No entry point is called atlantis"),
    Wrong("entry-point", "pyproject.toml", 'atlantis = "sdgcities_atlantis"', 'atlantis = "sdgcities-atlantis"', "13:1", "names sdgcities-atlantis"),
    Wrong("entry-point", "pyproject.toml", '"sdgcities.plugins"', '"sdgcities.plugin"', "5:1", "No entry point is called atlantis"),
    Wrong("entry-point", "pyproject.toml", "[project]\n", "[project\n", "5:9", "not valid TOML"),
    Wrong("entry-point", "pyproject.toml", 'description = "SDG Cities in Atlantis."', "description = SDG Cities in Atlantis", "8:15", "not valid TOML"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities==0.1"]', "10:17", "pins one version"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", "shapely===2.0"]', "10:35", "pins one version"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", "shapely[all] (== 2.*)"]', "10:35", "pins one version"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", "PyYAML>=6"]', "10:35", "needs pyyaml already"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", "python_calamine"]', "10:35", "needs python-calamine already"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["shapely>=2"]', "5:1", "sdgcities is not among"),
    Wrong(
        "dependencies",
        "pyproject.toml",
        '["sdgcities>=0.1"]',
        '["sdgcities>=0.1", "shapely @ https://registry.xa/shapely.whl"]',
        "10:35",
        "taken from an address",
    ),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", "shapely 2.0"]', "10:35", "is no dependency"),
    Wrong("dependencies", "pyproject.toml", '["sdgcities>=0.1"]', '["sdgcities>=0.1", 7]', "10:35", "is no dependency"),
    Wrong("tests-written", "tests/test_contract.py", "class TestAtlantis", "class Atlantis", "", "has no contract tests", "tests"),
    Wrong("tests-written", "tests/test_contract.py", "(PluginContract)", "", "", "has no contract tests", "tests"),
    Wrong("tests-written", "tests/test_contract.py", "(PluginContract):", "(PluginContract)", "6:35", "no valid Python"),
    Wrong("tests-written", "tests/test_contract.py", "    plugin =", "  plugin\n    plugin =", "8", "four blanks for each step"),
    Wrong("changelog", "CHANGELOG.md", "## 0.1.0", "## 0.2.0", "1", "no entry for version 0.1.0"),
    Wrong("changelog", "CHANGELOG.md", "## 0.1.0", "## 10.1.0", "1", "no entry for version 0.1.0"),
    Wrong("changelog", "CHANGELOG.md", "\n- First version.\n", "", "3", "is empty"),
    Wrong("changelog", "plugin.yaml", "version: 0.1.0", "version: 0.2.0", "1", "no entry for version 0.2.0", "CHANGELOG.md"),
    Wrong("page-generated", "plugin.yaml", "title: Atlantis", "title: Atlantis and its isles", "1", "does not say what the files say", "README.md"),
    Wrong("page-generated", "indicators.yaml", "name: Own revenue per person", "name: Own revenue", "32", "does not say what the files say", "README.md"),
]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)


def test_a_package_without_its_init_file_is_told(tmp_path: Path) -> None:
    package = sound(tmp_path)
    (package / "__init__.py").unlink()
    (note,) = verdict(package, "entry-point").findings
    assert (note.blocks, "no __init__.py" in str(note.message)) == (False, True)

"""A country team's first hour: a plugin is made, a hub runs it from its folder, and it can be installed like any other."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from tests.test_packaging import environment, source
from tests.test_packaging import run as run_installed

from sdgcities.kit.scaffold.making import rendered
from sdgcities.kit.scaffold.wish import wish_of

from .conftest import Run

__all__ = ["source"]

OFFICE = "National Bureau of Statistics <sdg@bureau.gov>"
CASES = [("kenya", "KE", "en,sw", {"sw": "Kenya"}), ("egypt", "EG", "ar,en", {"ar": "مصر"}), ("georgia", "GE", "ka,en", {"ka": "საქართველო"})]
Case = tuple[str, str, str, dict[str, str]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_hub_runs_a_new_plugin_from_its_folder(run: Run, case: Case) -> None:
    name, country, languages, names = case
    made = run("plugin", "new", name, "--country", country, "--languages", languages, "--maintainer", OFFICE)
    assert (made.code, made.lines) == (0, [f"Made the plugin {name} for {name.capitalize()} in {name}."])
    found = {row["name"]: row for row in run("--plugins-dir", ".", "plugin", "list", "--json").data}
    assert (found[name]["languages"], found[name]["maintainers"], found[name]["failures"]) == (languages.split(","), [OFFICE], [])
    hub = ("--plugins-dir", ".", "--hub", "hub")
    assert run("--plugins-dir", ".", "init", "hub", "--country", name).code == 0
    assert run(*hub, "city", "join", "Example City").code == 0
    imported = run(*hub, "data", "import", f"{name}/sdgcities_{name}/sample/example_population_2024.csv", "--json")
    assert (imported.code, imported.data["profile"], imported.data["stored"]) == (0, "example-population", 3)
    for language in languages.split(","):
        report = run(*hub, "--lang", language, "report", "city", "Example City")
        assert (report.code, report.lines) == (0, [f"Wrote hub/reports/{country}-EX1-01.{language}.html."])
        page = Path("hub", "reports", f"{country}-EX1-01.{language}.html").read_text(encoding="utf-8")
        assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page
        assert re.search(rf"<dd>(<bdi[^>]*>)?{names.get(language, name.capitalize())}(</bdi>)?</dd>", page)


def test_it_tells_each_file_with_what_to_do_and_the_steps_in_order(run: Run) -> None:
    made = run("plugin", "new", "kenya", "--country", "Kenya", "--languages", "en,sw", "--maintainer", OFFICE, "-o", "ours")
    assert made.code == 0
    told = made.out.splitlines()
    assert told[0] == "ours/"
    tree, steps = told[1 : told.index("")], told[told.index("Next:") + 1 :]
    assert [line.split()[0] for line in tree] == [file.path for file in rendered(wish_of("kenya", "KE", "en,sw", OFFICE))]
    assert {line.split()[0] for line in tree} == {path.relative_to("ours").as_posix() for path in Path("ours").rglob("*") if path.is_file()}
    assert all(len(line.split("  ", 2)[-1]) > 10 and line.endswith(".") for line in tree)
    words = ["cd ours", "sdgcities plugin units import FILE", "sdgcities plugin check .", "sdgcities plugin test .", "sdgcities plugin preview . --lang sw"]
    assert [line.strip().startswith(step) for line, step in zip(steps, words, strict=True)] == [True] * len(words)


def test_a_hub_runs_a_new_theme_beside_a_new_country_of_one_folder(run: Run) -> None:
    assert run("plugin", "new", "kenya", "--country", "KE", "--languages", "en", "--maintainer", OFFICE).code == 0
    made = run("plugin", "new", "open-space", "--layer", "theme", "--languages", "en,ka", "--maintainer", OFFICE)
    assert (made.code, made.lines) == (0, ["Made the theme open-space in open-space."])
    assert "sdgcities plugin indicators import FILE" in made.out
    assert "units import" not in made.out
    hub = ("--plugins-dir", ".", "--hub", "hub")
    assert run("--plugins-dir", ".", "init", "hub", "--country", "kenya", "--theme", "open-space").code == 0
    assert run(*hub, "city", "join", "Example City").code == 0
    assert "OPE-5.5.1" in run(*hub, "indicator", "list", "--tag", "open-space").out
    assert run(*hub, "report", "city", "Example City").code == 0


def test_a_second_folder_of_plugins_is_refused_and_not_taken_without_a_word(run: Run) -> None:
    ended = run("--plugins-dir", "one", "plugin", "list", "--plugins-dir=two")
    assert ended.code == 2
    assert ended.err.startswith("✗ --plugins-dir can be given once: put the plugins' folders into one folder, and name that.")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["Kenya", "--country", "KE"], 1, "✗ Kenya can't be a plugin's name"),
        (["kenya", "--country", "Keniya"], 1, "Did you mean KE (Kenya)"),
        (["kenya", "--country", "KE", "--languages", "english"], 1, "✗ english is not the code of a language. Did you mean en?"),
        (["kenya", "--country", "KE", "--maintainer", "Office\nname: x"], 1, "✗ The maintainer must be one line"),
        (["kenya", "--country", "KE", "-o", "there"], 1, "This folder is there already. Name another folder with -o"),
        (["kenya", "--country", "KE", "-o", "nowhere/kenya"], 1, "The folder it should lie in is not there."),
        (["kenya", "--country", "KE", "-o", ""], 2, "It must not be empty."),
        (["kenya"], 1, "No country is named. Add --country"),
        (["kenya", "--country", "KE", "--layer", "theme"], 1, "A theme serves every country and names none."),
        ([], 2, "NAME"),
    ],
)
def test_what_is_refused_is_told_in_one_line_and_leaves_nothing(run: Run, words: list[str], code: int, says: str) -> None:
    Path("there").mkdir()
    languages = [] if "--languages" in words else ["--languages", "en,sw"]
    ended = run("plugin", "new", *words, *languages)
    assert ended.code == code
    assert says in ended.err
    assert code == 2 or len(ended.lines) == 1
    assert ended.out == ""
    assert [path.name for path in Path().iterdir()] == ["there"]


def test_what_should_be_looked_at_is_noted(run: Run) -> None:
    made = run("plugin", "new", "ghana-north", "--country", "GHA", "--languages", "en,dag", "--maintainer", OFFICE)
    assert made.code == 0
    country, language, name = made.lines[1:]
    assert country == "· Ghana: there is a plugin already, ghana. Tell sdgcities init which one a hub uses: --country ghana-north."
    assert language.startswith("· CLDR does not know the language dag: days and numbers are written as in English. Is the code right?")
    assert name == "· Ghana: no name could be filled in for the language dag. Write it under other_names in units.csv: dag:NAME."


@pytest.mark.slow
def test_installed_as_a_wheel_it_is_found_and_its_own_tests_pass(run: Run, source: Path, checkout: Path, tmp_path: Path) -> None:
    assert run("plugin", "new", "georgia", "--country", "GE", "--languages", "ka,en", "--maintainer", OFFICE).code == 0
    for project in (source, Path("georgia").absolute()):
        run_installed(sys.executable, "-m", "build", "--no-isolation", "--outdir", tmp_path / "wheels", project, cwd=tmp_path)
    wheels = sorted((tmp_path / "wheels").glob("*.whl"))
    assert [wheel.name.split("-")[0] for wheel in wheels] == ["sdgcities", "sdgcities_georgia"]
    commands = environment(tmp_path / "env")
    run_installed(commands / "python", "-m", "pip", "install", "--quiet", "--constraint", checkout / "constraints.txt", *wheels, "pytest", cwd=tmp_path)
    rows = json.loads(run_installed(commands / "sdgcities", "plugin", "list", "--json", cwd=tmp_path))
    assert [(row["name"], row["origin"], row["failures"]) for row in rows if row["name"] != "core"] == [("georgia", "installed", [])]
    run_installed(commands / "sdgcities", "init", "hub", "--country", "GE", cwd=tmp_path)
    assert "passed" in run_installed(commands / "python", "-m", "pytest", "-q", Path("georgia", "tests").absolute(), cwd=tmp_path)

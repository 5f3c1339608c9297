"""An office's list on the command line: what is missing is wrong usage, what is wrong in the list is one line, and a trial writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kit.test_lists import INDICATORS, ISLANDS, LIST, MANIFEST, UNITS

from .conftest import run_command

ISLAND = ("--level", "island", "--code", "No.", "--name", "Island", "--source", "register")


@pytest.fixture
def isles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sdgcities_isles"
    folder.mkdir()
    files = {"sdgcities_isles/plugin.yaml": MANIFEST, "sdgcities_isles/units.csv": UNITS, "sdgcities_isles/indicators.yaml": INDICATORS}
    for name, text in {**files, "islands.csv": ISLANDS, "indicators.csv": LIST}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def test_units_are_taken_in(isles: Path) -> None:
    trial = run_command("plugin", "units", "import", "islands.csv", *ISLAND, "--digits", "3", "--dry-run")
    assert trial.code == 0
    assert trial.out.splitlines()[1:] == ["XA001  island          North", "XA002  island          South"]
    assert "Units: 2 new, 0 changed, 0 there already.\nNothing was written.\n" in trial.err
    assert (isles / "units.csv").read_text(encoding="utf-8") == UNITS
    done = run_command("plugin", "units", "import", "islands.csv", *ISLAND, "--digits", "3", "--drop-examples")
    assert done.code == 0
    assert done.err == "1 example unit taken out.\nUnits: 2 new, 0 changed, 0 there already.\nNext: sdgcities plugin check .\n"
    assert (isles / "units.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "XA001,island,,North,,register,draft,island=001",
        "XA002,island,,South,,register,draft,island=002",
    ]


def test_indicators_are_taken_in(isles: Path) -> None:
    done = run_command("plugin", "indicators", "import", "indicators.csv", "--set", "source=register", "--set", "track=data", "--plugin", str(isles))
    assert (done.code, done.err.splitlines()[0]) == (0, "Indicators: 1 new, 0 there already.")
    assert '  - code: "007"\n    name: Water\n' in (isles / "indicators.yaml").read_text(encoding="utf-8")


WRONG = {
    "half-said": (
        ("units", "import", "islands.csv", "--level", "island"),
        2,
        "✗ --code, --name, --source: These belong together: --level",
    ),
    "year-missing": (
        ("units", "import", "islands.csv", *ISLAND, "--population", "Lugha"),
        2,
        "✗ --population: These belong together",
    ),
    "no-equals": (("units", "import", "islands.csv", *ISLAND, "--where", "Kind"), 2, "✗ --where: Kind has no name before =."),
    "no-encoding": (
        ("units", "import", "islands.csv", *ISLAND, "--encoding", "klingon"),
        2,
        "✗ --encoding: There is no encoding of that name",
    ),
    "no-file": (("units", "import", "isles.csv", *ISLAND), 1, "✗ isles.csv: There is no such file."),
    "no-plugin": (("units", "import", "islands.csv", *ISLAND, "--plugin", "atlantis"), 1, "✗ No plugin atlantis was found."),
    "key-unknown": (("indicators", "import", "indicators.csv", "--set", "colour=blue"), 1, "✗ An indicator has no colour."),
}


@pytest.mark.usefixtures("isles")
@pytest.mark.parametrize("way", WRONG)
def test_what_is_wrong_is_told_in_one_line(way: str) -> None:
    words, code, line = WRONG[way]
    told = run_command("plugin", *words)
    assert (told.code, told.out) == (code, "")
    assert told.err.startswith(line)
    assert told.err.count("\n") == 1

"""The same story in every country: the three that ship, and a fourth that is made of data files only, as the reference of files shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from .conftest import Run

PLUGIN_FILES = Path(__file__).resolve().parents[2] / "docs" / "plugin-files.md"


@dataclass(frozen=True)
class Country:
    name: str
    code: str
    city: str
    indicator: str
    period: str
    languages: tuple[str, ...]


COUNTRIES = [
    Country("ghana", "GH", "GH1408", "GH-POP", "2021", ("en", "ak")),
    Country("portugal", "PT", "PT1109", "PT-POP", "2019", ("pt_PT", "en")),
    Country("turkiye", "TR", "TR-10-BB", "TR-POP", "2020", ("tr", "en")),
    Country("atlantis", "XA", "XA0101", "XA-POP", "2024", ("en",)),
]


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    """The fourth country, written to disk."""
    files = re.findall(r"^`(sdgcities_atlantis/[^`]+)`:\n\n```\w+\n(.*?)^```$", PLUGIN_FILES.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for name, text in files:
        path = tmp_path / "plugins" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert not [name for name, _ in files if name.endswith(".py")]
    return tmp_path / "plugins"


@pytest.mark.parametrize("country", COUNTRIES, ids=lambda country: country.name)
def test_from_the_hub_to_the_report(run: Run, plugins: Path, monkeypatch: pytest.MonkeyPatch, country: Country) -> None:
    given = ("--plugins-dir", plugins)
    assert run(*given, "init", "hub", "--country", country.code).code == 0
    monkeypatch.chdir("hub")
    assert run(*given, "doctor", "--load").err == "All is well.\n"
    assert run(*given, "city", "join", country.city, "--stage", "active").code == 0
    Path("in.csv").write_text(
        f"unit,indicator,period,value,source\n{country.city},{country.indicator},{country.period},12345,Register; Table\n", encoding="utf-8"
    )
    (stored,) = [report["stored"] for report in [run(*given, "data", "import", "in.csv", "--json").data]]
    assert stored == 1
    assert run(*given, "data", "import", "in.csv", "--json").data["unchanged"] == 1
    shown = run(*given, "data", "show", country.city, country.indicator, "--json").data
    assert [figure["value"] for figure in shown] == ["12345"]
    assert {row["milestone"] for row in run(*given, "milestone", "status", country.city, "--json").data} >= {"data/agreement", "finance/impact"}
    assert run(*given, "contract", "diff", country.name).out
    budget = run(*given, "programme", "budget", "--json").data
    assert sum(line.get("amount", 0) for line in budget["lines"]) == budget["total"] > 0
    assert run(*given, "data", "coverage", "--json").data[0]["with_value"] == [country.indicator]
    for language in country.languages:
        assert run(*given, "--lang", language, "report", "city", country.city).code == 0
        page = Path("reports", f"{country.city}.{language}.html").read_text(encoding="utf-8")
        assert f'lang="{language.replace("_", "-")}"' in page
        assert re.search(r"12[.,\u00a0\u202f]?345", page)
    assert run(*given, "audit", "verify").code == 0

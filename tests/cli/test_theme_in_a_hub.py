"""A theme from the first day of a hub to the report, in each country; and in a hub of several countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Ended, Run

THEMES = Path(__file__).parents[1] / "themes"


def city_of(run: Run, country: str) -> str:
    """A city of the country, joined."""
    level = {"GH": "district", "PT": "municipio", "TR": "municipality"}[country]
    units = ok(run("unit", "find", "a", "--json", "--plugins-dir", THEMES)).data
    found = next(one for one in units if one["code"].startswith(country) and one["level"] == level and not one["valid_to"])
    ok(run("city", "join", found["code"], "--stage", "joining", "--plugins-dir", THEMES))
    return str(found["code"])


def ok(ended: Ended) -> Ended:
    assert ended.code == 0, ended.err
    return ended


@pytest.mark.parametrize("countries", [("GH",), ("PT",), ("TR",), ("GH", "PT", "TR")], ids="+".join)
def test_a_theme_serves_a_hub_from_init_to_the_report(run: Run, monkeypatch: pytest.MonkeyPatch, countries: tuple[str, ...]) -> None:
    made = ok(run("init", "hub", "--theme", "inclusion", *[word for code in countries for word in ("--country", code)], "--plugins-dir", THEMES))
    assert "inclusion" in made.err
    assert "- inclusion\n" in Path("hub/hub.yaml").read_text(encoding="utf-8")
    monkeypatch.chdir("hub")
    ok(run("actor", "add", "kofi", "--role", "author", "--plugins-dir", THEMES))
    cities = {country: city_of(run, country) for country in countries}
    figures = ["unit,indicator,period,value,source"] + [f"{city},INC-5.5.1,2023,{20 + n}.5,Council; Minutes" for n, city in enumerate(cities.values())]
    Path("figures.csv").write_text("\n".join(figures), encoding="utf-8")
    told = ok(run("data", "import", "figures.csv", "--json", "--plugins-dir", THEMES)).data
    assert (told["stored"], told["refused"], told["findings"]) == (len(cities), 0, [])
    Path("voices.yaml").write_text("{women: 4, organisation_of_persons_with_disabilities: true}", encoding="utf-8")
    for number, city in enumerate(cities.values()):
        ok(run("form", "submit", "voices-in-the-committee", "--city", city, "--data", "voices.yaml", "--author", "kofi", "--plugins-dir", THEMES))
        ok(run("report", "city", city, "--lang", "en", "-o", f"{city}.html", "--plugins-dir", THEMES))
        page = Path(f"{city}.html").read_text(encoding="utf-8")
        assert "Seats held by women in the local council" in page
        assert f"{20 + number}.5" in page
        (covered,) = ok(run("data", "coverage", city, "--json", "--plugins-dir", THEMES)).data
        assert covered["with_value"] == [], "the theme's figures don't count among the national core"
        gaps = ok(run("data", "gaps", city, "--json", "--plugins-dir", THEMES)).data
        assert not any(gap["indicator"].startswith("INC-") for gap in gaps)
    tagged = ok(run("indicator", "list", "--tag", "gender", "--plugins-dir", THEMES)).out
    assert tagged.count("INC-5.5.1") == 1
    listed = ok(run("indicator", "list", "--json", "--plugins-dir", THEMES)).data
    assert {(one["country"], tuple(one["tags"])) for one in listed if one["code"] == "INC-5.5.1"} == {(code, ("gender",)) for code in countries}
    assert "Gender equality" in ok(run("indicator", "show", "INC-5.5.1", "--plugins-dir", THEMES)).out


def test_a_row_for_a_place_of_another_country_is_still_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ok(run("init", "hub", "--country", "GH", "--country", "PT", "--theme", "inclusion", "--plugins-dir", THEMES))
    monkeypatch.chdir("hub")
    Path("figures.csv").write_text("unit,indicator,period,value,source\nGH1408,PT-5.5.1,2023,20,Council\n", encoding="utf-8")
    told = run("data", "import", "figures.csv", "--plugins-dir", THEMES)
    assert (told.code, "GH1408 is not in the country of PT-5.5.1." in told.err) == (1, True)


def test_a_theme_or_tag_that_is_not_there_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = run("init", "hub", "--country", "GH", "--theme", "inclusive", "--plugins-dir", THEMES)
    assert (ended.code, ended.err) == (
        1,
        "✗ There is no theme inclusive. There are: inclusion. Or name a folder of plugins: --plugins-dir DIR.\n",
    )
    assert not Path("hub").exists()
    ok(run("init", "hub", "--country", "GH", "--theme", "inclusion", "--plugins-dir", THEMES))
    monkeypatch.chdir("hub")
    ended = run("indicator", "list", "--tag", "climate", "--plugins-dir", THEMES)
    assert (ended.code, ended.err) == (1, "✗ There is no tag climate. Tags of this hub: access, gender.\n")

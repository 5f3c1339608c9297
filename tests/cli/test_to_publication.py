"""A city on its way to `data/disaggregation` and `data/publication`: everything typed as an operator types it, until both are approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

LAND = """unit,period,area_start,area_end,population_start,population_end,years
GH1408,2023,30,36,100000,120000,5
"""
LAYER = '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [0.47, 6.6]}}]}'


@pytest.fixture
def hub(run: Run) -> Run:
    for words in (
        ("init", ".", "--country", "ghana", "--operator", "ama"),
        ("actor", "add", "kofi", "--role", "author"),
        ("actor", "add", "esi", "--role", "reviewer"),
        ("city", "join", "GH1408"),
    ):
        assert run(*words).code == 0
    return run


def ended(run: Run, *words: object, who: str = "ama") -> str:
    done = run("--actor", who, *words)
    assert done.code == 0, done.err
    return done.err


def unmet(run: Run, milestone: str) -> set[str]:
    (found,) = run("milestone", "status", "GH1408", "--milestone", milestone, "--json").data
    return {one["measure"].removeprefix("data/") for one in found["criteria"] if one["met"] is not True}


def approved(run: Run, milestone: str, number: int) -> None:
    ended(run, "milestone", "claim", "GH1408", milestone, "--author", "kofi")
    ended(run, "milestone", "review", number, "--approve", "--reason", "Seen.", who="esi")


def test_a_city_reaches_both(hub: Run) -> None:
    core = [one for one in hub("indicator", "list", "--json").data if one["core"] and {"sex", "age", "disability"} <= set(one["disaggregation"])]
    code = core[0]["code"]
    splits = ("_T,_T,_T,40", "F,_T,_T,41", "M,_T,_T,39", "_T,Y15T24,_T,44", "_T,_T,PD,20")
    lines = [f"GH1408,{code},2023,{split},Municipal survey" for split in splits]
    Path("people.csv").write_text("\n".join(["unit,indicator,period,sex,age,disability,value,source", *lines]) + "\n", encoding="utf-8")
    Path("land.csv").write_text(LAND, encoding="utf-8")
    Path("layers.geojson").write_text(LAYER, encoding="utf-8")
    Path("minutes.pdf").write_bytes(b"%PDF-1.4\nMinutes of the review.\n")
    assert {"disaggregated-by-sex-and-age-share", "disaggregated-otherwise-share", "spatial-indicators"} <= unmet(hub, "data/disaggregation")
    ended(hub, "data", "import", "people.csv", "--author", "kofi")
    ended(hub, "calculate", "run", "sdg-11.3.1", "--input", "land.csv", "--store", "GH-11.3.1", "--source", "Assembly; Images", "--author", "kofi")
    ended(hub, "evidence", "add", "GH1408", "data/disaggregation", "layers", "layers.geojson")
    assert unmet(hub, "data/disaggregation") == set()
    approved(hub, "data/disaggregation", 1)

    assert {"reviewed-share", "published-openly", "published-as-reviewed"} <= unmet(hub, "data/publication")
    ended(hub, "data", "review", "GH1408", "-o", "look", who="esi")
    ended(hub, "data", "review", "GH1408", "--accept", "--seen", "look", "--reason", "Checked.", who="esi")
    assert unmet(hub, "data/publication") == {"recognition/evidence", "published-openly", "published-as-reviewed"}
    ended(hub, "data", "publish", "GH1408", "-o", "open", "--licence", "CC-BY-4.0", "--justify", "publish.licence=Our own figures.")
    ended(hub, "evidence", "add", "GH1408", "data/publication", "review-minutes", "minutes.pdf")
    assert unmet(hub, "data/publication") == set()
    approved(hub, "data/publication", 2)

    ended(hub, "data", "correct", "GH1408", code, "2023", "42", "--reason", "A slip.", "--author", "kofi")
    assert unmet(hub, "data/publication") == set(), "a figure that changed later makes the edition no other"
    ended(hub, "data", "review", "GH1408", "--return", "--reason", "Ask again.", who="esi")
    assert unmet(hub, "data/publication") == {"published-as-reviewed"}

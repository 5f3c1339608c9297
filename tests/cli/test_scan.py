"""`data scan` as a person types it: looked at, described, counted, stored, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.tracks.mapped import collection, kobo, polygon, put, square

from sdgcities.tracks.data.scan import extra

from .conftest import Run

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "scan-a-city.md"
ROWS = "".join(f"5.6{number},-0.2{number},{'tap' if number % 2 else 'well'},{'yes' if number % 4 else 'no'},{10 * number}\n" for number in range(8))
SCAN = """\
title: Toilets of the made-up example
source: {office: Volunteers of the example}
period: "2016"
coordinates: {latitude: lat, longitude: lon}
measures:
  - {id: open, does: share, where: [{column: works, is: ["yes"]}], indicator: GH-6.2.1}
"""


@pytest.fixture
def points(hub: Path) -> Path:
    return put(hub / "waterpoints.csv", f"lat,lon,kind,works,litres\n{ROWS}")


def test_a_file_is_looked_at_and_a_description_proposed(run: Run, points: Path) -> None:
    ended = run("data", "scan", points)
    assert ended.code == 0, ended.err
    assert "· 8 rows; columns: 5; rows with a position: 8." in ended.out
    assert "Coordinates: lat / lon" in ended.out
    assert "- {id: kind, does: count, by: kind}" in ended.out
    written = run("data", "scan", points, "-o", "scan.yaml")
    assert written.err.strip() == "scan.yaml: 2 places to fill in, each marked ???."
    again = run("data", "scan", points, "-o", "scan.yaml")
    assert (again.code, "is there already" in again.err) == (1, True)
    undecided = run("data", "scan", points, "--with", "scan.yaml")
    assert undecided.code == 1
    assert "source/office is still to be decided" in undecided.err


def test_the_description_of_the_guide_runs(run: Run, points: Path) -> None:
    found = re.search(r"<!-- a scan description -->\n```\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    put(points.parent / "waterpoints.yaml", found[1])
    ended = run("data", "scan", points, "--with", "waterpoints.yaml", "-o", "results")
    assert ended.code == 0, ended.err
    assert "Rows read: 8; counted: 8." in ended.err
    assert {path.name for path in Path("results").iterdir()} == {"results.csv", "results.json", "areas.geojson", "map.html"}
    page = Path("results/map.html").read_text(encoding="utf-8")
    assert "The designations employed" in page, "every map carries the disclaimer"
    assert page.count("<svg") >= 6
    assert "Natural Earth" in page


def test_figures_are_stored_shown_and_taken_back(run: Run, points: Path) -> None:
    put(points.parent / "scan.yaml", SCAN)
    assert "--store imports" in run("data", "scan", points, "--with", "scan.yaml").err
    dry = run("data", "scan", points, "--with", "scan.yaml", "--store", "--dry-run", "--json")
    assert (dry.code, dry.data["import"]["stored"], dry.data["import"]["batch"]) == (0, 0, None)
    ended = run("data", "scan", points, "--with", "scan.yaml", "--store", "--json")
    assert ended.code == 0, ended.err
    assert ended.data["import"]["stored"] == 1
    assert ended.data["results"][0]["value"] == 75
    shown = run("data", "show", "GH-R10-AA", "GH-6.2.1", "--json")
    assert shown.code == 0, shown.err
    assert "city-scan 1.0" in shown.out
    assert "file of a City Scan counted" in run("audit", "show").out
    assert run("audit", "verify").code == 0
    assert run("data", "revert", ended.data["import"]["batch"]).code == 0
    assert "city-scan" not in run("data", "show", "GH-R10-AA", "GH-6.2.1", "--json").out


def test_a_period_in_which_the_unit_did_not_stand_stores_nothing(run: Run, points: Path) -> None:
    put(points.parent / "scan.yaml", SCAN.replace("2016", "2024"))
    ended = run("data", "scan", points, "--with", "scan.yaml", "--store")
    assert ended.code == 1
    assert "ended on" in ended.err
    assert "nothing was stored" in ended.err


def test_personal_columns_are_kept_only_with_a_reason(run: Run, hub: Path) -> None:
    file = put(hub / "kobo.csv", kobo([{} for _ in range(6)]))
    seen = run("data", "scan", file)
    assert "respondent/full_name may hold names of people" in seen.out
    assert "Specimen Person" not in seen.out + seen.err
    scan = SCAN.replace("{latitude: lat, longitude: lon}", '{column: "site/GPS point"}').split("measures:")[0]
    put(hub / "scan.yaml", f"{scan}measures:\n  - {{id: users, does: count, by: _submitted_by}}\n")
    refused = run("data", "scan", file, "--with", "scan.yaml")
    assert refused.code == 1
    assert "_submitted_by may hold who collected the record" in refused.err
    assert "specimen_user" not in refused.err
    assert run("data", "scan", file, "--with", "scan.yaml", "--keep", "_submitted_by=to see who walked where").code == 0
    assert "file of a City Scan counted" in run("audit", "show").out


def test_areas_of_a_file_go_before_those_of_the_hub(run: Run, points: Path) -> None:
    put(points.parent / "scan.yaml", SCAN)
    areas = collection(points.parent / "areas.geojson", polygon(square(-0.4, 5.5, 0.0, 5.7), name="Made-up area"))
    ended = run("data", "scan", points, "--with", "scan.yaml", "--areas", areas, "--json")
    assert ended.code == 0, ended.err
    assert [row["area"] for row in ended.data["results"]] == ["Made-up area"]
    stored = run("data", "scan", points, "--with", "scan.yaml", "--areas", areas, "--store")
    assert (stored.code, "None of the results is a figure of an indicator for a unit" in stored.err) == (1, True)


def test_what_is_written_hides_small_counts_of_people_and_says_so(run: Run, points: Path) -> None:
    put(points.parent / "scan.yaml", SCAN.replace(", indicator: GH-6.2.1}", ", people: true}"))
    ended = run("data", "scan", points, "--with", "scan.yaml", "-o", "results")
    assert ended.code == 0, ended.err
    assert "75" in ended.out, "the operator sees it"
    assert "1 result rests on fewer than 5 people." in ended.err
    page = Path("results/map.html").read_text(encoding="utf-8")
    assert "hidden, since few people: 1 unit" in page
    assert "1 result is hidden: it rests on fewer than 5 people, or would give away one that does." in page
    assert "75" not in Path("results/results.csv").read_text(encoding="utf-8")
    assert run("data", "scan", points, "--with", "scan.yaml", "--json").data["results"][0]["missing_reason"] == "confidential"


def test_a_file_is_no_folder_for_results(run: Run, points: Path) -> None:
    put(points.parent / "scan.yaml", SCAN)
    ended = run("data", "scan", points, "--with", "scan.yaml", "-o", points)
    assert (ended.code, "Name a folder with -o." in ended.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--store",), "need a description"),
        (("--with", "scan.yaml", "--keep", "name"), 'COLUMN="REASON"'),
    ],
)
def test_wrong_usage_is_told_in_one_line(run: Run, points: Path, words: tuple[str, ...], said: str) -> None:
    ended = run("data", "scan", points, *words)
    assert ended.code == 2
    assert said in ended.err
    assert len(ended.lines) == 1


def test_a_missing_extra_is_told_in_one_line(run: Run, points: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "PACKAGES", ("numpy", "a_package_that_nobody_has"))
    ended = run("data", "scan", points)
    assert ended.code == 1
    assert ended.lines == ['✗ The City Scan needs packages that are not installed: a_package_that_nobody_has. Run: pip install "sdgcities[scan]".']

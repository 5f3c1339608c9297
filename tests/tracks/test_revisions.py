"""Imports that put other figures in the place of those that the hub holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import run_command
from tests.hub_fixtures import HO, Desk

from sdgcities.findings import Finding, Severity
from sdgcities.tracks.data.batches.correcting import Correction, correct
from sdgcities.tracks.data.importing.folder import import_folder
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.quality.checks import checks
from sdgcities.tracks.data.quality.revisions import Revision, odd

CHECK = checks()["quality.revised"]
PARTICLES = "GH-11.6.2"
Values = Callable[[int, int], str]


def bring(desk: Desk, path: Path, justified: Mapping[str, str] | None = None) -> Report:
    return import_file(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi"), justified=justified or {}))


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == code]


def people(unit: int, year: int) -> int:
    return 40_013 + 977 * unit + (year - 2010) * (311 + 7 * unit)


def table(desk: Desk, value: Values, units: int = 8, years: tuple[int, ...] = (2019, 2020, 2021), **usual: str) -> Path:
    districts = [unit.id for unit in desk.catalogue.places["GH"].units.values() if unit.level == "district" and unit.valid_to is None][:units]
    rows = [{"unit": unit, "period": year, "value": value(number, year), **usual} for number, unit in enumerate(districts) for year in years]
    return desk.tidy(*rows, name="table.csv")


def test_a_report_tells_what_is_new_and_what_replaces(desk: Desk) -> None:
    first = bring(desk, desk.tidy({"value": "180420"}, {"period": "2010", "value": "96213"}))
    assert of(first, "import.revised") == []
    assert of(bring(desk, desk.tidy({"period": "2011", "value": "97500"})), "import.revised") == [], "new figures replace none"
    second = bring(desk, desk.tidy({"value": "181004"}, {"period": "2010", "value": "96213"}, {"period": "2012", "value": "98811"}))
    (note,) = of(second, "import.revised")
    assert (second.stored, note.severity) == (2, Severity.NOTE)
    assert str(note.message) == "1 figure replaces what the hub held: Ho Municipal, GH-POP, 2021: 180420 → 181004. New figures: 1."


def test_the_first_three_are_named_and_json_has_them(desk: Desk) -> None:
    assert bring(desk, table(desk, lambda n, y: str(people(n, y)))).stored == 24
    later = table(desk, lambda n, y: str(people(n, y) + 13 * (n > 1)))
    (found,) = run_command("--hub", desk.folder, "--actor", "ama", "data", "import", "--json", "--dry-run", later).data["findings"]
    assert (found["code"], found["message"].count("→")) == ("import.revised", 3)
    assert found["message"].startswith("18 figures replace what the hub held, such as ")
    assert found["message"].endswith(" New figures: 0.")


def test_a_folder_tells_it_once(desk: Desk) -> None:
    folder = desk.scratch / "office"
    folder.mkdir()
    bring(desk, desk.tidy({"value": "180420"}, {"period": "2010", "value": "96213"}))
    for year, value in (("2021", "180500"), ("2010", "96300")):
        desk.tidy({"period": year, "value": value}, name=f"office/{year}.csv")
    report = import_folder(desk.catalogue, Request(folder, desk.person("ama"), desk.person("kofi")))
    assert report.stored == 2
    (note,) = [one for one in report.findings if one.code == "import.revised"]
    assert "2 figures replace" in str(note.message)


def test_a_correction_says_so_itself(desk: Desk) -> None:
    bring(desk, desk.tidy({"value": "18042"}))
    typed = Correction(HO, "GH-POP", "2021", "The last digit was lost.", "180420")
    assert not {one.code for one in correct(desk.catalogue, typed, desk.person("ama"), desk.person("kofi")).findings} & {"import.revised", "quality.revised"}


@pytest.mark.parametrize("factor", [10, 100, 1000])
def test_a_table_in_another_unit_of_measure(desk: Desk, factor: int) -> None:
    assert bring(desk, table(desk, lambda n, y: f"{people(n, y) / 1000:.3f}", indicator=PARTICLES)).stored == 24
    stopped = bring(desk, table(desk, lambda n, y: f"{people(n, y) / 1000 / factor:.4f}", indicator=PARTICLES))
    (doubt,) = of(stopped, "quality.revised")
    assert (stopped.stored, doubt.severity) == (0, Severity.JUSTIFY)
    assert f"24 of 24 revised figures become 1/{factor} times what they were, such as 42.812, now " in str(doubt.message)
    assert '--justify quality.revised="REASON"' in str(doubt.hint)


def test_one_figure_and_its_reason(desk: Desk) -> None:
    bring(desk, desk.tidy({"value": "180420"}))
    lost = desk.tidy({"value": "18042"})
    (doubt,) = of(bring(desk, lost), "quality.revised")
    assert "180420 becomes 18042: ten times as much, a tenth, or further off" in str(doubt.message)
    assert bring(desk, lost, {"quality.revised": "The town was divided."}).stored == 1
    back = bring(desk, desk.tidy({"value": "180420"}))
    assert [one.severity for one in of(back, "quality.revised")] == [Severity.JUSTIFY], "a reason for one import is none for the next"


def test_two_years_that_change_places(desk: Desk) -> None:
    assert bring(desk, table(desk, lambda n, y: str(people(n, y)))).stored == 24
    (doubt,) = of(bring(desk, table(desk, lambda n, y: str(people(n, {2020: 2021, 2021: 2020}.get(y, y))))), "quality.revised")
    assert "the figures of 2020 and 2021 change places" in str(doubt.message)
    assert doubt.severity is Severity.JUSTIFY


def revised(unit: str, before: str, now: str, dims: str = "", period: str = "2021") -> Revision:
    return Revision("X", unit, dims, period, before, now, True, ("A", "A"))


def problems(*revisions: Revision) -> list[str]:
    return [str(one.problem) for one in odd(revisions, CHECK)]


def test_two_codes_that_change_places() -> None:
    def both(units: int) -> list[Revision]:
        pairs = [(f"U{n}", f"{400 + n}", f"{500 + 3 * n}") for n in range(units)]
        return [one for unit, women, men in pairs for one in (revised(unit, women, men, "sex=F"), revised(unit, men, women, "sex=M"))]

    assert problems(*both(5)) == ["the figures of sex=F and sex=M change places"]
    assert problems(*both(4)) == []


def test_fewer_figures_have_to_agree_altogether() -> None:
    assert problems(revised("A", "45.3", "453"), revised("B", "51.2", "512")) == [
        "2 of 2 revised figures become 10 times what they were, such as 45.3, now 453"
    ]
    mixed = problems(revised("A", "45.3", "453"), revised("B", "51.2", "512"), revised("C", "50.1", "50.4"))
    assert [text.partition(":")[0] for text in mixed] == ["45.3 becomes 453", "51.2 becomes 512"], "not all: each by itself"
    nearly = [revised(f"U{n}", f"{45 + n}.3", f"{45 + n}3") for n in range(9)]
    assert problems(*nearly, revised("Z", "50.1", "50.4"))[0].startswith("9 of 10 revised figures become 10 times")


def test_a_handful_and_nothing_are_no_doubt() -> None:
    assert problems(revised("A", "2", "30")) == []
    assert problems(revised("A", "0", "30"), revised("B", "41", "0")) == []


@given(st.lists(st.tuples(st.integers(100, 10_000), st.floats(0.7, 1.4)), max_size=30))
def test_what_an_office_revises_by_less_is_no_doubt(figures: list[tuple[int, float]]) -> None:
    assert problems(*(revised(f"U{number}", str(before), str(round(before * factor))) for number, (before, factor) in enumerate(figures))) == []

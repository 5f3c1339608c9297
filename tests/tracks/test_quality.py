"""Every check of quality: a file that has the fault is doubted, a file that nearly has it is not. Through a real import, on each database."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from tests.databases import Databases
from tests.hub_fixtures import Desk

from sdgcities.findings import Finding, Severity
from sdgcities.hub.hub import Hub
from sdgcities.plugin.plugins import Plugins
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.quality.checks import checks

Row = Mapping[str, object]
Rows = list[Row]
Figure = Callable[[int, int], object]
"""The figure of the unit with this number in this year."""

UNITS, YEARS = 24, range(2010, 2020)
EDUCATION, PARTICLES, BUDGET = "GH-4.1.2", "GH-11.6.2", "GH-16.6.1"
MIXED = ("GH-4.1.2", "GH-7.1.1", "GH-6.1.1", "GH-8.5.2", "GH-17.8.1", "GH-16.9.1", "GH-11.6.1", "GH-6.3.1", "GH-4.a.1")


@pytest.fixture(scope="module")
def looking(databases: Databases, founded: Path, ghana: Plugins, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A hub into which files are imported for a look only: nothing stays."""
    scratch = tmp_path_factory.mktemp("looking")
    hub = Hub.open(databases.copy(founded, scratch / "hub"))
    hub.__dict__["plugins"] = ghana
    yield Desk(scratch / "hub", scratch, hub, Catalogue(hub), databases)
    hub.close()
    databases.remove(scratch / "hub")


def units(desk: Desk) -> list[str]:
    every = desk.catalogue.places["GH"].units.values()
    return [unit.id for unit in every if unit.level == "district" and not (unit.valid_from or unit.valid_to)][:UNITS]


def usual(number: int, year: int) -> float:
    """Every unit has its own level, and goes on evenly."""
    made_up = random.Random(f"{number} {year}")  # noqa: S311 - no secret
    return (20 + number * 37 % 60) * (1 + 0.01 * (year - YEARS[0])) * made_up.uniform(0.985, 1.015)


def spelled(number: int, year: int) -> str:
    return f"{usual(number, year):.1f}"


def without_mark(text: str) -> str:
    return text.replace(".", "")


def table(desk: Desk, figure: Figure, *, indicator: str = EDUCATION, years: Sequence[int] = YEARS, **dimensions: str) -> Rows:
    return [
        {"unit": unit, "indicator": indicator, "period": year, "value": figure(number, year), **dimensions}
        for number, unit in enumerate(units(desk))
        for year in years
    ]


def people(number: int, year: int, share: float = 1.0) -> int:
    return int((50_000 + number * 7_919) * 1.02 ** (year - YEARS[0]) * share)


def by_sex(desk: Desk, women: Figure, men: Figure, all_of_them: Figure, years: Sequence[int] = YEARS) -> Rows:
    return [row for sex, figure in (("", all_of_them), ("F", women), ("M", men)) for row in table(desk, figure, indicator="GH-POP", years=years, sex=sex)]


def women(number: int, year: int) -> int:
    return people(number, year, 0.53)


def men(number: int, year: int) -> int:
    return people(number, year) - women(number, year)


def nearly_women(number: int, year: int) -> int:
    return women(number, year) if number else men(number, year)


def one_city(indicator: str, *values: str, first: int = 2010) -> Rows:
    return [{"indicator": indicator, "period": first + place, "value": value} for place, value in enumerate(values)]


Case = tuple[Callable[[Desk], Rows], Callable[[Desk], Rows]]

CASES: dict[str, tuple[str, Case]] = {
    "one value in every year": ("quality.same-years", (lambda _: one_city("GH-POP", *["121345"] * 12), lambda _: one_city("GH-POP", "121345", *["0"] * 6))),
    "one percentage in every year": ("quality.same-years", (lambda _: one_city(EDUCATION, *["45.2"] * 5), lambda _: one_city(EDUCATION, *["45.2"] * 3))),
    "one value in every year and unit": (
        "quality.same-years",
        (lambda desk: table(desk, lambda number, _: spelled(number, 2010)), lambda desk: table(desk, lambda _number, _year: "100", indicator="GH-7.1.1")),
    ),
    "the last years carried forward": (
        "quality.same-years",
        (
            lambda _: one_city(EDUCATION, "41.3", "42.9", "44.1", *["45.2"] * 7),
            lambda _: one_city(EDUCATION, "41.3", "42.9", "44.1", *["45.2"] * 3),
        ),
    ),
    "the national figure in every unit": (
        "quality.same-units",
        (
            lambda desk: table(desk, lambda number, year: "57.3" if year == 2015 else spelled(number, year)),
            lambda desk: table(desk, lambda number, year: "57.3" if year == 2015 and number < UNITS // 2 else spelled(number, year)),
        ),
    ),
    "one round figure in every unit": (
        "quality.same-units",
        (
            lambda desk: table(desk, lambda number, year: 50_000 if year == 2015 else people(number, year), indicator="GH-POP"),
            lambda desk: table(desk, lambda number, year: 2 if year == 2015 else people(number, year) % 9 + 1, indicator="GH-POP"),
        ),
    ),
    "a year pasted twice": (
        "quality.copied-period",
        (
            lambda desk: table(desk, lambda number, year: spelled(number, 2017 if year == 2018 else year)),
            lambda desk: table(desk, lambda number, year: spelled(number, 2017 if year == 2018 and number else year)),
        ),
    ),
    "a city's year pasted twice": (
        "quality.copied-period",
        (
            lambda _: [row for place, code in enumerate(MIXED) for row in one_city(code, spelled(place, 2010), *[spelled(place, 2011)] * 2)],
            lambda _: [
                row
                for place, code in enumerate(MIXED)
                for row in one_city(code, spelled(place, 2010), spelled(place, 2011), spelled(place, 2011 if place else 2012))
            ],
        ),
    ),
    "women pasted as men": (
        "quality.copied-column",
        (
            lambda desk: by_sex(desk, women, women, people, YEARS[:1]),
            lambda desk: by_sex(desk, women, nearly_women, people, YEARS[:1]),
        ),
    ),
    "one indicator pasted as another": (
        "quality.copied-column",
        (
            lambda desk: table(desk, spelled, years=[2019]) + table(desk, spelled, indicator="GH-17.8.1", years=[2019]),
            lambda desk: table(desk, spelled, years=[2019]) + table(desk, lambda n, y: spelled(n + (n == 0), y), indicator="GH-17.8.1", years=[2019]),
        ),
    ),
    "headings of women and men swapped": (
        "quality.swapped",
        (
            lambda desk: by_sex(desk, lambda n, y: men(n, y) if y == 2019 else women(n, y), lambda n, y: women(n, y) if y == 2019 else men(n, y), people),
            lambda desk: by_sex(desk, women, men, people),
        ),
    ),
    "a decimal mark lost in one cell": (
        "quality.factor-ten",
        (
            lambda desk: table(desk, lambda n, y: without_mark(spelled(n, y)) if (n, y) == (3, 2014) else spelled(n, y), indicator=PARTICLES),
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) * 3:.1f}" if (n, y) == (3, 2014) else spelled(n, y), indicator=PARTICLES),
        ),
    ),
    "decimal marks lost in the last year": (
        "quality.factor-ten",
        (
            lambda desk: table(desk, lambda n, y: without_mark(spelled(n, y)) if y == 2019 else spelled(n, y), indicator=PARTICLES),
            lambda desk: table(desk, lambda n, y: f"{usual(n, y):.0f}" if y == 2019 else spelled(n, y), indicator=PARTICLES),
        ),
    ),
    "a decimal mark lost in a city's last year": (
        "quality.factor-ten",
        (lambda _: one_city(PARTICLES, "31.2", "30.9", "318"), lambda _: one_city(PARTICLES, "31.2", "30.9", "31")),
    ),
    "thousands in one year": (
        "quality.factor-ten",
        (
            lambda desk: table(desk, lambda n, y: people(n, y) // (1000 if y == 2016 else 1), indicator="GH-POP"),
            lambda desk: table(desk, people, indicator="GH-POP", years=[1960, 2021]),
        ),
    ),
    "a jump": (
        "quality.jump",
        (
            lambda desk: table(desk, lambda n, y: people(n, y) // (6 if (n, y) == (4, 2015) else 1), indicator="GH-POP"),
            lambda _: one_city("GH-POP", "3", "17", "4", "19", "2", "15"),
        ),
    ),
    "decimal marks lost in some units": (
        "quality.far-from-others",
        (
            lambda desk: table(desk, lambda n, y: without_mark(spelled(n, y)) if n % 8 == 0 else spelled(n, y), indicator=PARTICLES, years=[2019]),
            lambda desk: table(desk, lambda n, _: 2 ** (n // 2) * 100, indicator="GH-POP", years=[2019]),
        ),
    ),
    "decimal marks lost in all units": (
        "quality.whole-numbers",
        (
            lambda desk: table(desk, lambda n, y: without_mark(spelled(n, y)), indicator=BUDGET, years=[2019]),
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) + 60:.1f}", indicator=BUDGET, years=[2019]),
        ),
    ),
    "a point between thousands": (
        "quality.thousands",
        (
            lambda desk: table(desk, lambda n, y: f"{people(n, y) // 1000}.{people(n, y) % 1000:03}", indicator="GH-POP", years=[2019]),
            lambda desk: table(desk, lambda n, y: f"{people(n, y)}.125" if n % 2 else f"0.{people(n, y) % 1000:03}", indicator="GH-POP", years=[2019]),
        ),
    ),
    "a point between thousands in some counts": (
        "quality.thousands",
        (
            lambda desk: table(desk, lambda n, y: f"{people(n, y) / 1000:.3f}" if n % 3 == 0 else people(n, y), indicator="GH-POP", years=[2019]),
            lambda desk: table(
                desk, lambda n, y: f"{people(n, y)}.5" if n == 1 else f"{people(n, y)}.125" if n % 3 == 0 else people(n, y), indicator="GH-POP", years=[2019]
            ),
        ),
    ),
    "ratios among percentages": (
        "quality.ratio",
        (
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) / 100:.3f}" if n % 2 else spelled(n, y), years=[2019]),
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) / 40 if n % 2 else usual(n, y) / 10:.3f}", years=[2019]),
        ),
    ),
    "ratios for percentages": (
        "quality.ratio",
        (
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) / 100:.3f}", years=[2019]),
            lambda desk: table(desk, lambda n, y: f"{usual(n, y) / 10:.3f}", indicator="GH-11.5.2", years=[2019]),
        ),
    ),
    "one unit's figures under two codes": (
        "quality.same-series",
        (
            lambda desk: table(desk, lambda n, y: spelled(0 if n == 1 else n, y)),
            lambda desk: table(desk, lambda n, y: spelled(0 if n == 1 and y < 2019 else n, y)),
        ),
    ),
    "one unit's census under two codes": (
        "quality.same-series",
        (
            lambda desk: by_sex(desk, lambda n, y: women(n or 1, y), lambda n, y: men(n or 1, y), lambda n, y: people(n or 1, y), YEARS[:2]),
            lambda desk: by_sex(desk, women, men, lambda n, y: people(n or 1, y), YEARS[:2]),
        ),
    ),
    "women and men are not all": (
        "quality.parts-sum",
        (
            lambda desk: by_sex(desk, women, men, lambda n, y: people(n, y) * 2 if (n, y) == (2, 2013) else people(n, y)),
            lambda desk: by_sex(desk, women, men, lambda n, y: people(n, y) + 1),
        ),
    ),
    "more women than people": (
        "quality.part-exceeds",
        (lambda desk: by_sex(desk, people, men, women, YEARS[:1]), lambda desk: by_sex(desk, people, lambda _n, _y: 0, people, YEARS[:1])),
    ),
    "a region below all of its districts": (
        "quality.outside-parts",
        (
            lambda desk: [*_region(desk, "25.0"), {"unit": "GH01", "indicator": EDUCATION, "period": "2021", "value": "70.1"}],
            lambda desk: [*_region(desk, "25.0"), {"unit": "GH01", "indicator": EDUCATION, "period": "2021", "value": "27.3"}],
        ),
    ),
    "districts that are more than their region": (
        "quality.units-sum",
        (
            lambda desk: [*_region(desk, "50000", "GH-POP"), {"unit": "GH01", "indicator": "GH-POP", "period": "2021", "value": "200000"}],
            lambda desk: [*_region(desk, "50000", "GH-POP")[1:], {"unit": "GH01", "indicator": "GH-POP", "period": "2021", "value": "600000"}],
        ),
    ),
    "an office with broken letters": (
        "quality.garbled",
        (lambda _: [{"source": "Instituto Nacional de EstatÃ­stica"}], lambda _: [{"source": "Instituto Nacional de Estatística; Ã vila"}]),
    ),
}


def _region(desk: Desk, value: str, indicator: str = EDUCATION) -> Rows:
    inside = [unit for unit in desk.catalogue.places["GH"].units.values() if unit.parent == "GH01" and unit.valid_to is None]
    return [
        {"unit": unit.id, "indicator": indicator, "period": "2021", "value": f"{float(value) + place:g}"} for place, unit in enumerate(inside) if place < 100
    ]


def doubts(desk: Desk, rows: Sequence[Row]) -> list[Finding]:
    """What an import of these rows would say of their quality."""
    path = desk.tidy(*({"period": "2021", **row} for row in rows))
    report = import_file(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi"), dry_run=True))
    assert not [finding for finding in report.findings if finding.blocks]
    return [finding for finding in report.findings if finding.code.startswith("quality.")]


@pytest.mark.parametrize("name", CASES)
def test_the_fault_is_doubted(looking: Desk, name: str) -> None:
    code, (faulty, _) = CASES[name]
    found = [finding for finding in doubts(looking, faulty(looking)) if finding.code == code]
    assert found
    assert {finding.severity for finding in found} == {checks()[code].severity}
    assert all(finding.hint and finding.where.file for finding in found)


@pytest.mark.parametrize("name", CASES)
def test_what_is_nearly_so_is_not(looking: Desk, name: str) -> None:
    code, (_, sound) = CASES[name]
    found = doubts(looking, sound(looking))
    assert [finding for finding in found if finding.code == code] == []


def test_first_figures_that_may_be_ratios_are_asked_about(looking: Desk) -> None:
    """Small ones could be right: it is a note, and only where there are enough of them."""
    small = table(looking, lambda n, y: f"{usual(n, y) / 1000:.3f}", indicator="GH-11.5.2", years=[2019])
    (note,) = doubts(looking, small)
    assert (note.code, note.severity) == ("quality.ratio", Severity.NOTE)
    assert "and the indicator is in percent: look whether they are ratios." in str(note.message)
    assert doubts(looking, table(looking, lambda n, _: f"0.{1 + n % 8}", indicator="GH-11.5.2", years=[2019])) == [], "eight different figures"


def test_every_check_has_a_case() -> None:
    elsewhere = {
        "quality.shares-sum",
        "quality.other-office",
        "quality.corrected",
        "quality.revised",
        "quality.lacking-units",
        "quality.holes",
        "quality.out-of-date",
    }
    assert {code for code, _ in CASES.values()} | elsewhere == set(checks())


def test_sound_figures_raise_nothing(looking: Desk) -> None:
    assert doubts(looking, table(looking, spelled)) == []
    assert doubts(looking, by_sex(looking, women, men, people)) == []


def test_many_units_are_told_as_one(looking: Desk) -> None:
    (doubt,) = doubts(looking, table(looking, lambda number, _: spelled(number, 2010)))
    assert doubt.severity is Severity.JUSTIFY
    assert str(doubt.message).startswith("24 units of the level District, such as Asunafo North Municipal (GH0101), ")
    assert "GH-4.1.2, 2010..2019. For example Asunafo North Municipal (GH0101), 2010..2019: 19.7 is" in str(doubt.message)
    assert str(doubt.hint).endswith('If it is right all the same, say why: --justify quality.same-years="REASON".')


def test_very_many_series_are_looked_at_by_themselves(looking: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one pass over all of them suspects; and it is said that no more was looked at."""
    monkeypatch.setattr("sdgcities.tracks.data.quality.touched.MOST_FIGURES", 100)
    faulty = table(looking, lambda n, y: without_mark(spelled(n, y)) if (n, y) == (3, 2014) else "45.2" if n == 5 else spelled(n, y), indicator=PARTICLES)
    found = {(finding.code, finding.severity) for finding in doubts(looking, faulty)}
    assert found == {("quality.factor-ten", Severity.JUSTIFY), ("quality.same-years", Severity.JUSTIFY), ("quality.unchecked", Severity.NOTE)}
    assert [finding.code for finding in doubts(looking, table(looking, spelled))] == ["quality.unchecked"]
    restless = random.Random(1)  # noqa: S311 - no secret
    assert [finding.code for finding in doubts(looking, table(looking, lambda _n, _y: f"{restless.uniform(0, 100):.1f}"))] == ["quality.unchecked"]

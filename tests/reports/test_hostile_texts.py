"""What a plugin, an office or a person writes is shown, never run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.reports.reading import read

from sdgcities.model.places import UnitName
from sdgcities.reports.city import CityReport
from sdgcities.reports.figures import Breakdown, Entry, Series

HOSTILE = "</style><script>alert('%(n)s')</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}&"


def spoilt(one: Series) -> Series:
    unit = replace(one.place.unit, names=(UnitName(HOSTILE),))
    return replace(
        one, place=replace(one.place, unit=unit, level=HOSTILE), unit_measure=HOSTILE, dims=tuple((HOSTILE, f"{HOSTILE}{code}") for _, code in one.dims)
    )


def spoilt_entry(entry: Entry) -> Entry:
    sdg, cells = (tuple(HOSTILE for _ in codes) for codes in (entry.indicator.sdg, entry.indicator.umf_cells))
    indicator = replace(entry.indicator, name=HOSTILE, definition=HOSTILE, unit=HOSTILE, code=HOSTILE, no_sdg_reason=HOSTILE, sdg=sdg, umf_cells=cells)
    splits = [Breakdown(spoilt(split.series[0]).place, split.dimensions, tuple(map(spoilt, split.series))) for split in entry.breakdowns]
    return Entry(indicator, tuple(map(spoilt, entry.main)), tuple(splits))


@pytest.fixture(scope="module")
def hostile(report: CityReport, render: Callable[..., str]) -> str:
    unit = replace(report.city.unit, names=(UnitName(HOSTILE),), source=replace(report.city.unit.source, office=HOSTILE))
    gaps = {code: replace(gap, plan=HOSTILE) for code, gap in report.baseline.gaps.items()}
    claims = [replace(claim, author=HOSTILE, events=tuple(replace(event, reason=HOSTILE, actor=HOSTILE) for event in claim.events)) for claim in report.claims]
    changed = replace(
        report,
        hub=HOSTILE,
        city=replace(report.city, unit=unit),
        claims=tuple(claims),
        domains=tuple(replace(domain, name=HOSTILE, entries=tuple(map(spoilt_entry, domain.entries))) for domain in report.domains),
        baseline=replace(report.baseline, gaps=gaps),
        notes=tuple(
            replace(note, office=HOSTILE, table=HOSTILE, licence=HOSTILE, url=f"javascript:{HOSTILE}", file=HOSTILE, profile=HOSTILE) for note in report.notes
        ),
        indicators={code: replace(indicator, name=HOSTILE) for code, indicator in report.indicators.items()},
    )
    return render(changed)


def test_hostile_texts_are_shown_as_texts(hostile: str) -> None:
    root = read(hostile)
    assert HOSTILE in root.with_id("provenance").text
    assert HOSTILE in root.all("h1")[0].text
    assert root.all("script") == root.all("img") == []
    assert "49" not in root.all("h1")[0].text


@pytest.mark.parametrize("section", ["milestones", "claims", "figures", "provenance"])
def test_hostile_texts_change_nothing_of_the_structure(hostile: str, page: str, section: str) -> None:
    def structure(text: str) -> list[str]:
        return [element.tag for element in read(text).with_id(section).all() if element.tag not in {"path", "line", "g", "text", "tspan"}]

    assert structure(hostile) == structure(page)

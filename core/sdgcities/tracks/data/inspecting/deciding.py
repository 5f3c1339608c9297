"""What follows from what was seen, for the findings and for the profile alike: the period, and the codes of indicators."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.tracks.data.inspecting.cells import Cell
from sdgcities.tracks.data.inspecting.known import Known, spelled
from sdgcities.tracks.data.inspecting.periods import plainly, years_in
from sdgcities.tracks.data.inspecting.reading import Reading
from sdgcities.tracks.data.inspecting.words import plain, words

_WORD = 4
_NEAR = 3


class PeriodFrom(StrEnum):
    """Where the period of a figure stands; `asked` where a person has to say."""

    COLUMNS = "columns"
    COLUMN = "column"
    TITLE = "title"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Period:
    """How the period is told. Of titles the pattern and the year with the cell that names it; where it is asked, the years that were met."""

    found: PeriodFrom
    pattern: str = ""
    year: str = ""
    cell: Cell | None = None
    candidates: tuple[str, ...] = ()


def period_of(reading: Reading) -> Period:
    """Where the period stands, as far as it can be told."""
    in_years = {place for one in reading.years for place in one.places}
    if in_years and in_years >= set(reading.values):
        return Period(PeriodFrom.COLUMNS)
    if reading.period >= 0:
        return Period(PeriodFrom.COLUMN)
    titles = years_in(reading.layout.titles)
    if len(titles) == 1 and not in_years and not any(seen.named for seen in reading.periods.values()):
        year, cell = next(iter(titles.items()))
        if pattern := plainly(year, reading.layout.titles):
            return Period(PeriodFrom.TITLE, pattern, year, cell)
    return Period(PeriodFrom.ASKED, candidates=tuple(titles))


def office_of(reading: Reading) -> str:
    """The office that a title or a note gives as the source; empty where none or several do."""
    lines = [cell.text for cell in (*reading.layout.titles, *reading.layout.notes)]
    offices = {after.strip() for before, colon, after in (text.partition(":") for text in lines) if colon and plain(before) in words().source_of}
    return next(iter(offices)) if len(offices) == 1 else ""


def indicator_named(known: Known | None, text: str) -> str:
    """The code of the indicator that is called exactly so, in whatever language; empty where none is."""
    return known.indicator_names.get(spelled(text), "") if known else ""


def near_indicators(known: Known | None, texts: Iterable[str]) -> list[str]:
    """Codes of indicators whose names share words with the texts, the nearest first."""
    if known is None:
        return []
    wanted = {word for text in texts for word in plain(text.replace("_", " ")).split() if len(word) >= _WORD}
    scores = {code: max(_shared(wanted, name) for name in names) for code, names in _names(known).items()} if wanted else {}
    near = sorted((code for code, score in scores.items() if score > 0), key=lambda code: (-scores[code], code))
    return near[:_NEAR]


def _names(known: Known) -> dict[str, list[set[str]]]:
    found: dict[str, list[set[str]]] = {}
    for name, code in known.indicator_names.items():
        found.setdefault(code, []).append({word for word in name.split() if len(word) >= _WORD})
    return found


def _shared(wanted: set[str], name: Sequence[str] | set[str]) -> float:
    return len(wanted & set(name)) / (len(name) ** 0.5 or 1)

"""Columns of periods, and names of columns that hold one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sdgcities.intake.records import KEY
from sdgcities.model.statistics import parse_period
from sdgcities.tracks.data.inspecting.cells import Cell, is_year
from sdgcities.tracks.data.inspecting.words import plain, words

_YEAR = "(?:18|19|20|21)[0-9]{2}"
_DAY = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2((?:18|19|20|21)[0-9]{2})(?:[ T].*)?")
_ISO = re.compile(rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?:[ T].*)?")
_SCHOOL = re.compile(rf"{_YEAR} ?[/-] ?(?:[0-9]{{2}}|{_YEAR})")
_TWO_YEARS = re.compile(rf"{_YEAR} ?[/-] ?{_YEAR}")
"""A school year, or a span of two: only the office knows."""
_WITH_PART = re.compile(rf"(?P<year>{_YEAR})[ /.-]*(?P<part>(?:[^0-9\W]|[0-9]|[. ])+)|(?P<before>(?:[^0-9\W]|[0-9]{{1,2}}|[. ])+?)[ /.-]+(?P<after>{_YEAR})")
_IN_NAME = re.compile(rf"(?<![0-9])({_YEAR})(?![0-9])")


@dataclass(frozen=True, slots=True)
class PeriodColumn:
    """What a column of periods holds. `kind` is year, period, day, slashed (03/04/2021), range (2019/20) or part (a year with something)."""

    kind: str
    cells: int
    first: Cell
    named: bool
    """Whether the column's name says that it holds a period."""
    exactly: bool = False
    """Whether its name says nothing else."""
    order: str = ""
    """Of slashed dates: `day` or `month`, whichever comes first; empty where no date tells."""
    proof: Cell | None = None
    """The date that tells the order."""
    parts: tuple[str, ...] = ()
    """Of years with a part: every spelling of a part."""
    part_first: bool = False
    lowest: str = ""
    highest: str = ""


def period_column(name: str, cells: Sequence[Cell]) -> PeriodColumn | None:
    """What a column holds, where every filled cell of it is a period."""
    if not cells:
        return None
    named = _says_period(name)
    texts = [cell.text for cell in cells]
    years = sorted(year[1] for text in texts if (year := _IN_NAME.search(text)))
    exactly = name == KEY or plain(name) in words().period
    seen = PeriodColumn("", len(cells), cells[0], named, exactly, lowest=years[0] if years else "", highest=years[-1] if years else "")
    if all(map(is_year, texts)):
        return replace(seen, kind="year")
    if all(map(_TWO_YEARS.fullmatch, texts)):
        return replace(seen, kind="range")
    if all(map(is_period, texts)):
        return replace(seen, kind="period")
    if all(map(_ISO.fullmatch, texts)):
        return replace(seen, kind="day")
    if all(dates := [_DAY.fullmatch(text) for text in texts]):
        order, proof = _order(zip(cells, filter(None, dates), strict=True))
        return replace(seen, kind="slashed", order=order, proof=proof)
    if all(map(_SCHOOL.fullmatch, texts)):
        return replace(seen, kind="range")
    found = [_WITH_PART.fullmatch(text) for text in texts if not is_year(text)]
    if named and found and all(found):
        matched = [match for match in found if match]
        parts = tuple(dict.fromkeys((match["part"] or match["before"] or "").strip() for match in matched))
        sides = {bool(match["after"]) for match in matched}
        if len(parts) <= 24 and len(sides) == 1:  # noqa: PLR2004 - twelve months, written in two ways
            return replace(seen, kind="part", parts=parts, part_first=sides == {True})
    return None


def _says_period(name: str) -> bool:
    folded = plain(name)
    return name == KEY or folded in words().period or any(word in words().period for word in folded.replace("_", " ").split())


def is_period(text: str) -> bool:
    """Whether a text is a period as the tidy format writes it."""
    try:
        parse_period(text)
    except ValueError:
        return False
    return True


def _order(dates: Iterable[tuple[Cell, re.Match[str]]]) -> tuple[str, Cell | None]:
    """Which comes first, the day or the month: told by the first date with a number above 12."""
    for cell, match in dates:
        if int(match[1]) > 12:  # noqa: PLR2004 - there are twelve months
            return "day", cell
        if int(match[3]) > 12:  # noqa: PLR2004 - the same
            return "month", cell
    return "", None


_AGAIN = "\0"
"""Stands for the year where a name has it a second time: 2000 [YR2000]."""


@dataclass(frozen=True, slots=True)
class YearColumns:
    """Columns whose names differ in a year alone: what stands before and after it."""

    before: str
    after: str
    places: tuple[int, ...]
    years: tuple[str, ...]

    @property
    def stem(self) -> str:
        """What the names say beside the year."""
        return f"{self.before} {self.after}".replace(_AGAIN, "")

    @property
    def pattern(self) -> str:
        """The pattern of their names, as a profile writes it."""
        return f"{escaped(self.before)}(?P<period>[0-9]{{4}}){escaped(self.after)}".replace(_AGAIN, "[0-9]{4}")


def escaped(text: str) -> str:
    """A text as part of a pattern, with nothing escaped that need not be."""
    return re.sub(r"([\\.^$*+?{}\[\]|()])", r"\\\1", text)


def year_columns(names: Sequence[str], places: Iterable[int]) -> list[YearColumns]:
    """The columns among `places` that are named after years, by what else stands in the name."""
    stems: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for place in places:
        match = _IN_NAME.search(names[place])
        if match and set(_IN_NAME.findall(names[place])) == {match[1]}:
            after = names[place][match.end() :].replace(match[1], _AGAIN)
            stems.setdefault((names[place][: match.start()], after), []).append((place, match[1]))
    several = {stem: listed for stem, listed in stems.items() if len(listed) > 1 or stem == ("", "")}
    return [YearColumns(before, after, tuple(place for place, _ in listed), tuple(year for _, year in listed)) for (before, after), listed in several.items()]


def years_in(cells: Iterable[Cell]) -> dict[str, Cell]:
    """The years that titles name, each with the first cell that does."""
    found: dict[str, Cell] = {}
    for cell in cells:
        for match in _IN_NAME.finditer(cell.text):
            found.setdefault(match[1], cell)
    return found


def plainly(year: str, cells: Iterable[Cell]) -> str:
    """The pattern that finds the year where a title is nothing else or ends with it after a comma; empty where none is so."""
    texts = [cell.text for cell in cells if year in cell.text]
    if year in texts:
        return "^([0-9]{4})$"
    return ", ([0-9]{4})$" if any(text.endswith(f", {year}") for text in texts) else ""

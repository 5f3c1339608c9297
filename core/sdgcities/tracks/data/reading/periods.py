"""Periods as offices write them: FY 2019, 2019 1st half, January 2021."""

from __future__ import annotations

import re

from sdgcities.findings import Message, msg
from sdgcities.model.profiles import PeriodStyle
from sdgcities.model.statistics import Period
from sdgcities.tracks.data.reading.folded import collapsed, folded, folding
from sdgcities.tracks.data.reading.raw import Problem, read_period


class PeriodReader:
    """Reads the periods of a file by its profile; `column` is where they stand, for what is told of them."""

    def __init__(self, style: PeriodStyle, column: str) -> None:
        self._style, self._column = style, column
        self._values, self._parts = folding(style.values), folding(style.parts)
        self._pattern = re.compile(style.pattern, re.IGNORECASE) if style.pattern else None

    def read(self, text: str) -> Period:
        """The period that the text means. Raises Problem where the profile does not say."""
        if written := self._values.get(folded(text)):
            return read_period(written, self._column)
        match = self._pattern.fullmatch(collapsed(text)) if self._pattern else None
        if match is None:
            return read_period(text, self._column)
        return read_period("-".join(filter(None, (match["year"], self._part(text, match)))), self._column)

    def _part(self, text: str, match: re.Match[str]) -> str:
        """Which month, quarter or half of the year; empty for the whole of it."""
        part = match.groupdict().get("part") or ""
        if self._parts and part:
            if folded(part) not in self._parts:
                raise self._unknown(text, part)
            return self._parts[folded(part)]
        return part.zfill(2) if part.isdecimal() else part.upper()

    def _unknown(self, text: str, part: str) -> Problem:
        problem: Message = msg("“%(text)s” is no period: the profile does not know what “%(part)s” is.", text=text, part=part)
        return Problem("period.unreadable", self._column, problem, msg("Known here: %(codes)s.", codes=", ".join(self._style.parts)))

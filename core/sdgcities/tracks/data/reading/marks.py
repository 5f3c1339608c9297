"""What offices write beside or instead of figures: 1 234(p) or *56 for their status, .. or n/a for why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sdgcities.model.statistics import MissingReason, ObservationStatus
from sdgcities.tracks.data.reading.folded import folded, folding

_WEAKEST_FIRST = (ObservationStatus.UNRELIABLE, ObservationStatus.ESTIMATED, ObservationStatus.PROVISIONAL, ObservationStatus.NORMAL)


def weakest(found: Iterable[ObservationStatus]) -> ObservationStatus:
    """The status of a figure of which several are told."""
    return min(found, key=_WEAKEST_FIRST.index)


class Marks:
    """The marks of a profile."""

    def __init__(self, marks: Mapping[str, ObservationStatus]) -> None:
        self._status = folding(marks)
        any_of = "|".join(re.escape(mark) for mark in sorted(marks, key=len, reverse=True))
        self._before = re.compile(rf"({any_of})\s*(?=\S)", re.IGNORECASE)
        self._after = re.compile(rf"(?<=\S)\s*({any_of})$", re.IGNORECASE)

    def taken_off(self, text: str) -> tuple[str, ObservationStatus]:
        """What stands without its marks, and the status by them. A mark alone stays: it is no mark at anything."""
        status = ObservationStatus.NORMAL
        while match := self._after.search(text) or self._before.match(text):
            status = weakest((status, self._status[folded(match[1])]))
            text = text[: match.start()] + text[match.end() :]
        return text, status


class Reasons(dict[str, str]):
    """The reason why a cell has no figure, by its text; empty where it may have one. What was asked once is remembered."""

    def __init__(self, missing: Mapping[str, MissingReason]) -> None:
        super().__init__()
        self._folded = {text: reason.value for text, reason in folding(missing).items()}
        self.figures = any(character.isdecimal() for text in self._folded for character in text)
        """Whether a figure may be a mark that there is none."""

    def __missing__(self, text: str) -> str:
        """Texts are compared folded; of figures, which are many, none is kept."""
        if text[:1].isdecimal():
            return self._folded.get(text, "")
        found = self[text] = self._folded.get(folded(text), "")
        return found

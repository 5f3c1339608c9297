"""Records that came twice: by their identity, or because they lie at the same place and say the same. The first of them counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sdgcities.tracks.data.scan.geodesy import Flags, Floats, positions
from sdgcities.tracks.data.scan.nearness import Numbers, near, pairs_near
from sdgcities.tracks.data.scan.records import Records

_SHOWN = 5
_COMPARED_AT_ONCE = 1_000_000
"""Pairs; where rows lie so close together that there are more, they are taken in parts."""
_PARTS = 16


@dataclass(frozen=True)
class Repeated:
    """Which rows repeat an earlier one, and the first pairs of row numbers."""

    rows: Flags
    pairs: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        """How many rows are one too many."""
        return int(self.rows.sum())


def same_identity(records: Records, identities: Sequence[str]) -> Repeated:
    """Rows with an identity that an earlier row has already."""
    first: dict[str, int] = {}
    found, pairs = np.zeros(len(records.rows), dtype=bool), list[tuple[int, int]]()
    for place in np.flatnonzero(_several(np.fromiter(map(hash, identities), dtype=np.int64, count=len(identities)))).tolist():
        text = identities[place]
        if text and first.setdefault(text, place) != place:
            found[place] = True
            if len(pairs) < _SHOWN:
                pairs.append((records.rows[first[text]], records.rows[place]))
    return Repeated(found, tuple(pairs))


def same_place(records: Records, metres: float) -> Repeated:
    """Rows that lie within so many metres of an earlier one with the same answers, which counts; without compared answers, of any earlier one."""
    alike = np.frombuffer(records.alike, dtype=np.int64) if records.alike else np.zeros(len(records.rows), dtype=np.int64)
    chosen = np.flatnonzero(_several(alike))
    here, answers = positions(records.latitude[chosen], records.longitude[chosen]), alike[chosen]
    repeat = ~_first(here, answers, metres)
    found = np.zeros(len(records.rows), dtype=bool)
    found[chosen[repeat]] = True
    pairs = []
    for place in np.flatnonzero(repeat)[:_SHOWN].tolist():
        before = np.flatnonzero(~repeat[:place] & (answers[:place] == answers[place]))
        like = before[near(here[before], here[place : place + 1], metres)][0]
        pairs.append((records.rows[int(chosen[like])], records.rows[int(chosen[place])]))
    return Repeated(found, tuple(pairs))


def _first(here: Floats, answers: Numbers, metres: float) -> Flags:
    """The rows that count: each that lies near no earlier one which counts. Where there are too many pairs, one part after the other."""
    pairs = pairs_near(here, answers, metres, _COMPARED_AT_ONCE)
    if pairs is not None:
        return _first_of(pairs, len(here))
    counts = np.zeros(len(here), dtype=bool)
    for part in np.array_split(np.arange(len(here)), _PARTS):
        before = np.flatnonzero(counts)
        left = part[~near(here[part], here[before], metres, (answers[part], answers[before]))]
        counts[left] = _first(here[left], answers[left], metres)
    return counts


def _first_of(pairs: tuple[Numbers, Numbers], total: int) -> Flags:
    earlier, later = pairs
    order = np.argsort(earlier, kind="stable")
    earlier, later = earlier[order], later[order]
    rows, starts = np.unique(earlier, return_index=True)
    ends = np.searchsorted(earlier, rows, "right")
    counts = np.ones(total, dtype=bool)
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if counts[row]:
            counts[later[start:end]] = False
    return counts


def _several(numbers: Numbers) -> Flags:
    """Which stand there more than once."""
    order = np.argsort(numbers, kind="stable")
    same = np.diff(numbers[order]) == 0
    found = np.zeros(len(numbers), dtype=bool)
    found[order[1:][same]] = True
    found[order[:-1][same]] = True
    return found

"""Records that came twice: by their identity, or because they lie at the same place and say the same. The first of them counts."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from sdgcities.tracks.data.scan.geodesy import Flags, Floats, positions
from sdgcities.tracks.data.scan.records import Records

_SHOWN = 5
Cell = tuple[int, int, int]
_AROUND = tuple(product((-1, 0, 1), repeat=3))


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
    for place, text in enumerate(identities):
        if text and first.setdefault(text, place) != place:
            found[place] = True
            if len(pairs) < _SHOWN:
                pairs.append((records.rows[first[text]], records.rows[place]))
    return Repeated(found, tuple(pairs))


def same_place(records: Records, metres: float) -> Repeated:
    """Rows that lie within so many metres of an earlier one with the same answers; without compared answers, of any earlier one."""
    alike = records.alike or array("q", bytes(8 * len(records.rows)))
    several = {answers for answers, count in Counter(alike).items() if count > 1}
    chosen = [place for place, answers in enumerate(alike) if answers in several]
    found, pairs = np.zeros(len(records.rows), dtype=bool), list[tuple[int, int]]()
    here = positions(records.latitude[chosen], records.longitude[chosen])
    kept: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(chosen):
        near = _near(number, here, kept, alike[place], metres)
        if near is None:
            kept[hash((alike[place], _cell(here[number], metres)))].append(number)
        else:
            found[place] = True
            if len(pairs) < _SHOWN:
                pairs.append((records.rows[chosen[near]], records.rows[place]))
    return Repeated(found, tuple(pairs))


def _near(number: int, here: Floats, kept: dict[int, list[int]], answers: int, metres: float) -> int | None:
    x, y, z = _cell(here[number], metres)
    for dx, dy, dz in _AROUND:
        for other in kept.get(hash((answers, (x + dx, y + dy, z + dz))), ()):
            if float(np.sum((here[number] - here[other]) ** 2)) <= metres**2:
                return other
    return None


def _cell(place: Floats, metres: float) -> Cell:
    size = max(metres, 0.01)
    return int(place[0] // size), int(place[1] // size), int(place[2] // size)

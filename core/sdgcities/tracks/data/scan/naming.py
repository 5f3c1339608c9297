"""Which column names the places of rows that have no coordinates: the one of whose texts most are units, else the one that is called so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.inspecting.cells import is_figure
from sdgcities.tracks.data.scan.words import called, column_words, holds

_MOST = 2_000
"""Different texts of a column that are looked up."""
_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class Naming:
    """A column with how many different texts it has, how many of them are units, and of which level most are."""

    column: str
    texts: int
    units: int
    level: str = ""


def naming_column(catalogue: Catalogue, columns: Sequence[str], sample: Mapping[str, Sequence[str]]) -> Naming | None:
    """The column, by a sample of its cells; None where no column looks like one."""
    named = [_looked_up(catalogue, name, list(dict.fromkeys(cell for cell in sample[name] if cell))[:_MOST]) for name in columns]
    if best := max((one for one in named if one.units and one.units >= _LEAST * one.texts), key=lambda one: one.units, default=None):
        return best
    words = column_words().of_places - column_words().no_places
    return next((one for one in named if called(one.column, words) or holds(one.column, words)), None)


def _looked_up(catalogue: Catalogue, column: str, texts: Sequence[str]) -> Naming:
    levels: Counter[str] = Counter()
    found = 0
    for text in texts if not all(map(is_figure, texts)) else ():
        units = [unit for places in catalogue.places.values() for unit in places.named(text)]
        found += bool(units)
        levels.update({unit.level for unit in units})
    return Naming(column, len(texts), found, levels.most_common(1)[0][0] if levels else "")

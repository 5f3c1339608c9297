"""Words by which tables of offices say what a column or a cell is (`words.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.i18n.folding import fold
from sdgcities.intake.yaml import load_yaml


@dataclass(frozen=True)
class Words:
    """The lists of `words.yaml`, folded; `marks` as they are written, in small letters."""

    period: frozenset[str]
    indicator: frozenset[str]
    measure: frozenset[str]
    measure_alone: frozenset[str]
    """Names of columns that hold nothing else."""
    settled: frozenset[str]
    """Columns that say how settled the figures are."""
    value: frozenset[str]
    total: frozenset[str]
    source_of: frozenset[str]
    coordinates: frozenset[str]
    keys: frozenset[str]
    powers: frozenset[str]
    """Columns of SDMX that say by which power of ten the figures are to be multiplied."""
    decimals: frozenset[str]
    """Columns of SDMX that say how many decimals are shown."""
    marks: frozenset[str]
    dimensions: Mapping[str, Mapping[str, str]]
    """Dimension to folded word to code."""
    units_of_measure: Mapping[str, str]
    """Word in small letters to the id of the unit."""


_FOLDED = ("period", "indicator", "measure", "measure_alone", "settled", "value", "total", "source_of", "coordinates", "keys", "powers", "decimals")


def plain(text: str) -> str:
    """A text folded, the dotless i taken for an i: headings are typed with either."""
    return fold(text).replace("\u0131", "i")


@cache
def words() -> Words:
    """The lists, read once."""
    data = cast("dict[str, Any]", load_yaml(Path(__file__).with_name("words.yaml")).data)
    folded = {name: frozenset(map(plain, data[name])) for name in _FOLDED}
    dimensions = {name: {plain(word): code for code, listed in codes.items() for word in listed} for name, codes in data["dimensions"].items()}
    measures = {word.casefold(): unit for unit, listed in data["units_of_measure"].items() for word in listed}
    return Words(**folded, marks=frozenset(mark.casefold() for mark in data["marks"]), dimensions=dimensions, units_of_measure=measures)

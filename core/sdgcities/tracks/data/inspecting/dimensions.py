"""Columns of disaggregation, and names of columns that hold one: sex, age and the code lists of the hub."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sdgcities.model.profiles import TOTAL
from sdgcities.tracks.data.inspecting.cells import Cell, distinct
from sdgcities.tracks.data.inspecting.known import Known
from sdgcities.tracks.data.inspecting.words import plain, words

MOST_CODES = 60
_HALF = 0.5
_BETWEEN = re.compile(r"([0-9]{1,3})\s*(?:-|_|\u2013|to|a|ile)\s*([0-9]{1,3})(?:\s*\w+){0,3}", re.IGNORECASE)
_FROM = re.compile(r"([0-9]{1,3})\s*(?:\+|plus|and over|and more|and older|ve \u00fczeri|ve \u00fcst\u00fc|e mais|ou mais)(?:\s*\w+){0,3}", re.IGNORECASE)
_BELOW = re.compile(r"(?:<|under|less than|below|menos de)\s*([0-9]{1,3})(?:\s*\w+){0,3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DimensionColumn:
    """A column with a code list of the hub: spelling to code, empty where the list has none for it."""

    dimension: str
    codes: Mapping[str, str]
    unknown: tuple[Cell, ...] = ()
    totals: tuple[str, ...] = ()


def dimension_column(known: Known, name: str, cells: Sequence[Cell]) -> DimensionColumn | None:
    """The dimension that a column holds: all of its texts are codes of it, or its name says so and half of them are."""
    texts = distinct(cells)
    if not texts or len(texts) > MOST_CODES:
        return None
    named = known.dimension_names.get(plain(name.replace("_", " ")), "")
    found = [_held(known, dimension, texts) for dimension in ([named] if named else known.dimensions)]
    best = max(found, key=lambda one: len(one.codes) - len(one.unknown), default=None)
    if best is None or not set(best.codes.values()) - {"", TOTAL}:
        return None
    share = 1 - len(best.unknown) / len(texts)
    return best if not best.unknown or (named and share >= _HALF) else None


def _held(known: Known, dimension: str, texts: Iterable[Cell]) -> DimensionColumn:
    codes = {cell.text: code_of(known, dimension, cell.text) for cell in texts}
    unknown = tuple(cell for cell in texts if not codes[cell.text])
    return DimensionColumn(dimension, codes, unknown, tuple(text for text, code in codes.items() if code == TOTAL))


def code_of(known: Known, dimension: str, text: str) -> str:
    """The code that a text means in a dimension; `_T` for a word for the total, empty where it means none."""
    folded = plain(text)
    code = known.labels[dimension].get(folded, "")
    if not code and folded in words().total:
        return TOTAL
    if not code and dimension == "age":
        code = age_code(text)
    return code if code == TOTAL or code in known.dimensions[dimension].codes else ""


def age_code(text: str) -> str:
    """An age group in years as the code list writes it: 15-24 is Y15T24, 65+ is Y_GE65. Empty for a text that is none, or is in months."""
    plain = " ".join(text.replace("_", " ").split()) if _BETWEEN.fullmatch(text) is None else text
    if re.search(r"month|ayl|mes(?:es)?\b|\bay\b", text, re.IGNORECASE):
        return ""
    if match := _BETWEEN.fullmatch(plain):
        low, high = int(match[1]), int(match[2])
        return f"Y{low}T{high}" if low < high else ""
    if match := _FROM.fullmatch(plain):
        return f"Y_GE{int(match[1])}"
    if match := _BELOW.fullmatch(plain):
        return f"Y0T{int(match[1]) - 1}"
    return ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the name of a column of figures says: codes of dimensions, and what is left of the name."""

    stem: str
    codes: Mapping[str, str]


def heading(known: Known, name: str) -> Heading:
    """A name taken apart: female_pop is pop of the sex F, F_00_04 the ages 0 to 4 of the sex F."""
    codes, left, totals = dict[str, str](), list[str](), list[str]()
    ages = re.search(r"(?<![0-9])([0-9]{1,3}[-_\u2013][0-9]{1,3}|[0-9]{1,3}(?:\+|plus))(?![0-9])", name, re.IGNORECASE)
    if ages and (code := code_of(known, "age", ages[1]) if "age" in known.dimensions else ""):
        codes["age"] = code
        name = name.replace(ages[1], " ")
    for part in re.split(r"[\s_|/,;:()\[\]-]+", name):
        found = [(dimension, code) for dimension in words().dimensions if dimension in known.dimensions and (code := code_of(known, dimension, part))]
        if found and all(code == TOTAL for _, code in found):
            totals.append(part)
        elif found and found[0][0] not in codes:
            codes[found[0][0]] = found[0][1]
        elif part:
            left.append(part)
    return Heading(" ".join(left), codes)

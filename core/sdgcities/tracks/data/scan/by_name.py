"""Rows without coordinates, placed by the unit that a column names: with the hub's aliases, and never guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.statistics import Period
from sdgcities.registry.boundaries import boundaries
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought, Unresolved
from sdgcities.tracks.data.scan.areas import Area, Areas
from sdgcities.tracks.data.scan.assigning import NOWHERE, Numbers
from sdgcities.tracks.data.scan.description import UnitColumn

NAME = "name"
_SHOWN = 8


def by_name(catalogue: Catalogue, column: UnitColumn, texts: Sequence[str], period: Period, where: Where) -> tuple[Areas, Numbers]:
    """The units that the texts mean, as areas, and for each row the place of its unit. Texts that mean none, or several, are told."""
    found = {text: resolved(catalogue, column, text, period) for text in dict.fromkeys(texts) if text}
    units = {text: unit for text, unit in found.items() if isinstance(unit, Unit)}
    drawn: dict[str, UnitBoundary] = {}
    for country in catalogue.places:
        drawn |= boundaries(catalogue, country)
    ids = sorted({unit.id for unit in units.values()})
    by_id = {unit.id: unit for unit in units.values()}
    areas = tuple(Area(code, by_id[code].name, drawn[code].polygons if code in drawn else (), by_id[code]) for code in ids)
    places = {text: ids.index(unit.id) for text, unit in units.items()}
    numbers = np.fromiter((places.get(text, NOWHERE) for text in texts), dtype=np.int64, count=len(texts))
    lost = {text: unit for text, unit in found.items() if isinstance(unit, Unresolved)}
    origins = dict.fromkeys((drawn[code].source, drawn[code].status, drawn[code].date) for code in ids if code in drawn)
    return Areas(areas, tuple(origins), findings=tuple(_unknown(texts, lost, column, where))), numbers


def resolved(catalogue: Catalogue, column: UnitColumn, text: str, period: Period) -> Unit | Unresolved:
    """The one unit that a text means; why there is none otherwise."""
    sought = Sought(text, by=(column.system or NAME,), level=column.level)
    results = [places.resolve(sought, period.start, period.end) for places in catalogue.places.values()]
    units = [found for found in results if isinstance(found, Unit)]
    if len(units) == 1:
        return units[0]
    if units:
        named = ", ".join(f"{unit.name} ({unit.id})" for unit in units)
        return Unresolved("scan.unit", msg("Several countries have a unit of this name: %(units)s.", units=named), msg("Use codes: system."))
    return next(found for found in results if isinstance(found, Unresolved))


def _unknown(texts: Sequence[str], lost: Mapping[str, Unresolved], column: UnitColumn, where: Where) -> Iterator[Finding]:
    counts = Counter(texts)
    if lost:
        named = ", ".join(f"“{text[:60]}” ({counts[text]})" for text in list(lost)[:_SHOWN]) + (", …" if len(lost) > _SHOWN else "")
        told = nmsg(
            "%(n)s text of %(column)s means no unit: %(texts)s.",
            "%(n)s texts of %(column)s mean no unit: %(texts)s.",
            len(lost),
            texts=named,
            column=column.column,
        )
        yield Finding("scan.unit", Severity.NOTE, told, msg('Say once which is meant: sdgcities unit alias add CODE "NAME" --reason TEXT.'), where)
    if empty := counts.get("", 0):
        text: Message = nmsg("%(n)s row names no unit.", "%(n)s rows name no unit.", empty)
        yield Finding("scan.unit", Severity.NOTE, text, None, where)

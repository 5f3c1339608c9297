"""The tables that explain observations, as rows of text: indicators, units, sources, codes. Each form that goes out takes them from here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sdgcities.exchange.outgoing import Outgoing

INDICATORS = (
    "code", "name", "definition", "unit", "direction", "frequency", "sdg", "umf_cells", "method", "aggregation", "status", "office", "table", "licence", "url",
)  # fmt: skip
UNITS = ("id", "name", "level", "country", "parent", "valid_from", "valid_to", "status", "office", "table")
SOURCES = ("office", "table", "licence", "url")
CODES = ("dimension", "dimension_name", "code", "name", "status", "office", "table")


def indicators(going: Outgoing) -> Iterator[Sequence[str]]:
    """Every indicator that has observations; `status` is that of its definition."""
    text = going.label.text
    for item in going.indicators.values():
        source = item.source
        yield (
            item.code, text(item.name), text(item.definition), item.unit, item.direction.value, item.frequency, " ".join(item.sdg), " ".join(item.umf_cells),
            text(item.method), item.aggregation, item.status.value, source.office, source.table, source.licence, source.url,
        )  # fmt: skip


def units(going: Outgoing) -> Iterator[Sequence[str]]:
    """Every unit that has observations."""
    for unit in going.units.values():
        days = (day.isoformat() if day else "" for day in (unit.valid_from, unit.valid_to))
        origin = (unit.status.value, unit.source.office, unit.source.table)
        yield (unit.id, going.label.unit(unit), unit.level, unit.country, unit.parent or "", *days, *origin)


def sources(going: Outgoing) -> Iterator[Sequence[str]]:
    """Every source of the observations."""
    for one in going.sources:
        yield (one.office, one.table, one.licence, one.url)


def codes(going: Outgoing) -> Iterator[Sequence[str]]:
    """Every code of the dimensions that occur; `_T` is the total of each."""
    for one in going.dimensions.values():
        name, origin = going.label.text(one.name), (one.status.value, one.source.office, one.source.table)
        yield (one.id, name, "_T", going.label.text("Total"), *origin)
        for code in one.codes:
            yield (one.id, name, code, going.label.code(one, code), *origin)

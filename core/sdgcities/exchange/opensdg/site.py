"""What Open SDG's site reads of one indicator: its data, totals, dependencies of columns and metadata, in each language."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sdgcities.exchange.opensdg.edges import Columns, edges, headline
from sdgcities.exchange.opensdg.repository import VALUE, YEAR, OpenIndicator, Repository
from sdgcities.exchange.opensdg.typed import Cell, csv_of

KINDS = ("comb.json", "data.csv", "data.json", "edges.csv", "edges.json", "headline.csv", "headline.json", "meta.json")
"""Folder and ending of the files that an indicator has in each language."""
_AS_IT_STANDS = frozenset(("COMPOSITE_BREAKDOWN",))
"""Columns that the builder never translates, beside those that are no disaggregation."""


@dataclass(frozen=True)
class Texts:
    """The translations of a repository. A text is sought as a key of its own, then as one of a group."""

    languages: Mapping[str, Mapping[str, str]]

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(key for texts in self.languages.values() for key in texts)

    def text(self, text: str, language: str, groups: Sequence[str]) -> str:
        """The text in a language; as it stands where the key that is found first has none."""
        key = next((key for key in (text, *(f"{group}.{text}" for group in groups)) if key in self._keys), "")
        return self.languages.get(language, {}).get(key, text) if key else text

    def within(self, value: object, language: str) -> object:
        """A value of the metadata with every text in it translated."""
        if isinstance(value, str):
            return self.text(value, language, ("data",))
        if isinstance(value, list):
            return [self.within(one, language) for one in value]
        if isinstance(value, Mapping):
            return {key: self.within(one, language) for key, one in value.items()}
        return value


class Built:
    """One indicator, ready to be printed."""

    def __init__(self, indicator: OpenIndicator, columns: Columns, apart: Collection[str], texts: Texts) -> None:
        self._columns = columns or {YEAR: [], VALUE: []}
        self._apart, self._texts = {*apart, YEAR, VALUE}, texts
        self._metadata = _complete(indicator, has_data=bool(self._columns[YEAR]))

    def files(self, languages: Sequence[str]) -> Iterator[tuple[str, Mapping[str, bytes]]]:
        """For each language, and untranslated (empty), the content of each of the KINDS."""
        plain = _printed(self._columns, self._apart)
        yield "", plain | {"meta.json": json_of(self._metadata)}
        for language in languages:
            columns = self._translated(language)
            printed = plain if columns == self._columns and list(columns) == list(self._columns) else _printed(columns, self._apart)
            yield language, {**printed, "meta.json": json_of(self._told(language))}

    def _translated(self, language: str) -> Columns:
        found: dict[str, Sequence[Cell]] = {}
        for name, cells in self._columns.items():
            heading = name if name in self._apart or name in _AS_IT_STANDS else self._texts.text(name, language, (name, "data"))
            texts = {cell: self._texts.text(cell, language, (name, "data")) for cell in set(cells) if isinstance(cell, str)}
            same = all(text == other for text, other in texts.items())
            found[heading] = cells if same else [texts.get(cell, cell) if isinstance(cell, str) else cell for cell in cells]
        return found

    def _told(self, language: str) -> Mapping[str, object]:
        """The metadata in a language: those that are written in it stand over the others."""
        own = self._metadata.get(language)
        fields = {**self._metadata, **own} if isinstance(own, Mapping) else dict(self._metadata)
        if isinstance(own, Mapping):
            fields.pop(language, None)
        return {name: self._texts.within(value, language) for name, value in fields.items()}


def built(repository: Repository, one: str, columns: Columns) -> Built:
    """An indicator of a repository with its columns."""
    settings = repository.configuration
    indicator = repository.indicators.get(one) or OpenIndicator(one)
    return Built(indicator, columns, settings.non_disaggregation_columns, Texts(repository.translations))


def json_of(value: object) -> bytes:
    """As JSON without blanks; a number that JSON has no form for by its digits."""
    return json.dumps(value, separators=(",", ":"), default=_plain).encode()


def _plain(value: object) -> object:
    return float(value) if isinstance(value, Decimal) else str(value)


def _printed(columns: Columns, apart: Collection[str]) -> dict[str, bytes]:
    pairs, totals = edges(columns, apart), headline(columns, apart)
    table: dict[str, list[Cell]] = {"From": [first for first, _ in pairs], "To": [last for _, last in pairs]}
    data, dependencies = _listed(columns), _listed(table)
    records = [dict(zip(totals, row, strict=True)) for row in zip(*totals.values(), strict=True)]
    return {
        "data.csv": csv_of(columns),
        "data.json": data,
        "edges.csv": csv_of(table),
        "edges.json": dependencies,
        "headline.csv": csv_of(totals),
        "headline.json": json_of(records),
        "comb.json": b'{"data":%b,"edges":%b}' % (data, dependencies),
    }


def _listed(columns: Columns) -> bytes:
    return json_of(columns) if any(columns.values()) else b"[]"


def _complete(indicator: OpenIndicator, *, has_data: bool) -> dict[str, object]:
    """The metadata with what the site can't do without."""
    told = indicator.metadata
    dotted = indicator.id if told.get("standalone") else indicator.id.replace("-", ".")
    parts = dotted.split(".")
    statistical = told.get("data_non_statistical") is not True
    least: dict[str, object] = {
        "indicator": dotted,
        "target_id": dotted if told.get("standalone") else ".".join(parts[:2]),
        "sdg_goal": indicator.id if told.get("standalone") else parts[0],
        "reporting_status": "complete" if has_data or not statistical else "notstarted",
        "data_non_statistical": not has_data,
        "graph_type": "line",
        "indicator_sort_order": "-".join(part if len(part) > 1 else f"0{part}" for part in parts),
    }
    if "indicator_name" in told:
        least["graph_title"] = told["indicator_name"]
    return {**least, **told}

"""What a hub keeps of a repository beside its figures: its files byte for byte, and which of its words became which codes.

They lie in the plugin that the import writes, HUB/plugins/NAME: the files in its folder `opensdg`, the words in `opensdg.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any, cast

from sdgcities.exchange.opensdg.periods import of_two_years, period_of
from sdgcities.exchange.opensdg.reading import data_name, read_repository
from sdgcities.exchange.opensdg.repository import YEAR, OpenIndicator, Repository
from sdgcities.exchange.opensdg.words import words
from sdgcities.hub.hub import Hub
from sdgcities.i18n.folding import fold
from sdgcities.intake.json import load_json
from sdgcities.model.profiles import TOTAL
from sdgcities.model.statistics import Period, spell_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought, Unresolved

FILES, MAPPING = "opensdg", "opensdg.json"
Key = tuple[str, str, str, str]
"""Unit, indicator, period and dimensions, each as the hub writes it."""


@dataclass(frozen=True, slots=True)
class Series:
    """Which figures of an Open SDG indicator an indicator of the hub is: those of one series in one unit. Both are empty where there is no such column."""

    id: str
    series: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """A column of disaggregation as a dimension of the hub: label to code."""

    dimension: str
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Carried:
    """The words of a repository and what they are in the hub. `unit` is what rows without a place are of."""

    folder: Path
    unit: str
    country: str
    indicators: Mapping[str, Series]
    columns: Mapping[str, Split]
    geography: tuple[str, ...] = ()
    """Columns that name the place of a row."""
    profile: str = ""
    """The import profile for files of this office, whose spellings of names of places hold here too."""

    def repository(self) -> Repository:
        """The repository as it was taken in."""
        return read_repository(self.folder / FILES)

    @cached_property
    def code(self) -> Mapping[Series, str]:
        """The hub's indicator of each series."""
        return {series: code for code, series in self.indicators.items()}

    def of(self, one: str) -> Sequence[str]:
        """The hub's indicators that an indicator of the repository became."""
        return [code for code, series in self.indicators.items() if series.id == one]

    def written(self) -> bytes:
        """The content of `opensdg.json`."""
        data = {
            "unit": self.unit,
            "country": self.country,
            "geography": list(self.geography),
            "profile": self.profile,
            "indicators": {code: {"id": one.id, "series": one.series, "unit": one.unit} for code, one in self.indicators.items()},
            "columns": {label: {"dimension": split.dimension, "codes": dict(split.codes)} for label, split in self.columns.items()},
        }
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def read_carried(folder: Path) -> Carried | None:
    """What the plugin in a folder carries; None where it carries no repository."""
    if not (folder / MAPPING).is_file():
        return None
    data = cast("dict[str, Any]", load_json(folder / MAPPING))
    return Carried(
        folder=folder,
        unit=data["unit"],
        country=data["country"],
        indicators={code: Series(**one) for code, one in data["indicators"].items()},
        columns={label: Split(one["dimension"], one["codes"]) for label, one in data["columns"].items()},
        geography=tuple(data["geography"]),
        profile=data["profile"],
    )


def data_file(hub: Hub, code: str) -> str:
    """The file, from the repository's folder, that holds the figures of an indicator of the hub; empty where no repository that the hub has gives it now."""
    for carried in carried_by(hub):
        if series := carried.indicators.get(code):
            return data_name(carried.folder / FILES, series.id)
    return ""


def carried_by(hub: Hub) -> Iterator[Carried]:
    """The repositories that a hub has taken in."""
    for manifest in hub.plugins.manifests:
        if found := read_carried(manifest.folder):
            yield found


@dataclass(frozen=True)
class RowKeys:
    """What each row of an indicator is in the hub. For the way in and the way out alike."""

    carried: Carried
    indicator: OpenIndicator
    systems: tuple[str, ...] = ()
    """Code systems of the country's units."""

    @cached_property
    def at(self) -> Mapping[str, int]:
        """The place of each column by its bare name."""
        return {column.strip(): number for number, column in enumerate(self.indicator.columns)}

    @cached_property
    def series_at(self) -> tuple[int | None, int | None]:
        """The places of the columns that say series and unit."""
        return series_columns(self.indicator)

    @cached_property
    def geography_at(self) -> tuple[tuple[str, int], ...]:
        """The columns that name the place, with their place."""
        return tuple((name, self.at[name]) for name in self.carried.geography if name in self.at)

    @cached_property
    def splits_at(self) -> tuple[tuple[Split, int], ...]:
        """The columns of disaggregation that are dimensions, with their place."""
        names = (column.strip() for column in self.indicator.disaggregations)
        return tuple((self.carried.columns[name], self.at[name]) for name in names if name in self.carried.columns and name not in self.carried.geography)

    @cached_property
    def of_two_years(self) -> bool:
        """Whether 2011-12 is a year and the next here."""
        return of_two_years(self.indicator)

    def code(self, series: str, unit: str) -> str:
        """The hub's indicator; empty where there is none."""
        return self.carried.code.get(Series(self.indicator.id, series.strip(), unit.strip()), "")

    def dimensions(self, cells: Sequence[str]) -> dict[str, str]:
        """Dimension to code of the cells of `splits_at`, totals left out. A label that is not known stays as it is."""
        found = {}
        for (split, _), cell in zip(self.splits_at, cells, strict=True):
            label = cell.strip()
            if label and (code := split.codes.get(label, label)) != TOTAL:
                found[split.dimension] = code
        return found

    @property
    def whole(self) -> Sought:
        """The place that the repository is of."""
        return Sought(self.carried.unit, by=("id",))

    def sought(self, cells: Sequence[str]) -> Sought:
        """How the cells of `geography_at` name the place: the innermost that is filled, within the one before it."""
        named = [cell.strip() for (name, _), cell in zip(self.geography_at, cells, strict=True) if name not in self._coded and not is_whole(cell)]
        if named:
            return Sought(named[-1], within=named[-2] if len(named) > 1 else "", profile=self.carried.profile)
        coded = [cell.strip() for (name, _), cell in zip(self.geography_at, cells, strict=True) if name in self._coded and cell.strip()]
        return Sought(coded[-1], by=("id", *self.systems)) if coded else self.whole

    @cached_property
    def _coded(self) -> frozenset[str]:
        return frozenset(name for name in self.at if self.indicator.geocode_column and name == self.indicator.geocode_column.strip())

    def keys(self, catalogue: Catalogue) -> Iterator[Key | None]:
        """For each row what it is in the hub; None where it is nothing there. Column by column: a table repeats itself."""
        columns = list(zip(*self.indicator.rows, strict=True))
        if not columns:
            return
        places, units = catalogue.places[self.carried.country], dict[tuple[object, str], str]()
        years, length = columns[self.at[YEAR]], len(self.indicator.rows)
        periods = {text: self._period(text) for text in set(years)}
        written = {text: str(period) for text, period in periods.items()}
        pairs = list(zip(*(repeat("", length) if at is None else columns[at] for at in self.series_at), strict=True))
        codes = {pair: self.code(*pair) for pair in set(pairs)}
        named = list(zip(*(columns[at] for _, at in self.geography_at), strict=True)) or [()] * length
        split = list(zip(*(columns[at] for _, at in self.splits_at), strict=True)) or [()] * length
        spelled = {cells: spell_dimensions(self.dimensions(cells)) for cells in set(split)}
        for text, pair, cells, labels in zip(years, pairs, named, split, strict=True):
            period, code = periods[text], codes[pair]
            if period is None or not code:
                yield None
                continue
            if (cells, text) not in units:
                unit = places.resolve(self.sought(cells), period.start, period.end)
                units[cells, text] = "" if isinstance(unit, Unresolved) else unit.id
            yield (units[cells, text], code, written[text], spelled[labels]) if units[cells, text] else None

    def _period(self, text: str) -> Period | None:
        try:
            return period_of(text, of_two_years=self.of_two_years)
        except ValueError:
            return None


def series_columns(indicator: OpenIndicator) -> tuple[int | None, int | None]:
    """The places of the columns that say the series and the unit of a row; None where there is none."""
    at = {column.strip(): number for number, column in enumerate(indicator.columns)}
    series = [indicator.series_column.strip()] if indicator.series_column else words().series_columns_elsewhere
    unit = [indicator.unit_column.strip()] if indicator.unit_column else words().unit_columns_elsewhere
    return next((at[name] for name in series if name in at), None), next((at[name] for name in unit if name in at), None)


def is_whole(cell: str) -> bool:
    """Whether a cell of a column of places means the whole that the repository is of."""
    return not cell.strip() or fold(cell.strip()) in words().whole

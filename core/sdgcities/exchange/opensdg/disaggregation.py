"""Which columns name the place of a row, and which are dimensions of the hub: label by label, each with a code that stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sdgcities.exchange.opensdg.carried import Carried, Series, Split, is_whole
from sdgcities.exchange.opensdg.coding import code_of, slug_of, told_apart
from sdgcities.exchange.opensdg.repository import Repository
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.exchange.opensdg.words import words
from sdgcities.i18n.folding import fold
from sdgcities.model.places import Unit
from sdgcities.model.profiles import TOTAL
from sdgcities.model.statistics import Dimension
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.inspecting.dimensions import age_code
from sdgcities.tracks.data.inspecting.words import plain
from sdgcities.tracks.data.inspecting.words import words as known_words
from sdgcities.tracks.data.reading.profiled import named_like

_HALF = 0.5
_OWN = "opensdg-"


def plugin_name(unit: str) -> str:
    """The name of the plugin that carries the repository of a unit."""
    return f"{_OWN}{slug_of(unit)[:40]}"


class Carrying:
    """Finds out what the words of a repository are in a hub. What an earlier import settled stays."""

    def __init__(self, catalogue: Catalogue, unit: Unit, repository: Repository, tables: Mapping[str, Rows], before: Carried | None) -> None:
        self._catalogue, self._unit, self._repository, self._tables, self._before = catalogue, unit, repository, tables, before
        self._name = plugin_name(unit.id)
        self._labels = self._collected()

    def carried(self) -> Carried:
        """Everything, ready to be written; its folder is not known yet."""
        geography = tuple(sorted((name for name, labels in self._labels.items() if self._names_places(name, labels)), key=self._depth))
        columns = dict(self._columns(geography))
        place = (self._unit.id, self._unit.country)
        return Carried(self._repository.folder, *place, dict(self._indicators()), columns, geography, self._profile() if geography else "")

    def _profile(self) -> str:
        """The profile that the hub would read most of the data files by, one by one; empty where there is none, or several are as good."""
        files = [(Path(indicator.data_file), set(indicator.columns)) for indicator in self._repository.indicators.values() if indicator.rows]
        profiles = self._catalogue.hub.profiles.of(self._unit.country).values()
        fitting = {profile.id: sum(named_like(profile, file) and columns >= set(profile.header) for file, columns in files) for profile in profiles}
        best = max(fitting.values(), default=0)
        found = [profile for profile, count in fitting.items() if count == best]
        return found[0] if best > _HALF * len(files) and len(found) == 1 else ""

    def _collected(self) -> dict[str, Counter[str]]:
        """Every column of disaggregation, and the geocode column, with its labels and how often each stands there."""
        found: dict[str, Counter[str]] = {}
        for one, indicator in self._repository.indicators.items():
            place = (indicator.geocode_column,) if indicator.geocode_column else ()
            for column in (*place, *indicator.disaggregations):
                name = column.strip()
                found.setdefault(name, Counter()).update(filter(None, self._tables[one].column(name)) if one in self._tables else ())
        return found

    def _names_places(self, name: str, labels: Counter[str]) -> bool:
        """Whether a column is called as columns of places are, and most of its texts are places of the hub."""
        if fold(name) not in words().geography:
            return False
        places, texts = self._catalogue.places[self._unit.country], [text for text in labels if not is_whole(text)]
        codes = {code for unit in places.units.values() for code in (unit.id, *unit.codes.values())}
        return bool(texts) and sum(text in codes or bool(places.named(text)) for text in texts) >= _HALF * len(texts)

    def _depth(self, name: str) -> float:
        """How far down the country's levels the places of a column lie, on average: the innermost column comes last."""
        places = self._catalogue.places[self._unit.country]
        order = {level.id: number for number, level in enumerate(places.levels, start=1)}
        found = [order.get(unit.level, 0) for text in self._labels[name] for unit in places.named(text)[:1]]
        return sum(found) / len(found) if found else 0

    def _columns(self, geography: Sequence[str]) -> Iterator[tuple[str, Split]]:
        special = {name for indicator in self._repository.indicators.values() if (name := indicator.geocode_column.strip())}
        before = self._before.columns if self._before else {}
        taken = {split.dimension for split in before.values()}
        for name, labels in self._labels.items():
            if name in geography or name in special:
                continue
            split = before.get(name)
            if split is None or not split.dimension.startswith(self._name):
                elsewhere = taken - {split.dimension} if split else taken
                split = self._shared(name, labels, elsewhere) or Split(told_apart(f"{self._name}-{slug_of(name)}", name, taken), {})
                taken.add(split.dimension)
            yield name, split if not split.dimension.startswith(self._name) else Split(split.dimension, _coded(split.codes, sorted(labels)))
        yield from ((name, split) for name, split in before.items() if name not in self._labels and split.dimension.startswith(self._name))

    def _shared(self, name: str, labels: Iterable[str], taken: Iterable[str]) -> Split | None:
        """The dimension that every hub has, where the column is called so and each of its labels is one of its codes."""
        wanted = words().dimensions.get(fold(name), "")
        dimension = self._catalogue.dimensions.get(wanted)
        if dimension is None or wanted in taken:
            return None
        codes = {label: _meant(dimension, label) for label in labels}
        return Split(wanted, dict(sorted(codes.items()))) if codes and all(codes.values()) else None

    def _indicators(self) -> Iterator[tuple[str, Series]]:
        """The hub's indicators: one for each series in each unit of measure; the first goes by the number alone, and all keep the code they had."""
        known = dict(self._before.code) if self._before else {}
        prefix, used = re.sub(r"[^A-Za-z0-9._-]", "-", self._unit.id), {*known.values(), *self._codes_of_others()}
        for one in self._repository.indicators:
            bare = f"{prefix}-{one if one.isascii() else slug_of(one)}"
            for series in self._series(one):
                if series not in known:
                    code = bare if bare not in used else f"{bare}.{slug_of(' '.join(filter(None, (series.series, series.unit))) or 'other')}"
                    known[series] = told_apart(code, f"{series.series}|{series.unit}", used)
                    used.add(known[series])
                yield known[series], series

    def _series(self, one: str) -> Iterable[Series]:
        rows = self._tables.get(one)
        if rows is None or not len(rows):
            return [self._before.indicators[code] for code in self._before.of(one)] if self._before and self._before.of(one) else [Series(one)]
        return [Series(one, series, unit) for series, unit in dict.fromkeys(zip(rows.series, rows.units, strict=True))]

    def _codes_of_others(self) -> Iterator[str]:
        """Codes that other plugins of the hub give already."""
        plugins = self._catalogue.hub.plugins
        for country, items in self._catalogue.indicators.items():
            yield from (code for code in items if plugins.giver("sdgcities_indicators", code, country).name != self._name)


def _coded(known: Mapping[str, str], labels: Iterable[str]) -> dict[str, str]:
    """Each label with its code: those that have one keep it."""
    codes = dict(known)
    used = set(codes.values())
    for label in labels:
        if label not in codes:
            codes[label] = told_apart(TOTAL if label == TOTAL else code_of(label), label, used)
            used.add(codes[label])
    return codes


def _meant(dimension: Dimension, label: str) -> str:
    """The code of the dimension that a label means; empty where it means none."""
    if label == TOTAL or label in dimension.codes:
        return label
    folded = plain(label)
    labels = {plain(text): code for code, text in dimension.codes.items()} | dict(known_words().dimensions.get(dimension.id, {}))
    code = labels.get(folded, "") or (age_code(label) if dimension.id == "age" else "")
    return code if code in dimension.codes else ""

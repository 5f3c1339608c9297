"""Files of SDMX on the structure of the SDG indicators, on the way of every import."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import cast

from sdgcities.exchange.sdmx.hub_structure import HubStructure
from sdgcities.exchange.sdmx.incoming import Heard, Incoming, read_csv
from sdgcities.exchange.sdmx.mapping import Mapped, Unmapped
from sdgcities.exchange.sdmx.messages import read_message
from sdgcities.exchange.sdmx.official import AREA, SERIES, official, statuses
from sdgcities.exchange.sdmx.periods import is_remark, read_time
from sdgcities.exchange.sdmx.recognising import is_message
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.profiles import AddsUp
from sdgcities.model.sources import Source
from sdgcities.model.statistics import MissingReason, ObservationStatus, Period
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Sought
from sdgcities.tracks.data.reading.raw import Block, Problem, Raw, blocks_of

_NAMES = tuple(one.id for one in official().dimensions)
_SERIES, _AREA = _NAMES.index(SERIES), _NAMES.index(AREA)
_POWER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)[eE][-+]?\d{1,2}", re.ASCII)
_REASONS = frozenset(reason.value for reason in MissingReason)
_KEPT = frozenset(status.value for status in ObservationStatus)
_MANY = 20
_LONG = 80
NATURE = "NATURE"
"""Of whose figures an observation is; what the indicator declares goes out again as it came."""


class SdmxFile:
    """A file of SDMX-ML 2.1 or SDMX-CSV. Series that are no indicator of the hub are passed over and told."""

    country = ""
    aggregate = ""
    adds_up: tuple[AddsUp, ...] = ()
    covers: tuple[str, ...] = ()
    indicator_column = SERIES
    measure_column = "UNIT_MEASURE"
    status_column = "OBS_STATUS"

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self._path, self._catalogue = path, catalogue
        self._structure = HubStructure(catalogue)
        self._heard = Heard()
        self._by_series: dict[tuple[str, str], list[Mapped]] = defaultdict(list)
        for (country, _), one in self._structure.mapped.items():
            if one.wrong is None:
                self._by_series[country, one.series].append(one)
        self._chosen: dict[tuple[str, ...], Mapped | None] = {}
        self._passed: Counter[str] = Counter()
        self._marks: Counter[str] = Counter()
        self._unkept: Counter[str] = Counter()
        self._such: dict[str, str] = {}
        self._read = self._unsaid = 0

    def blocks(self) -> Iterator[Block]:
        """Every observation of a series that is an indicator here."""
        return blocks_of(self._raws())

    def _raws(self) -> Iterator[Raw]:
        self._passed.clear()
        self._marks.clear()
        self._unkept.clear()
        self._read = self._unsaid = 0
        for one in read_message(self._path, self._heard) if is_message(self._path) else read_csv(self._path, self._heard):
            area, split = one.key[_AREA], (self._structure.country(one.key[_AREA]), *one.key)
            split = (*split[: _AREA + 1], "", *split[_AREA + 2 :])
            if split not in self._chosen:
                self._chosen[split] = self._choose(split)
            mapped = self._chosen[split]
            if mapped is None:
                self._passed[one.key[_SERIES]] += 1
                continue
            self._read += 1
            yield self._raw(one, area, split, mapped)

    def notes(self) -> Iterator[Finding]:
        """Series, marks and components that were passed over."""
        where = Where(file=str(self._path))
        if not self._read and self._passed:
            problem = msg("None of the series of this file is an indicator of the hub.")
            yield Finding("sdmx.no-series", Severity.BLOCK, problem, msg("Say under sdmx at the indicator, in its plugin, which series it is."), where)
        for series, count in self._passed.most_common(_MANY):
            yield Finding("sdmx.passed-over", Severity.NOTE, _passed(series, count), self._meant(series), where)
        if len(self._passed) > _MANY:
            yield Finding("sdmx.passed-over", Severity.NOTE, msg("And %(n)s further series.", n=len(self._passed) - _MANY), None, where)
        for code, count in sorted(self._marks.items()):
            name = official().list_of("OBS_STATUS").codes[code]
            problem = msg("%(n)s observations are marked %(code)s (%(name)s): kept as %(kept)s.", n=count, code=code, name=name, kept=statuses()[code].kept_as)
            yield Finding("sdmx.status", Severity.NOTE, problem, None, where)
        yield from self._not_kept(where)
        if self._unsaid and self._heard.sender:
            problem = nmsg(
                "One observation doesn't say where it comes from: kept as of %(sender)s, who sent the file.",
                "%(n)s observations don't say where they come from: kept as of %(sender)s, who sent the file.",
                self._unsaid,
                sender=self._heard.sender,
            )
            yield Finding(
                "sdmx.sender",
                Severity.NOTE,
                problem,
                msg("If %(sender)s is no office, write the office into SOURCE_DETAIL first.", sender=self._heard.sender),
                where,
            )
        if self._heard.unknown:
            names = ", ".join(sorted(self._heard.unknown)[:_MANY])
            yield Finding("sdmx.component", Severity.NOTE, msg("Passed over, for the structure has no such component: %(names)s.", names=names), None, where)

    def _not_kept(self, where: Where) -> Iterator[Finding]:
        """What is said of observations and has no place in the hub."""
        for name, count in sorted(self._unkept.items()):
            such = self._such[name]
            problem = nmsg(
                "Of one observation %(name)s has no place here and is not kept: “%(such)s”.",
                "Of %(n)s observations %(name)s has no place here and is not kept, such as “%(such)s”.",
                count,
                name=name,
                such=such if len(such) <= _LONG else such[:_LONG] + "…",
            )
            yield Finding("sdmx.not-kept", Severity.NOTE, problem, msg("Keep the file: what it says beside the figures stands in it alone."), where)

    def where(self, row: int, column: str) -> Where:
        """The row of the table; of a message the line, or where all of it is one line the observation, counted from its beginning."""
        lines = self._heard.lines
        if lines and lines[0] != lines[-1]:
            return Where(file=str(self._path), line=lines[row - 1], column=column)
        return Where(file=str(self._path), row=row, column=column)

    def is_note(self, _key: Hashable) -> bool:
        """SDMX has no notes between figures."""
        return False

    def unit(self, key: Hashable) -> Sought:
        """A place by its REF_AREA."""
        return self._structure.sought(str(key))

    def unit_column(self, _key: Hashable) -> str:
        """The dimension of places."""
        return AREA

    def value_column(self, _key: Hashable) -> str:
        """The measure."""
        return "OBS_VALUE"

    def no_figure(self, _text: str) -> Message:
        """SDMX has one way to write figures."""
        return msg("Write digits with a decimal point; where there is no figure, leave it out and say why by OBS_STATUS.")

    def period(self, key: str) -> Period:
        """The time, or the days that TIME_DETAIL gives to a span."""
        time, _, detail = key.partition("\n")
        return read_time(time, detail)

    def dimensions(self, key: Hashable) -> Mapping[str, str]:
        """Our dimensions and codes for those of the key."""
        split = cast("tuple[str, ...]", key)
        mapped = self._chosen[split]
        assert mapped is not None, "a series that is no indicator is passed over"
        try:
            return mapped.splits(dict(zip(_NAMES, split[1:], strict=True)))
        except Unmapped as error:
            message = msg("%(reason)s.", reason=error.message)
            raise Problem("sdmx.code", SERIES, message, msg("Say under sdmx at the indicator, in its plugin, which code of ours it is.")) from error

    def source(self, key: Hashable) -> Source:
        """What SOURCE_DETAIL says, as `office; table`; else who sent the file."""
        office, _, table = str(key).partition(";")
        if office.strip():
            return Source(office.strip(), table.strip())
        if not self._heard.sender:
            raise Problem(
                "source.empty",
                "SOURCE_DETAIL",
                msg("Neither the file nor the row says where the figure comes from."),
                msg("Write the office into SOURCE_DETAIL."),
            )
        return Source(self._heard.sender, "SDMX")

    def totals(self) -> None:
        """Observations are counted; each is stored as it stands."""

    def _raw(self, one: Incoming, area: str, split: tuple[str, ...], mapped: Mapped) -> Raw:
        unit, mult, mark, comment, detail, source = one.said
        value = "" if one.value in ("NaN", "nan") else one.value
        status, missing = self._standing(mark or "A", comment, empty=not value)
        for name, text in one.rest:
            if name != NATURE or text != mapped.nature:
                self._note(name, text)
        if comment and comment != missing:
            self._note("COMMENT_OBS", comment)
        if is_remark(one.time, detail):
            self._note("TIME_DETAIL", detail)
        if _POWER.fullmatch(value):
            value = f"{Decimal(value):f}"
        self._unsaid += not source
        measure = "" if not unit or (unit, mult or "0") == (mapped.unit_measure, mapped.unit_mult) else _unit(unit, mult or "0", mapped)
        return one.row, area, mapped.indicator.code, f"{one.time}\n{detail}", split, value, missing, measure, status, source

    def _note(self, name: str, text: str) -> None:
        self._unkept[name] += 1
        self._such.setdefault(name, text)

    def _standing(self, mark: str, comment: str, *, empty: bool) -> tuple[str, str]:
        """What a mark is kept as: the status, and the reason why there is no value."""
        known = statuses().get(mark)
        if known is None:
            return mark, ""
        if known.missing:
            return known.kept_as, comment if empty and comment in _REASONS else known.missing
        if mark not in _KEPT:
            self._marks[mark] += 1
        return known.kept_as, ""

    def _choose(self, split: tuple[str, ...]) -> Mapped | None:
        """The indicator of a key: of several that are one series, the one whose own codes the key has."""
        country, key = split[0], dict(zip(_NAMES, split[1:], strict=True))
        countries = (country,) if country else tuple(self._catalogue.indicators)
        found = [one for country in countries for one in self._by_series.get((country, key[SERIES]), ()) if one.carries(key)]
        return max(found, key=lambda one: len(one.fixed), default=None)

    def _meant(self, series: str) -> Message | None:
        sdg = official().indicator_of.get(series)
        near = sorted({code for items in self._catalogue.indicators.values() for code, item in items.items() if sdg in item.sdg}) if sdg else []
        if not near:
            return None
        return msg("If one of %(codes)s is this series, declare it: sdmx at the indicator, in its plugin.", codes=", ".join(near))


def _unit(code: str, mult: str, mapped: Mapped) -> str:
    """A unit that is not the indicator's, as it is told."""
    return code if mult == mapped.unit_mult == "0" and code != mapped.indicator.unit else f"{code} 10^{mult}"


def _passed(series: str, count: int) -> Message:
    return nmsg(
        "%(series)s is no indicator of the hub: one observation was passed over.",
        "%(series)s is no indicator of the hub: %(n)s observations were passed over.",
        count,
        series=series[:80],
    )

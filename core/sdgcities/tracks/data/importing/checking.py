"""Every row held against the catalogue: its unit, period, indicator, codes, value and bounds.

What several rows share is explained once and remembered. Rows one after the other that differ by nothing but period and
figure are then taken as one, where what is remembered says that each of them is good; all others are looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from math import inf
from typing import TypeVar

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.model.sources import Source
from sdgcities.model.statistics import Dimension, Indicator, ObservationStatus, spell_dimensions
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.places import Unresolved
from sdgcities.registry.unresolved import FIRST, look_alike
from sdgcities.store import audit
from sdgcities.store.bulk import Run
from sdgcities.tracks.data.importing.figure import MISSING, figure
from sdgcities.tracks.data.reading.raw import CANONICAL, MAX_DIGITS, Block, Problem, Raw, Reader, plain_numbers

Place = tuple[tuple[str, str, str], str, str]
"""Country, unit and frequency; first and last day."""
Head = tuple[str, str, str, str, str, int, int, float, float]
"""Country, indicator, unit of measure, dimensions, status, indicator version, source, lower and upper bound."""

Span = tuple[tuple[str, str, str] | None, Sequence[str], Sequence[str]]
"""What periods of a unit give: country, unit and frequency, None where they are not the same of each; first and last days."""

Shared = tuple[Hashable, str, Hashable, str, str, str, Hashable]
"""What rows may have in common: unit key, indicator code, dimensions key, missing reason, unit of measure, status, origin key."""

T = TypeVar("T")

MAX_REFUSED = 100_000
NOT_STANDING = frozenset({"unit.ended", "unit.not-yet"})
_STATUS = frozenset(status.value for status in ObservationStatus)


class Checker:
    """Turns raw cells into figures to be stored; what it can't accept it collects in `refused`."""

    def __init__(self, catalogue: Catalogue, reader: Reader, file: str, version: Callable[[Indicator], int], source: Callable[[Source], int]) -> None:
        self._catalogue, self._reader, self._file = catalogue, reader, file
        self._version, self._source = version, source
        self._indicators = _by_country(catalogue.indicators)
        self._dimensions: dict[str, Dimension] = dict(catalogue.dimensions)
        self._places: dict[Hashable, dict[str, Place]] = {}
        """Of each unit key, the periods."""
        self._last: tuple[Hashable, Sequence[str], Span] = (None, (), (None, (), ()))
        """The unit key, periods and what they gave of the last rows taken as one: nearly every file has the same ones over and over."""
        self._heads: dict[tuple[Hashable, ...], Head] = {}
        self._problems: dict[tuple[Hashable, ...], Problem] = {}
        self.refused: list[tuple[Raw, Finding]] = []
        self.read = 0
        self.passed_over = 0
        """Cells without a figure of units that did not stand at the time."""
        self.to_come: set[str] = set()
        """Periods that have not begun yet."""
        self.otherwise: dict[str, str] = {}
        """Units that the file names otherwise beside their code, and how."""
        self._names: dict[Hashable, bool] = {}
        """Whether what stands in the column of units of a row that may be a footnote names a unit: thousands of rows may say the same."""
        self._today = date.fromisoformat(audit.now()[:10])

    def check(self, blocks: Iterable[Block]) -> Iterator[Run]:
        """The good rows; every other one goes to `refused` with its finding."""
        for block in blocks:
            rows, units, codes, periods, dims, values, missing, measures, statuses, origins = block
            numbers = plain_numbers(values)
            alike = [(shared, len(list(same))) for shared, same in groupby(zip(units, codes, dims, missing, measures, statuses, origins, strict=True))]
            self._fold_ahead(shared[0] for shared, _ in alike)
            start = 0
            for shared, count in alike:
                every = slice(start, start + count)
                start += count
                run = self._plain(shared, periods[every], values[every], numbers and numbers[every], rows[every])
                if run is not None:
                    self.read += len(run.rows)
                    yield run
                else:
                    yield from filter(None, map(self.one, zip(*(column[every] for column in block), strict=True)))

    def _fold_ahead(self, units: Iterable[Hashable]) -> None:
        """Have the names that a block brings folded together: the guard around a plugin's folding costs more than the folding."""
        new = [key for key in dict.fromkeys(units) if key not in self._places]
        names: list[str] = []
        for key in new if len(new) > 1 else ():
            with suppress(Problem):  # told when its row comes
                sought = self._reader.unit(key)
                names += [name for name in (sought.text, sought.within, sought.beside) if name and "name" in sought.by]
        for country, places in self._catalogue.places.items() if names else ():
            if self._reader.country in ("", country):
                places.fold_ahead(names)

    def _plain(self, shared: Shared, periods: Sequence[str], values: Sequence[str], numbers: Sequence[float] | None, rows: Sequence[int]) -> Run | None:
        """Rows that share all but period and figure, as one, where each of them is good at a glance."""
        unit, code, dims, missing, measure, status, origin = shared
        numbers = numbers or plain_numbers(values)
        if missing or numbers is None:
            return None
        try:
            of, starts, ends = self._span(unit, periods)
            if of is None:
                return None
            country, unit_id, freq = of
            says = (country, code, dims, measure, status, origin)
            head = self._heads.get(says) or self._head(*says)
        except Problem:
            return None
        if head[0] != country or not head[7] < min(numbers) or not max(numbers) < head[8]:
            return None
        _, indicator, unit_measure, spelled, flag, version, source, _, _ = head
        return Run((unit_id, indicator, unit_measure, spelled), (freq, None, flag, version, source), starts, ends, values, rows, numbers)

    def _span(self, unit: Hashable, periods: Sequence[str]) -> Span:
        """What the periods give. Raises Problem."""
        if periods != self._last[1] or unit != self._last[0]:
            known = self._places.get(unit, {})
            of, starts, ends = zip(*[known.get(period) or self._place(unit, period) for period in periods], strict=True)
            self._last = unit, periods, (of[0] if of.count(of[0]) == len(of) else None, starts, ends)
        return self._last[2]

    def one(self, raw: Raw) -> Run | None:
        """A row by itself, where it is good."""
        self.read += 1
        row, unit, code, period, dims, value, missing, measure, status, origin = raw
        try:
            (country, unit_id, freq), start, end = self._places.get(unit, {}).get(period) or self._place(unit, period)
            says = (country, code, dims, measure, status, origin)
            of, indicator, unit_measure, spelled, flag, version, source, low, high = self._heads.get(says) or self._head(*says)
            if missing or country != of or not CANONICAL.fullmatch(value) or not low < float(value) < high or len(value) > MAX_DIGITS:
                self._same_country(unit, country, indicator, of)
                value = figure(raw, self._reader, self._indicators[indicator][of])
        except Problem as problem:
            if not self._passes_over(raw, problem):
                self._refuse(raw, problem)
            return None
        return Run((unit_id, indicator, unit_measure, spelled), (freq, missing or None, flag, version, source), (start,), (end,), (value or None,), (row,))

    def _same_country(self, key: Hashable, country: str, code: str, of: str) -> None:
        if country != of:
            named = self._reader.unit(key).text
            raise Problem("unit.country", self._reader.unit_column(key), msg("%(unit)s is not in the country of %(code)s.", unit=named, code=code))

    @property
    def units(self) -> set[str]:
        """The units that rows were resolved to."""
        return {of[1] for known in self._places.values() for of, _, _ in known.values()}

    def _passes_over(self, raw: Raw, problem: Problem) -> bool:
        """Whether there is nothing to store: the row is a footnote, or has no figure and its unit did not stand at the time."""
        if self._reader.is_note(raw[1]) and not self._names_unit(raw[1]):
            self.read -= 1
            return True
        absent = problem.code in NOT_STANDING and raw[6] in MISSING
        self.passed_over += absent
        return absent

    def _names_unit(self, key: Hashable) -> bool:
        """Whether a unit goes by what stands in the row, whenever it stood."""
        if key not in self._names and len(self._names) < MAX_REFUSED:
            self._names[key] = self._is_named(key)
        return self._names[key] if key in self._names else self._is_named(key)

    def _is_named(self, key: Hashable) -> bool:
        try:
            sought = self._reader.unit(key)
        except Problem:
            return False
        results = [places.resolve(sought, date.min, date.max) for country, places in self._catalogue.places.items() if self._reader.country in ("", country)]
        return any(not isinstance(found, Unresolved) or found.code != "unit.unknown" for found in results)

    def _refuse(self, raw: Raw, problem: Problem) -> None:
        self.refused.append((raw, problem.at(self._reader.where(raw[0], problem.column))))
        if len(self.refused) > MAX_REFUSED:
            raise refuse(
                "import.too-many",
                msg("More than %(n)s rows can't be accepted.", n=MAX_REFUSED),
                msg("Is this the right file, and the right profile?"),
                Where(file=self._file),
            )

    def _place(self, unit: Hashable, period: str) -> Place:
        place = self._once((unit, period), lambda: self._explain_place(unit, period))
        self._places.setdefault(unit, {})[period] = place
        return place

    def _head(self, country: str, *cells: Hashable) -> Head:
        key = (country, *cells)
        head = self._heads[key] = self._once(key, lambda: self._explain_head(country, *cells))
        return head

    def _once(self, key: tuple[Hashable, ...], explain: Callable[[], T]) -> T:
        """Explain a key; what is wrong with it is found out only once."""
        if key in self._problems:
            raise self._problems[key].with_traceback(None)
        try:
            return explain()
        except Problem as problem:
            self._problems[key] = problem
            raise

    def _explain_place(self, key: Hashable, text: str) -> Place:
        period, sought = self._reader.period(text), self._reader.unit(key)
        if period.start > self._today:
            self.to_come.add(str(period))
        results = [
            (country, places.resolve(sought, period.start, period.end))
            for country, places in self._catalogue.places.items()
            if self._reader.country in ("", country)
        ]
        for country, unit in results:
            if not isinstance(unit, Unresolved):
                if sought.beside and not self._catalogue.places[country].goes_by(unit, sought.beside):
                    self.otherwise[unit.id] = sought.beside
                return (country, unit.id, period.freq), period.start.isoformat(), period.end.isoformat()
        unresolved = next((r for _, r in results if isinstance(r, Unresolved) and r.code != "unit.unknown"), results[0][1])
        assert isinstance(unresolved, Unresolved)
        raise Problem(unresolved.code, self._reader.unit_column(key), unresolved.message, unresolved.hint)

    def _explain_head(self, country: str, code: Hashable, dims: Hashable, measure: Hashable, status: Hashable, origin: Hashable) -> Head:
        known = self._indicators.get(str(code).strip(), {})
        indicator = known.get(country) or next(iter(known.values()), None)
        if indicator is None:
            hint = look_alike(str(code)) or msg("See: sdgcities indicator list.")
            raise Problem("indicator.unknown", self._reader.indicator_column, msg("There is no indicator %(code)s.", code=code), hint)
        if self._reader.aggregate and indicator.aggregation != self._reader.aggregate:
            told = msg("Figures of %(code)s are not to be added up, and the profile adds up the file's rows.", code=indicator.code)
            raise refuse("indicator.aggregation", told, msg("Where they add up, the indicator has to say aggregation: sum."), Where(file=self._file))
        codes, source = self._reader.dimensions(dims), self._reader.source(origin)
        for name, value in codes.items():
            if name not in self._dimensions or value not in self._dimensions[name].codes:
                raise Problem("dimension.code", name, msg("%(code)s is no code of %(dimension)s.", code=value, dimension=name), self._codes(name, value))
        if str(measure).strip() not in ("", indicator.unit):
            raise Problem(
                "unit-measure",
                self._reader.measure_column,
                msg("%(found)s is not the unit of %(code)s, which is %(unit)s.", found=measure, code=code, unit=indicator.unit),
                msg("Ask the office for figures in this unit: nothing is converted here."),
            )
        flag = str(status).strip() or ObservationStatus.NORMAL.value
        if flag not in _STATUS:
            raise Problem(
                "status",
                self._reader.status_column,
                msg("“%(status)s” is no status of an observation.", status=str(status).strip("“”")),
                msg("Use: %(codes)s.", codes=", ".join(sorted(_STATUS))),
            )
        low = -inf if indicator.minimum is None else float(indicator.minimum)
        high = inf if indicator.maximum is None else float(indicator.maximum)
        return indicator.country, indicator.code, indicator.unit, spell_dimensions(codes), flag, self._version(indicator), self._source(source), low, high

    def _codes(self, name: str, value: str) -> Message:
        """What to do about a code that a dimension does not have."""
        if name not in self._dimensions:
            return msg("No plugin of this hub has this dimension.")
        codes = sorted(self._dimensions[name].codes)
        listed = ", ".join(codes[:FIRST]) + (", …" if len(codes) > FIRST else "")
        return look_alike(value) or msg("Its codes: %(codes)s.", codes=listed)


def _by_country(indicators: Mapping[str, Mapping[str, Indicator]]) -> dict[str, dict[str, Indicator]]:
    """Each code as every country has it: a theme gives one indicator to several."""
    found: dict[str, dict[str, Indicator]] = {}
    for country, items in indicators.items():
        for code, item in items.items():
            found.setdefault(code, {})[country] = item
    return found

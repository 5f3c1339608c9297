"""The figures of each area: counts, shares, densities, access, sums and means, each with how many rows it rests on and how many said nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation, localcontext

import numpy as np

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.tracks.data.reading.numbers import reader_of
from sdgcities.tracks.data.scan.assigning import NOWHERE, Numbers
from sdgcities.tracks.data.scan.description import Condition, Counting, Scan
from sdgcities.tracks.data.scan.geodesy import Flags
from sdgcities.tracks.data.scan.records import Records, filled

MOST_CATEGORIES = 100
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cell:
    """One result: of an area, by its place; it rests on `rests_on` rows, and `missing` more said nothing. Without a value there was nothing to count.

    `people` are further counts that follow from the value: of a share those who meet it and those who do not. A result that is `hidden` does not
    go out, since somebody could be known by it; None are the counts that would give it away.
    """

    counting: Counting
    area: int
    value: Decimal | None
    rests_on: int | None
    missing: int | None = 0
    category: str = ""
    people: tuple[Decimal, ...] = ()
    hidden: bool = False


@dataclass
class Counted:
    """The records by area, ready to be counted. `covered` are the places of the areas that people went through."""

    scan: Scan
    records: Records
    area: Numbers
    areas: int
    covered: Sequence[int]
    where: Where
    unread: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By column the rows in which a number should stand, and none does."""

    def cells(self, one: Counting, density: Callable[[int], float | None]) -> Iterator[Cell]:
        """The results of one counting; those of access are made elsewhere. `density` gives the square kilometres of an area."""
        chosen, known = self.meets(one.where)
        if one.by:
            yield from self._by_category(one, chosen)
        elif one.does == "count":
            yield from self._counts(one, chosen, known)
        elif one.does == "density":
            yield from self._densities(one, chosen, density)
        elif one.does == "share":
            yield from self._shares(one, chosen, known)
        else:
            yield from self._added(one, chosen)

    def meets(self, conditions: Sequence[Condition]) -> tuple[Flags, Flags]:
        """Which rows meet all conditions; and which have an answer to each of them."""
        total = len(self.records.rows)
        meets, known = np.ones(total, dtype=bool), np.ones(total, dtype=bool)
        for one in conditions:
            answers = self.records.answers[one.column]
            numbers = self.numbers(one.column) if one.numeric else None
            has = _flags((value is not None for value in numbers), total) if numbers is not None else filled(answers, self.scan.missing)
            known &= has
            meets &= has & _flags((_meets_text(one, answer) for answer in answers), total)
            if numbers is not None:
                meets &= _flags((value is not None and _meets_number(one, value) for value in numbers), total)
        return meets, known

    def numbers(self, column: str) -> list[Decimal | None]:
        """The numbers of a column; None where there is no answer, or where it is no number, which is noted."""
        read, missing = reader_of(self.scan.numbers), self.scan.missing
        found, unread = list[Decimal | None](), list[int]()
        for row, text in zip(self.records.rows, self.records.answers[column], strict=True):
            number = _decimal(read(text)) if text and text not in missing else None
            if number is None and text and text not in missing:
                unread.append(row)
            found.append(number)
        if unread:
            self.unread[column] = unread
        return found

    def tally(self, chosen: Flags) -> list[int]:
        """How many of these rows lie in each area."""
        found: list[int] = np.bincount(self.area[chosen & (self.area != NOWHERE)], minlength=self.areas).tolist()
        return found

    def _counts(self, one: Counting, chosen: Flags, known: Flags) -> Iterator[Cell]:
        counts, silent = self.tally(chosen), self.tally(~known)
        for area in self.covered:
            yield Cell(one, area, Decimal(counts[area]), counts[area], silent[area])

    def _densities(self, one: Counting, chosen: Flags, density: Callable[[int], float | None]) -> Iterator[Cell]:
        counts = self.tally(chosen)
        for area in self.covered:
            size = density(area)
            yield Cell(one, area, rounded(counts[area] / size, one.decimals) if size else None, counts[area])

    def _shares(self, one: Counting, chosen: Flags, known: Flags) -> Iterator[Cell]:
        among, answered = self.meets(one.among)
        met, asked, silent = self.tally(chosen & among), self.tally(known & among), self.tally(~(known & answered) & (among | ~answered))
        for area in self.covered:
            share = rounded(_HUNDRED * met[area] / asked[area], one.decimals) if asked[area] else None
            yield Cell(one, area, share, asked[area], silent[area], people=(Decimal(met[area]), Decimal(asked[area] - met[area])))

    def _by_category(self, one: Counting, chosen: Flags) -> Iterator[Cell]:
        answers = self.records.answers[one.by]
        has = filled(answers, self.scan.missing)
        categories = sorted({answer for answer, is_filled in zip(answers, has.tolist(), strict=True) if is_filled})
        if len(categories) > MOST_CATEGORIES:
            told = msg("%(column)s has more than %(n)s different answers: that is no column of categories.", column=one.by, n=MOST_CATEGORIES)
            raise refuse("scan.categories", told, msg("Count by another column."), self.where)
        silent = self.tally(chosen & ~has)
        for category in categories:
            counts = self.tally(chosen & _flags((answer == category for answer in answers), len(answers)))
            for area in self.covered:
                yield Cell(one, area, Decimal(counts[area]), counts[area], silent[area], category)

    def _added(self, one: Counting, chosen: Flags) -> list[Cell]:
        """Sums and means, in exact decimals: each row's number counts once, and what is no number is counted apart."""
        sums, counts, silent = defaultdict[int, Decimal](Decimal), defaultdict[int, int](int), defaultdict[int, int](int)
        found = []
        with localcontext() as context:
            context.prec = 60
            for area, row, number in zip(self.area.tolist(), chosen.tolist(), self.numbers(one.column), strict=True):
                if row and number is not None:
                    sums[area] += number
                    counts[area] += 1
                elif row:
                    silent[area] += 1
            for area in self.covered:
                total = None if not counts[area] else sums[area] if one.does == "sum" else sums[area] / counts[area]
                added = (total,) if total is not None and one.does == "sum" else ()
                found.append(Cell(one, area, None if total is None else rounded(total, one.decimals), counts[area], silent[area], people=added))
        return found


def _flags(tests: Iterable[bool], total: int) -> Flags:
    return np.fromiter(tests, dtype=bool, count=total)


def _meets_text(one: Condition, answer: str) -> bool:
    return (not one.among or answer in one.among) and answer not in one.none_of and (not one.has or one.has in answer.split())


def _meets_number(one: Condition, value: Decimal) -> bool:
    return (one.least is None or value >= one.least) and (one.most is None or value <= one.most)


def rounded(value: Decimal | float, decimals: int) -> Decimal:
    """Half to even, to so many decimals."""
    return Decimal(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None  # noqa: PLR2004 - nothing that is counted is that large or small

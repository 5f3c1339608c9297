"""Doubts about one series: a value that never changes, a jump that nothing else makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from statistics import median, median_low

from sdgcities.findings import Message, msg
from sdgcities.tracks.data.quality.checks import Check
from sdgcities.tracks.data.quality.doubt import Suspicion
from sdgcities.tracks.data.quality.held import ABSENT, Line, Table
from sdgcities.tracks.data.quality.written import digits, is_small, near_full, resolution

LEAST_CHANCE = 0.002
DAYS_A_YEAR = 365.25

Cells = Sequence[float | None]


def same_years(table: Table, check: Check) -> Iterator[Suspicion]:
    """One value repeated for every period of a series, or for its last ones."""
    if table.indicator.unit in check.lists["stable_units"] or len(table.periods) < check.numbers["periods_3_digits"]:
        return
    suspects = [number for number, row in enumerate(table.figures) if table.lines[number].fresh and (row[-1] is None or row[-1] == row[-2])]
    chance = _repeated(table) if suspects else 0.0
    for line, row in ((table.lines[number], table.figures[number]) for number in suspects):
        places = [place for place, figure in enumerate(row) if figure is not None]
        if len(places) < check.numbers["periods_3_digits"] or row[places[-1]] != row[places[-2]]:
            continue
        value = row[places[-1]]
        run = _ending(row, places)
        assert value is not None
        if table.at_bound(value) or near_full(table.indicator, value) or not table.is_fresh(line, *run):
            continue
        word = line.texts[run[-1]]
        wanted = check.numbers[f"periods_{min(digits(word), 3)}_digits"] + (check.numbers["periods_more"] if len(run) < len(places) else 0)
        if len(run) >= wanted and chance ** (len(run) - 1) <= check.numbers["chance"]:
            yield _suspicion(table, line, check, run, msg("%(value)s is repeated for every period", value=word))


def _repeated(table: Table) -> float:
    """How often a figure is the same again in the series that do change, but for how they end: rough figures of slow things often are."""
    known = []
    for row in (table.figures[number] for number in table.sample):
        figures = [figure for figure in row if figure is not None]
        while len(figures) > 1 and figures[-1] == figures[-2]:
            figures.pop()
        known += [first == second for first, second in pairwise(figures)]
    return max(LEAST_CHANCE, sum(known) / len(known)) if known else LEAST_CHANCE


def _ending(row: Cells, places: Sequence[int]) -> list[int]:
    """The last places that hold one value."""
    run = [places[-1]]
    for place in reversed(places[:-1]):
        if row[place] != row[run[0]]:
            break
        run.insert(0, place)
    return run


@dataclass(frozen=True, slots=True)
class _Step:
    """From one figure of a series to the next: the places, and the logarithm of the ratio; `beyond` what all series do together."""

    before: int
    after: int
    size: float
    beyond: float


@dataclass(frozen=True, slots=True)
class _Movement:
    """How all series of a table move: from place to place the middle step, and how far single ones usually are from it.

    `scaled`: the steps by which nearly all of them became ten times as large, or a tenth.
    """

    middle: Mapping[tuple[int, int], float]
    scaled: frozenset[tuple[int, int]]
    noise: float
    series: int


def jumps(table: Table, factor_of_ten: Check, jump: Check) -> Iterator[Suspicion]:
    """Figures that leave their own series, and what all other units do, by a factor near 10, 100 or 1000, or by another large one."""
    least = jump.numbers["factor"]
    suspects = [number for number, row in enumerate(table.figures) if table.lines[number].fresh and _ranges(row, least)]
    if not suspects or len(table.periods) < 2:  # noqa: PLR2004 - a step needs two
        return
    movement = _movement(table, factor_of_ten)
    for number in suspects:
        line, row = table.lines[number], table.figures[number]
        found = _steps(row, _allowed(table, factor_of_ten), movement.middle)
        together = [step for step in found if (step.before, step.after) in movement.scaled and _ten_times(step.size, factor_of_ten)]
        for step in together or _odd(line.texts, found, movement, factor_of_ten, jump):
            check = factor_of_ten if _ten_times(step.size if together else step.beyond, factor_of_ten) else jump
            if not table.is_fresh(line, step.before, step.after) or _too_small(line, row, step):
                continue
            yield _suspicion(table, line, check, (step.before, step.after), _told(line, step, ten=check is factor_of_ten))


def is_restless(table: Table, check: Check) -> bool:
    """Whether single series move so far from one another that no jump stands out."""
    return _movement(table, check).noise > check.numbers["noise"]


def _ranges(row: Cells, factor: float) -> bool:
    known = [figure for figure in row if figure]
    return len(known) > 1 and min(known) > 0 and max(known) >= factor * min(known)


def _allowed(table: Table, check: Check) -> list[int]:
    """For each place the first place from which a step to it is not too long a time."""
    longest = check.numbers["years_apart"] * DAYS_A_YEAR
    first = 0
    allowed = []
    for period in table.periods:
        while (period.start - table.periods[first].start).days > longest:
            first += 1
        allowed.append(first)
    return allowed


def _steps(row: Cells, allowed: Sequence[int], middle: Mapping[tuple[int, int], float]) -> list[_Step]:
    places = [(place, log10(figure)) for place, figure in enumerate(row) if figure is not None and figure > 0]
    steps = [(before, after, high - low) for (before, low), (after, high) in pairwise(places) if before >= allowed[after]]
    return [_Step(before, after, size, size - middle.get((before, after), 0.0)) for before, after, size in steps]


def _movement(table: Table, check: Check) -> _Movement:
    """Told by a sample of the series."""
    allowed = _allowed(table, check)
    sampled = [_steps(table.figures[number], allowed, {}) for number in table.sample]
    by_place: dict[tuple[int, int], list[float]] = {}
    for step in (step for steps in sampled for step in steps):
        by_place.setdefault((step.before, step.after), []).append(step.size)
    middle = {place: median(sizes) for place, sizes in by_place.items() if len(sizes) >= check.numbers["units"]}
    rest = [abs(size - middle.get(place, 0.0)) for place, sizes in by_place.items() for size in sizes]
    scaled = {place for place in middle if sum(_ten_times(size, check) for size in by_place[place]) >= check.numbers["agreed"] * len(by_place[place])}
    return _Movement(middle, frozenset(scaled), median_low(rest) if rest else 0.0, len(sampled))


def _odd(texts: Sequence[str], found: Sequence[_Step], movement: _Movement, factor_of_ten: Check, jump: Check) -> Iterator[_Step]:
    """The steps that stand out: a spike is told once, by the step up to it."""
    if movement.noise > factor_of_ten.numbers["noise"]:
        return
    after: _Step | None = None
    for step in found:
        back = after is not None and abs(after.beyond + step.beyond) < factor_of_ten.numbers["tolerance"] * 2
        after = None if back else step
        check = factor_of_ten if _ten_times(step.beyond, factor_of_ten) else jump
        if not back and abs(step.beyond) >= log10(check.numbers["factor"]) and _stands_out(step, found, movement, check, marked=not _lost_mark(texts, step)):
            yield step


def _lost_mark(texts: Sequence[str], step: _Step) -> bool:
    """Whether the larger of the two figures is the only one of three or more that is written without a decimal mark."""
    larger = step.after if step.size > 0 else step.before
    others = [word for place, word in enumerate(texts) if place != larger and word not in {"", ABSENT}]
    return len(others) > 1 and "." not in texts[larger] and all("." in word for word in others)


def _stands_out(step: _Step, found: Sequence[_Step], movement: _Movement, check: Check, *, marked: bool) -> bool:
    """Whether the series' own other steps are small beside it: less so for a spike.

    A short series is held against those of the other units, unless the figure alone is not `marked` with its decimals.
    """
    returns = [other for other in found if other is not step and abs(other.beyond + step.beyond) < check.numbers["tolerance"] * 2]
    others = [abs(other.beyond) for other in found if other is not step and other not in returns[:1]]
    alone = movement.series < check.numbers["units"]
    if marked and len(others) < check.numbers["steps"] and (alone or movement.noise * check.numbers["times_noise"] > abs(step.beyond)):
        return False
    return not others or max(others) * check.numbers["times_other" if returns else "times_before"] <= abs(step.beyond)


def _ten_times(size: float, check: Check) -> bool:
    power = round(size)
    return power != 0 and abs(power) <= check.numbers["powers"] and abs(size - power) <= check.numbers["tolerance"]


def _too_small(line: Line, row: Cells, step: _Step) -> bool:
    """Whether the smaller of the two figures is a handful of its smallest steps: from 3 to 30 accidents is no error."""
    return is_small(min(row[step.before] or 0, row[step.after] or 0), resolution(line.texts))


def _told(line: Line, step: _Step, *, ten: bool) -> Message:
    first, second = line.texts[step.before], line.texts[step.after]
    if ten:
        power = round(step.size) or round(step.beyond)
        factor = f"{10**power}" if power > 0 else f"1/{10**-power}"
        return msg("%(first)s, then %(second)s: near %(factor)s times as much, as where a decimal mark is lost", first=first, second=second, factor=factor)
    return msg("%(first)s, then %(second)s: a jump that neither its other figures nor other units make", first=first, second=second)


def _suspicion(table: Table, line: Line, check: Check, places: Sequence[int], problem: Message) -> Suspicion:
    return Suspicion(check.id, (line.unit,), "", table.indicator.code, table.dims, tuple(table.names[place] for place in places), problem)


def holes(table: Table, check: Check) -> Iterator[Suspicion]:
    """Periods without a figure inside a series that is published every period."""
    if table.indicator.frequency not in check.lists["regular"] or len(table.periods) < check.numbers["periods"]:
        return
    usual = [place for place in range(len(table.periods)) if sum(1 for line in table.lines if line.texts[place]) * 2 >= len(table.lines)]
    for line in table.lines:
        known = [place for place, word in enumerate(line.texts) if word and word != ABSENT]
        lacking = [place for place in usual if known and known[0] < place < known[-1] and not line.texts[place]]
        if lacking and table.is_fresh(line, *known):
            yield _suspicion(table, line, check, lacking, msg("no figure and no reason for having none, though there are figures before and after"))

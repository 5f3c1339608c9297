"""Progress in words: what a person reads of one indicator. Numbers come in as the reader writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from sdgcities.findings import Message, mark, msg
from sdgcities.i18n.formats import Formats, rounded
from sdgcities.methods.calculating import NotComputable
from sdgcities.methods.progress import CATEGORIES
from sdgcities.methods.series import Point, Progress, growth
from sdgcities.methods.thresholds import thresholds
from sdgcities.tracks.data.progress.aims import PERCENT
from sdgcities.tracks.data.progress.judged import METHOD, Judged

NONE = mark("not available")
ABOUT = mark(
    "The status follows the method %(method)s, version %(version)s: the growth since the base year beside the growth that the target asks for. It says how"
    " one indicator of one city has moved; it is no verdict on the city, and no city is put beside another."
)

Write = Callable[[Decimal], str]
"""Writes a value of the indicator as the reader reads it."""
Rates = Callable[[Point, Point], str | Message | None]
"""So many per cent a year between two values as they stand; None where a reader would take it for something else."""


def about() -> Message:
    """By what a status is told, and what it is not."""
    return msg(ABOUT, method=METHOD, version=thresholds().version)


def status(judged: Judged) -> str:
    """The category in words, to be translated."""
    return CATEGORIES.get(judged.progress.category or "", NONE)


def sentences(judged: Judged, write: Write, formats: Formats) -> Iterator[Message]:
    """What happened, what is aimed at, what would have to happen, and what is to be known of it."""
    yield from _course(judged.progress, judged.points, write, _rates(judged, formats))
    yield from _aim(judged, write)
    if judged.progress.reason:
        yield judged.progress.reason
    yield from _needed(judged, write, formats)
    if judged.shaky:
        yield msg("Not settled, for it is provisional, estimated or unreliable: %(years)s.", years=", ".join(map(str, judged.shaky)))
    if judged.added_up:
        yield msg("The figures were added up from those of its parts.")
    yield from judged.notes


def of_parts(judged: Judged, label: Callable[[str], str], write: Write, formats: Formats) -> Iterator[Message]:
    """Where there is no total: each series under its disaggregation, as `label` writes it, with its own status and course."""
    for part in judged.parts:
        given = {"series": label(part.dims), "status": Message(CATEGORIES.get(part.progress.category or "", NONE))}
        for course in _course(part.progress, part.points, write, _rates(judged, formats)):
            yield msg("%(series)s: %(status)s. %(course)s", course=course, **given)


def _course(found: Progress, points: Sequence[Point], write: Write, rates: Rates) -> Iterator[Message]:
    base, current = found.base, found.current
    if base is None or current is None or base[0] == current[0]:
        if points:
            year, value = current or points[-1]
            yield msg("%(last)s in %(end)s.", last=write(value), end=str(year))
        return
    given = {"first": write(base[1]), "start": str(base[0]), "last": write(current[1]), "end": str(current[0])}
    rate = rates(base, current)
    if current[1] == base[1]:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: as it was.", **given)
    elif current[1] > base[1] and rate is None:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it rose.", **given)
    elif rate is None:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it fell.", **given)
    elif current[1] > base[1]:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it rose by %(rate)s a year.", rate=rate, **given)
    else:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it fell by %(rate)s a year.", rate=rate, **given)


def _aim(judged: Judged, write: Write) -> Iterator[Message]:
    goal = judged.goal
    if goal is None:
        if judged.progress.category:
            yield msg("No target is set: its growth is held against the fixed thresholds of the method.")
        return
    given = {"value": write(goal.value), "year": str(goal.year), "source": goal.source}
    if goal.own:
        yield msg("Target that the city set itself: %(value)s by %(year)s (%(source)s).", **given)
    else:
        yield msg("Target: %(value)s by %(year)s (%(source)s; %(status)s).", status=Message(goal.status.value), **given)


def _needed(judged: Judged, write: Write, formats: Formats) -> Iterator[Message]:
    """What would have to happen from the last value on, or why that can't be told; nothing where nothing has to."""
    wanted, current = judged.needed, judged.progress.current
    content = judged.progress.category in ({"target_achieved"} if judged.goal else {None, "target_achieved", "on_track"})
    if content or current is None or judged.parts:
        return
    if wanted.value is None or wanted.year is None:
        if wanted.reason and wanted.reason != judged.progress.reason:
            yield wanted.reason
        return
    exact = Decimal(str(wanted.value))
    value = judged.goal.value if judged.goal and float(judged.goal.value) == wanted.value else _rounded(exact)
    given = {"value": write(value), "year": str(wanted.year)}
    rate = _rates(judged, formats)(current, (wanted.year, exact))
    if judged.goal is None:
        yield _to_be_on_track(given, rate, rising=exact > current[1])
    else:
        step = _rounded(abs(exact - current[1]) / (wanted.year - current[0]))
        points = msg("%(number)s percentage points", number=formats.number(step)) if judged.unit_measure == PERCENT else write(step)
        yield _to_reach_the_target({**given, "step": points}, rate, rising=exact > current[1])


def _to_be_on_track(given: Mapping[str, object], rate: str | Message | None, *, rising: bool) -> Message:
    if rate is None and rising:
        return msg("To be on track by %(year)s it would have to rise to %(value)s.", **given)
    if rate is None:
        return msg("To be on track by %(year)s it would have to fall to %(value)s.", **given)
    if rising:
        return msg("To be on track by %(year)s it would have to rise by %(rate)s a year from now on, to %(value)s.", rate=rate, **given)
    return msg("To be on track by %(year)s it would have to fall by %(rate)s a year from now on, to %(value)s.", rate=rate, **given)


def _to_reach_the_target(given: Mapping[str, object], rate: str | Message | None, *, rising: bool) -> Message:
    if rate is None and rising:
        return msg("To reach %(value)s by %(year)s it would have to rise from now on, on average by %(step)s a year.", **given)
    if rate is None:
        return msg("To reach %(value)s by %(year)s it would have to fall from now on, on average by %(step)s a year.", **given)
    if rising:
        return msg("To reach %(value)s by %(year)s it would have to rise by %(rate)s a year from now on, on average by %(step)s.", rate=rate, **given)
    return msg("To reach %(value)s by %(year)s it would have to fall by %(rate)s a year from now on, on average by %(step)s.", rate=rate, **given)


def _rates(judged: Judged, formats: Formats) -> Rates:
    def rate(start: Point, end: Point) -> str | Message | None:
        """What stands in for zero says nothing that a person could check; a share that grows by so many per cent doesn't by so many points."""
        if not start[1] or not end[1]:
            return None
        try:
            grown = growth(float(start[1]), float(end[1]), end[0] - start[0])
        except NotComputable:
            return None
        written = formats.percent(_rounded(Decimal(str(abs(grown) * 100))))
        return msg("%(rate)s of its value", rate=written) if judged.unit_measure == PERCENT else written

    return rate


def _rounded(exact: Decimal) -> Decimal:
    """Three figures that count: more would say what nobody knows. Zeros behind the point say nothing."""
    found = rounded(exact, max(0, 2 - exact.adjusted())) if exact else Decimal(0)
    return found if found == found.to_integral() and not found.as_tuple().exponent else Decimal(f"{found.normalize():f}")

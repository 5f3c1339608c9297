"""Progress in words: what a person reads of one indicator. Numbers come in as the reader writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from sdgcities.findings import Message, mark, msg
from sdgcities.methods.listed import methods
from sdgcities.methods.progress import CATEGORIES
from sdgcities.tracks.data.progress.judged import METHOD, Judged

NONE = mark("not available")
ABOUT = mark(
    "The status follows the method %(method)s, version %(version)s: the growth since the base year beside the growth that the target asks for. It says how"
    " one indicator of one city has moved; it is no verdict on the city, and no city is put beside another."
)

Write = Callable[[Decimal], str]
"""Writes a value of the indicator as the reader reads it."""
Share = Callable[[Decimal], str]
"""Writes so many per cent."""


def about() -> Message:
    """By what a status is told, and what it is not."""
    return msg(ABOUT, method=METHOD, version=methods()[METHOD].version)


def status(judged: Judged) -> str:
    """The category in words, to be translated."""
    return CATEGORIES.get(judged.progress.category or "", NONE)


def sentences(judged: Judged, write: Write, share: Share) -> Iterator[Message]:
    """What happened, what is aimed at, what would have to happen, and what is to be known of it."""
    yield from _course(judged, write, share)
    yield from _aim(judged, write)
    if judged.progress.reason:
        yield judged.progress.reason
    yield from _needed(judged, write, share)
    if judged.shaky:
        yield msg("Not settled, for it is provisional, estimated or unreliable: %(years)s.", years=", ".join(map(str, judged.shaky)))
    if judged.added_up:
        yield msg("The figures were added up from those of its parts.")
    yield from judged.notes


def _course(judged: Judged, write: Write, share: Share) -> Iterator[Message]:
    base, current, observed = judged.progress.base, judged.progress.current, judged.progress.observed
    if base is None or current is None:
        if judged.points:
            year, value = judged.points[-1]
            yield msg("%(last)s in %(end)s.", last=write(value), end=str(year))
        return
    ends = {"first": write(base[1]), "start": str(base[0]), "last": write(current[1]), "end": str(current[0])}
    if base[0] == current[0]:
        yield msg("%(last)s in %(end)s.", **ends)
    elif observed is None:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s.", **ends)
    elif current[1] == base[1]:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: as it was.", **ends)
    elif current[1] > base[1]:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it rose by %(rate)s a year.", rate=_rate(observed, share), **ends)
    else:
        yield msg("%(first)s in %(start)s, %(last)s in %(end)s: it fell by %(rate)s a year.", rate=_rate(observed, share), **ends)


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


def _needed(judged: Judged, write: Write, share: Share) -> Iterator[Message]:
    """The growth from the last value on, and what it is on average a year in the indicator's own unit."""
    wanted, current = judged.needed, judged.progress.current
    short = judged.goal or judged.progress.category not in {None, "on_track"}
    if not short or wanted.growth is None or wanted.value is None or wanted.year is None or current is None:
        return
    value = judged.goal.value if judged.goal else _rounded(wanted.value)
    given = {"value": write(value), "year": str(wanted.year), "rate": _rate(wanted.growth, share)}
    step = write(_rounded(abs(Decimal(str(wanted.value)) - current[1]) / (wanted.year - current[0])))
    if wanted.growth >= 0 and judged.goal:
        yield msg("To reach %(value)s by %(year)s it would have to rise by %(rate)s a year from now on, on average by %(step)s.", step=step, **given)
    elif judged.goal:
        yield msg("To reach %(value)s by %(year)s it would have to fall by %(rate)s a year from now on, on average by %(step)s.", step=step, **given)
    elif wanted.growth >= 0:
        yield msg("To be on track by %(year)s it would have to rise by %(rate)s a year from now on, to %(value)s.", **given)
    else:
        yield msg("To be on track by %(year)s it would have to fall by %(rate)s a year from now on, to %(value)s.", **given)


def _rate(growth: float, share: Share) -> str:
    return share(_rounded(abs(growth) * 100))


def _rounded(value: float | Decimal) -> Decimal:
    """Three figures that count: more would say what nobody knows. Zeros behind the point say nothing."""
    exact = Decimal(str(value))
    rounded = round(exact, max(0, 2 - exact.adjusted())) if exact else Decimal(0)
    return rounded if rounded == rounded.to_integral() and not rounded.as_tuple().exponent else Decimal(f"{rounded.normalize():f}")

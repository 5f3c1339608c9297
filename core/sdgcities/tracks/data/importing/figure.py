"""The figure of one row that did not pass at a glance: it is missing for a reason, lies on a bound, or is spelt in a way of its own."""

from __future__ import annotations

from sdgcities.findings import msg
from sdgcities.model.statistics import Indicator, MissingReason
from sdgcities.tracks.data.reading.bounds import check_bounds
from sdgcities.tracks.data.reading.raw import MAX_DIGITS, NUMBER, Problem, Raw, Reader, canonical

MISSING = frozenset(reason.value for reason in MissingReason)


def figure(raw: Raw, reader: Reader, indicator: Indicator) -> str:
    """The figure as it is stored; empty where the row gives a reason for having none. Raises Problem."""
    value, missing, column = raw[5], raw[6], reader.value_column(raw[4])
    if missing and value:
        raise Problem("value.both", column, msg("The row has a value and a reason for having none."), msg("Keep one of the two."))
    if missing in MISSING:
        return ""
    if missing:
        told = msg("“%(text)s” is no reason for a missing value.", text=missing)
        raise Problem("value.reason", "missing_reason", told, msg("Use one of: %(reasons)s.", reasons=", ".join(sorted(MISSING))))
    if not value:
        raise Problem("value.empty", column, msg("The cell is empty."), reader.no_figure(""))
    if not NUMBER.fullmatch(value) or len(value) > MAX_DIGITS:
        text = value.removeprefix("“").removesuffix("”")
        hint = msg("A figure has at most %(n)s characters.", n=MAX_DIGITS) if NUMBER.fullmatch(value) else reader.no_figure(text[:MAX_DIGITS])
        raise Problem("value.number", column, msg("“%(text)s” is not a number.", text=text[:MAX_DIGITS]), hint)
    check_bounds(value, indicator, column)
    return canonical(value)

"""Reference periods as the reader's language says them."""

from __future__ import annotations

from collections.abc import Callable

from sdgcities.findings import Message, msg
from sdgcities.i18n.formats import Formats
from sdgcities.model.statistics import ANNUAL, DAILY, HALF_YEARLY, MONTHLY, QUARTERLY, Period


def in_words(period: Period, formats: Formats, say: Callable[[Message], str]) -> str:
    """A year by its number; halves by words of our own, which CLDR does not have; the rest in the language's formats."""
    if period.freq == ANNUAL:
        return str(period)
    if period.freq == HALF_YEARLY:
        year = str(period.start.year)
        return say(msg("first half of %(year)s", year=year) if period.part == 1 else msg("second half of %(year)s", year=year))
    if period.freq in (QUARTERLY, MONTHLY):
        return formats.quarter(period.start) if period.freq == QUARTERLY else formats.month(period.start)
    if period.freq == DAILY:
        return formats.date(period.start)
    return str(period).replace("/", "\N{EN DASH}") if period.of_years else f"{formats.date(period.start)} \N{EN DASH} {formats.date(period.end)}"

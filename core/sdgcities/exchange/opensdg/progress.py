"""Open SDG's settings for progress, as what the hub measures progress by. Where they are not understood, the metadata keep them all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from sdgcities.exchange.opensdg.carried import Series
from sdgcities.exchange.opensdg.repository import OpenIndicator
from sdgcities.exchange.opensdg.words import words
from sdgcities.model.statistics import Direction

_NUMBERS, _YEARS = ("target", "limit"), {"base_year": (1950, 2100), "target_year": (2000, 2100)}


def options_of(indicator: OpenIndicator, series: Series) -> Mapping[str, object]:
    """The settings that hold for a series in a unit: the first that names no other."""
    options = indicator.metadata.get("progress_calculation_options")
    return next((option for option in (options if isinstance(options, list) else ()) if isinstance(option, Mapping) and _of(option, series)), {})


def direction_of(indicator: OpenIndicator, series: Series) -> Direction:
    """Which way is better, by the settings for progress; neutral where they don't say."""
    told = str(options_of(indicator, series).get("direction", "")).strip().casefold()
    return Direction(words().direction.get(told, Direction.NEUTRAL.value))


def progress_of(indicator: OpenIndicator, series: Series, source: Mapping[str, str]) -> dict[str, object]:
    """The entry `progress` of an indicator; empty where the metadata set nothing."""
    options = options_of(indicator, series)
    settings = dict(_settings(options))
    if "target" not in settings:
        settings.pop("target_year", None)
    if not settings and indicator.metadata.get("auto_progress_calculation") is not True:
        return {}
    return {**settings, "source": dict(source), "status": "draft"}


def _settings(options: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name in _NUMBERS:
        if (number := _number(options.get(name))) is not None:
            yield name, number
    for name, (first, last) in _YEARS.items():
        year = _number(options.get(name))
        if year is not None and year == int(year) and first <= year <= last:
            yield name, int(year)


def _of(option: Mapping[str, object], series: Series) -> bool:
    return all(str(option.get(key) or wanted) == wanted for key, wanted in (("series", series.series), ("unit", series.unit)))


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or value is None:
        return None
    with suppress(InvalidOperation):
        number = Decimal(str(value).strip())
        return number if number.is_finite() else None
    return None

"""Open SDG's settings for progress, as what the hub measures progress by. What has no place there is told, and kept in the metadata all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from sdgcities.exchange.opensdg.carried import Series
from sdgcities.exchange.opensdg.repository import OpenIndicator, Repository
from sdgcities.exchange.opensdg.words import words
from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.intake.yaml import MAX_DIGITS
from sdgcities.model.statistics import Direction

_OPTIONS, _DIRECTION, _PART = "progress_calculation_options", "direction", "disaggregation"
_NAMES, _NUMBERS, _YEARS = ("series", "unit"), ("target", "limit"), {"base_year": (1950, 2100), "target_year": (2000, 2100)}
_FEW = 5


def unused_settings(repository: Repository) -> Iterator[Finding]:
    """One finding of all settings that the hub does not measure progress by: thresholds, groups of people, values that are none."""
    found = {indicator.id: names for indicator in repository.indicators.values() if (names := list(_unused(indicator)))}
    if found:
        told = nmsg(
            "%(n)s indicator has settings for progress that are kept and not used here (%(settings)s): %(names)s.",
            "%(n)s indicators have settings for progress that are kept and not used here (%(settings)s), such as: %(names)s.",
            len(found),
            settings=", ".join(dict.fromkeys(name for names in found.values() for name in names)),
            names=", ".join(list(found)[:_FEW]),
        )
        hint = msg("The hub measures progress of whole indicators, by methods of its own; the settings go back to Open SDG as they came.")
        yield Finding("opensdg.progress", Severity.NOTE, told, hint, Where(file=str(repository.folder)))


def _unused(indicator: OpenIndicator) -> Iterator[str]:
    """The settings of an indicator that have no place in the hub, or a value that it can't take."""
    given = indicator.metadata.get(_OPTIONS)
    if given is not None and not isinstance(given, list):
        yield _OPTIONS
    for option in _options(indicator):
        taken = {name for name, _ in _settings(option)} | ({_DIRECTION} if _direction(option) else set())
        yield from (name for name, value in option.items() if value not in (None, "", [], {}) and name not in (*_NAMES, *taken))


def _options(indicator: OpenIndicator) -> Iterator[Mapping[str, object]]:
    options = indicator.metadata.get(_OPTIONS)
    return (option for option in (options if isinstance(options, list) else ()) if isinstance(option, Mapping))


def options_of(indicator: OpenIndicator, series: Series) -> Mapping[str, object]:
    """The settings that hold for a series in a unit: the first that names no other, and no group within it."""
    return next((option for option in _options(indicator) if _of(option, series)), {})


def direction_of(indicator: OpenIndicator, series: Series) -> Direction:
    """Which way is better, by the settings for progress; neutral where they don't say."""
    return Direction(_direction(options_of(indicator, series)) or Direction.NEUTRAL.value)


def _direction(option: Mapping[str, object]) -> str:
    return words().direction.get(str(option.get(_DIRECTION, "")).strip().casefold(), "")


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
        if year is not None and first <= year <= last and year == int(year):
            yield name, int(year)


def _of(option: Mapping[str, object], series: Series) -> bool:
    return not option.get(_PART) and all(str(option.get(key) or wanted) == wanted for key, wanted in zip(_NAMES, (series.series, series.unit), strict=True))


def _number(value: object) -> Decimal | None:
    """The number; None for what is none, and for one that has more digits than a file of YAML may have."""
    if isinstance(value, bool) or value is None:
        return None
    with suppress(InvalidOperation):
        number = Decimal(str(value).strip())
        return number if number.is_finite() and abs(number.adjusted()) < MAX_DIGITS and len(f"{number:f}") <= MAX_DIGITS else None
    return None

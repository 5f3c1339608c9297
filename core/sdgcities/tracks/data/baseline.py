"""A city's baseline against the national core: what has a value, what is missing and why, what will be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sdgcities.model.hub import HubView, LatestFigure
from sdgcities.model.statistics import Indicator, MissingReason
from sdgcities.tracks.data.answers import day, entries

_REASONS = {reason.value: reason for reason in MissingReason}


@dataclass(frozen=True, slots=True)
class Gap:
    """An indicator without a value. `reason` None: nobody said why yet."""

    reason: MissingReason | None
    plan: str
    due: str
    owner: str = ""
    """The office responsible."""

    def overdue(self, today: date) -> bool:
        """Whether the day by which the plan was to be done has passed."""
        by = day(self.due)
        return by is not None and by < today


@dataclass(frozen=True, slots=True)
class Baseline:
    """Values and gaps by indicator code, of the national core or of the whole set. What is not applicable to the city is left out of the count."""

    valued: Mapping[str, LatestFigure]
    gaps: Mapping[str, Gap]
    not_applicable: tuple[str, ...]

    @property
    def applicable(self) -> int:
        """Indicators that apply to the city."""
        return len(self.valued) + len(self.gaps)


def baselines(view: HubView, cities: Sequence[str]) -> dict[str, Baseline]:
    """Each city's baseline against the national core of its country."""
    latest, plans = view.latest(cities), view.answers("baseline/gap-plans", cities)
    return {city: baseline(view.indicators(city), latest.get(city, {}), plans[city].value if city in plans else None) for city in cities}


def baseline(indicators: Mapping[str, Indicator], latest: Mapping[str, LatestFigure], planned: object) -> Baseline:
    """Hold a city's latest figures and its plan for gaps against the national core; `planned` is its answer to `baseline/gap-plans`."""
    return against([code for code, indicator in indicators.items() if indicator.core], latest, planned)


def against(codes: Iterable[str], latest: Mapping[str, LatestFigure], planned: object) -> Baseline:
    """The same against these indicators, in their order."""
    plans = {entry["indicator"]: entry for entry in entries(planned) if "indicator" in entry}
    valued: dict[str, LatestFigure] = {}
    gaps: dict[str, Gap] = {}
    outside: list[str] = []
    for code in codes:
        figure, plan = latest.get(code), plans.get(code, {})
        if figure is not None and figure.value is not None:
            valued[code] = figure
            continue
        reason = figure.missing if figure is not None else _REASONS.get(plan.get("reason", ""))
        if reason is MissingReason.NOT_APPLICABLE:
            outside.append(code)
        else:
            gaps[code] = Gap(reason, plan.get("plan", "").strip(), plan.get("due", ""), plan.get("owner", "").strip())
    return Baseline(valued, gaps, tuple(outside))

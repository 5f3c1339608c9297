"""The City Prosperity Index: its indicators between their bounds, through their transforms (method `cpi`). Nothing of it is confirmed; see prosperity.yaml."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.findings import Message, msg
from sdgcities.intake.yaml import load_yaml
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome
from sdgcities.methods.goalposts import Bounds, by_group, mean
from sdgcities.model.methods import Given

FILE = Path(__file__).with_name("prosperity.yaml")
_FURTHER = (
    Given("population", "Population, for the number of air monitoring stations", "number", "persons", required=False, minimum=Decimal(1)),
    Given("pm10", "PM10 concentration, for the number of air monitoring stations", "number", "ug_per_m3", required=False, minimum=Decimal(0)),
)
_STATIONS = ((48, 125_000), (32, 250_000), (0, 500_000))
"""From which PM10 concentration on a station serves how many people."""
_SPECIALISED = 0.25
"""The Herfindahl index that scores 100."""
_TRANSFORMS: Mapping[str, Callable[[float], float]] = {
    "lin": float,
    "ln": math.log,
    "sqrt": math.sqrt,
    "root3": math.cbrt,
    "root4": lambda value: value ** (1 / 4),
    "root5": lambda value: value ** (1 / 5),
}


@dataclass(frozen=True, slots=True)
class Benchmark:
    """An indicator and how it is scored."""

    id: str
    name: str
    sub: str
    unit: str
    kind: str
    higher: bool
    minimum: float = 0
    maximum: float = 0
    target: float = 0
    transform: str = "lin"
    doubt: str = ""

    def score(self, value: float) -> float:
        """The score from 0 to 100 of a value, by the kind of benchmark."""
        return _KINDS[self.kind](self, value)


@cache
def _data() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    return cast("Mapping[str, Sequence[Mapping[str, Any]]]", load_yaml(FILE).data)


@cache
def benchmarks() -> Mapping[str, Benchmark]:
    """Every indicator by its id, read once."""
    return {str(row["id"]): _benchmark(row) for row in _data()["indicators"]}


def given() -> tuple[Given, ...]:
    """What the method is given: each indicator, none of them required."""
    return (*(_given(one) for one in benchmarks().values()), *_FURTHER)


def city_prosperity(given: Inputs) -> Outcome:
    """The method `cpi`. Raises NotComputable."""
    scores = {key: _scored(one, given) for key, one in benchmarks().items() if given[key] is not None}
    if not scores:
        raise NotComputable(msg("No indicator is given."))
    subs = {one.id: one.sub for one in benchmarks().values()}
    found, wanted = by_group(scores, subs), dict.fromkeys(subs.values())
    missing = [sub for sub in wanted if sub not in found]
    whole = None if missing else mean(list(found.values()))
    return Outcome({"scores": scores, "sub_dimensions": found, "cpi": whole, "missing": missing}, tuple(_notes(scores, missing, whole)))


def specialisation(shares: Sequence[float]) -> float:
    """The score of an economy's specialisation from the shares of its sectors: 100 at a Herfindahl index of 0.25. Raises NotComputable."""
    count, total = len(shares), sum(shares)
    if total <= 0 or min(shares) < 0:
        raise NotComputable(msg("The shares of the sectors must be zero or more, and not all zero."))
    if count == 1 or count * _SPECIALISED == 1:
        raise NotComputable(msg("With %(n)s sectors the score of specialisation is not defined.", n=str(count)))
    herfindahl = sum((share / total) ** 2 for share in shares)
    normed, ideal = ((value - 1 / count) / (1 - 1 / count) for value in (herfindahl, _SPECIALISED))
    return _clamped(1 - abs(normed - ideal) / abs(ideal))


def stations(number: float, population: float, pm10: float) -> float:
    """The score of the number of air monitoring stations: 100 where there are as many as population and PM10 ask for."""
    people = next(people for least, people in _STATIONS if pm10 >= least)
    return _clamped(number / (population / people))


def _scored(one: Benchmark, given: Inputs) -> float:
    if one.kind == "herfindahl":
        return specialisation([float(share) for share in cast("Mapping[str, Decimal | None]", given[one.id]).values() if share is not None])
    value = float(cast("Decimal", given[one.id]))
    if one.kind == "stations":
        population, pm10 = (cast("Decimal | None", given[name]) for name in ("population", "pm10"))
        if population is None or pm10 is None:
            raise NotComputable(msg("monitoring_stations needs population and pm10 too."))
        return stations(value, float(population), float(pm10))
    return one.score(value)


def _notes(scores: Mapping[str, float], missing: Sequence[str], whole: float | None) -> list[Message]:
    doubtful = [one for key in scores if (one := benchmarks()[key]).doubt]
    notes = [msg("%(name)s is doubtful: %(doubt)s.", name=one.id, doubt=msg(one.doubt)) for one in doubtful]  # in the catalogues from the YAML
    if whole is None:
        notes.append(msg("No overall score: that needs an indicator of every sub-dimension; %(n)s have none.", n=str(len(missing))))
    else:
        notes.append(msg("The source's word for this score is “%(word)s”. That is unconfirmed, and no judgement on the city.", word=msg(_band(whole))))
    return notes


def _band(score: float) -> str:
    return next(str(band["text"]) for band in _data()["bands"] if score >= band["min"])


def _between(one: Benchmark, value: float) -> float:
    transform = _TRANSFORMS[one.transform]
    low, high = transform(one.minimum), transform(one.maximum)
    inside = transform(min(max(value, one.minimum), one.maximum))
    return (Bounds(low, high) if one.higher else Bounds(high, low)).score(inside)


def _clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0) * 100


_KINDS: Mapping[str, Callable[[Benchmark, float], float]] = {
    "minmax": _between,
    "share": lambda _, value: _clamped(value / 100),
    "target_two_sided": lambda one, value: _clamped(1 - abs(value - one.target) / one.target),
    "target_cap_above": lambda one, value: _clamped(value / one.target),
    "target_cap_below": lambda one, value: _clamped(2 - value / one.target),
}
"""Between two bounds; a share of 100; best at a target on both sides; full from a target up; full down from a target, none at twice of it."""


def _benchmark(row: Mapping[str, Any]) -> Benchmark:
    return Benchmark(
        id=row["id"],
        name=row["name"],
        sub=row["sub"],
        unit=row["unit"],
        kind=row["kind"],
        higher=row["direction"] == "higher",
        minimum=float(row.get("min", 0)),
        maximum=float(row.get("max", 0)),
        target=float(row.get("target", 0)),
        transform=row.get("transform", "lin"),
        doubt=row.get("notes", ""),
    )


def _given(one: Benchmark) -> Given:
    kind = "table" if one.kind == "herfindahl" else "number"
    share = one.kind == "share"
    return Given(one.id, one.name, kind, one.unit, required=False, minimum=Decimal(0), maximum=Decimal(100) if share else None)

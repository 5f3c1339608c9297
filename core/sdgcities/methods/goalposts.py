"""Scores from 0 to 100 between a worst and a best value, and what stands for a missing one (method `goalposts`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from sdgcities.findings import Message, msg
from sdgcities.methods.calculating import Inputs, NotComputable, Outcome

Scores = Mapping[str, float]
_Table = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values that score 0 and 100; higher is better where the best is above the worst. A score may leave 0-100 where it is not clamped."""

    worst: float
    best: float
    clamped: bool = True

    def score(self, value: float) -> float:
        """The score of a value."""
        score = (value - self.worst) / (self.best - self.worst) * 100
        return min(max(score, 0.0), 100.0) if self.clamped else score


def mean(scores: Sequence[float]) -> float:
    """The plain mean of at least one score."""
    return sum(scores) / len(scores)


def by_group(scores: Scores, groups: Mapping[str, str]) -> dict[str, float]:
    """The mean of each group; an indicator without a group is one of its own."""
    members: dict[str, list[float]] = {}
    for name, score in scores.items():
        members.setdefault(groups.get(name, name), []).append(score)
    return {group: mean(found) for group, found in members.items()}


def goalposts(given: Inputs) -> Outcome:
    """The method `goalposts`. Raises NotComputable."""
    values, worst, best = (cast("_Table", given[name]) for name in ("values", "worst", "best"))
    bounds = _bounds(worst, best, clamped=given["clamped"] != "no")
    if unbounded := [name for name in values if name not in bounds]:
        raise NotComputable(msg("No bounds are given for: %(names)s.", names=", ".join(unbounded)))
    groups = cast("Mapping[str, str]", given["groups"] or {})
    known = {name: value for name, value in values.items() if value is not None}
    scores = {name: bounds[name].score(float(known[name])) for name in bounds if name in known}
    missing = [name for name in bounds if name not in scores]
    if not scores:
        raise NotComputable(msg("No indicator has a value."))
    without = by_group(scores, groups)
    imputed = _imputed(given, missing, without, groups)
    whole = by_group({**scores, **imputed}, groups)
    outputs = {
        "score": mean(list(without.values())),
        "score_imputed": mean(list(whole.values())) if imputed else None,
        "scores": scores,
        "groups": without,
        "imputed": imputed,
        "missing": missing,
    }
    return Outcome(outputs, tuple(_notes(missing, imputed)))


def _bounds(worst: _Table, best: _Table, *, clamped: bool) -> dict[str, Bounds]:
    found: dict[str, Bounds] = {}
    for name in dict.fromkeys((*worst, *best)):
        low, high = worst.get(name), best.get(name)
        if low is None or high is None:
            raise NotComputable(msg("%(name)s has only one of its two bounds.", name=name))
        if low == high:
            raise NotComputable(msg("The worst and the best value of %(name)s are the same.", name=name))
        found[name] = Bounds(float(low), float(high), clamped)
    return found


def _imputed(given: Inputs, missing: Sequence[str], groups_of: Scores, groups: Mapping[str, str]) -> dict[str, float]:
    """A score for each missing indicator that the rule asked for gives one."""
    if given["impute"] == "group":
        return {name: groups_of[groups[name]] for name in missing if groups.get(name) in groups_of}
    if given["impute"] == "region":
        region = cast("_Table", given["region"] or {})
        return {name: float(score) for name in missing if (score := region.get(name)) is not None}
    return {}


def _notes(missing: Sequence[str], imputed: Scores) -> list[Message]:
    notes = []
    if imputed:
        notes.append(msg("Imputed, not measured: %(names)s. The score is given with and without them.", names=", ".join(imputed)))
    if left := [name for name in missing if name not in imputed]:
        notes.append(msg("Without a value, and left out: %(names)s.", names=", ".join(left)))
    return notes

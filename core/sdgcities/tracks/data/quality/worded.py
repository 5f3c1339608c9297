"""Suspicions as doubts that a person reads: many of one kind told as one, those with a reason on record as notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.places import Unit
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import ALL, Doubt, Suspicion
from sdgcities.tracks.data.quality.justified import Justified, Reason

TOGETHER = 5
"""Units that are told one by one; of more, all are told as one doubt of their level."""
NAMED = 3

Hint = Callable[[Check, str], Message]


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told as one doubt, the reason on record for it, and where it is about many, one of them."""

    about: Suspicion
    reason: Reason | None
    example: Suspicion | None = None


@dataclass(frozen=True)
class Wording:
    """What doubts are put into words with."""

    units: Mapping[str, Unit]
    level_name: Callable[[Unit], str]
    justified: Justified
    where: Where
    hint: Hint

    def doubts(self, found: Sequence[Suspicion]) -> list[Doubt]:
        """One doubt for each suspicion; one for the level, or for the indicator, where there are many."""
        merged = self._merged([_Told(one, self.justified.reason(one, self._level(one))) for one in found], self._of_level)
        return [self._doubt(told) for told in self._merged(merged, _of_indicator)]

    def as_one(self, found: Sequence[Suspicion]) -> Doubt:
        """One doubt about figures of whatever units and indicators, with the first few of them. No reason on record answers it: each time is another."""
        first = found[0]
        periods = tuple(sorted({period for one in found for period in one.periods}))
        units = tuple(dict.fromkeys(unit for one in found for unit in one.units))
        whole = first if len(found) == 1 else replace(first, units=units, indicator=ALL, dims="", periods=periods)
        text = self._text(_Told(first, None))
        for one in found[1:NAMED]:
            text = msg("%(sentence)s %(next)s", sentence=text, next=self._text(_Told(one, None)))
        if len(found) > 1:
            text = msg("%(n)s corrected figures would be set back, such as: %(figures)s", n=len(found), figures=text)
        check = checks()[first.check]
        finding = Finding(check.id, check.severity, text, self.hint(check, whole.subject), self.where)
        return Doubt(finding, whole.subject, check.of, units, whole.indicator, periods)

    def _merged(self, found: Sequence[_Told], key: Callable[[_Told], tuple[object, ...]]) -> list[_Told]:
        """Those with one key as one, where there are more than are told one by one."""
        groups: dict[tuple[object, ...], list[_Told]] = {}
        for told in found:
            groups.setdefault(key(told), []).append(told)
        return [one for group in groups.values() for one in ([self._one(group)] if len(group) > _apart(group[0]) else group)]

    def _of_level(self, told: _Told) -> tuple[object, ...]:
        one = told.about
        level = "" if "together" in checks()[one.check].numbers else self._level(one)
        single = len(one.units) == 1 and bool(self._level(one))
        return (one.check, one.weak, one.indicator, one.dims, level, told.reason) if single else (one.check, one.weak, one.subject, told.reason)

    def _one(self, group: Sequence[_Told]) -> _Told:
        """Several as one: all of their units, periods and disaggregations, and the first for example."""
        first = group[0].about
        units = tuple(dict.fromkeys(unit for told in group for unit in told.about.units))
        dims = {told.about.dims for told in group}
        periods = tuple(sorted({period for told in group for period in told.about.periods}))
        spelled = first.dims if len(dims) == 1 else ALL
        levels = {self._level(told.about) for told in group}
        level = levels.pop() if len(levels) == 1 else ""
        return _Told(replace(first, units=units, level=level, dims=spelled, periods=periods), group[0].reason, group[0].example or first)

    def _level(self, one: Suspicion) -> str:
        unit = self.units.get(one.units[0])
        return one.level or (unit.level if unit else "")

    def _text(self, told: _Told) -> Message:
        one, example = told.about, told.example
        whom: object = self._name(one.units[0]) if len(one.units) == 1 else self._many(one.units)
        if not one.periods:
            return msg("%(problem)s.", problem=one.problem)
        if example is None:
            return msg("%(unit)s, %(about)s, %(periods)s: %(problem)s.", unit=whom, about=one.about, periods=one.span, problem=one.problem)
        return msg(
            "%(units)s, %(about)s, %(periods)s. For example %(unit)s, %(which)s: %(problem)s.",
            units=whom,
            about=one.about,
            periods=one.span,
            unit=self._name(example.units[0]),
            which=f"{example.dims} {example.span}".strip(),
            problem=example.problem,
        )

    def _many(self, units: Sequence[str]) -> Message:
        levels = {self.level_name(self.units[unit]) for unit in units if unit in self.units}
        named = ", ".join(self._name(unit) for unit in units[:NAMED])
        if len(levels) != 1:
            return msg("%(n)s units, such as %(names)s", n=len(units), names=named)
        return msg("%(n)s units of the level %(level)s, such as %(names)s", n=len(units), level=Message(levels.pop()), names=named)

    def _name(self, spelled: str) -> str:
        known = [self.units[unit] for unit in spelled.split("=") if unit in self.units]
        return " = ".join(f"{unit.name} ({unit.id})" for unit in known) or spelled

    def _doubt(self, told: _Told) -> Doubt:
        one, reason = told.about, told.reason
        check = checks()[one.check]
        if one.weak:
            check = replace(check, severity=Severity.NOTE)
        severity, hint = check.severity, self.hint(check, one.subject)
        if reason is not None:
            severity, hint = Severity.NOTE, msg("On record since %(date)s: %(reason)s", date=reason.at[:10], reason=reason.text)
        finding = Finding(one.check, severity, self._text(told), hint, self.where)
        return Doubt(finding, one.subject, check.of, one.units, one.indicator, one.periods, *((reason.text, reason.at) if reason else ("", "")))


def _of_indicator(told: _Told) -> tuple[object, ...]:
    """What many disaggregations of one indicator share."""
    return told.about.check, told.about.weak, told.about.indicator, told.about.whom, told.reason


def _apart(told: _Told) -> float:
    return checks()[told.about.check].numbers.get("together", TOGETHER)

"""What a new version of the contract changes, part by part. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.contract.coherence import criteria_of
from sdgcities.contract.values import spell
from sdgcities.model.milestones import Contract, Criterion, Evidence, Milestone, Parameter, Track


class Part(StrEnum):
    """Which part of the contract differs."""

    STATUS = "status"
    TRACK = "track"
    KEY = "key milestones"
    MILESTONE = "milestone"
    NAME = "name"
    CRITERION = "criterion"
    PARAMETER = "parameter"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Revision:
    """One part that differs, as it was and as it will be; None where it was not there, or will not be. `milestone` is empty for what concerns all."""

    part: Part
    milestone: str
    what: str
    before: str | None
    now: str | None


def revised(old: Contract, new: Contract) -> tuple[Revision, ...]:
    """Everything in which a contract differs from another, in the order of the new one; what it no longer has comes last."""
    found = [
        *_differing(Part.STATUS, "", {"": old.status.value}, {"": new.status.value}),
        *_differing(Part.TRACK, "", {one.id: _track(one) for one in old.tracks}, {one.id: _track(one) for one in new.tracks}),
        *_differing(Part.KEY, "", {"": _key(old)}, {"": _key(new)}),
        *_differing(Part.MILESTONE, "", {one.id: one.name for one in old.milestones.values()}, _kept_names(old, new)),
    ]
    for one in new.milestones.values():
        if one.id in old.milestones:
            found += _of_milestone(old.milestones[one.id], one)
    return tuple(found)


def _kept_names(old: Contract, new: Contract) -> dict[str, str]:
    """The new milestones; a new name of one that stays is told as its name."""
    return {one.id: old.milestones[one.id].name if one.id in old.milestones else one.name for one in new.milestones.values()}


def _of_milestone(old: Milestone, new: Milestone) -> Iterator[Revision]:
    yield from _differing(Part.NAME, new.id, {new.id: f"{old.code} {old.name}".strip()}, {new.id: f"{new.code} {new.name}".strip()})
    yield from _differing(Part.STATUS, new.id, {new.id: old.status.value}, {new.id: new.status.value})
    yield from _differing(Part.CRITERION, new.id, _criteria(old), _criteria(new))
    yield from _differing(Part.PARAMETER, new.id, _parameters(old), _parameters(new))
    yield from _differing(Part.EVIDENCE, new.id, {one.id: _evidence(one) for one in old.evidence}, {one.id: _evidence(one) for one in new.evidence})


def _differing(part: Part, milestone: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Revision]:
    for key in (*new, *(key for key in old if key not in new)):
        if old.get(key) != new.get(key):
            yield Revision(part, milestone, key, old.get(key), new.get(key))


def _criteria(milestone: Milestone) -> dict[str, str]:
    """Each criterion by its id, with the way it is combined: what is one of several is told so."""
    return {spot.criterion.id: f"{_criterion(spot.criterion)}{' (any)' if 'any' in spot.path else ''}" for spot in criteria_of(milestone)}


def _criterion(one: Criterion) -> str:
    required = one.parameter or spell(one.value)
    return " ".join(filter(None, (one.text, f"[{one.measure} {one.comparison.value} {required}", *one.arguments))) + "]"


def _parameter(one: Parameter) -> str:
    values = f"{spell(one.default)} ({spell(one.floor)} - {spell(one.ceiling)}), {one.stricter.value}"
    return f"{values}: {', '.join(one.options)}" if one.options else values


def _evidence(one: Evidence) -> str:
    return one.name if one.file else f"{one.name} (-)"


def _parameters(milestone: Milestone) -> dict[str, str]:
    return {name: _parameter(one) for name, one in milestone.parameters.items()}


def _track(one: Track) -> str:
    return f"{one.name}: {one.does} [{one.status.value}]"


def _key(contract: Contract) -> str:
    return "; ".join(" / ".join(group) for group in contract.key)

"""Every adaptation of a country, side by side with the core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.contract.coherence import placed
from sdgcities.model.milestones import Adaptation, Change, Condition, Contract, Milestone, Value
from sdgcities.model.sources import Source, Status


class Kind(StrEnum):
    """What was adapted."""

    RECOGNITION = "recognition"
    NAME = "name"
    PARAMETER = "parameter"
    EVIDENCE = "evidence"
    PRECONDITION = "precondition"
    CRITERION = "criterion"
    EQUIVALENT = "equivalent"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Difference:
    """One adaptation. `core` is None where it adds to the core; `what` is the id or name of what was adapted.

    `reason` of an equivalent is its rationale; a milestone of the country's own gives its grounding.
    """

    kind: Kind
    plugin: str
    milestone: str
    what: str
    core: Value | None
    national: Value
    reason: str
    status: Status
    source: Source | None
    when: Condition | None = None


def diff(core: Contract, adapted: Contract, adaptations: Sequence[Adaptation]) -> tuple[Difference, ...]:
    """Every adaptation, the word for recognition first, then in the order of the contract; the country's own milestones last."""
    order = {milestone: index for index, milestone in enumerate(adapted.milestones)}
    found = [difference for adaptation in adaptations for difference in _of(core, adapted, adaptation)]
    return tuple(sorted(found, key=lambda difference: order.get(difference.milestone, -1)))


def _of(core: Contract, adapted: Contract, adaptation: Adaptation) -> Iterator[Difference]:
    if adaptation.recognition:
        reason, status = adaptation.recognition_reason, adaptation.recognition_status
        yield Difference(Kind.RECOGNITION, adaptation.plugin, "", "", None, adaptation.recognition, reason, status, adaptation.recognition_source)
    for change in adaptation.changes:
        for kind, what, before, now, when in _parts(core.milestones[change.milestone], adapted.milestones[change.milestone], change):
            yield Difference(kind, adaptation.plugin, change.milestone, what, before, now, change.reason, change.status, change.source, when)
        yield from _equivalents(core.milestones[change.milestone], change, adaptation.plugin)
    for own in adaptation.milestones:
        reason = "; ".join(own.grounding)
        yield Difference(Kind.MILESTONE, adaptation.plugin, own.id, own.id, None, own.name, reason, own.status, own.source, own.when)


_Part = tuple[Kind, str, Value | None, Value, Condition | None]


def _parts(before: Milestone, now: Milestone, change: Change) -> Iterator[_Part]:
    """What a change sets and adds: kind, what, the core's, the country's, condition."""
    if change.rename:
        yield Kind.NAME, before.id, before.name, change.rename, None
    for name in change.parameters:
        yield Kind.PARAMETER, name, before.parameters[name].default, now.parameters[name].in_force, None
    for criterion in change.preconditions:
        yield Kind.PRECONDITION, criterion.id, None, criterion.text, criterion.when
    for _, criterion in placed(change.criteria, ()):
        yield Kind.CRITERION, criterion.id, None, criterion.text, criterion.when
    for evidence in change.evidence:
        yield Kind.EVIDENCE, evidence.id, None, evidence.name, evidence.when


def _equivalents(before: Milestone, change: Change, plugin: str) -> Iterator[Difference]:
    """National instruments, beside the evidence of the core in whose place they stand."""
    names = {evidence.id: evidence.name for evidence in before.evidence}
    for evidence, equivalents in change.accept.items():
        for entry in equivalents:
            yield Difference(
                Kind.EQUIVALENT, plugin, change.milestone, entry.id, names[evidence], entry.name, entry.rationale, change.status, change.source, entry.when
            )

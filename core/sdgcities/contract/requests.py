"""What an assessment asks of the measures: each measure once for all cities, whatever the number of criteria."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdgcities.model.milestones import Comparison, Contract, Criterion, Equivalent, Evidence, Group, Milestone, Value

EVIDENCE = "recognition/evidence"
"""The measure of attached documents: a set of `milestone#evidence-id`."""


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A measure with its arguments: values of contract parameters, by name."""

    measure: str
    arguments: tuple[tuple[str, Value], ...] = ()


def requests(contract: Contract) -> tuple[MeasureRequest, ...]:
    """Every request of the contract, once each, in the order of the milestones."""
    found = (request_of(criterion, milestone) for milestone in contract.milestones.values() for criterion in _flat(asked(milestone)))
    return tuple(dict.fromkeys(found))


def request_of(criterion: Criterion, milestone: Milestone) -> MeasureRequest:
    """What a criterion of the milestone asks of its measure."""
    return MeasureRequest(criterion.measure, tuple((name, milestone.parameters[name].in_force) for name in criterion.arguments))


def asked(milestone: Milestone) -> Group:
    """All that a milestone asks: its preconditions, its criteria, and the documents to attach."""
    own = (milestone.criteria,) if milestone.criteria.any else milestone.criteria.members
    documents = (_attached(milestone.id, evidence) for evidence in milestone.evidence if evidence.file)
    return Group(any=False, members=(*milestone.preconditions, *own, *documents))


def _attached(milestone: str, evidence: Evidence) -> Criterion | Group:
    """That a document is attached, or a national instrument in its place."""
    first = _document(milestone, evidence)
    others = (_document(milestone, equivalent) for equivalent in evidence.equivalents)
    return Group(any=True, members=(first, *others)) if evidence.equivalents else first


def _document(milestone: str, wanted: Evidence | Equivalent) -> Criterion:
    name = f"#{wanted.id}"
    return Criterion(name, wanted.name, EVIDENCE, Comparison.INCLUDES, value=frozenset({milestone + name}), when=wanted.when)


def _flat(group: Group) -> Iterator[Criterion]:
    for member in group.members:
        if isinstance(member, Group):
            yield from _flat(member)
        else:
            yield member

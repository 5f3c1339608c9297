"""One change of a core milestone, part by part; what breaks a rule is refused and left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sdgcities.contract.bounds import breaches
from sdgcities.contract.coherence import criterion_faults, placed
from sdgcities.contract.draft import Author, Slot
from sdgcities.contract.names import suggestion
from sdgcities.contract.values import as_value, spell
from sdgcities.findings import msg
from sdgcities.intake.cures import type_cure
from sdgcities.intake.yaml import NodePath
from sdgcities.model.milestones import Change, Equivalent, Evidence, Group, Milestone, Parameter, ParameterType

_WRITTEN = {ParameterType.NUMBER: ["number"], ParameterType.SET: ["array"], ParameterType.CHOICE: ["string"], ParameterType.DATE: ["string"]}
"""How a value of each type stands in a file, by the types of JSON."""


def apply_change(author: Author, change: Change, path: NodePath) -> None:
    """Apply a change to the draft as far as it is allowed."""
    core = author.draft.core.milestones.get(change.milestone)
    if core is None:
        hint = suggestion(author.draft.core, change.milestone)
        author.refuse((*path, "milestone"), "adapt.unknown-milestone", msg("The core has no milestone %(id)s.", id=change.milestone), hint)
        return
    if not change.reason.strip():
        author.refuse(path, "adapt.no-reason", msg("The change has no reason."), msg("Write why, for the reader of `contract diff`."))
    milestone = author.draft.milestones[core.id]
    milestone = replace(milestone, parameters=_parameters(author, change, milestone, path))
    if change.rename and author.take((*path, "rename"), Slot.NAME, "", core.id):
        milestone = replace(milestone, name=change.rename)
    milestone = _add_criteria(author, change, milestone, path)
    evidence = (*_with_equivalents(author, change, milestone, path), *_added_evidence(author, change, path))
    author.draft.milestones[core.id] = replace(milestone, evidence=evidence)


def _parameters(author: Author, change: Change, milestone: Milestone, path: NodePath) -> Mapping[str, Parameter]:
    """The parameters of the milestone with the values that the country may set."""
    parameters = dict(milestone.parameters)
    for name, node in change.parameters.items():
        spot = (*path, "parameters", name)
        if name not in parameters:
            known = ", ".join(sorted(parameters)) or "-"
            message = msg("%(milestone)s has no parameter %(name)s.", milestone=milestone.id, name=name)
            author.refuse(spot, "adapt.unknown-parameter", message, msg("It has: %(known)s.", known=known))
        elif author.take(spot, Slot.PARAMETER, name, milestone.id):
            parameters[name] = _set(author, parameters[name], node, spot)
    return parameters


def _set(author: Author, parameter: Parameter, node: object, spot: NodePath) -> Parameter:
    """The parameter with the country's value, or unchanged where the value is refused."""
    value = as_value(parameter.type, node)
    if value is None:
        message = msg("%(name)s is a %(type)s; this is none: %(value)s.", name=parameter.name, type=parameter.type.value, value=str(node)[:80])
        author.refuse(spot, "adapt.wrong-type", message, type_cure(_WRITTEN[parameter.type], node, spot))
        return parameter
    broken = list(breaches(parameter, value))
    for rule, message in broken:
        ends = {"floor": spell(parameter.floor), "ceiling": "open" if parameter.ceiling is None else spell(parameter.ceiling)}
        author.refuse(spot, f"adapt.{rule}", message, msg("Floor: %(floor)s. Ceiling: %(ceiling)s.", **ends))
    return parameter if broken else replace(parameter, value=value)


def _add_criteria(author: Author, change: Change, milestone: Milestone, path: NodePath) -> Milestone:
    """The milestone with further criteria and preconditions; they hold together with the core's, never instead."""
    added = (*placed(change.preconditions, (*path, "preconditions")), *placed(change.criteria, (*path, "criteria")))
    for spot, criterion in added:
        author.take(spot, Slot.CRITERION, criterion.id, milestone.id)
        for fault in criterion_faults(criterion, milestone.parameters, spot):
            author.refuse(fault.path, fault.code, fault.message, fault.hint)
    if not added:
        return milestone
    own = (milestone.criteria,) if milestone.criteria.any else milestone.criteria.members
    criteria = Group(any=False, members=(*own, *change.criteria))
    return replace(milestone, criteria=criteria, preconditions=(*milestone.preconditions, *change.preconditions))


def _added_evidence(author: Author, change: Change, path: NodePath) -> Iterator[Evidence]:
    for index, evidence in enumerate(change.evidence):
        if author.take((*path, "evidence", index), Slot.EVIDENCE, evidence.id, change.milestone):
            yield evidence


def _with_equivalents(author: Author, change: Change, milestone: Milestone, path: NodePath) -> Iterator[Evidence]:
    """The evidence of the milestone so far, with the national instruments taken in its place."""
    core = {evidence.id: evidence for evidence in author.draft.core.milestones[milestone.id].evidence}
    for name in change.accept:
        spot = (*path, "accept", name)
        if name not in core:
            message = msg("The core asks for no evidence %(name)s at %(milestone)s.", name=name, milestone=milestone.id)
            author.refuse(spot, "adapt.unknown-evidence", message, msg("It asks for: %(known)s.", known=", ".join(core)))
        elif not core[name].file:
            message = msg("The hub's own records hold %(name)s: no document can stand in its place.", name=name)
            documents = ", ".join(evidence.id for evidence in core.values() if evidence.file) or "-"
            author.refuse(spot, "adapt.evidence-in-records", message, msg("Documents: %(documents)s.", documents=documents))
    for evidence in milestone.evidence:
        taken = _equivalents(author, change, evidence.id, path) if evidence.id in core else ()
        yield replace(evidence, equivalents=(*evidence.equivalents, *taken))


def _equivalents(author: Author, change: Change, evidence: str, path: NodePath) -> Iterator[Equivalent]:
    for index, equivalent in enumerate(change.accept.get(evidence, ())):
        spot = (*path, "accept", evidence, index)
        if not equivalent.rationale.strip():
            author.refuse(
                spot, "adapt.no-rationale", msg("%(name)s has no rationale.", name=equivalent.name), msg("Write why it is as good as what the core asks.")
            )
        if author.take(spot, Slot.EVIDENCE, equivalent.id, change.milestone):
            yield equivalent

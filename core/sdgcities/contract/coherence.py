"""Whether a milestone makes sense in itself: what a schema can't see, asked of the core and of countries alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sdgcities.contract.bounds import breaches
from sdgcities.contract.values import NEEDED, as_literal
from sdgcities.findings import Message, msg
from sdgcities.intake.yaml import NodePath
from sdgcities.model.milestones import Comparison, Criterion, Group, Milestone, Parameter, ParameterType, Stricter

STRICTER = {
    Comparison.AT_LEAST: Stricter.UP,
    Comparison.AT_MOST: Stricter.DOWN,
    Comparison.INCLUDES: Stricter.UP,
    Comparison.ONE_OF: Stricter.DOWN,
}
"""Which way a parameter must get stricter for a comparison to get stricter with it."""


class Fault(NamedTuple):
    """What is wrong, and the path of the node it stands in."""

    path: NodePath
    code: str
    message: Message
    hint: Message | None = None


class Placed(NamedTuple):
    """A criterion and the path of its node."""

    path: NodePath
    criterion: Criterion


def placed(members: Sequence[Criterion | Group], path: NodePath) -> Iterator[Placed]:
    """Every criterion among the members and their sub-groups, with its place."""
    for index, member in enumerate(members):
        if isinstance(member, Group):
            yield from placed(member.members, (*path, index, "any" if member.any else "all"))
        else:
            yield Placed((*path, index), member)


def criteria_of(milestone: Milestone, path: NodePath = ()) -> tuple[Placed, ...]:
    """Every criterion of a milestone, the preconditions first."""
    group = milestone.criteria
    before = placed(milestone.preconditions, (*path, "preconditions"))
    return (*before, *placed(group.members, (*path, "criteria", "any" if group.any else "all")))


def milestone_faults(milestone: Milestone, path: NodePath) -> Iterator[Fault]:
    """What is wrong in a whole milestone."""
    criteria = criteria_of(milestone, path)
    for spot, criterion in criteria:
        yield from criterion_faults(criterion, milestone.parameters, spot)
    for parameter in milestone.parameters.values():
        yield from parameter_faults(parameter, (*path, "parameters", parameter.name))
    used = {name for _, criterion in criteria for name in (criterion.parameter, *criterion.arguments)}
    for name in sorted(milestone.parameters.keys() - used):
        yield Fault((*path, "parameters", name), "parameter.unused", msg("No criterion uses the parameter %(name)s.", name=name))
    yield from repeated([criterion.id for _, criterion in criteria], (*path, "criteria"))
    yield from repeated([evidence.id for evidence in milestone.evidence], (*path, "evidence"))


def repeated(ids: Sequence[str], path: NodePath) -> Iterator[Fault]:
    """Ids that stand more than once."""
    for identifier, times in Counter(ids).items():
        if times > 1:
            yield Fault(path, "milestone.duplicate-id", msg("The id %(id)s stands twice.", id=identifier), msg("Give each an id of its own."))


def criterion_faults(criterion: Criterion, parameters: Mapping[str, Parameter], path: NodePath) -> Iterator[Fault]:
    """Whether its parameters exist and its comparison can use what it is held against."""
    for name in (criterion.parameter, *criterion.arguments):
        if name and name not in parameters:
            known = ", ".join(sorted(parameters)) or "-"
            yield Fault(
                path,
                "criterion.unknown-parameter",
                msg("The criterion %(id)s names the parameter %(name)s, which this milestone does not have.", id=criterion.id, name=name),
                msg("It has: %(known)s.", known=known),
            )
    if criterion.parameter in parameters:
        yield from _unfit_parameter(criterion, parameters[criterion.parameter], path)
    elif not criterion.parameter and as_literal(criterion.comparison, criterion.value) is None:
        needed = NEEDED[criterion.comparison]
        yield Fault(path, "criterion.unfit-value", msg("%(comparison)s needs: %(needed)s.", comparison=criterion.comparison.value, needed=needed))


def _unfit_parameter(criterion: Criterion, parameter: Parameter, path: NodePath) -> Iterator[Fault]:
    """A parameter must be usable by the comparison, and move the bar the way it says."""
    way = STRICTER.get(criterion.comparison)
    fits = parameter.type is not ParameterType.CHOICE and as_literal(criterion.comparison, parameter.default) is not None
    if way is not parameter.stricter or not fits:
        yield Fault(
            path,
            "criterion.unfit-parameter",
            msg(
                "%(comparison)s can't be held against %(name)s, a %(type)s that gets stricter %(way)s.",
                comparison=criterion.comparison.value,
                name=parameter.name,
                type=parameter.type.value,
                way=parameter.stricter.value,
            ),
            msg("Use a fixed value, another comparison, or pass it to the measure under `arguments`."),
        )


def parameter_faults(parameter: Parameter, path: NodePath) -> Iterator[Fault]:
    """Whether default and ceiling lie on the strict side of the floor, and the options are there."""
    if parameter.type is ParameterType.CHOICE and not parameter.options:
        yield Fault(path, "parameter.no-options", msg("A choice needs its options."))
        return
    for value in (parameter.default, parameter.floor):
        for rule, message in breaches(parameter, value):
            yield Fault(path, f"parameter.{rule}", message)

"""Measures that no track and no hook gives, and halves of things that are counted."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from sdgcities.contract.coherence import criteria_of
from sdgcities.contract.load import load_contract
from sdgcities.findings import Finding, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.kit.hooks.source import read_source
from sdgcities.kit.subject import Subject
from sdgcities.model.milestones import Adaptation, Milestone, Parameter, ParameterType
from sdgcities.plugin.declared.problems import nearest
from sdgcities.tracks.data.measures import data_measures

_ALIKE = 0.8


def unknown_measures(subject: Subject, document: Document) -> Iterator[Finding]:
    """A measure that neither the core nor a text in the plugin's Python names. One of another plugin can't be seen here."""
    known = core_measures() | _written(subject)
    for path, measure in _measures(document.data, ()):
        if measure not in known:
            near = nearest(measure, known, _ALIKE)
            hint = msg("Did you mean %(name)s?", name=near) if near else msg("A measure of your own needs the hook sdgcities_measures.")
            problem = msg("Neither the core nor the plugin has the measure %(name)s.", name=measure)
            yield Finding("milestone.measure", Severity.BLOCK if near else Severity.NOTE, problem, hint, document.where(path))


@cache
def core_measures() -> frozenset[str]:
    """Those that the core's contract names, and those that its tracks give."""
    named = {spot.criterion.measure for milestone in load_contract().milestones.values() for spot in criteria_of(milestone)}
    return frozenset(named | set(data_measures()))


def _written(subject: Subject) -> set[str]:
    """Every text in the plugin's Python: a measure's id is one of them."""
    files = sorted(subject.folder.rglob("*.py")) if subject.manifest.hooks else []
    nodes = (node for file in files for node in ast.walk(read_source(file).tree))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _measures(node: object, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    if isinstance(node, dict):
        if isinstance(measure := node.get("measure"), str):
            yield (*path, "measure"), measure
        for key, child in node.items():
            yield from _measures(child, (*path, key))
    elif isinstance(node, list):
        for at, child in enumerate(node):
            yield from _measures(child, (*path, at))


def halves(adaptation: Adaptation, document: Document) -> Iterator[Finding]:
    """A parameter that is counted in whole numbers, set to a broken one."""
    milestones = load_contract().milestones
    for number, change in enumerate(adaptation.changes):
        core = milestones.get(change.milestone)
        for name, value in change.parameters.items() if core else ():
            if core and (counted := core.parameters.get(name)) and isinstance(value, Decimal) and value % 1 and _whole(counted, core):
                problem = msg("%(name)s is a whole number; here stands %(value)s.", name=name, value=value)
                below, above = int(value), int(value) + 1
                hint = msg("Write %(below)s or %(above)s.", below=below, above=above)
                yield Finding("milestone.whole", Severity.NOTE, problem, hint, document.where(("changes", number, "parameters", name)))


def _whole(parameter: Parameter, milestone: Milestone) -> bool:
    """Whether a parameter is counted: its bounds are whole, and no criterion holds a share against it."""
    bounds = [bound for bound in (parameter.default, parameter.floor, parameter.ceiling) if bound is not None]
    shares = {spot.criterion.parameter for spot in criteria_of(milestone) if spot.criterion.share}
    return (
        parameter.type is ParameterType.NUMBER
        and parameter.name not in shares
        and all(isinstance(bound, Decimal) and bound % 1 == 0 for bound in bounds)
        and any(isinstance(bound, Decimal) and bound > 1 for bound in bounds)
    )

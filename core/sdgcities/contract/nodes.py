"""From nodes of a YAML file that fits its schema to the model; the grammar that core and countries share.

What a schema can't see (an impossible date, an unknown source) becomes a finding with its line.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date
from types import NoneType
from typing import Any

from sdgcities.contract.values import NEEDED, as_literal, as_value
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.cures import type_cure
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.model.milestones import (
    Comparison,
    Condition,
    Criterion,
    Equivalent,
    Evidence,
    Group,
    Milestone,
    Parameter,
    ParameterType,
    Stricter,
    Value,
)
from sdgcities.model.sources import Source, Status

Node = Mapping[str, Any]
OPEN = "open"
_SOURCE_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


def condition_of(node: Node) -> Condition | None:
    """The condition `when:` of a node, if it has one."""
    if (when := node.get("when")) is None:
        return None
    comparison = next(comparison for comparison in Comparison if comparison in when)
    value = as_literal(comparison, when[comparison])
    assert not isinstance(value, NoneType | date)
    return Condition(when["attribute"], comparison, value)


def evidence_of(node: Node) -> tuple[Evidence, ...]:
    """The evidence of a milestone or change."""
    return tuple(Evidence(entry["id"], entry["name"], entry["file"], when=condition_of(entry)) for entry in node.get("evidence", ()))


def equivalents_of(nodes: list[Node]) -> tuple[Equivalent, ...]:
    """National instruments taken in place of one piece of evidence."""
    return tuple(Equivalent(node["id"], node["name"], node["rationale"], condition_of(node)) for node in nodes)


class Reader:
    """Reads the nodes of one document; `findings` fills up with what is wrong."""

    def __init__(self, document: Document, sources: Mapping[str, Source]) -> None:
        self._document = document
        self._sources = sources
        self.findings: list[Finding] = []

    def refuse(self, path: NodePath, code: str, message: Message, hint: Message | None = None) -> None:
        """Note what is wrong at a path."""
        self.findings.append(Finding(code, Severity.BLOCK, message, hint, self._document.where(path)))

    def milestone(self, path: NodePath, node: Node, identifier: str, national: str = "") -> Milestone:
        """A whole milestone, of the core or of the plugin `national`."""
        return Milestone(
            id=identifier,
            code=node.get("code", ""),
            track=identifier.partition("/")[0],
            name=node["name"],
            criteria=self.group((*path, "criteria"), node["criteria"]),
            evidence=evidence_of(node),
            parameters=self._parameters((*path, "parameters"), node.get("parameters", {})),
            grounding=tuple(node.get("grounding", ())),
            source=self.source((*path, "source"), node["source"]),
            status=Status(node["status"]),
            national=national,
            preconditions=self.preconditions(path, node),
            when=condition_of(node),
        )

    def group(self, path: NodePath, node: Node) -> Group:
        """`all:` or `any:` of criteria and further groups."""
        ((word, members),) = node.items()
        return Group(word == "any", self.members((*path, word), members))

    def members(self, path: NodePath, nodes: list[Node]) -> tuple[Criterion | Group, ...]:
        """The members of a group."""
        return tuple(
            self.group((*path, index), node) if "all" in node or "any" in node else self._criterion((*path, index), node) for index, node in enumerate(nodes)
        )

    def preconditions(self, path: NodePath, node: Node) -> tuple[Criterion, ...]:
        """The preconditions of a milestone or change."""
        return tuple(self._criterion((*path, "preconditions", index), entry) for index, entry in enumerate(node.get("preconditions", ())))

    def source(self, path: NodePath, node: str | Node) -> Source:
        """A source: a key, an office's name in plain words, or an entry."""
        if isinstance(node, Mapping):
            return Source(**node)
        if node in self._sources:
            return self._sources[node]
        if _SOURCE_KEY.fullmatch(node):
            close = difflib.get_close_matches(node, self._sources, n=1)
            hint = msg("Did you mean %(name)s?", name=close[0]) if close else msg("Add it to `sources`, or name the office in words.")
            self.refuse(path, "source.unknown", msg("There is no source %(key)s.", key=node), hint)
        return Source(office=node)

    def _criterion(self, path: NodePath, node: Node) -> Criterion:
        comparison, required = self._comparison(path, node)
        parameter = required["parameter"] if isinstance(required, Mapping) else ""
        return Criterion(
            id=node["id"],
            text=node["text"],
            measure=node["measure"],
            comparison=comparison,
            parameter=parameter,
            value=None if parameter else self._literal((*path, comparison.value), comparison, required),
            arguments=tuple(node.get("arguments", ())),
            when=condition_of(node),
            share=node.get("share", False),
        )

    def _comparison(self, path: NodePath, node: Node) -> tuple[Comparison, object]:
        found = [comparison for comparison in Comparison if comparison in node]
        if len(found) != 1:
            options = ", ".join(Comparison)
            hint = msg("Add one, such as at_least: 1")
            if found:
                hint = msg("Here stand %(names)s: leave one, and write a criterion of its own for each other.", names=", ".join(found))
            self.refuse(path, "criterion.comparison", msg("A criterion has exactly one of: %(options)s.", options=options), hint)
            return Comparison.EQUALS, True
        return found[0], node[found[0]]

    def _literal(self, path: NodePath, comparison: Comparison, node: object) -> Value:
        value = as_literal(comparison, node)
        if value is None:
            problem = msg("%(comparison)s needs: %(needed)s.", comparison=comparison.value, needed=NEEDED[comparison])
            self.refuse(path, "criterion.unfit-value", problem, _cure(comparison, node))
            return True
        return value

    def _parameters(self, path: NodePath, nodes: Node) -> dict[str, Parameter]:
        read = (self._parameter((*path, name), name, node) for name, node in nodes.items())
        return {parameter.name: parameter for parameter in read if parameter}

    def _parameter(self, path: NodePath, name: str, node: Node) -> Parameter | None:
        kind = ParameterType(node["type"])
        default, floor, ceiling = (self._bound((*path, part), kind, node[part]) for part in ("default", "floor", "ceiling"))
        is_open = kind is ParameterType.SET and node["ceiling"] == OPEN
        if default is None or floor is None or (ceiling is None and not is_open):
            return None
        return Parameter(name, kind, default, floor, ceiling, Stricter(node["stricter"]), node["reason"], tuple(node.get("options", ())))

    def _bound(self, path: NodePath, kind: ParameterType, node: object) -> Value | None:
        value = as_value(kind, node)
        if value is None and not (kind is ParameterType.SET and path[-1] == "ceiling" and node == OPEN):
            self.refuse(path, "parameter.wrong-type", msg("This is no value of the type %(type)s.", type=kind.value))
        return value


def _cure(comparison: Comparison, node: object) -> Message | None:
    """How a value is written that a comparison can't use as it stands."""
    types = ["array"] if comparison in {Comparison.INCLUDES, Comparison.ONE_OF} else ["number"]
    return type_cure(types, node, (comparison.value,))

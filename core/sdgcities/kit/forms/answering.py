"""Fields that answer a question of the core: what they accept must be what the core reads there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.json import steps_of, value_at
from sdgcities.intake.yaml import NodePath
from sdgcities.kit.forms.sense import types_of
from sdgcities.plugin.form_schema import questions
from sdgcities.plugin.schema_nodes import Node

MOST_TURNS = 20
"""References and parts of `allOf` through which a field is followed."""
_ALTERNATIVES = ("anyOf", "oneOf", "not", "if")


def misfits(schema: Node, answers: Mapping[str, str], where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """Fields that take something else than the question they answer asks for; `where` tells the place of a path in the schema."""
    for question, pointer in answers.items():
        asked = questions().get(question)
        field = _field(schema, pointer)
        if asked is None or field is None:
            continue  # the rule on the form itself tells
        path, node = field
        if wrong := _misfit(schema, asked, node):
            word, spelt = wrong
            problem = msg("The field answers %(question)s, and accepts something else than the core reads there.", question=question)
            place = (*path, word) if word in node else path
            yield Finding("form.answers", Severity.BLOCK, problem, spelt, where(place))


def _misfit(schema: Node, asked: Mapping[str, object], node: Node) -> tuple[str, Message] | None:
    """The keyword that is missing or different, and what to write."""
    parts = list(_parts(schema, node, MOST_TURNS))
    if any(word in part for part in parts for word in _ALTERNATIVES):
        return None  # which of them holds is seen in the example only
    wanted, given = types_of(asked), {kind for part in parts for kind in types_of(part)} - {"null"}
    fits = set(wanted) | ({"integer"} if "number" in wanted else set())
    chosen = [value for part in parts for value in (part.get("enum"), part.get("const")) if value is not None]
    if not given and not chosen:
        return "type", msg("Write type: %(types)s.", types=" or ".join(wanted))
    if given - fits:
        return "type", msg("Write type: %(types)s.", types=" or ".join(wanted))
    if (form := asked.get("format")) and not chosen and not any(part.get("format") == form for part in parts):
        return "format", msg("Add format: %(format)s.", format=form)
    items, entries = asked.get("items"), next((part["items"] for part in parts if isinstance(part.get("items"), Mapping)), None)
    if isinstance(items, Mapping) and isinstance(entries, Mapping) and (wrong := _misfit(schema, items, entries)):
        return "items", msg("Of each entry: %(hint)s", hint=wrong[1])
    return None


def _parts(schema: Node, node: object, turns: int) -> Iterator[Node]:
    """What is said of one value: the schema, what it refers to, and what it is made of."""
    if not isinstance(node, Mapping) or turns == 0:
        return
    yield node
    reference = node.get("$ref")
    if isinstance(reference, str):
        yield from _parts(schema, value_at(schema, reference.removeprefix("#")), turns - 1)
    for part in cast("list[object]", node.get("allOf") or []):
        yield from _parts(schema, part, turns - 1)


def _field(schema: Node, pointer: str) -> tuple[NodePath, Node] | None:
    """The property that a pointer into the data leads to, and its path; of one behind a reference the path where the reference stands."""
    path: NodePath = ()
    node: Node = schema
    direct = True
    for step in steps_of(pointer):
        found = next((part for part in _parts(schema, node, MOST_TURNS) if step in _mapping(part.get("properties"))), None)
        if found is None:
            return None
        direct = direct and found is node
        path = (*path, "properties", step) if direct else path
        inner = _mapping(found.get("properties"))[step]
        if not isinstance(inner, Mapping):
            return None
        node = inner
    return path, node


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}

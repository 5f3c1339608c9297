"""What a form's schema refers to: `$ref` that leads nowhere or round in a circle, and required names that no property has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.json import steps_of
from sdgcities.intake.yaml import NodePath
from sdgcities.plugin.schema_keywords import did_you_mean
from sdgcities.plugin.schema_nodes import Node, children, in_place, subschemas

Place = Callable[[NodePath], Where]


def check_references(schema: Node, where: Place) -> Iterator[Finding]:
    """References to nothing, and those that come back to themselves before the data goes any deeper."""
    places = {(): schema, **{(*path, *step): part for path, node in subschemas(schema) for step, part in children(node)}}
    for path, node in subschemas(schema):
        reference = node.get("$ref")
        if not isinstance(reference, str):
            continue
        target = _target(schema, reference)
        if target not in places:
            known = [f"#/$defs/{name}" for name in _mapping(schema.get("$defs"))]
            hint = did_you_mean(reference, known) or msg("Write the part under $defs, and refer to it as #/$defs/NAME.")
            problem = msg("%(reference)s leads nowhere.", reference=reference)
            yield Finding("form.reference", Severity.BLOCK, problem, hint, where((*path, "$ref")))
        elif path in _applied(schema, places, target):
            problem = msg("%(reference)s leads back to itself, without end.", reference=reference)
            hint = msg("Refer to it from a property or from items only: there the data comes to an end.")
            yield Finding("form.loop", Severity.BLOCK, problem, hint, where((*path, "$ref")))


def check_required(schema: Node, where: Place) -> Iterator[Finding]:
    """Names that are required, and that no property has."""
    everything = frozenset(name for _, node in subschemas(schema) for name in _mapping(node.get("properties")))
    yield from _required(schema, schema, (), None, everything, where)


def _required(root: Node, node: Node, path: NodePath, names: frozenset[str] | None, everything: frozenset[str], where: Place) -> Iterator[Finding]:
    """`names` are those of the value that the schema speaks of; None where the schema is the first to speak of it."""
    known = _names(root, node) if names is None else names
    for place, name in _asked(node):
        if "*" not in known and name not in known:
            hint = did_you_mean(name, sorted(known)) or msg("Add it under properties, or take it out here.")
            problem = msg("%(name)s is required, and is no property.", name=name)
            yield Finding("form.required", Severity.BLOCK, problem, hint, where((*path, *place)))
    beside = {step for step, _ in in_place(node)}
    for step, part in children(node):
        if isinstance(part, Mapping):
            above = known if step in beside else everything if step[0] == "$defs" else None
            yield from _required(root, part, (*path, *step), above, everything, where)


def _asked(node: Node) -> Iterator[tuple[NodePath, str]]:
    asked = node.get("required")
    yield from ((("required", number), name) for number, name in enumerate(asked if isinstance(asked, list) else ()) if isinstance(name, str))
    for key, names in _mapping(node.get("dependentRequired")).items():
        yield ("dependentRequired", key), key
        yield from ((("dependentRequired", key, number), name) for number, name in enumerate(names if isinstance(names, list) else ()))


def _names(root: Node, node: Node) -> frozenset[str]:
    """The properties that the schema and those applied beside it speak of; `*` where any name may be one."""
    found: set[str] = set()
    seen: list[Node] = []
    todo: list[object] = [node]
    while todo:
        part = todo.pop()
        if not isinstance(part, Mapping) or any(part is one for one in seen):
            continue
        seen.append(part)
        found |= set(_mapping(part.get("properties"))) | ({"*"} if "patternProperties" in part else set())
        todo += [beside for _, beside in in_place(part)]
        reference = part.get("$ref")
        if isinstance(reference, str) and (target := _target(root, reference)) is not None:
            todo.append(_at(root, target))
    return frozenset(found)


def _applied(schema: Node, places: Mapping[NodePath, object], start: NodePath) -> set[NodePath]:
    """The schemas that are applied to the same value as the one at `start`, itself among them."""
    found: set[NodePath] = set()
    todo = [start]
    while todo:
        path = todo.pop()
        node = places.get(path)
        if path in found or not isinstance(node, Mapping):
            continue
        found.add(path)
        todo += [(*path, *step) for step, _ in in_place(node)]
        reference = node.get("$ref")
        if isinstance(reference, str) and (target := _target(schema, reference)) is not None:
            todo.append(target)
    return found


def _target(schema: Node, reference: str) -> NodePath | None:
    """The path a reference within the schema leads to; None where it is none of a pointer."""
    pointer = unquote(reference).removeprefix("#")
    if pointer and not pointer.startswith("/"):
        return None
    path: list[str | int] = []
    node: object = schema
    for step in steps_of(pointer):
        if isinstance(node, list) and step.isdecimal() and int(step) < len(node):
            path.append(int(step))
            node = node[int(step)]
        elif isinstance(node, Mapping) and step in node:
            path.append(step)
            node = node[step]
        else:
            return None
    return tuple(path)


def _at(schema: Node, path: NodePath) -> object:
    node: object = schema
    for step in path:
        node = node[step]  # type: ignore[index]  # the path was found in the schema
    return node


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}

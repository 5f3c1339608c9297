"""Walks the parts of a form's JSON Schema: what stands below `properties`, `items`, `allOf` and so on is itself a schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdgcities.intake.yaml import NodePath

Node = Mapping[str, object]

ONE = ("additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items", "contains", "propertyNames", "not", "if", "then", "else")
MANY = ("allOf", "anyOf", "oneOf", "prefixItems")
NAMED = ("$defs", "properties", "patternProperties", "dependentSchemas")
IN_PLACE = frozenset({"allOf", "anyOf", "oneOf", "if", "then", "else", "dependentSchemas", "not"})
"""The keywords whose schemas look at the same value as the schema they stand in."""


def subschemas(schema: object, path: NodePath = ()) -> Iterator[tuple[NodePath, Node]]:
    """The schema and every one inside it, each with its path, in the order of the file."""
    if not isinstance(schema, Mapping):
        return
    yield path, schema
    for step, part in children(schema):
        yield from subschemas(part, (*path, *step))


def children(schema: Node) -> Iterator[tuple[NodePath, object]]:
    """What stands one step below a schema: true and false among it."""
    for word, value in schema.items():
        if word in ONE:
            yield (word,), value
        elif word in MANY and isinstance(value, list):
            yield from (((word, number), part) for number, part in enumerate(value))
        elif word in NAMED and isinstance(value, Mapping):
            yield from (((word, name), part) for name, part in value.items())


def in_place(schema: Node) -> Iterator[tuple[NodePath, object]]:
    """The children that are applied to the very value the schema itself is applied to."""
    return ((step, part) for step, part in children(schema) if step[0] in IN_PLACE)

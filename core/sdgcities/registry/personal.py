"""What in a submission is personal: found by the marks of its schema, and kept apart under a salt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import cast

from sdgcities.intake.json import value_at
from sdgcities.registry.people import salted
from sdgcities.store import audit

PERSONAL = "x-personal"
_WAYS = ("allOf", "anyOf", "oneOf")
_BRANCHES = ("if", "then", "else")

Schema = Mapping[str, object]


def apart(data: object, schema: Schema) -> tuple[object, dict[str, tuple[str, str]]]:
    """The data with a salted digest in each personal place, and what stood there: JSON Pointer to (value, salt)."""
    private: dict[str, tuple[str, str]] = {}
    holder: dict[str | int, object] = {"": deepcopy(data)}
    for parent, key, pointer in list(_places(holder, "", [schema], schema, "")):
        value = audit.canonical(parent[key])
        salt, digest = salted(value)
        private[pointer] = (value, salt)
        parent[key] = {"sha256": digest}
    return holder[""], private


def shown(value: object, kept: bool) -> object:  # noqa: FBT001 - one of two answers
    """A value as it may be shown: personal data shows as present, for as long as it has not been erased."""
    if isinstance(value, dict) and value.keys() == {"sha256"}:
        return True if kept else None
    return value


def _places(
    parent: dict[str | int, object], key: str | int, schemas: list[Schema], root: Schema, pointer: str
) -> Iterator[tuple[dict[str | int, object], str | int, str]]:
    """The places of the data that some schema which may hold for them marks as personal."""
    facets = [facet for schema in schemas for facet in _facets(schema, root, set())]
    if any(facet.get(PERSONAL) is True for facet in facets):
        yield parent, key, pointer
        return
    node = parent[key]
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, _ in list(children):
        inside = [schema for facet in facets for schema in _below(facet, name) if isinstance(schema, Mapping)]
        step = str(name).replace("~", "~0").replace("/", "~1")
        yield from _places(cast("dict[str | int, object]", node), name, inside, root, f"{pointer}/{step}")


def _facets(schema: Schema, root: Schema, seen: set[int]) -> Iterator[Schema]:
    """The schema and every other that speaks of the same place."""
    if id(schema) in seen:
        return
    seen.add(id(schema))
    yield schema
    further = [part for word in _WAYS for part in cast("list[object]", schema.get(word, ()))]
    further += [schema.get(word) for word in _BRANCHES] + list(cast("Schema", schema.get("dependentSchemas", {})).values())
    if isinstance(reference := schema.get("$ref"), str):
        further.append(value_at(root, reference.removeprefix("#")))
    for part in further:
        if isinstance(part, Mapping):
            yield from _facets(part, root, seen)


def _below(schema: Schema, name: str | int) -> Iterator[object]:
    """The schemas of one schema that may hold for a member."""
    if isinstance(name, int):
        yield from cast("list[object]", schema.get("prefixItems", ()))[name : name + 1]
        yield from (schema.get(word) for word in ("items", "contains", "unevaluatedItems"))
        return
    yield cast("Schema", schema.get("properties", {})).get(name)
    yield from cast("Schema", schema.get("patternProperties", {})).values()  # any may hold: rather too much apart than too little
    yield from (schema.get(word) for word in ("additionalProperties", "unevaluatedProperties"))

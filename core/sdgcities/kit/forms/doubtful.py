"""Fields that may be right and seldom are: without a type, with codes to choose from, about a person and not marked so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.yaml import NodePath
from sdgcities.kit.forms.sense import types_of
from sdgcities.plugin.schema_nodes import IN_PLACE, Node, subschemas

Place = Callable[[NodePath], Where]
PERSONAL = "x-personal"
_SAYS_WHAT = ("type", "enum", "const", "$ref", "allOf", "anyOf", "oneOf", "properties", "items")
_CODE = re.compile(r"[A-Z]?[0-9]{0,3}|[a-z0-9]+([_-][a-z0-9]+)+|[A-Z0-9]+(_[A-Z0-9]+)+", re.ASCII)
_CONTACT = re.compile(r"(^|_)(contact|e?_?mail|phone|telephone|mobile|whatsapp)s?($|_)", re.ASCII)
_PERSON = re.compile(r"(^|_)(first_?name|last_?name|full_?name|family_?name|surname|respondent)($|_)", re.ASCII)


def doubts(schema: Node, where: Place) -> Iterator[Finding]:
    """Notes on a schema; `where` tells the place of a path in it."""
    marked = _marked(schema)
    for path, node in subschemas(schema):
        if len(path) > 1 and path[-2] == "properties" and not any(step in IN_PLACE for step in path[:-2]):
            if not any(word in node for word in _SAYS_WHAT):
                hint = msg("Add type: string, number, integer, boolean, array or object.")
                yield _note(msg("The field %(name)s takes anything: it has no type.", name=path[-1]), hint, where(path))
            if _about_a_person(schema, path, node) and not any(path[: len(above)] == above for above in marked):
                hint = msg("Add x-personal: true, so that it is kept apart and can be erased; leave it where it is never about a person.")
                yield _note(msg("The field %(name)s may be about a person, and is not marked so.", name=path[-1]), hint, where(path))
        values = node.get("enum")
        if isinstance(values, list) and values and all(map(_is_code, values)):
            hint = msg("Write the choices as people read them, or give each its words: oneOf: [{const: A, title: What A means}].")
            yield _note(msg("The choices are codes, and cities would see them so."), hint, where((*path, "enum")))


def _about_a_person(schema: Node, path: NodePath, node: Node) -> bool:
    """Whether the field is called, or titled, as the name or contact of a person."""
    name, kinds = str(path[-1]).lower().replace("-", "_"), types_of(node)
    if kinds and "string" not in kinds:
        return False
    if _CONTACT.search(name) or _PERSON.search(name) or node.get("format") == "email":
        return True
    if name != "name":
        return False
    reached = any(
        _CONTACT.search(str(other).lower()) and "properties" not in part for other, part in _at(schema, path[:-1]).items() if isinstance(part, Mapping)
    )
    return reached or str(node.get("title", "name")).strip().lower() == "name"


def _marked(schema: Node) -> list[NodePath]:
    """Where a mark of what is personal holds: at the field itself, for all within, and at what a marked field refers to."""
    found: list[NodePath] = []
    for path, node in subschemas(schema):
        if node.get(PERSONAL) is True:
            found.append(path)
            reference = node.get("$ref")
            found += [tuple(reference.split("/")[1:])] if isinstance(reference, str) else []
    return found


def _is_code(value: object) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    return not isinstance(value, str) or bool(value and _CODE.fullmatch(value))


def _at(schema: Node, path: NodePath) -> Mapping[str, object]:
    node: object = schema
    for step in path:
        node = node[step]  # type: ignore[index]  # the path was found in the schema
    return node if isinstance(node, Mapping) else {}


def _note(problem: Message, hint: Message, where: Where) -> Finding:
    return Finding("form.doubt", Severity.NOTE, problem, hint, where)

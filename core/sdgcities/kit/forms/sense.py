"""Schemas that are sound and that nobody can answer: bounds that cross, choices of another type, a default that is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.schema import compile_schema, violations
from sdgcities.intake.schema_words import shown
from sdgcities.intake.yaml import NodePath
from sdgcities.plugin.schema_nodes import Node, subschemas

Place = Callable[[NodePath], Where]
_BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
    ("exclusiveMinimum", "exclusiveMaximum"),
    ("minContains", "maxContains"),
)
_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float, Decimal),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}


def unanswerable(schema: Node, where: Place) -> Iterator[Finding]:
    """What keeps a field from being answered; `where` tells the place of a path in the schema."""
    for path, node in subschemas(schema):
        yield from _crossed(path, node, where)
        yield from _choices(path, node, where)
        if "default" in node:
            yield from _default(schema, path, node, where)


def _crossed(path: NodePath, node: Node, where: Place) -> Iterator[Finding]:
    for least, most in _BOUNDS:
        low, high = node.get(least), node.get(most)
        if isinstance(low, (int, Decimal)) and isinstance(high, (int, Decimal)) and low > high:
            problem = msg("%(least)s %(low)s is above %(most)s %(high)s: no answer fits both.", least=least, low=low, most=most, high=high)
            yield _block(problem, msg("Correct one of them."), where((*path, least)))


def _choices(path: NodePath, node: Node, where: Place) -> Iterator[Finding]:
    values, types = node.get("enum"), types_of(node)
    for number, value in enumerate(values if isinstance(values, list) else ()):
        place = where((*path, "enum", number))
        if types and not any(_is(value, kind) for kind in types):
            hint = msg("Put it in quotation marks.") if types == ["string"] and _is(value, "number") else msg("Correct the choice, or the type.")
            problem = msg("The choice %(value)s is not of the type %(types)s: nobody can choose it.", value=shown(value), types=", ".join(types))
            yield _block(problem, hint, place)
        elif any(_same(value, other) for other in cast("list[object]", values)[:number]):
            yield _block(msg("The choice %(value)s stands twice.", value=shown(value)), msg("Take one of them out."), place)


def _default(schema: Node, path: NodePath, node: Node, where: Place) -> Iterator[Finding]:
    try:
        validator = compile_schema({"allOf": [node], "$defs": schema.get("$defs", {})})
    except ValueError:
        return  # it refers to a part of the form outside $defs, which stands nowhere in a schema of the field alone
    place = where((*path, "default"))
    for finding in violations(validator, node["default"], lambda _: place):
        problem = msg("The field refuses its own default: %(problem)s", problem=finding.message)
        yield _block(problem, finding.hint or msg("Correct the default, or take it out."), place)


def types_of(node: Node) -> list[str]:
    """The types that a schema names itself."""
    value = node.get("type")
    return [kind for kind in (value if isinstance(value, Sequence) and not isinstance(value, str) else [value]) if isinstance(kind, str)]


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _KINDS.get(kind, (object,)))


def _same(one: object, other: object) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _block(problem: Message, hint: Message, where: Where) -> Finding:
    return Finding("form.sense", Severity.BLOCK, problem, hint, where)

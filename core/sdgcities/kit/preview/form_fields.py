"""A form as a person fills it in: its fields with label, hint, what is allowed and an example, out of its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sdgcities.findings import Message, msg, nmsg
from sdgcities.intake.json import value_at
from sdgcities.model.instruments import Form
from sdgcities.reports.wording import Wording

Node = Mapping[str, Any]
DEEPEST = 12
"""References followed within one field; a schema that has more is shown so far."""
FORMATS = {
    "date": msg("A day as year-month-day, such as 2024-12-31."),
    "date-time": msg("A day and time, such as 2024-12-31T16:30:00Z."),
    "email": msg("An e-mail address."),
    "uri": msg("An address on the web, beginning with https://."),
    "uuid": msg("An identifier of the kind UUID."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or a group or list of fields. `id` is its place in the form; `value` what the example answers."""

    id: str
    label: str
    hint: str
    required: bool
    personal: bool
    allowed: tuple[str, ...]
    value: str
    options: tuple[Option, ...] = ()
    several: bool = False
    members: tuple[Field, ...] = ()
    kind: str = "text"
    """As HTML names an input: text, number, email, url. A day is a text: browsers show one in the order of their own country."""


def fields_of(form: Form, wording: Wording) -> tuple[Field, ...]:
    """The fields of a form in the reader's language, filled in with its example."""
    return _Reader(form.schema, wording).members(form.schema, form.example, "f", 0)


class _Reader:
    """Reads the schema of one form."""

    def __init__(self, root: Node, wording: Wording) -> None:
        self._root, self._wording = root, wording

    def members(self, node: Node, example: object, place: str, depth: int) -> tuple[Field, ...]:
        """The properties of an object."""
        whole = self._whole(node, depth)
        required = whole.get("required", ())
        given = example if isinstance(example, Mapping) else {}
        return tuple(
            self.field(key, part, given.get(key), f"{place}-{key}", required=key in required, depth=depth) for key, part in whole.get("properties", {}).items()
        )

    def field(self, key: str, node: object, example: object, place: str, *, required: bool, depth: int) -> Field:
        """One property, whatever it is."""
        part = self._whole(node, depth)
        text = self._wording.text
        members: tuple[Field, ...] = ()
        options = self._options(part, example)
        if "properties" in part and depth < DEEPEST:
            members = self.members(part, example, place, depth + 1)
        elif "items" in part and depth < DEEPEST:
            options = options or self._options(self._whole(part["items"], depth), example)
            members = () if options else self._items(part["items"], example, place, depth)
        return Field(
            id=place,
            label=text(str(part.get("title", ""))) or key,
            hint=text(str(part.get("description", ""))),
            required=required,
            personal=bool(part.get("x-personal")),
            allowed=tuple(map(self._wording.message, _allowed(part))),
            value="" if members else self._written(example),
            options=options,
            several="items" in part,
            members=members,
            kind=_kind(part),
        )

    def _items(self, node: object, example: object, place: str, depth: int) -> tuple[Field, ...]:
        """One field for each entry of the example, or an empty one."""
        entries = example if isinstance(example, Sequence) and not isinstance(example, str) and example else [None]
        found = [self._entry(number, node, entry, f"{place}-{number}", depth + 1) for number, entry in enumerate(entries, 1)]
        told_once = [one if one.members else replace(one, hint="", allowed=()) for one in found[1:]]
        return (*found[:1], *told_once)

    def _entry(self, number: int, node: object, example: object, place: str, depth: int) -> Field:
        untitled = not self._whole(node, depth).get("title")
        return self.field(self._wording.message(msg("Entry %(n)s", n=number)) if untitled else "", node, example, place, required=False, depth=depth)

    def _options(self, node: Node, example: object) -> tuple[Option, ...]:
        """The answers to choose from, as the reader knows them."""
        chosen = example if isinstance(example, Sequence) and not isinstance(example, str) else [example]
        return tuple(Option(label, any(value is one or value == one for one in chosen)) for value, label in self._choices(node))

    def _choices(self, node: Node) -> Iterator[tuple[object, str]]:
        if "boolean" in _types(node):
            yield from ((value, self._written(value)) for value in (True, False))
        for value in node.get("enum", ()):
            yield value, self._wording.text(value) if isinstance(value, str) else self._written(value)
        for way in (*node.get("oneOf", ()), *node.get("anyOf", ())):
            if isinstance(way, Mapping) and "const" in way:
                yield way["const"], self._wording.text(str(way.get("title") or way["const"]))

    def _written(self, value: object) -> str:
        """A value of the example as it is typed in."""
        match value:
            case None:
                return ""
            case bool():
                return self._wording.message(msg("yes") if value else msg("no"))
            case Mapping():
                return self._wording.formats.comma.join(map(self._written, value.values()))
            case list() | tuple():
                return self._wording.formats.comma.join(map(self._written, value))
            case _:
                return str(value)

    def _whole(self, node: object, depth: int) -> Node:
        """A node with what it refers to and what it is made of; of true or false, which are schemas too, there is nothing to tell."""
        if not isinstance(node, Mapping):
            return {}
        parts: list[Node] = []
        reference = node.get("$ref")
        if isinstance(reference, str) and depth < DEEPEST and (found := value_at(self._root, reference.removeprefix("#"))):
            parts.append(self._whole(found, depth + 1))
        parts += [self._whole(part, depth + 1) for part in node.get("allOf", ()) if depth < DEEPEST]
        return _merged([*parts, node]) if parts else node


def _merged(parts: Sequence[Node]) -> Node:
    merged: dict[str, Any] = {}
    for part in parts:
        properties = {**merged.get("properties", {}), **part.get("properties", {})}
        required = [*merged.get("required", ()), *part.get("required", ())]
        merged |= part
        if properties:
            merged["properties"] = properties
        if required:
            merged["required"] = required
    return merged


def _types(node: Node) -> Sequence[str]:
    types = node.get("type", ())
    return (types,) if isinstance(types, str) else types


def _kind(node: Node) -> str:
    if {"integer", "number"} & set(_types(node)):
        return "number"
    return {"email": "email", "uri": "url"}.get(str(node.get("format")), "text")


def _allowed(node: Node) -> Iterator[Message]:
    """What may be written, in words."""
    yield from _within(node, ("minimum", "maximum"), _NUMBERS)
    yield from _within(node, ("exclusiveMinimum", "exclusiveMaximum"), _BEYOND)
    if "integer" in _types(node):
        yield msg("A whole number.")
    if "enum" not in node:
        yield from _within(node, ("", "maxLength"), _LETTERS)
        yield from _within(node, ("minItems", "maxItems"), _ENTRIES)
    if node.get("format") in FORMATS:
        yield FORMATS[node["format"]]
    if "pattern" in node:
        yield msg("Written as the example is.")


Bounds = tuple[Callable[[Any], Message], Callable[[Any], Message], Callable[[Any, Any], Message]]
"""How a lower bound, an upper bound and both are told."""
_NUMBERS: Bounds = (
    lambda least: msg("At least %(least)s.", least=least),
    lambda most: msg("At most %(most)s.", most=most),
    lambda least, most: msg("From %(least)s to %(most)s.", least=least, most=most),
)
_BEYOND: Bounds = (
    lambda least: msg("More than %(least)s.", least=least),
    lambda most: msg("Less than %(most)s.", most=most),
    lambda least, most: msg("More than %(least)s, less than %(most)s.", least=least, most=most),
)
_LETTERS: Bounds = (
    lambda least: nmsg("At least %(n)s character.", "At least %(n)s characters.", least),
    lambda most: nmsg("At most %(n)s character.", "At most %(n)s characters.", most),
    lambda least, most: msg("From %(least)s to %(most)s characters.", least=least, most=most),
)
_ENTRIES: Bounds = (
    lambda least: nmsg("At least %(n)s entry.", "At least %(n)s entries.", least),
    lambda most: nmsg("At most %(n)s entry.", "At most %(n)s entries.", most),
    lambda least, most: msg("From %(least)s to %(most)s entries.", least=least, most=most),
)


def _within(node: Node, names: tuple[str, str], told: Bounds) -> Iterator[Message]:
    least, most = (node.get(name) for name in names)
    if least is not None and most is not None:
        yield told[2](least, most)
    elif least is not None or most is not None:
        yield told[0](least) if least is not None else told[1](most)

"""Data held against a JSON Schema (2020-12), in words of our own and with the line where the file keeps one.

Nothing is ever fetched: a `$ref` that leaves the schema is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, cast

import jsonschema_rs

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import Document, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FINDINGS = 20
NOT_BLANK = r"\S"
PATTERNS = Path(__file__).with_name("patterns.yaml")
_LINEAR = jsonschema_rs.RegexOptions()  # no pattern of a plugin can stall the hub by backtracking


@dataclass(frozen=True, slots=True)
class Validator:
    """A schema that can be held against data."""

    schema: Mapping[str, object]
    compiled: jsonschema_rs.Draft202012Validator

    def is_valid(self, data: object) -> bool:
        """Whether nothing in the data breaks it."""
        return self.compiled.is_valid(data)

    def errors(self, data: object) -> Iterator[jsonschema_rs.ValidationError]:
        """What breaks it."""
        return self.compiled.iter_errors(data)

    def node(self, path: Iterable[str | int]) -> object:
        """The part of the schema at a path; None where there is none."""
        found: Any = self.schema
        for step in path:
            found = found[step] if isinstance(found, list) and isinstance(step, int) else found.get(step) if isinstance(found, Mapping) else None
        return found


_TYPES: Mapping[str, Message] = {
    "string": msg("text"),
    "array": msg("list"),
    "object": msg("keys with values"),
    "integer": msg("whole number"),
    "number": msg("number"),
    "boolean": msg("true or false"),
    "null": msg("nothing"),
}
"""The types of JSON, in words."""
_FORMATS: Mapping[str, Message] = {
    "date": msg("day, such as 2024-12-31"),
    "date-time": msg("day and time, such as 2024-12-31T12:00:00Z"),
    "email": msg("mail address"),
    "uri": msg("web address that begins with https://"),
}
"""The formats of JSON Schema, in words."""


def _or(one: Message, other: Message) -> Message:
    return msg("%(one)s or %(other)s", one=one, other=other)


def compile_schema(schema: Mapping[str, object]) -> Validator:
    """A validator that resolves nothing outside the schema. Raises ValueError for a schema that is none."""
    compiled = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, retriever=_nothing, pattern_options=_LINEAR)
    return Validator(schema, compiled)


@lru_cache(maxsize=32)
def schema_file(path: Path) -> Validator:
    """The validator of one of the core's own schema files."""
    schema = load_json(path)
    assert isinstance(schema, dict)
    return compile_schema(schema)


def load_checked(path: Path, schema: Path) -> Document:
    """Read a YAML file and hold it against one of the core's schemas. Raises Refused with every finding."""
    document = load_yaml(path)
    findings = list(violations(schema_file(schema), document.data, document.where))
    if findings:
        raise Refused(findings)
    return document


def violations(validator: Validator, data: object, where: Callable[[tuple[str | int, ...]], Where]) -> Iterable[Finding]:
    """What in `data` breaks the schema, at most 20 findings; `where` tells the place of a path."""
    for count, error in enumerate(validator.errors(data)):
        if count == MAX_FINDINGS:
            return
        unknown = getattr(error.kind, "unexpected", ())[:1]
        yield Finding(f"schema.{error.kind.name}", Severity.BLOCK, _words(error), _hint(validator, error), where((*error.instance_path, *unknown)))


def _hint(validator: Validator, error: jsonschema_rs.ValidationError) -> Message:
    """What to do: for a key that is unknown the nearest that is known, for a number that should be text the quotation marks."""
    kind: Any = error.kind
    path = _spell(tuple(error.instance_path))
    if kind.name in {"additionalProperties", "minProperties", "maxProperties"}:
        node = validator.node(error.schema_path[:-1])
        known = list(node.get("properties", ())) if isinstance(node, Mapping) else []
        close = difflib.get_close_matches(kind.unexpected[0], known) if kind.name == "additionalProperties" else ()
        return msg("Did you mean %(close)s?", close=", ".join(close)) if close else msg("Known here: %(known)s.", known=", ".join(known) or "-")
    if kind.name == "type" and kind.types == ["string"] and isinstance(error.instance, (int, float, Decimal)):
        return msg("Put it in quotation marks.")
    return msg("Correct %(path)s and run the command again.", path=path) if path else msg("Correct the file and run the command again.")


def _words(error: jsonschema_rs.ValidationError) -> Message:
    kind: Any = error.kind  # each name has attributes of its own, which the stubs leave out
    match kind.name:
        case "required":
            return msg("%(name)s is missing.", name=str(kind.property).strip('"'))
        case "additionalProperties" | "unevaluatedProperties":
            return msg("%(names)s is not known here.", names=", ".join(kind.unexpected))
        case "enum":
            return msg("Must be one of: %(options)s.", options=", ".join(map(str, kind.options)))
        case "type":
            return msg("Must be of type %(types)s.", types=reduce(_or, (_TYPES[name] for name in kind.types)))
        case "propertyNames" if names := getattr(getattr(kind.error, "kind", None), "options", None):
            return msg("Each key must be one of: %(options)s.", options=", ".join(map(str, names)))
        case "pattern" if form := _forms().get(kind.pattern):
            return msg("Not accepted: %(value)s. It must be %(form)s.", value=str(error.instance)[:80] or "''", form=Message(form))
        case "format":
            return msg("Must be a %(format)s.", format=_FORMATS.get(kind.format, kind.format))
        case _:
            return _beyond(kind) or msg("Not accepted: %(problem)s.", problem=error.message.splitlines()[0][:200])


def _beyond(kind: Any) -> Message | None:  # noqa: ANN401 - as above
    """In words, where something is empty, too many, too few, too high or too low; None where it is not that."""
    match kind.name:
        case "minLength" | "minItems" | "minProperties" if kind.limit == 1:
            return msg("Something must stand here.")
        case "pattern" if kind.pattern == NOT_BLANK:
            return msg("Something must stand here.")
        case "minProperties":
            return msg("At least %(n)s keys must stand here.", n=kind.limit)
        case "maxProperties":
            return msg("At most %(n)s keys may stand here.", n=kind.limit)
        case "uniqueItems":
            return msg("An entry stands twice.")
        case "minimum" | "exclusiveMinimum":
            return msg("Must be at least %(limit)s.", limit=kind.limit)
        case "maximum" | "exclusiveMaximum":
            return msg("Must be at most %(limit)s.", limit=kind.limit)
    return None


@cache
def _forms() -> Mapping[str, str]:
    """What each pattern of the core's own schemas asks for, in words."""
    entries = cast("dict[str, list[dict[str, str]]]", load_yaml(PATTERNS).data)["patterns"]
    return {entry["pattern"]: entry["text"] for entry in entries}


def _spell(path: tuple[str | int, ...]) -> str:
    return "/".join(map(str, path))


def _nothing(uri: str) -> Never:
    message = f"{uri} is outside the schema"
    raise ValueError(message)

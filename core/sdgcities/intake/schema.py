"""Data held against a JSON Schema (2020-12), in words of our own and with the line where the file keeps one.

Nothing is ever fetched: a `$ref` that leaves the schema is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, cast

import jsonschema_rs

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.cures import choices, name_cure, one_of, one_of_words, type_cure
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import Document, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FINDINGS = 20
MOST_SHOWN = 80
"""Characters of a value that a message quotes."""
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
        steps = tuple(path)
        embedded = [part for part in cast("Mapping[str, object]", self.schema.get("$defs", {})).values() if isinstance(part, Mapping) and "$id" in part]
        nodes = (_node(document, steps) for document in (self.schema, *embedded))  # a path is told within the schema that holds the part
        return next((node for node in nodes if node is not None), None)


def _node(found: Any, steps: Iterable[str | int]) -> object:  # noqa: ANN401 - what JSON has
    for step in steps:
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


def shown(value: object) -> Message:
    """A value as a message quotes it: at most 80 characters, and what is no text or number by its kind."""
    if isinstance(value, (list, dict)):
        return msg("a list") if isinstance(value, list) else msg("keys with values")
    if value is None or value == "":
        return msg("nothing")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return msg("%(text)s", text=text[:MOST_SHOWN] + "…" if len(text) > MOST_SHOWN else text)


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
    for count, error in enumerate(error for error in validator.errors(data) if not _told_by_its_type(validator, error)):
        if count == MAX_FINDINGS:
            return
        kind: Any = error.kind
        within = (*getattr(kind, "unexpected", ())[:1], *([kind.error.instance] if kind.name == "propertyNames" else []))
        message, hint = _told(validator, error)
        yield Finding(f"schema.{kind.name}", Severity.BLOCK, message, hint, where((*error.instance_path, *within)))


def _told_by_its_type(validator: Validator, error: jsonschema_rs.ValidationError) -> bool:
    """Whether one of some keys is asked for where there are no keys at all."""
    node = validator.node(error.schema_path[:-1]) if error.kind.name == "oneOf" and not isinstance(error.instance, Mapping) else None
    return isinstance(node, Mapping) and bool(one_of(node, "oneOf"))


def _told(validator: Validator, error: jsonschema_rs.ValidationError) -> tuple[Message, Message]:
    """What is wrong, and what to do."""
    node, found = validator.node(error.schema_path[:-1]), error.instance
    if isinstance(node, Mapping) and isinstance(found, Mapping) and (options := one_of(node, error.kind.name)):
        return one_of_words(options, found)
    hint = _hint(node, error)
    if isinstance(node, Mapping) and error.kind.name == "oneOf" and (values := choices(node)):
        return msg("Must be one of: %(options)s; here stands %(value)s.", options=", ".join(map(str, values)), value=shown(found)), hint
    return _words(error), hint


def _hint(node: object, error: jsonschema_rs.ValidationError) -> Message:
    """What to do: for a key that is unknown the nearest that is known, for a value of another type how it is written."""
    kind: Any = error.kind
    path = _spell(tuple(error.instance_path))
    if kind.name in {"additionalProperties", "minProperties", "maxProperties"}:
        known = list(node.get("properties", ())) if isinstance(node, Mapping) else []
        if kind.name == "additionalProperties":
            return name_cure(kind.unexpected[0], known)
        if known:
            return msg("Known here: %(known)s.", known=", ".join(known))
    if kind.name == "enum" and isinstance(error.instance, str):
        options = {str(option).casefold(): option for option in kind.options}
        if close := get_close_matches(error.instance.casefold(), options, n=1):
            return msg("Did you mean %(name)s?", name=options[close[0]])
    if kind.name == "type" and (cure := type_cure(list(kind.types), error.instance, tuple(error.instance_path))):
        return cure
    return msg("Correct %(path)s and run the command again.", path=path) if path else msg("Correct the file and run the command again.")


def _words(error: jsonschema_rs.ValidationError) -> Message:
    kind: Any = error.kind  # each name has attributes of its own, which the stubs leave out
    match kind.name:
        case "required":
            return msg("%(name)s is missing.", name=str(kind.property).strip('"'))
        case "additionalProperties" | "unevaluatedProperties":
            return msg("%(names)s is not known here.", names=", ".join(kind.unexpected))
        case "enum":
            return msg("Must be one of: %(options)s; here stands %(value)s.", options=", ".join(map(str, kind.options)), value=shown(error.instance))
        case "type":
            types = reduce(_or, (_TYPES[name] for name in kind.types))
            return msg("Must be of type %(types)s; here stands %(value)s.", types=types, value=shown(error.instance))
        case "propertyNames" if names := getattr(getattr(kind.error, "kind", None), "options", None):
            key = shown(kind.error.instance)
            return msg("Each key must be one of: %(options)s; here stands %(value)s.", options=", ".join(map(str, names)), value=key)
        case "propertyNames" if form := _forms().get(getattr(getattr(kind.error, "kind", None), "pattern", "")):
            return msg("The key %(key)s is not accepted: it must be %(form)s.", key=shown(kind.error.instance), form=Message(form))
        case "const":
            return msg("Must be %(value)s; here stands %(found)s.", value=shown(kind.expected_value), found=shown(error.instance))
        case "pattern" if form := _forms().get(kind.pattern):
            return msg("Not accepted: %(value)s. It must be %(form)s.", value=str(error.instance)[:80] or "''", form=Message(form))
        case "format":
            return msg("Must be a %(format)s; here stands %(value)s.", format=_FORMATS.get(kind.format, kind.format), value=shown(error.instance))
        case _:
            return _beyond(kind, error.instance) or msg("Not accepted: %(problem)s.", problem=error.message.splitlines()[0][:200])


def _beyond(kind: Any, found: object) -> Message | None:  # noqa: ANN401 - as above
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
            return msg("Must be at least %(limit)s; here stands %(value)s.", limit=kind.limit, value=shown(found))
        case "maximum" | "exclusiveMaximum":
            return msg("Must be at most %(limit)s; here stands %(value)s.", limit=kind.limit, value=shown(found))
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

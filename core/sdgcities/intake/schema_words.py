"""What is wrong with data that breaks a schema, and what to do, in words: loaded only where something is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sdgcities.findings import Message, msg
from sdgcities.intake.cures import choices, name_cure, one_of, one_of_words, type_cure
from sdgcities.intake.yaml import load_yaml

if TYPE_CHECKING:
    import jsonschema_rs

    from sdgcities.intake.schema import Validator

MOST_SHOWN = 80
"""Characters of a value that a message quotes."""
NOT_BLANK = r"\S"
PATTERNS = Path(__file__).with_name("patterns.yaml")
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


def told_by_its_type(validator: Validator, error: jsonschema_rs.ValidationError) -> bool:
    """Whether one of some keys is asked for where there are no keys at all."""
    node = validator.node(error.schema_path[:-1]) if error.kind.name == "oneOf" and not isinstance(error.instance, Mapping) else None
    return isinstance(node, Mapping) and bool(one_of(node, "oneOf"))


def told(validator: Validator, error: jsonschema_rs.ValidationError) -> tuple[Message, Message]:
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

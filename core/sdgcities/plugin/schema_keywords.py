"""Misspelt keywords and types of a form's schema: each is told with the one that was probably meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import cast

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import NodePath
from sdgcities.plugin.manifest import SCHEMAS
from sdgcities.plugin.schema_nodes import Node, subschemas

STRICT = SCHEMAS / "strict.schema.json"
ALIKE, LESS_ALIKE = 0.8, 0.6
"""How much of a name must be the same for the other to be meant."""
TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")
_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("label", "name", "caption"), "title"),
    **dict.fromkeys(("help", "hint", "note"), "description"),
    **dict.fromkeys(("choices", "options", "values", "one_of"), "enum"),
    **dict.fromkeys(("min", "least"), "minimum"),
    **dict.fromkeys(("max", "most"), "maximum"),
    **dict.fromkeys(("mandatory", "needed", "optional"), "required"),
    **dict.fromkeys(("regex", "regexp"), "pattern"),
    **dict.fromkeys(("definitions", "defs"), "$defs"),
    **dict.fromkeys(("fields", "questions"), "properties"),
    "dependencies": "dependentRequired",
    "ref": "$ref",
    "personal": "x-personal",
}
"""What people write who know other schemas, or none."""
_TYPES_MEANT: Mapping[str, str] = {
    **dict.fromkeys(("text", "str", "date", "datetime", "email", "file", "choice"), "string"),
    **dict.fromkeys(("int", "count"), "integer"),
    **dict.fromkeys(("float", "decimal", "double", "percent", "money"), "number"),
    **dict.fromkeys(("bool", "yesno"), "boolean"),
    **dict.fromkeys(("list", "table"), "array"),
    **dict.fromkeys(("dict", "map", "group"), "object"),
}


def check_keywords(schema: Node, where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """Each keyword and each type that JSON Schema does not have, at any depth."""
    for path, node in subschemas(schema):
        for word, value in node.items():
            if word not in keywords():
                yield Finding("form.keyword", Severity.BLOCK, msg("%(name)s is not known here.", name=word), _cure(word, value), where((*path, word)))
        for kind in _types(node.get("type")):
            if kind not in TYPES:
                yield Finding("form.type", Severity.BLOCK, msg("%(name)s is no type.", name=kind), _type_meant(kind), where((*path, "type")))


@lru_cache(maxsize=1)
def keywords() -> tuple[str, ...]:
    """The keywords that a form may use."""
    return tuple(cast("Mapping[str, Mapping[str, object]]", load_json(STRICT))["properties"])


def did_you_mean(name: str, known: Sequence[str], alike: float = LESS_ALIKE) -> Message | None:
    """The known name that is spelt most alike; None where none is."""
    close = get_close_matches(name, known, n=1, cutoff=alike)
    return msg("Did you mean %(name)s?", name=close[0]) if close else None


def _cure(word: str, value: object) -> Message:
    if word in _MEANT:
        return msg("Did you mean %(name)s?", name=_MEANT[word])
    is_field = isinstance(value, Mapping) and ("title" in value or "type" in value)
    if meant := did_you_mean(word, keywords(), ALIKE if is_field else LESS_ALIKE):
        return meant
    if isinstance(value, Mapping):
        return msg("A field stands under properties.")
    return msg("Take it out, or write a keyword of JSON Schema 2020-12.")


def _types(value: object) -> list[str]:
    kinds = value if isinstance(value, list) else [value]
    return [kind for kind in kinds if isinstance(kind, str)]


def _type_meant(kind: str) -> Message:
    meant = _TYPES_MEANT.get(kind)
    if kind in ("date", "datetime", "email"):
        return msg("Write type: string and format: %(format)s.", format="date-time" if kind == "datetime" else kind)
    if meant:
        return msg("Did you mean %(name)s?", name=meant)
    return did_you_mean(kind, TYPES) or msg("Types: %(names)s.", names=", ".join(TYPES))

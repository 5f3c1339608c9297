"""What to do about data that breaks a schema, where the way it is written shows what was meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from sdgcities.findings import Message, msg
from sdgcities.intake.yaml import Key

MOST_REPEATED = 40
"""Characters of a value that a cure repeats."""
_COMMA = re.compile(r"-?[0-9]+,[0-9]+", re.ASCII)
_FIGURE = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
Node = Mapping[str, Any]


def type_cure(types: Sequence[str], found: object, path: Sequence[Key]) -> Message | None:
    """For a value of another type; None where nothing more can be said."""
    if found is None:
        return msg("Write what belongs there, or take the line %(key)s: out too.", key=path[-1]) if path else None
    if types == ["array"]:
        return _list_cure(found, path)
    if types == ["string"]:
        return _text_cure(found)
    if isinstance(found, str):
        return _plain_cure(types, found)
    return None


def _list_cure(found: object, path: Sequence[Key]) -> Message | None:
    if isinstance(found, Mapping):
        return msg("Begin each entry with a hyphen and a blank.")
    if isinstance(found, bool) and path[-1:] == ("required",) and path[-3:-2] == ("properties",):
        return msg("required is a list of names, and stands beside properties: required: [%(name)s].", name=path[-2])
    text = str(found).lower() if isinstance(found, bool) else str(found)
    return msg("Write [%(value)s], or - %(value)s on a line of its own.", value=text) if len(text) <= MOST_REPEATED else None


def _text_cure(found: object) -> Message | None:
    if isinstance(found, Mapping) and len(found) == 1:
        ((key, value),) = found.items()
        if not isinstance(value, (Mapping, list)):
            return msg('A text with a colon needs quotation marks: "%(key)s: %(value)s".', key=key, value="" if value is None else value)
    if isinstance(found, list):
        return msg("One text belongs here: without brackets, and without a hyphen before it.")
    return None if isinstance(found, Mapping) else msg("Put it in quotation marks.")


def _plain_cure(types: Sequence[str], text: str) -> Message | None:
    if "string" in types:
        return None
    if "boolean" in types:
        said = text.strip().lower() in ("true", "false")
        return msg("Write it without quotation marks.") if said else msg("Write true or false.")
    if _COMMA.fullmatch(text):
        return msg("Write a point before the decimals: %(number)s.", number=text.replace(",", "."))
    return msg("Write it without quotation marks.") if _FIGURE.fullmatch(text) else None


def name_cure(unknown: str, known: Sequence[str]) -> Message:
    """For a key that is not known: the nearest, or all."""
    alike = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in known}
    near = alike.get(re.sub(r"[^a-z0-9]", "", unknown.lower()))
    close = [near] if near else get_close_matches(unknown, known)
    if close:
        return msg("Did you mean %(close)s?", close=", ".join(close))
    return msg("Known here: %(known)s.", known=", ".join(known)) if known else msg("Take it out.")


def one_of(node: Node, keyword: str) -> tuple[str, ...]:
    """The keys of which exactly one must stand, where that is what the schema asks for by this keyword; else none."""
    if keyword == "oneOf":
        ways = _ways(node)
        return tuple(way["required"][0] for way in ways) if all(list(way) == ["required"] and len(way["required"]) == 1 for way in ways) else ()
    if keyword not in {"minProperties", "maxProperties"}:
        return ()
    needed = node.get("required", [])
    exact = node.get("minProperties") == node.get("maxProperties") == len(needed) + 1
    return tuple(name for name in node.get("properties", {}) if name not in needed) if exact else ()


def choices(node: Node) -> tuple[object, ...]:
    """The values to choose from, where a schema lists them with their words: oneOf with const; else none."""
    ways = _ways(node)
    return tuple(way["const"] for way in ways) if all("const" in way for way in ways) else ()


def _ways(node: Node) -> list[Node]:
    ways = node.get("oneOf")
    return ways if isinstance(ways, list) and all(isinstance(way, Mapping) for way in ways) else []


def one_of_words(options: Sequence[str], found: Mapping[str, object]) -> tuple[Message, Message]:
    """What is wrong with the keys of which one must stand, and what to do."""
    here = [name for name in options if name in found]
    hint = msg("Write exactly one of: %(options)s.", options=", ".join(options))
    if len(options) == len(("one", "other")):
        hint = msg("Write either %(one)s or %(other)s.", one=options[0], other=options[1])
    if here:
        return msg("%(names)s can't stand together.", names=", ".join(here)), hint
    return msg("One of these is missing: %(options)s.", options=", ".join(options)), hint

"""JSON, strictly: exact decimals, no NaN, no duplicate keys, limited depth and size; and what stands at a JSON Pointer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, read_text

MAX_DEPTH = 100
_COMPLAINTS = (
    ("',' delimiter", msg("a comma or a closing bracket is missing before this"), msg("Put a comma between two entries, and close every bracket.")),
    ("':' delimiter", msg("a colon is missing after a key"), msg('Write "key": value.')),
    ("property name", msg("a key in double quotation marks must stand here"), msg('Write "key": value, and no comma after the last entry.')),
    ("Illegal trailing comma", msg("a comma stands after the last entry"), msg("Take the comma out.")),
    ("Expecting value", msg("a value is missing here"), msg("Write a value, texts in double quotation marks; no comma after the last entry.")),
    ("Unterminated string", msg("a quotation mark is opened here and never closed"), msg("Close it where the text ends.")),
    ("Extra data", msg("something stands after the end"), msg("Take it out, or correct the bracket that closes too early.")),
    ("control character", msg("a line ends, or a tab stands, between quotation marks"), msg("Write \\n for the end of a line and \\t for a tab.")),
    ("escape", msg("a backslash begins a special character"), msg("Write two backslashes.")),
)
"""A part of what Python says of JSON, what it means, and what to do."""


def load_json(path: Path, limit: int = 16 * MEGABYTE) -> object:
    """Read one JSON document. Raises Refused with the line of what is wrong."""
    text = read_text(path, limit)
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)
    except json.JSONDecodeError as error:
        problem, hint = next(((told, cure) for sign, told, cure in _COMPLAINTS if sign in error.msg), (msg("%(problem)s", problem=error.msg), None))
        where = Where(str(path), line=error.lineno, character=error.colno)
        raise refuse("json.syntax", msg("This is not valid JSON: %(problem)s.", problem=problem), hint, where) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        told = {RecursionError: "nested too deeply", InvalidOperation: "a number is too large"}
        reason = told.get(type(error)) or str(error).partition(";")[0]
        raise refuse("json.content", msg("This JSON is not accepted: %(problem)s.", problem=reason), where=Where(str(path))) from error
    if _depth(data) > MAX_DEPTH:
        raise refuse("json.depth", msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH), where=Where(str(path)))
    return data


def steps_of(pointer: str) -> list[str]:
    """The steps of a JSON Pointer, unescaped."""
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def value_at(data: object, pointer: str) -> object:
    """What stands at a JSON Pointer; None where nothing does."""
    for step in steps_of(pointer):
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, list) and step.isdecimal() and int(step) < len(data):
            data = data[int(step)]
        else:
            return None
    return data


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        key, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        message = f"the key {key} stands twice"
        raise ValueError(message)
    return data


def _constant(name: str) -> object:
    message = f"{name} is not a number"
    raise ValueError(message)


def _depth(data: object) -> int:
    deepest, todo = 0, [(data, 1)]
    while todo:
        node, depth = todo.pop()
        deepest = max(deepest, depth)
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        todo.extend((child, depth + 1) for child in children)
    return deepest

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


def load_json(path: Path, limit: int = 16 * MEGABYTE) -> object:
    """Read one JSON document. Raises Refused with the line of what is wrong."""
    text = read_text(path, limit)
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=Decimal, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise refuse("json.syntax", msg("This is not valid JSON: %(problem)s.", problem=error.msg), where=Where(str(path), line=error.lineno)) from error
    except (ValueError, ArithmeticError, RecursionError) as error:
        told = {RecursionError: "nested too deeply", InvalidOperation: "a number is too large"}
        problem = told.get(type(error)) or str(error).partition(";")[0]
        raise refuse("json.content", msg("This JSON is not accepted: %(problem)s.", problem=problem), where=Where(str(path))) from error
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

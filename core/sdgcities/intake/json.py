"""JSON, strictly: exact decimals, no NaN, no duplicate keys, limited depth and size; and what stands at a JSON Pointer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.documents import read_document
from sdgcities.intake.files import MEGABYTE

MAX_DEPTH = 100
MAX_VALUES = 5_000_000
MAX_DIGITS = 100
MAX_POWER = 300
"""Numbers lie between 1e-300 and 1e300: what lies beyond is a slip or an attack, and could not be reckoned with."""
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
    return parse_json(read_document(path, limit), str(path))


def parse_json(text: str, name: str) -> object:
    """Like `load_json`, for a text that was already read; `name` stands for the file."""
    where = Where(file=name)
    if text.count(",") + text.count("[") + text.count("{") > MAX_VALUES:
        raise refuse("json.content", msg("The document has more than %(limit)s values.", limit=MAX_VALUES), msg("Split the file."), where)
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=_decimal, parse_int=_integer, parse_constant=_constant)
    except json.JSONDecodeError as error:
        problem, hint = next(((told, cure) for sign, told, cure in _COMPLAINTS if sign in error.msg), (msg("%(problem)s", problem=error.msg), None))
        place = Where(name, line=error.lineno, character=error.colno)
        raise refuse("json.syntax", msg("This is not valid JSON: %(problem)s.", problem=problem), hint, place) from error
    except _NumberError as error:
        raise refuse("json.content", error.message, error.hint, _at(text, text.find(error.written), name)) from error
    except _TwiceError as error:
        raise _repeated(text, name) from error
    except RecursionError as error:
        raise _too_deep(where) from error
    _look_through(data, where, texts=bool(_UNSTORABLE.search(text)))
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


class _TwiceError(ValueError):
    """A key stands twice in one object."""


class _NumberError(ValueError):
    """A number that is none, or none that can be reckoned with, as it is written."""

    def __init__(self, written: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(written)
        self.written, self.message, self.hint = written, message, hint


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _TwiceError
    return data


def _constant(name: str) -> object:
    hint = msg("Where there is no value, write null.")
    raise _NumberError(name, msg("%(name)s is not a number.", name=name), hint)


def _integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise _NumberError(text, msg("A number has more than %(limit)s digits.", limit=MAX_DIGITS), msg("Put it in quotation marks if it is a code."))
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > MAX_DIGITS:
        raise _NumberError(text, msg("A number has more than %(limit)s digits.", limit=MAX_DIGITS), msg("Round it."))
    try:
        number = Decimal(text)
    except InvalidOperation:  # an exponent beyond all
        number = None
    if number is None or abs(number.adjusted()) > MAX_POWER:
        hint = msg("Numbers lie between 1e-%(power)s and 1e%(power)s; put it in quotation marks if it is a code.", power=MAX_POWER)
        raise _NumberError(text, msg("The number %(number)s is too large or too small.", number=text), hint)
    return number


_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}\[\]]')
_UNSTORABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")
"""An escape that may stand for a character that no database keeps: NUL, or half of a pair."""


def _repeated(text: str, name: str) -> Refused:
    """The refusal of the first key that stands twice in its object."""
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token[0] in "{[":
            objects.append(set())
        elif token[0] in "}]":
            objects.pop()
        elif token[2]:
            key = json.loads(token[1])
            if key in objects[-1]:
                message = msg("The key %(key)s stands twice.", key=key[:100].encode("utf-8", "backslashreplace").decode())
                return refuse("json.content", message, msg("Take one out, or give it another name."), _at(text, token.start(), name))
            objects[-1].add(key)
    raise AssertionError(name)


def _at(text: str, place: int, name: str) -> Where:
    return Where(name, line=text.count("\n", 0, place) + 1, character=place - text.rfind("\n", 0, place))


def _look_through(data: object, where: Where, *, texts: bool) -> None:
    """Refuse what is nested too deeply and, where `texts` says that there may be one, a text that can't be kept."""
    for node, depth in _nodes(data):
        if depth > MAX_DEPTH:
            raise _too_deep(where)
        if texts and (sign := next(filter(None, map(_unstorable, (node, *node) if isinstance(node, dict) else (node,))), "")):
            hint = msg("Take it out, or write the whole character.")
            raise refuse("json.content", msg("A text holds %(sign)s, which is no character.", sign=sign), hint, where)


def _nodes(data: object) -> Iterator[tuple[object, int]]:
    todo = [(data, 1)]
    while todo:
        node, depth = todo.pop()
        yield node, depth
        children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        todo.extend((child, depth + 1) for child in children)


def _unstorable(text: object) -> str:
    """The first character of a text that no database keeps, as U+0000."""
    return next((f"U+{ord(sign):04X}" for sign in text if sign == "\0" or "\ud800" <= sign <= "\udfff"), "") if isinstance(text, str) else ""


def _too_deep(where: Where) -> Refused:
    return refuse("json.depth", msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH), msg("Export the data as plain lists and objects."), where)

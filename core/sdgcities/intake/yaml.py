"""YAML, strictly: core scalars of YAML 1.2, exact decimals, no aliases, tags, merge or duplicate keys.

The document keeps the line of every node, so that a finding can say where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import yaml
from yaml import events

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.documents import read_document
from sdgcities.intake.files import MEGABYTE

MAX_DEPTH = 50
Key = str | int
NodePath = tuple[Key, ...]
_Place = tuple[int, int]

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ODD_BLANKS = "\u00a0\u2007\u202f\u3000\ufeff"
"""Characters that look like a blank and are none."""
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
MAX_DIGITS, MAX_POWER = 40, 300
"""A number is no longer than 40 characters, and lies between 1e-300 and 1e300."""


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a file, and the line and the character in it of each node, by its path of keys and indices."""

    file: str
    data: object
    lines: Mapping[NodePath, int]
    characters: Mapping[NodePath, int] = field(default_factory=dict)

    def where(self, path: NodePath = ()) -> Where:
        """The place of a node; of its nearest parent where the node itself is not in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return Where(file=self.file, line=self.lines.get(path), character=self.characters.get(path))


def load_yaml(path: Path, limit: int = MEGABYTE) -> Document:
    """Read one YAML document of at most `limit` bytes. Raises Refused with the line of what is wrong."""
    return parse_yaml(read_document(path, limit), str(path))


def parse_yaml(text: str, name: str, twice: Callable[[str, Where], None] | None = None) -> Document:
    """Like `load_yaml`, for a text that was already read; `name` stands for the file.

    `twice` is for files of other programs that let a key stand twice: it is told of each, and the last one counts.
    """
    return _Composer(name, twice).document(text)


class _Composer:
    """Builds the data from the parser's events, one at a time: nothing is expanded before it was checked."""

    def __init__(self, file: str, twice: Callable[[str, Where], None] | None = None) -> None:
        self._file, self._twice = file, twice
        self._lines: dict[NodePath, int] = {}
        self._characters: dict[NodePath, int] = {}

    def document(self, text: str) -> Document:
        try:
            stream: Iterator[events.Event] = yaml.parse(text, Loader=LOADER)
            next(stream)  # the stream's start
            if not isinstance(next(stream), events.DocumentStartEvent):
                raise self._refuse("yaml.empty", msg("The file holds no content."), (1, 1))
            data = self._node(next(stream), stream, ())
            next(stream)
            following = next(stream)
        except yaml.YAMLError as error:
            from sdgcities.intake.yaml_words import fault_of  # noqa: PLC0415 - only a text that is no YAML needs it

            fault = fault_of(text, error)
            message = msg("This is not valid YAML: %(problem)s.", problem=fault.problem)
            raise self._refuse("yaml.syntax", message, (fault.line, fault.character), fault.cure) from error
        if not isinstance(following, events.StreamEndEvent):
            raise self._refuse("yaml.several", msg("The file holds several documents."), _place(following))
        return Document(self._file, data, self._lines, self._characters)

    def _node(self, event: events.Event, stream: Iterator[events.Event], path: NodePath) -> object:
        place = _place(event)
        if isinstance(event, events.AliasEvent) or getattr(event, "anchor", None):
            raise self._refuse("yaml.alias", msg("Anchors and aliases (& and *) are not accepted."), place)
        if tag := getattr(event, "tag", None):
            raise self._refuse("yaml.tag", msg("The tag %(tag)s is not accepted.", tag=tag), place)
        if len(path) > MAX_DEPTH:
            raise self._refuse("yaml.depth", msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH), place)
        self._mark(path, event)
        if isinstance(event, events.MappingStartEvent):
            return self._mapping(stream, path, flow=bool(event.flow_style))
        if isinstance(event, events.SequenceStartEvent):
            return self._sequence(stream, path)
        assert isinstance(event, events.ScalarEvent)
        return self._scalar(event, place)

    def _mapping(self, stream: Iterator[events.Event], path: NodePath, *, flow: bool) -> dict[str, object]:
        data: dict[str, object] = {}
        before: object = None
        while not isinstance(event := next(stream), events.MappingEndEvent):
            place = _place(event)
            if not isinstance(event, events.ScalarEvent) or event.anchor or event.tag:
                raise self._refuse("yaml.key", msg("A key must be plain text."), place)
            key = event.value
            if "\0" in key:
                raise self._refuse("yaml.character", msg("A text holds U+0000, which is no character."), place, msg("Take it out."))
            if key == "<<" and not event.style:
                raise self._refuse("yaml.merge", msg("Merge keys (<<) are not accepted."), place)
            if key in data:
                if self._twice is None:
                    raise self._refuse("yaml.duplicate", msg("The key %(key)s stands twice.", key=key), place)
                self._twice(key, Where(file=self._file, line=place[0]))
            self._look_at_key(event, place)
            value = self._node(next(stream), stream, (*path, key))
            if flow and not event.style and value is None:
                self._look_at_entry(key, before, place)
            self._mark((*path, key), event)
            before = data[key] = value
        return data

    def _look_at_key(self, event: events.ScalarEvent, place: _Place) -> None:
        """Refuse a key before which something stands that only looks like a blank: the line would belong elsewhere."""
        if not event.style and event.value.startswith(tuple(ODD_BLANKS)):
            problem = msg("A no-break space stands before %(key)s.", key=event.value.strip())
            raise self._refuse("yaml.blank", problem, place, msg("Indent with blanks of the space bar; this character only looks like one."))

    def _look_at_entry(self, key: str, before: object, place: _Place) -> None:
        """Refuse a key between braces that has no value because a number was written with a comma, or a blank left out."""
        if key.isdecimal() and isinstance(before, int) and not isinstance(before, bool):
            number = {"read": f"{before},{key}", "meant": f"{before}.{key}"}
            hint = msg("Write a point before the decimals: %(number)s.", number=number["meant"])
            raise self._refuse("yaml.comma", msg("The comma in %(number)s begins a new entry.", number=number["read"]), place, hint)
        if ":" not in key and "=" not in key:
            return
        from sdgcities.intake.yaml_words import without_colon  # noqa: PLC0415 - as above

        if told := without_colon(key):
            raise self._refuse("yaml.colon", msg("This is not valid YAML: %(problem)s.", problem=told[0]), place, told[1])

    def _sequence(self, stream: Iterator[events.Event], path: NodePath) -> list[object]:
        data: list[object] = []
        while not isinstance(event := next(stream), events.SequenceEndEvent):
            data.append(self._node(event, stream, (*path, len(data))))
        return data

    def _scalar(self, event: events.ScalarEvent, place: _Place) -> object:
        text: str = event.value
        if "\0" in text:
            raise self._refuse("yaml.character", msg("A text holds U+0000, which is no character."), place, msg("Take it out."))
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                raise self._refuse("yaml.number", msg("The number is too long; put it in quotes if it is a code."), place)
            return int(text) if _INTEGER.fullmatch(text) else self._decimal(text, place)
        return text

    def _decimal(self, text: str, place: _Place) -> Decimal:
        try:
            number = Decimal(text)
        except ArithmeticError:
            number = None
        if number is None or abs(number.adjusted()) > MAX_POWER:
            raise self._refuse("yaml.number", msg("The number is too large or too small; put it in quotes if it is a code."), place)
        return number

    def _mark(self, path: NodePath, event: events.Event) -> None:
        """A value of a mapping is found at its key."""
        self._lines[path], self._characters[path] = _place(event)

    def _refuse(self, code: str, message: Message, place: tuple[int | None, int | None], cure: Message | None = None) -> Refused:
        line, character = place
        return refuse(code, message, cure or msg("Correct the file and run the command again."), Where(file=self._file, line=line, character=character))


def _place(event: events.Event) -> _Place:
    """Line and character, counted from 1."""
    assert event.start_mark is not None
    return event.start_mark.line + 1, event.start_mark.column + 1

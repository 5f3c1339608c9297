"""What is wrong with a text that is no YAML, and where, in words: the parser stops where it no longer understands, often lines below the fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import yaml
from yaml import events

from sdgcities.findings import Message, msg
from sdgcities.intake.yaml import LOADER, ODD_BLANKS

if TYPE_CHECKING:

    class _Mark(Protocol):
        """A place as libyaml and PyYAML tell it, each in a class of its own."""

        @property
        def line(self) -> int: ...
        @property
        def column(self) -> int: ...


_NO_BLANK = re.compile(r"(\s*(?:- +)?)([A-Za-z_][\w-]*):([^\s:/].*)")
_EQUALS = re.compile(r"(\s*(?:- +)?)([A-Za-z_][\w-]*)\s*=\s*(.*)")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, what to do, and the line and character, each counted from 1."""

    problem: Message
    cure: Message
    line: int | None = None
    character: int | None = None


class _Stop:
    """Where the parser stopped, and the text around."""

    def __init__(self, text: str, error: yaml.MarkedYAMLError) -> None:
        self.text, self.lines = text, text.split("\n")
        self.problem, self.mark = error.problem or "", _place(error.problem_mark or error.context_mark)
        self.start = _place(error.context_mark) if error.context_mark else self.mark

    def line(self, number: int) -> str:
        return self.lines[number] if 0 <= number < len(self.lines) else ""

    def sign(self) -> str:
        return self.line(self.mark[0])[self.mark[1] : self.mark[1] + 1]


def _place(mark: _Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def fault_of(text: str, error: yaml.YAMLError) -> Fault:
    """The fault behind what the parser complained of."""
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        return Fault(msg("a control character stands in it"), msg("Type the text again."), line)
    stop = _Stop(text, error)
    if blank := _blank(stop):
        return blank
    for sign, tell in _COMPLAINTS:
        if sign in stop.problem:
            return tell(stop)
    return _at(stop, msg("%(problem)s", problem=stop.problem), msg("Correct the file and run the command again."))


def _at(stop: _Stop, problem: Message, cure: Message, place: tuple[int, int] | None = None) -> Fault:
    line, character = place or stop.mark
    return Fault(problem, cure, min(line, len(stop.lines) - 1) + 1, character + 1)


def _blank(stop: _Stop) -> Fault | None:
    """A tab, or a blank that is none, before the first word of the line."""
    line = stop.line(stop.mark[0])
    before = line[: len(line) - len(line.lstrip())]
    odd = next((place for place, sign in enumerate(before) if sign in "\t" + ODD_BLANKS), None)
    if odd is None:
        return None
    what = msg("a tab stands before the text of the line") if before[odd] == "\t" else msg("a no-break space stands before the text of the line")
    return _at(stop, what, msg("Indent with blanks, never with tabs."), (stop.mark[0], odd))


def _beginning(stop: _Stop) -> Fault:
    return _at(stop, msg("a text can't begin with %(sign)s", sign=stop.sign() or "?"), msg("Put the text in quotation marks."))


def without_colon(line: str) -> tuple[Message, Message] | None:
    """What is wrong with a line whose key is not followed by a colon and a blank; None where it is none of these."""
    if match := _NO_BLANK.fullmatch(line):
        cure = msg("Write %(key)s: %(value)s", key=match[2], value=match[3].strip())
        return msg("a blank is missing after the colon"), cure
    if match := _EQUALS.fullmatch(line):
        return msg("a colon must stand where = stands"), msg("Write %(key)s: %(value)s", key=match[2], value=match[3].strip())
    return None


def _no_colon(stop: _Stop) -> Fault:
    place, line = stop.start, stop.line(stop.start[0])
    if told := without_colon(line[: len(line.rstrip())]):
        return _at(stop, *told, place)
    return _at(stop, msg("the line has no colon"), msg("Write key: value; indent a text that goes on from the line above deeper than its key."), place)


def _second_colon(stop: _Stop) -> Fault:
    number, column = stop.mark
    if ":" in stop.line(number)[:column].rstrip() or '"' in stop.line(number)[:column]:
        return _at(stop, msg("a text with a colon in it"), msg("Put a text with a colon in it in quotation marks."))
    above = next((place for place in range(number - 1, -1, -1) if stop.line(place).strip()), None)
    if above is not None and (told := without_colon(stop.line(above).rstrip())):
        line = stop.line(above)
        return _at(stop, *told, (above, len(line) - len(line.lstrip())))
    return _at(
        stop,
        msg("the line begins deeper than its neighbours, below a key that has a value already"),
        msg("Let it begin exactly below its neighbours; or put a text with a colon in it in quotation marks."),
    )


def _open_quotation(stop: _Stop) -> Fault:
    return _at(stop, msg("a quotation mark is opened here and never closed"), msg("Close it where the text ends."), stop.start)


def _escape(stop: _Stop) -> Fault:
    cure = msg("Put the text in single quotation marks, or write two backslashes.")
    return _at(stop, msg("a backslash between double quotation marks begins a special character"), cure)


def _open_bracket(stop: _Stop) -> Fault:
    if stop.mark[0] == stop.start[0]:
        return _at(stop, msg("a comma is missing between two entries"), msg("Put a comma between the entries, and close the bracket."))
    return _at(stop, msg("a bracket is opened here and not closed"), msg("Close it, and put a comma between the entries."), stop.start)


def _unexpected(stop: _Stop) -> Fault:
    """Something stands where a key should: after a quotation, below its neighbours or not, or a bracket too many."""
    if stop.sign() in ("]", "}"):
        return _at(stop, msg("a bracket is closed that was not opened"), msg("Take it out, or open one."))
    if not stop.sign() and (bracket := _bracket_around(stop)):
        return _at(stop, msg("a bracket is opened here and not closed"), msg("Close it, and put a comma between the entries."), bracket)
    quoted = _quotation_before(stop)
    if quoted and quoted[0] < stop.mark[0]:
        problem = msg("a quotation mark is opened here, and closed only in line %(line)s", line=stop.mark[0] + 1)
        return _at(stop, problem, msg("Close it where the text ends."), quoted)
    if quoted:
        cure = msg("Put a text with quotation marks in it between those of the other kind, ' or \".")
        return _at(stop, msg("something stands after the closing quotation mark"), cure)
    return _at(stop, msg("the line does not begin exactly below its neighbours"), msg("See that the line begins exactly below its neighbours."))


def _quotation_before(stop: _Stop) -> tuple[int, int] | None:
    """Where the text in quotation marks begins that ends right before the place."""
    quoted = [event for event in _events_before(stop) if isinstance(event, events.ScalarEvent) and event.style in ("'", '"')]
    found = quoted[-1] if quoted else None
    if found is None or found.end_mark is None or found.end_mark.line != stop.mark[0] or stop.mark[1] < found.end_mark.column:
        return None
    between = stop.line(stop.mark[0])[found.end_mark.column : stop.mark[1]]
    return _place(found.start_mark) if not between.strip() else None


def _bracket_around(stop: _Stop) -> tuple[int, int] | None:
    """Where the innermost bracket begins that is open at the place."""
    opened: list[events.Event] = []
    for event in _events_before(stop):
        if isinstance(event, events.CollectionStartEvent):
            opened.append(event)
        elif isinstance(event, events.CollectionEndEvent):
            opened.pop()
    found = next((event for event in reversed(opened) if getattr(event, "flow_style", False)), None)
    return _place(found.start_mark) if found else None


def _events_before(stop: _Stop) -> list[events.Event]:
    found: list[events.Event] = []
    with suppress(yaml.YAMLError):  # it stops where it stopped before; what came so far is wanted
        found.extend(yaml.parse(stop.text, Loader=LOADER))
    return found


def _list_beside(stop: _Stop) -> Fault:
    return _at(stop, msg("an entry of a list begins beside its key"), msg("Begin each entry on a line of its own, below the key."))


def _after_bar(stop: _Stop) -> Fault:
    return _at(stop, msg("a text stands beside | or >"), msg("Begin the text on the next line, indented; or put it in quotation marks."))


_COMPLAINTS: tuple[tuple[str, Callable[[_Stop], Fault]], ...] = (
    ("cannot start any token", _beginning),
    ("alphabetic or numeric character", lambda stop: _at(stop, *_named(stop), stop.start)),
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _second_colon),
    ("found unexpected end of stream", _open_quotation),
    ("unknown escape character", _escape),
    ("expected ',' or", _open_bracket),
    ("sequence entries are not allowed", _list_beside),
    ("comment or", _after_bar),
    ("chomping", _after_bar),
    ("expected key", _unexpected),
    ("node content", _unexpected),
    ("expected '-' indicator", _unexpected),
    ("<block end>", _unexpected),
)
"""By a part of what libyaml or PyYAML says; the first that fits."""


def _named(stop: _Stop) -> tuple[Message, Message]:
    sign = stop.line(stop.start[0])[stop.start[1] : stop.start[1] + 1]
    return msg("a text can't begin with %(sign)s", sign=sign), msg("Put the text in quotation marks.")

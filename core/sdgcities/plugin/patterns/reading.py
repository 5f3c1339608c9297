"""Reads a pattern in the syntax that Python, Rust and ECMA 262 share; anything else is told, with what to write instead."""

from __future__ import annotations

import re

from sdgcities.findings import Message, msg
from sdgcities.plugin.patterns.syntax import Character, Choice, Edge, Group, Part, Repeat, Sequence, Spans, complement, nullable

MOST = 1000
"""Times that a part may be asked for."""
MAX_LENGTH = 1000
MAX_DEPTH = 20

_COUNT = re.compile(r"\{([0-9]{1,6})(,?)([0-9]{0,6})\}")
_HEX = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})")
_CONTROLS = {"n": 10, "r": 13, "t": 9, "f": 12, "v": 11}
_SYNTAX = "^$\\.*+?()[]{}|/"
_SURROGATES = (0xD800, 0xDFFF)
_LINE_BREAK: Spans = ((10, 10),)

_CLASSES = {"d": "[0-9]", "D": "[^0-9]", "w": "[A-Za-z0-9_]", "W": "[^A-Za-z0-9_]", "s": "[ ]", "S": "[^ ]"}
_GROUPS = (
    (
        ("(?=", "(?!", "(?<=", "(?<!"),
        msg("Look-around (?=, (?!, (?<= or (?<! is not known to every engine."),
        msg("Say it by another keyword, such as not or allOf."),
    ),
    (("(?P", "(?<"), msg("Names of groups are written differently in each engine."), msg("Write a plain group: (...).")),
    (("(?>", "(?(", "(?#", "(?|"), msg("This kind of group is not known to every engine."), msg("Write a plain group: (...).")),
    (("(?",), msg("Flags inside a pattern are not known to every engine."), msg("Write both letters out: [Aa].")),
)


class Unportable(Exception):
    """The pattern can't be read, or not by every engine alike."""

    def __init__(self, message: Message, hint: Message) -> None:
        super().__init__(str(message))
        self.message, self.hint = message, hint


def read_pattern(text: str) -> Part:
    """The parts of a pattern. Raises Unportable."""
    if len(text) > MAX_LENGTH:
        raise Unportable(msg("The pattern has more than %(n)s characters.", n=MAX_LENGTH), msg("List the values under enum instead."))
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def whole(self) -> Part:
        part = self._choice()
        if self._at < len(self._text):
            raise Unportable(msg("A bracket ) is closed that was not opened."), msg("Take it out, or write \\) for the character itself."))
        return part

    def _next(self, length: int = 1) -> str:
        return self._text[self._at : self._at + length]

    def _take(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _choice(self) -> Part:
        parts = [self._sequence()]
        while self._next() == "|":
            self._at += 1
            parts.append(self._sequence())
        return Choice(tuple(parts)) if len(parts) > 1 else parts[0]

    def _sequence(self) -> Part:
        parts: list[Part] = []
        while self._next() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return Sequence(tuple(parts))

    def _atom(self) -> Part:
        sign = self._take()
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "^" | "$":
                return Edge(sign)
            case ".":
                return Character(complement(_LINE_BREAK))
            case "\\":
                code = self._escape(_SYNTAX)
                return Character(((code, code),))
            case "*" | "+" | "?":
                raise Unportable(
                    msg("There is nothing before %(sign)s that could be repeated.", sign=sign), msg("Write \\%(sign)s for the character itself.", sign=sign)
                )
            case "{" | "}" | "]":
                raise Unportable(
                    msg("A single %(sign)s is not read alike by every engine.", sign=sign), msg("Write \\%(sign)s for the character itself.", sign=sign)
                )
        return Character(((ord(sign), ord(sign)),))

    def _group(self) -> Part:
        self._at -= 1
        for openings, message, hint in _GROUPS:
            if any(self._next(len(opening)) == opening for opening in openings) and self._next(3) != "(?:":
                raise Unportable(message, hint)
        self._at += 3 if self._next(3) == "(?:" else 1
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unportable(msg("Brackets are nested deeper than %(n)s levels.", n=MAX_DEPTH), msg("Write the pattern more simply."))
        part = self._choice()
        self._depth -= 1
        if self._next() != ")":
            raise Unportable(msg("A bracket ( is not closed."), msg("Close it, or write \\( for the character itself."))
        self._at += 1
        return Group(part)

    def _repeated(self, part: Part) -> Part:
        times = self._times()
        if times is None:
            return part
        least, most = times
        if self._next() == "?":  # as few as possible: the same texts fit
            self._at += 1
        elif self._next() == "+":
            raise Unportable(msg("Possessive repetition, such as a++, is not known to every engine."), msg("Take the second + out."))
        if self._next() in ("*", "?", "+") or (self._next() == "{" and _COUNT.match(self._text, self._at)):
            raise Unportable(msg("Something that is repeated is repeated once more."), msg("Say once how often: *, +, ? or {2,5}."))
        if isinstance(part, Edge):
            raise Unportable(msg("%(sign)s can't be repeated.", sign=part.sign), msg("Write \\%(sign)s for the character itself.", sign=part.sign))
        if nullable(part) and most != 1:
            raise Unportable(msg("What is repeated can be empty."), msg("Let what is repeated hold at least one character: [a-z]* instead of ([a-z]*)*."))
        return Repeat(part, least, most)

    def _times(self) -> tuple[int, int | None] | None:
        signs: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if self._next() in signs:
            return signs[self._take()]
        if self._next() != "{":
            return None
        match = _COUNT.match(self._text, self._at)
        if match is None:
            raise Unportable(msg("{ does not begin a number of times."), msg("Write {2}, {2,} or {0,5}; \\{ for the character itself."))
        self._at = match.end()
        least = int(match[1])
        most = int(match[3]) if match[3] else None if match[2] else least
        if most is not None and most < least:
            raise Unportable(msg("{%(least)s,%(most)s}: the first number is the larger one.", least=least, most=most), msg("Write the smaller one first."))
        if max(least, most or 0) > MOST:
            raise Unportable(msg("A part is asked for more than %(n)s times.", n=MOST), msg("Limit the length by maxLength."))
        return least, most

    def _escape(self, allowed: str) -> int:
        """The character behind a backslash."""
        if not self._next():
            raise Unportable(msg("The pattern ends with a backslash."), msg("Write \\\\ for the character itself."))
        if match := _HEX.match(self._text, self._at):
            self._at = match.end()
            code = int(match[1] or match[2], 16)
            if _SURROGATES[0] <= code <= _SURROGATES[1]:
                raise Unportable(msg("\\u%(code)s is half of a character.", code=match[2]), msg("Write the character itself."))
            return code
        sign = self._take()
        if sign in _CONTROLS:
            return _CONTROLS[sign]
        if sign not in allowed:
            raise _unknown_escape(sign)
        return ord(sign)

    def _class(self) -> Part:
        """Characters in square brackets."""
        negated = self._next() == "^"
        self._at += negated
        if self._next() == "]":
            raise Unportable(msg("There is nothing between [ and ]."), msg("List the characters; write \\] for the bracket itself."))
        spans: list[tuple[int, int]] = []
        start = self._at
        while self._next() != "]":
            spans.append(self._span(first=self._at == start))
        self._at += 1
        return Character(complement(tuple(spans)) if negated else tuple(spans))

    def _span(self, *, first: bool) -> tuple[int, int]:
        for doubled in ("&&", "--", "~~"):
            if self._next(2) == doubled:
                raise Unportable(msg("%(signs)s between [ and ] is not read alike by every engine.", signs=doubled), msg("Write the character once."))
        hyphen = self._next() == "-"
        if hyphen and not first and self._next(2) != "-]":
            raise _hyphen()
        low = self._member()
        if self._next() != "-" or self._next(2) == "-]":
            return low, low
        self._at += 1
        if hyphen or self._next() == "-":
            raise _hyphen()
        high = self._member()
        if high < low:
            raise Unportable(
                msg("%(low)s-%(high)s: the first character stands after the last.", low=chr(low), high=chr(high)), msg("Write the lower one first.")
            )
        return low, high

    def _member(self) -> int:
        if not self._next():
            raise Unportable(msg("A bracket [ is not closed."), msg("Close it, or write \\[ for the character itself."))
        sign = self._take()
        if sign == "[":
            raise Unportable(msg("A [ between [ and ] is not read alike by every engine."), msg("Write \\[ for the character itself."))
        return self._escape(_SYNTAX + "-") if sign == "\\" else ord(sign)


def _hyphen() -> Unportable:
    return Unportable(msg("A hyphen in the middle of [ and ] is not read alike by every engine."), msg("Put it last, [a-z_-], or write \\-."))


def _unknown_escape(sign: str) -> Unportable:
    if sign in _CLASSES:
        return Unportable(msg("\\%(sign)s takes other characters in each engine.", sign=sign), msg("Write %(cure)s.", cure=_CLASSES[sign]))
    if sign in "123456789k":
        return Unportable(msg("A back-reference, \\%(sign)s, is not known to every engine.", sign=sign), msg("Write the part out a second time."))
    if sign in "AZzG":
        return Unportable(msg("\\%(sign)s is not known to every engine.", sign=sign), msg("Write ^ at the start and $ at the end."))
    if sign in "bB":
        return Unportable(msg("\\%(sign)s takes other characters in each engine.", sign=sign), msg("Write the characters that may stand around the word."))
    if sign in "pP":
        return Unportable(msg("\\%(sign)s is not known to every engine.", sign=sign), msg("List the letters: [A-Za-zÀ-ÿ]; or limit the length alone."))
    if sign.isalnum():
        return Unportable(
            msg("\\%(sign)s is not known to every engine.", sign=sign), msg("Write the character itself, or \\u and the four digits of its code.")
        )
    return Unportable(msg("\\%(sign)s: this character needs no backslash, and some engines refuse it.", sign=sign), msg("Write %(sign)s alone.", sign=sign))

"""Patterns that Python alone reads, those of import profiles: whether one runs away, or takes very long, on some text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sdgcities.findings import Message, msg
from sdgcities.plugin.patterns.growth import SQUARE, TooLarge, grows
from sdgcities.plugin.patterns.reading import Unportable, read_pattern

_CLASSES = {"d": "0-9", "w": "A-Za-z0-9_\u00aa-\U0010ffff", "s": " \\t\\n\\r\\f\\v\u00a0"}
_EDGES = {"A": "^", "Z": "$", "b": "", "B": ""}
"""They take no character; leaving one out can only let more texts fit."""
_TOKEN = re.compile(r"\\(?P<escaped>.)|\(\?P<[^>]*>|.", re.DOTALL)


def running_away(pattern: str) -> tuple[Message, Message] | None:
    """Why a pattern is refused, and what to write instead; None where it ends soon on any text."""
    try:
        growth = grows(read_pattern("".join(_plain(pattern))))
    except (Unportable, TooLarge):
        problem = msg("%(pattern)s is written in a way of which nobody can say whether it ends soon on every text.", pattern=pattern)
        return problem, msg("Write it with characters, [ ], ( ), |, *, +, ? and {2,5} alone; let what is repeated hold at least one character.")
    if growth.exponential:
        problem = msg("%(pattern)s can run away: one text can be split among its repetitions in very many ways.", pattern=pattern)
        return problem, msg("Let repetitions inside a repetition be parted by a character they don't take themselves, as in [a-z]+(-[a-z]+)*.")
    if growth.degree > SQUARE:
        problem = msg("%(pattern)s is too slow on long texts: %(n)s repetitions after each other take the same characters.", pattern=pattern, n=growth.degree)
        return problem, msg(
            "Let each stop at the character that follows it, as in [^,]*, [^,]*, .* in the place of .*, .*, .*; leave out those that find nothing."
        )
    return None


def _plain(pattern: str) -> Iterator[str]:
    """The pattern without what only Python writes so: names of groups, classes such as that of digits, backslashes that are not needed."""
    inside, start = False, 0
    for token in _TOKEN.finditer(pattern):
        text, escaped = token[0], token["escaped"]
        if escaped:
            yield _escaped(escaped, inside=inside)
        elif inside and text == "[":
            yield "\\["
        else:
            yield "(" if len(text) > 1 else text
        if not inside and text == "[":
            inside, start = True, token.end() + pattern.startswith("^", token.end())
        elif text == "]" and token.start() > start:
            inside = False


def _escaped(sign: str, *, inside: bool) -> str:
    lower = sign.lower()
    if sign in _CLASSES:
        return _CLASSES[sign] if inside else f"[{_CLASSES[sign]}]"
    if lower in _CLASSES and not inside:
        return f"[^{_CLASSES[lower]}]"
    if sign in _EDGES and not inside:
        return _EDGES[sign]
    return sign if not sign.isalnum() and sign not in "^$\\.*+?()[]{}|/-" else "-" if sign == "-" and not inside else f"\\{sign}"

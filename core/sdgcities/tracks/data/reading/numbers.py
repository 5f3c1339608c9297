"""Figures as offices write them: 1.234,5 or 1 234,5 or %12,3, each read in one way only."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sdgcities.findings import Message, msg
from sdgcities.model.profiles import NumberStyle

_BLANKS = "[ \u00a0\u202f\u2009]"
_MINUS = "\u2212"
_USUAL = tuple(NumberStyle(decimal, thousands) for decimal, thousands in ((",", " "), (",", "."), (".", ","), (".", " "), (".", "")))


def reader_of(style: NumberStyle) -> Callable[[str], str]:
    """A function that writes a figure with a decimal point and nothing else.

    A text that is not written in the style comes back in quotation marks, which no figure has: 12.34 is not guessed to be 1234.
    """
    if style == NumberStyle():
        return str
    fullmatch = _pattern(style).fullmatch

    def read(text: str) -> str:
        match = fullmatch(text)
        if match is None:
            return f"“{text}”" if text else ""
        whole = "".join(character for character in match["whole"] if character.isdecimal())
        return f"{match['sign'].replace(_MINUS, '-')}{whole}{'.' if match['part'] else ''}{match['part'] or ''}"

    return read


def example_of(style: NumberStyle) -> str:
    """A figure as the style writes it; empty for the plain style."""
    if style == NumberStyle():
        return ""
    return f"1{style.thousands}234{style.decimal}5"


def styles_of(text: str) -> list[NumberStyle]:
    """The ways of writing figures in which a text is one: of those that read the same number only the most usual, so several mean several numbers."""
    read: dict[str, NumberStyle] = {}
    for style in (replace(style, percent="%" in text) for style in _USUAL):
        if style != NumberStyle() and _pattern(style).fullmatch(text):
            read.setdefault(reader_of(style)(text), style)
    return list(read.values())


def written(style: NumberStyle) -> str:
    """A style as a profile says it."""
    keys: Mapping[str, str] = {
        "decimal": f'"{style.decimal}"' if style.decimal != "." else "",
        "thousands": f'"{style.thousands}"' if style.thousands else "",
        "percent": "true" if style.percent else "",
    }
    return f"numbers: {{{', '.join(f'{key}: {value}' for key, value in keys.items() if value)}}}"


def no_figure(text: str, style: NumberStyle) -> Message:
    """What to do about a text where a figure should be: list a mark, tell another way of writing figures, or ask the office."""
    if text.startswith(("#", "=")):
        return msg("The workbook has no result there. Ask the office for the figure; where there is none, list the text in the profile under missing.")
    if not any(character.isdecimal() for character in text):
        return msg('If it stands for no figure, list it in the profile with the reason, such as: missing: {"%(text)s": not_collected}.', text=text)
    if (example := example_of(style)) or not (styles := styles_of(text)):
        example = example or "1234.5"
        return msg("The profile reads figures written like %(example)s. A mark that stands for no figure is listed in it under missing.", example=example)
    if len(styles) == 1:
        return msg("If the file writes its figures so, say it in the profile: %(style)s.", style=written(styles[0]))
    return msg(
        "What is the mark: before the decimals, or between the thousands? Say it in the profile: %(one)s or %(other)s.",
        one=written(styles[0]),
        other=written(styles[1]),
    )


def _pattern(style: NumberStyle) -> re.Pattern[str]:
    mark = _BLANKS if style.thousands == " " else re.escape(style.thousands)
    grouped = rf"\d{{1,3}}(?:{mark}\d{{3}})+|" if style.thousands else ""
    before, after = (rf"(?:%{_BLANKS}?)?", rf"(?:{_BLANKS}?%)?") if style.percent else ("", "")
    return re.compile(rf"{before}(?P<sign>[-+{_MINUS}]?)(?P<whole>{grouped}\d+)(?:{re.escape(style.decimal)}(?P<part>\d+))?{after}", re.ASCII)

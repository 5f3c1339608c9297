"""What reaches the terminal: control characters are shown, never sent, so that nothing in a file can steer it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from unicodedata import combining, east_asian_width

import click

_OVERRIDES = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
"""Characters that turn the direction of the text after them."""
_SEPARATORS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_SHOWN = {code: f"\\x{code:02x}" for code in (*range(9), *range(14, 32), *range(127, 160))}
_SHOWN |= {code: f"\\u{code:04x}" for code in _OVERRIDES} | dict.fromkeys(_SEPARATORS, " ")
_ESCAPED = {code: f"\\u{code:04x}" for code in (*range(127, 160), *_OVERRIDES, 0x2028, 0x2029)}


def visible(text: str) -> str:
    """The text with its control characters spelt out."""
    return text.translate(_SHOWN)


def one_line(text: str) -> str:
    """The same without line breaks and tabs."""
    return visible(text.replace("\r\n", " ").replace("\n", " ").replace("\t", " "))


def escaped(json: str) -> str:
    """JSON in which the control characters that JSON allows are escaped as well."""
    return json.translate(_ESCAPED)


def out(text: str = "") -> None:
    """A line of the result, on stdout."""
    click.echo(visible(text))


def tell(line: str) -> None:
    """One line to the person, on stderr: stdout is for results."""
    click.echo(one_line(line), err=True)


def shown_path(path: Path | str) -> str:
    """A path as the person would type it: relative where it lies below the current folder."""
    try:
        below = Path(path).relative_to(Path.cwd())
    except (ValueError, OSError):  # elsewhere, or the current folder is gone
        return str(path)
    return str(below) if below.parts else str(path)


def typed(path: Path | str) -> str:
    """A path as part of a command line."""
    shown = shown_path(path)
    return f'"{shown}"' if " " in shown else shown


def columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    """Lines in columns as wide as they need; the last one may be of any width."""
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """How many places a terminal gives the text."""
    return len(text) if text.isascii() else sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)

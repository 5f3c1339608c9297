"""Markdown that GitHub and the site read alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `make reference`; edit {source} instead. -->\n"


def made_of(source: str, title: str, *parts: str) -> str:
    """A page that says what it is made of."""
    return "\n".join((MADE.format(source=source), f"# {title}\n", *parts))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar inside a cell is text."""
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def block(text: str, language: str = "") -> str:
    """A fenced block."""
    return f"```{language}\n{text.rstrip()}\n```\n"

"""Statements about a file, and questions that only a person can answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sdgcities.findings import NOWHERE, Finding, Message, Severity, Where
from sdgcities.tracks.data.inspecting.cells import Cell, shown

_SHOWN = 6
_LONGEST = 60


def says(code: str, message: Message, where: Where = NOWHERE, hint: Message | None = None) -> Finding:
    """Something that was seen."""
    return Finding(f"inspect.{code}", Severity.NOTE, message, hint, where)


def asks(code: str, message: Message, hint: Message, where: Where = NOWHERE) -> Finding:
    """Something to be decided before the file can be imported."""
    return Finding(f"inspect.{code}", Severity.JUSTIFY, message, hint, where)


def asked(findings: Iterable[Finding]) -> list[Finding]:
    """The questions among findings."""
    return [finding for finding in findings if finding.severity is Severity.JUSTIFY]


def some(cells: Sequence[Cell]) -> str:
    """The first of the cells, each with its row."""
    listed = "; ".join(f"“{cut(cell.text)}” ({cell.row})" for cell in cells[:_SHOWN])
    return f"{listed}; …" if len(cells) > _SHOWN else listed


def named(texts: Iterable[str]) -> str:
    """The first of some texts."""
    listed = list(texts)
    return ", ".join(map(cut, listed[:_SHOWN])) + (", …" if len(listed) > _SHOWN else "")


def cut(text: str) -> str:
    """A text as it is shown, without the rest of a long one."""
    plain = shown(text)
    return plain if len(plain) <= _LONGEST else plain[:_LONGEST] + "…"

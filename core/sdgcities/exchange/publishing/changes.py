"""What a later edition changes of an earlier one: the lines of the errata page."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sdgcities.exchange.tidy import AFTER, BEFORE

_FIGURE = ("value", "missing_reason", "status", "source")
"""What may change of a figure that is known by all its other columns."""

Key = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A published figure that became another one, or went. `before` and `after` are a value or the reason for none; `after` empty: it was taken out."""

    indicator: str
    unit: str
    period: str
    split: str
    before: str
    after: str
    reason: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The same as a row of the errata."""
        return self.indicator, self.unit, self.period, self.split, self.before, self.after, self.reason


COLUMNS = ("indicator", "unit", "period", "disaggregation", "before", "after", "reason")


def changes(old: bytes, new: bytes, reasons: Mapping[tuple[str, str], str]) -> Iterator[Change]:
    """What of the figures in one file stands otherwise in the other; both are files that a hub made. `reasons` say why, by period and disaggregation."""
    before, after = _figures(old), _figures(new)
    for key, (told, cells) in before.items():
        now = after.get(key)
        if now is None or now[0] != told:
            split = ", ".join(f"{name}={code}" for name, code in key if name not in (*BEFORE, *AFTER) and code != "_T")
            at = dict(key)
            reason = reasons.get((at["period"], split.replace(", ", ";")), "")
            yield Change(at["indicator"], at["unit"], at["period"], split, _said(cells), _said(now[1]) if now else "", reason)


def _figures(content: bytes) -> dict[Key, tuple[tuple[str, str], Mapping[str, str]]]:
    """Each figure by what it is of; a dimension that a file does not have is its total."""
    found: dict[Key, tuple[tuple[str, str], Mapping[str, str]]] = {}
    for row in csv.DictReader(io.StringIO(content.decode(), newline="")):
        key = tuple(sorted((name, cell) for name, cell in row.items() if name not in _FIGURE and cell != "_T"))
        found[key] = (row["value"], row["missing_reason"]), row
    return found


def _said(row: Mapping[str, str]) -> str:
    return row["value"] or row["missing_reason"]

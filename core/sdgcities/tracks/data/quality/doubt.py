"""A doubt about stored figures, and the spelling by which a written reason answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.findings import Finding, Message

ALL = "*"
"""Stands for the indicator where a doubt is about whatever a unit has."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a check found. `periods` are spelled and in their order; `problem` is half a sentence: what is odd about the values.

    Several units are those of one `level`, of which it holds as a whole; or two that are alike.
    """

    check: str
    units: tuple[str, ...]
    level: str
    indicator: str
    dims: str
    periods: tuple[str, ...]
    problem: Message
    weak: bool = False
    """Whether it is only noted, whatever the check's severity."""

    @property
    def about(self) -> str:
        """Indicator and disaggregation."""
        return f"{self.indicator} {self.dims}" if self.dims else self.indicator

    @property
    def span(self) -> str:
        """The first and the last of the periods."""
        return spelled_span(self.periods) if self.periods else ""

    @property
    def whom(self) -> str:
        """The unit, or the level."""
        return (self.level or ALL) if len(self.units) > 1 else self.units[0]

    @property
    def subject(self) -> str:
        """What it is about, in the one spelling that a justification names."""
        return f"{self.whom} {self.about} {self.span}".rstrip()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a check of quality found. `subject` spells what it is about, the same each time: a justification names it."""

    finding: Finding
    subject: str
    of: str = ""
    """The dimension of quality: completeness, timeliness, plausibility, consistency."""
    units: tuple[str, ...] = ()
    indicator: str = ""
    periods: tuple[str, ...] = ()
    justified: str = ""
    """The reason on record, where there is one."""
    justified_at: str = ""


def spelled_span(periods: Sequence[str]) -> str:
    """First and last period: `2010..2021`, or the only one."""
    return periods[0] if periods[0] == periods[-1] else f"{periods[0]}..{periods[-1]}"

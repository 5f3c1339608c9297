"""A rule of the quality scale, and what came of it for one plugin."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sdgcities.findings import Finding, Message

if TYPE_CHECKING:
    from sdgcities.kit.subject import Subject

Check = Callable[["Subject"], Iterable[Finding]]
"""Looks at a plugin for one rule. A finding that blocks means the rule is not met. May raise Unchecked."""


class Level(StrEnum):
    """How good a plugin is; each level asks for the rules of those before it too."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"

    def includes(self, other: Level) -> bool:
        """Whether this level asks for the rules of the other one."""
        order = list(Level)
        return order.index(other) <= order.index(self)


class Unchecked(Exception):
    """A rule that can't be looked at here; `reason` says why, and is not met for now."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold. `title` says what, `reason` why, `cure` what to do where it does not.

    `slow` rules run code of the plugin or a whole hub: `plugin check` leaves them to `plugin quality`.
    """

    id: str
    level: Level
    area: str
    title: str
    reason: str
    cure: str
    slow: bool
    check: Check

    @property
    def page(self) -> str:
        """Where the documentation explains it."""
        return f"docs/reference/rules.md#{self.id}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a rule: met without a finding that blocks and without `unchecked`, the reason why it could not be looked at."""

    rule: Rule
    findings: tuple[Finding, ...] = ()
    unchecked: Message | None = None

    @property
    def met(self) -> bool:
        """Whether the plugin keeps the rule."""
        return self.unchecked is None and not any(finding.blocks for finding in self.findings)

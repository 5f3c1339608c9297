"""What an import is asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sdgcities.findings import Finding
from sdgcities.registry.people import Acting


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported and how. `answers_for` stands for the figures; `entered_by` typed the command."""

    path: Path
    entered_by: Acting
    answers_for: Acting
    profile: str | None = None
    dry_run: bool = False
    accept_partial: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did. `batch` None: nothing was stored."""

    file: str
    sha256: str
    profile: str
    rows_read: int
    stored: int
    unchanged: int
    refused: int
    findings: tuple[Finding, ...]
    batch: int | None

    @property
    def blocked(self) -> bool:
        """Whether a finding kept everything out."""
        return any(finding.blocks for finding in self.findings)

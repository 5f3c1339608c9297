"""What an import is asked to do, and what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sdgcities.findings import Finding, Severity
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import Acting
from sdgcities.tracks.data.importing.placing import Placement
from sdgcities.tracks.data.reading.raw import Reader


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files that needs no profile, such as SDMX: the name it goes by, whether a file is in it (told by its beginning), and how it is opened."""

    id: str
    fits: Callable[[Path], bool]
    opened: Callable[[Path, Catalogue], Reader]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported and how. `answers_for` stands for the figures; `entered_by` typed the command.

    `name` is what the file is called on record and in findings, where that is not its path: a file out of an archive.
    `justified` are written reasons by the code of the doubt that they let pass. `room` is how many bytes the hub may
    still take on its disk (None: what the system says is free). `progress` is told now and then how many rows were read since.
    `method` is the named method, with its version, that made the figures: it stands as the batch's profile.
    `forms` are those that are known by themselves, beside the profiles and the tidy format.
    """

    path: Path
    entered_by: Acting
    answers_for: Acting
    profile: str | None = None
    dry_run: bool = False
    accept_partial: bool = False
    justified: Mapping[str, str] = field(default_factory=dict)
    room: int | None = None
    progress: Callable[[int], None] | None = None
    name: str = ""
    forms: Sequence[Form] = ()
    method: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What the import of a file did. `batch` None: nothing was stored. `part_of` is the batch of the folder that it came in."""

    file: str
    sha256: str
    profile: str
    rows_read: int
    stored: int
    unchanged: int
    refused: int
    findings: tuple[Finding, ...]
    batch: int | None
    part_of: int | None = None
    shows: Placement | None = None
    """Where the new figures show; None where there is none."""

    @property
    def blocked(self) -> bool:
        """Whether a finding kept everything out: one that blocks, or a doubt without a written reason."""
        return stops(self.findings)


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What the import of a folder or archive did: one report a file, and what is found only where they are seen together."""

    file: str
    sha256: str
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]
    batch: int | None
    shows: Placement | None = None

    @property
    def blocked(self) -> bool:
        """Whether nothing of any file was stored because of what was found."""
        return stops(self.findings) or any(report.blocked for report in self.reports)

    @property
    def stored(self) -> int:
        """New and revised figures of all files."""
        return sum(report.stored for report in self.reports)

    @property
    def unchanged(self) -> int:
        """Figures of all files that the hub held already."""
        return sum(report.unchanged for report in self.reports)


def stops(findings: tuple[Finding, ...]) -> bool:
    """Whether a finding keeps everything out."""
    return any(finding.severity is not Severity.NOTE for finding in findings)

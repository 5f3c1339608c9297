"""One file on its way into the hub, within a transaction that others may share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from sdgcities.errors import Refused
from sdgcities.intake.files import name_of, sha256_of
from sdgcities.model.profiles import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Loaded, Run, load
from sdgcities.store.tables import batch
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.importing.pipeline import Pipeline
from sdgcities.tracks.data.importing.provenance import Provenance, Written, of_file, write_refused
from sdgcities.tracks.data.importing.request import Form, Report, Request
from sdgcities.tracks.data.importing.seen import Seen
from sdgcities.tracks.data.importing.telling import duplicates, refused_rows, to_look_at
from sdgcities.tracks.data.reading.choosing import choose_profile
from sdgcities.tracks.data.reading.misread import misread
from sdgcities.tracks.data.reading.profiled import ProfiledFile
from sdgcities.tracks.data.reading.raw import Reader
from sdgcities.tracks.data.reading.tidy import TIDY, TidyFile


class Undo(Exception):
    """Leave the transaction without storing; carries what is to be reported."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file with the profile that it is read by; None: the tidy format."""

    request: Request
    profile: ImportProfile | None

    @property
    def way(self) -> str:
        """By what it is read: the id of the profile or form."""
        return self.request.method or (self.profile.id if self.profile else TIDY)

    @property
    def sha256(self) -> str:
        """The digest by which the file is known."""
        return sha256_of(self.request.path)

    @property
    def anew(self) -> bool:
        """Whether it brings something beside figures that is to be kept."""
        return False

    def reader(self, catalogue: Catalogue) -> Reader:
        """The file, opened."""
        path, profile = self.request.path, self.profile
        return TidyFile(path, set(catalogue.dimensions)) if profile is None else ProfiledFile(path, profile)

    def quietly(self) -> Chosen:
        """The same without telling how far it has come."""
        return replace(self, request=replace(self.request, progress=None))

    def unreadable(self, error: Refused) -> Report:
        """The report of a file that can't be read."""
        told = (misread(self.request.path, self.profile, error) if self.profile else None) or error
        return unread(self.request, told)


@dataclass(frozen=True, slots=True)
class FormChosen(Chosen):
    """A file in a form that needs no profile."""

    form: Form

    @property
    def way(self) -> str:
        """The name of the form."""
        return self.form.id

    def reader(self, catalogue: Catalogue) -> Reader:
        """The file, opened."""
        return self.form.opened(self.request.path, catalogue)


def choose(catalogue: Catalogue, request: Request) -> Chosen:
    """The file with its form or profile. Raises Refused."""
    for form in request.forms:
        if request.profile == form.id or (request.profile is None and form.fits(request.path)):
            return FormChosen(request, None, form)
    return Chosen(request, choose_profile(catalogue, request.path, request.profile))


def unread(request: Request, error: Refused) -> Report:
    """The report of a file of which nothing could be read."""
    return Report(str(request.path), "", request.profile or "", 0, 0, 0, 0, error.findings, None)


class FileImport:
    """One import of a file. Raises Refused where the file can't be read on."""

    def __init__(self, connection: Connection, catalogue: Catalogue, chosen: Chosen, number: int) -> None:
        self._connection, self._catalogue, self._chosen, self._number = connection, catalogue, chosen, number
        self._reader = chosen.reader(catalogue)
        provenance = Provenance(connection, catalogue)
        self.file = str(chosen.request.path)
        self._checker = Checker(catalogue, self._reader, self.file, provenance.indicator, provenance.source)
        self._pipeline = Pipeline(catalogue, self._reader, self._checker, chosen.request.progress)

    @property
    def units(self) -> set[str]:
        """The units whose figures the file holds."""
        return self._checker.units

    def runs(self) -> Iterable[Run]:
        """The good rows, as they would be stored."""
        return self._pipeline.runs()

    def load(self, seen: Seen) -> tuple[Report, Loaded]:
        """Store the good rows under the number of the batch; say what was done and found. `seen` takes in each new series."""
        loaded = load(self._connection, self._number, self.runs(), seen.take)
        seen.end(loaded)
        request, checker = self._chosen.request, self._checker
        findings = [
            *refused_rows(checker, accept_partial=request.accept_partial),
            *duplicates(loaded, self._reader),
            *self._reader.notes(),
            *self._pipeline.findings(self.file),
            *to_look_at(self._catalogue, self._reader, checker, self._pipeline.seen, self.file),
        ]
        profile, digest = self._chosen.way, self._chosen.sha256
        counts = (checker.read, loaded.stored, loaded.unchanged, len(checker.refused))
        return Report(self.file, digest, profile, *counts, tuple(findings), self._number), loaded

    def keep_refused(self) -> None:
        """Put the refused rows on record with the batch."""
        write_refused(self._connection, self._number, self._checker.refused)

    def written(self, report: Report, loaded: Loaded) -> Written:
        """The batch as it goes on record."""
        request = self._chosen.request
        return of_file(self._catalogue, self._chosen.profile, report, loaded.digest, request.name or name_of(request.path))

    def brings(self, report: Report) -> bool:
        """Whether there is something to keep: figures, what came beside them, or refused rows that no earlier batch of the very same file keeps already."""
        same = select(batch.c.id).where(batch.c.file_sha256 == report.sha256, batch.c.profile == report.profile, batch.c.refused == report.refused)
        return bool(report.stored) or self._chosen.anew or (report.refused > 0 and self._connection.execute(same).first() is None)

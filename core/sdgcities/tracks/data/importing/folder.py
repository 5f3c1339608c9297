"""A folder or archive as one batch: every table in it within one transaction, so that a finding in one file keeps all of them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, Where, nmsg
from sdgcities.intake.files import name_of
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Run
from sdgcities.tracks.data.importing.agreeing import disagreements
from sdgcities.tracks.data.importing.contents import Contents, Part, contents_of, digest_of_collection, digest_of_files
from sdgcities.tracks.data.importing.doubting import Weighed, keep, weigh
from sdgcities.tracks.data.importing.placing import Placement, places_of
from sdgcities.tracks.data.importing.provenance import Written, core_manifest, next_batch, write_batch, write_refused
from sdgcities.tracks.data.importing.request import FolderReport, Report, Request, stops
from sdgcities.tracks.data.importing.room import too_little
from sdgcities.tracks.data.importing.seen import Seen
from sdgcities.tracks.data.importing.single import Chosen, FileImport, choose, unread
from sdgcities.tracks.data.reading.raw import Raw

SHOWN = 8
"""Names that a sentence lists."""


class _Leave(Exception):
    """Leave the transaction without storing."""


@dataclass(slots=True)
class _Member:
    """A file of the folder: how it is read, what it brought, and what is to be told of it."""

    part: Part
    report: Report
    chosen: Chosen | None = None
    one: FileImport | None = None
    written: Written | None = None
    brings: bool = False


def import_folder(catalogue: Catalogue, request: Request) -> FolderReport:
    """Import the tables of a folder or archive as one batch. What blocks in one of them stores nothing of any.

    Where the request accepts a part, files that can't be read are left out, and named.
    """
    request.entered_by.need(Role.OPERATOR)
    try:
        with contents_of(request.path) as contents:
            if lacking := too_little(catalogue.hub, request.path, [part.path for part in contents.tables], request.room):
                raise lacking
            return _Folder(catalogue, request, contents).run()
    except Refused as error:
        return FolderReport(str(request.path), "", (), error.findings, None)


class _Folder:
    """One import of a folder."""

    def __init__(self, catalogue: Catalogue, request: Request, contents: Contents) -> None:
        self._catalogue, self._request, self._file = catalogue, request, str(request.path)
        self._findings: list[Finding] = list(_not_tables(contents, self._file))
        self._members = [self._member(part) for part in contents.tables]
        self._seen = Seen()

    def run(self) -> FolderReport:
        """Load every file; keep everything or leave no trace."""
        report: FolderReport | None = None
        try:
            with self._catalogue.hub.database.loading() as connection:
                report = self._loaded(connection)
                _leave_where(report.batch is None)
        except _Leave:
            pass
        assert report is not None, "whatever else ends the transaction is raised further"
        return report

    def _member(self, part: Part) -> _Member:
        """How a file is read is chosen before the writer's place is taken."""
        request = replace(self._request, path=part.path, name=part.name)
        try:
            chosen = choose(self._catalogue, request)
        except Refused as error:
            return _Member(part, unread(request, error))
        return _Member(part, unread(request, Refused(())), chosen)

    def _loaded(self, connection: Connection) -> FolderReport:
        """Everything in the transaction; the report has no batch where it is not to be kept."""
        number, weighed = next_batch(connection) + len(self._members), Weighed()
        for member in self._members:
            self._load_one(connection, member, number)
        loaded = {member.report.batch: member for member in self._members if member.one is not None and member.report.batch is not None}
        self._leave_out()
        if not self._blocked() and any(member.report.stored for member in loaded.values()):
            if self._seen.brought is None:  # else every series came in once, and no figure was revised
                again = {batch: (member.part.shown, self._read_again(connection, member)) for batch, member in loaded.items()}
                self._findings += disagreements(connection, again, self._units())
            weighed = weigh(connection, self._catalogue, list(loaded), self._file, self._request.justified, self._seen.brought)
            self._findings += weighed.findings
        if not loaded or self._blocked():
            return self._told(None, stored=False)
        if not any(member.brings for member in loaded.values()):
            return self._told(None)
        shows = places_of(connection, self._catalogue, list(loaded), self._units(), self._seen.tally)
        if self._request.dry_run:
            return self._told(None, shows)
        self._write(connection, number, weighed)
        return self._told(number, shows)

    def _load_one(self, connection: Connection, member: _Member, folder: int) -> None:
        """Each file's batch is written before the next file's figures: PostgreSQL holds that every figure's batch is there or comes next.

        A file that is blocked leaves nothing of itself behind, so that the others can be looked at.
        """
        if member.chosen is None:
            return
        try:
            with connection.begin_nested():
                member.one = FileImport(connection, self._catalogue, member.chosen, next_batch(connection))
                report, loaded = member.one.load(self._seen)
                member.report = replace(report, part_of=folder)
                _leave_where(report.blocked)
                member.brings = member.one.brings(report)
                member.written = member.one.written(member.report, loaded)
                write_batch(connection, self._catalogue, member.written, self._request)
                member.one.keep_refused()
        except _Leave:
            member.one = None
            self._seen.forget()
        except Refused as error:
            member.one, member.report = None, member.chosen.unreadable(error)
            self._seen.forget()

    def _read_again(self, connection: Connection, member: _Member) -> Callable[[], Iterable[Run]]:
        chosen = member.chosen
        assert chosen is not None
        return lambda: FileImport(connection, self._catalogue, chosen.quietly(), 0).runs()

    def _leave_out(self) -> None:
        """Where a part is accepted, what blocks a file is a note: the others are stored without it."""
        left = [member for member in self._members if member.one is None]
        if not left or not self._request.accept_partial or len(left) == len(self._members):
            return
        for member in left:
            member.report = replace(member.report, findings=tuple(replace(finding, severity=Severity.NOTE) for finding in member.report.findings))
        named = ", ".join(member.part.name for member in left[:SHOWN])
        text = nmsg("%(n)s file was left out: %(names)s.", "%(n)s files were left out, such as: %(names)s.", len(left), names=named)
        self._findings.append(Finding("import.left-out", Severity.NOTE, text, None, Where(file=self._file)))

    def _blocked(self) -> bool:
        return stops(tuple(self._findings)) or any(member.report.blocked for member in self._members)

    def _units(self) -> set[str]:
        return set[str]().union(*(member.one.units for member in self._members if member.one))

    def _write(self, connection: Connection, number: int, weighed: Weighed) -> None:
        """The batch of the folder, to which those of its files refer; with the files that were left out."""
        kept = [member.written for member in self._members if member.one and member.written]
        at = write_batch(connection, self._catalogue, self._written(number, kept), self._request)
        left = [(member.part.name, finding) for member in self._members if member.one is None for finding in member.report.findings[:1]]
        write_refused(connection, number, ((_left(name), finding) for name, finding in left))
        keep(connection, weighed, number, at, self._request.entered_by.id)

    def _written(self, number: int, parts: Sequence[Written]) -> Written:
        """The batch of the whole: its counts are the sums of its files'."""
        return Written(
            id=number,
            file=name_of(self._request.path.resolve()),
            file_sha256=digest_of_collection(self._request.path, [part.file_sha256 for part in parts]),
            profile="",
            profile_sha256=digest_of_files([part.profile_sha256 for part in parts]),
            manifest=core_manifest(self._catalogue),
            rows_read=sum(part.rows_read for part in parts),
            stored=sum(part.stored for part in parts),
            unchanged=sum(part.unchanged for part in parts),
            refused=sum(part.refused for part in parts),
            rows_sha256=digest_of_files([part.rows_sha256 for part in parts]),
        )

    def _told(self, batch: int | None, shows: Placement | None = None, *, stored: bool = True) -> FolderReport:
        for member in self._members:
            if batch is None:
                member.report = replace(member.report, batch=None, part_of=None)
            if not stored:
                member.report = replace(member.report, stored=0, unchanged=0)
        reports = tuple(_named(member.report, member.part) for member in self._members)
        digest = digest_of_collection(self._request.path, [report.sha256 for report in reports if report.sha256])
        return FolderReport(self._file, digest, reports, tuple(self._findings), batch, shows)


def _leave_where(unwanted: bool) -> None:  # noqa: FBT001 - what it is called says it
    if unwanted:
        raise _Leave


def _not_tables(contents: Contents, file: str) -> Iterator[Finding]:
    """Files that are no tables are passed over, and named."""
    if contents.others:
        names = ", ".join(contents.others[:SHOWN])
        text = nmsg("%(n)s file is no table: %(names)s.", "%(n)s files are no tables, such as: %(names)s.", len(contents.others), names=names)
        yield Finding("import.no-table", Severity.NOTE, text, None, Where(file=file))


def _left(name: str) -> Raw:
    """A file that was left out, as the store keeps what it refuses."""
    return 0, name, "", "", "", "", "", "", "", ""


def _named(report: Report, part: Part) -> Report:
    """The report with the file by the name that people find it by, not where it was unpacked."""
    findings = tuple(
        replace(finding, where=replace(finding.where, file=part.shown)) if finding.where.file == str(part.path) else finding for finding in report.findings
    )
    return replace(report, file=part.shown, findings=findings)

"""Observations in: choose the profile, check every row, reconcile with the file's own totals, store all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import islice

from sqlalchemy import Connection, func, select

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.files import sha256_of
from sdgcities.model.hub import Role
from sdgcities.model.places import Unit
from sdgcities.model.statistics import SHEET, ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Figure, Loaded, SeriesKey, load
from sdgcities.store.tables import batch
from sdgcities.tracks.data.importing.aggregating import Sums
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.importing.footing import Footing
from sdgcities.tracks.data.importing.provenance import Provenance, write_batch
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.reading.choosing import choose_profile
from sdgcities.tracks.data.reading.misread import misread
from sdgcities.tracks.data.reading.profiled import ProfiledFile
from sdgcities.tracks.data.reading.raw import EXACT, NUMBER, Reader
from sdgcities.tracks.data.reading.tidy import TIDY, TidyFile

SHOWN = 20
"""Findings of refused rows that a report carries; the rest are counted."""


class _Undo(Exception):
    """Leave the transaction without storing; carries what is to be reported."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def import_file(catalogue: Catalogue, request: Request) -> Report:
    """Import one file. A blocking finding stores nothing; the report says what and where."""
    request.entered_by.need(Role.OPERATOR)
    profile: ImportProfile | None = None
    try:
        profile = choose_profile(catalogue, request.path, request.profile)
        reader: Reader = TidyFile(request.path, set(catalogue.dimensions)) if profile is None else ProfiledFile(request.path, profile)
        with catalogue.hub.database.writing() as connection:
            return _Import(connection, catalogue, request, profile, reader).run()
    except _Undo as undo:
        return undo.report
    except Refused as error:
        told = (misread(request.path, profile, error) if profile else None) or error
        return Report(str(request.path), "", request.profile or "", 0, 0, 0, 0, told.findings, None)


class _Import:
    """One import within one transaction."""

    def __init__(self, connection: Connection, catalogue: Catalogue, request: Request, profile: ImportProfile | None, reader: Reader) -> None:
        self._connection, self._catalogue, self._request = connection, catalogue, request
        self._profile, self._reader = profile, reader
        self._file = str(request.path)
        self._id = 1 + (connection.execute(select(func.max(batch.c.id))).scalar() or 0)
        self._expected = reader.totals()
        self._counts: dict[str, int] = {}
        self._found: dict[str, Decimal] = {}
        self._seen: set[str] = set()
        self._sums = Sums()
        self._footing = Footing(reader.adds_up, self._line)
        provenance = Provenance(connection, catalogue)
        self._checker = Checker(catalogue, reader, self._file, provenance.indicator, provenance.source)

    def run(self) -> Report:
        """Store, reconcile; keep it all or leave no trace."""
        loaded = load(self._connection, self._id, self._rows())
        report = self._report(loaded)
        if report.blocked:
            raise _Undo(replace(report, batch=None, stored=0, unchanged=0))
        if self._request.dry_run or not (report.stored or self._newly_refused(report)):
            raise _Undo(replace(report, batch=None))
        write_batch(self._connection, self._catalogue, self._profile, report, loaded.digest, self._checker.refused, self._request)
        return report

    def _rows(self) -> Iterable[tuple[SeriesKey, Figure]]:
        """The good rows on their way into the store, counted and added up by indicator where the file has totals to hold them against."""
        rows: Iterable[tuple[SeriesKey, Figure]] = self._checker.check(self._reader.raws())
        if self._expected is not None:
            rows = self._counted(rows)
        if self._reader.aggregate:
            rows = self._sums.add_up(rows)
        if self._reader.adds_up:
            rows = self._footing.watch(rows)
        if self._reader.covers:
            rows = self._noted(rows)
        return rows if self._expected is None else self._added_up(rows)

    def _counted(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            if figure[3] is not None:
                self._counts[key[1]] = self._counts.get(key[1], 0) + 1
            yield key, figure

    def _noted(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            self._seen.add(key[0])
            yield key, figure

    def _added_up(self, rows: Iterable[tuple[SeriesKey, Figure]]) -> Iterator[tuple[SeriesKey, Figure]]:
        for key, figure in rows:
            if figure[3] is not None:
                self._found[key[1]] = EXACT.add(self._found.get(key[1], Decimal(0)), Decimal(figure[3]))
            yield key, figure

    def _newly_refused(self, report: Report) -> bool:
        """Whether rows were refused that no earlier batch of the very same file keeps already."""
        same = select(batch.c.id).where(batch.c.file_sha256 == report.sha256, batch.c.profile == report.profile, batch.c.refused == report.refused)
        return report.refused > 0 and self._connection.execute(same).first() is None

    def _report(self, loaded: Loaded) -> Report:
        refused, read = self._checker.refused, self._checker.read
        findings = [finding for _, finding in islice(refused, SHOWN)]
        if self._request.accept_partial and len(refused) < read:
            findings = [replace(finding, severity=Severity.NOTE) for finding in findings]
        if len(refused) > SHOWN:
            findings.append(Finding("import.more", Severity.NOTE, msg("%(n)s further rows can't be accepted.", n=len(refused) - SHOWN)))
        findings += [*self._duplicates(loaded), *self._reconciled(), *self._footing.findings(self._file), *self._sums.notes(self._file, self._name_of)]
        findings += self._doubts()
        if passed := self._checker.passed_over:
            text = nmsg(
                "%(n)s cell without a figure is of a unit that did not stand then.",
                "%(n)s cells without a figure are of units that did not stand then.",
                passed,
            )
            findings.append(Finding("import.not-standing", Severity.NOTE, text, None, Where(file=self._file)))
        if not read:
            findings.append(Finding("import.nothing", Severity.BLOCK, msg("The file has a header and no rows."), None, Where(file=self._file)))
        profile = self._profile.id if self._profile else TIDY
        digest = sha256_of(self._request.path)
        return Report(self._file, digest, profile, read, loaded.stored, loaded.unchanged, len(refused), tuple(findings), self._id)

    def _doubts(self) -> Iterator[Finding]:
        """What may be right, and should be looked at: units that a whole file would have, and periods still to come."""
        where = Where(file=self._file)
        for level in self._reader.covers:
            units = [unit for unit in self._catalogue.places[self._reader.country].units.values() if unit.level == level and unit.valid_to is None]
            missing = [unit for unit in units if unit.id not in self._seen]
            if missing:
                named = ", ".join(unit.name for unit in missing[:5])
                text = msg(
                    "%(n)s of the %(all)s units of the level %(level)s have no figure in the file, such as %(names)s.",
                    n=len(missing),
                    all=len(units),
                    level=Message(self._catalogue.level_name(missing[0])),
                    names=named,
                )
                yield Finding("import.incomplete", Severity.NOTE, text, msg("Is it an extract? A whole file has them all."), where)
        if other := self._checker.otherwise:
            named = "; ".join(f"{text} ({code} {self._name_of(code)})" for code, text in list(other.items())[:5])
            text = msg("%(n)s codes stand beside another name than the unit's, such as %(names)s.", n=len(other), names=named)
            yield Finding("import.other-name", Severity.NOTE, text, msg("The code was taken: see that it is the right one."), where)
        if self._checker.to_come:
            text = msg("Figures are of periods still to come: %(periods)s.", periods=", ".join(sorted(self._checker.to_come)[:8]))
            yield Finding("import.to-come", Severity.NOTE, text, msg("Right for a projection; otherwise see the year."), where)

    def _duplicates(self, loaded: Loaded) -> Iterator[Finding]:
        for first, last in loaded.twice:
            message = msg("Rows %(first)s and %(last)s give the same observation.", first=first % SHEET, last=last % SHEET)
            hint = msg("Same unit, indicator, period and dimensions: take one of them out.")
            yield Finding("import.twice", Severity.BLOCK, message, hint, replace(self._reader.where(last, ""), column=None))

    def _reconciled(self) -> Iterator[Finding]:
        """The file's own count and total of each indicator must be those of what is stored and what was refused."""
        for indicator, (count, total) in (self._expected or {}).items():
            left_out = [Decimal(raw[5]) for raw, _ in self._checker.refused if raw[2] == indicator and NUMBER.fullmatch(raw[5])]
            found = reduce(EXACT.add, left_out, self._found.get(indicator, Decimal(0)))
            if found != total:
                yield self._unreconciled(
                    "reconcile.total",
                    msg(
                        "%(indicator)s adds up to %(total)s in the file, but to %(found)s in what would be stored.",
                        indicator=indicator,
                        total=total,
                        found=found,
                    ),
                )
            if (figures := self._counts.get(indicator, 0) + len(left_out)) != count:
                yield self._unreconciled(
                    "reconcile.count",
                    msg(
                        "%(indicator)s has %(count)s figures in the file, but %(found)s in what would be stored.",
                        indicator=indicator,
                        count=count,
                        found=figures,
                    ),
                )

    def _unreconciled(self, code: str, message: Message) -> Finding:
        hint = msg("The profile reads the file wrongly: please report it to its maintainer.")
        return Finding(code, Severity.BLOCK, message, hint, Where(file=self._file))

    def _line(self, unit: str) -> list[Unit]:
        found = self._catalogue.unit(unit)
        return [found, *self._catalogue.places[found.country].ancestors(found)]

    def _name_of(self, unit: str) -> str:
        return self._catalogue.unit(unit).name

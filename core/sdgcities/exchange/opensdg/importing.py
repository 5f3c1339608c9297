"""A repository taken into a hub: its words as a plugin of the hub, its figures as one batch; all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.opensdg.carried import Carried, read_carried
from sdgcities.exchange.opensdg.checking import CONTRADICTION, GARBLED, check
from sdgcities.exchange.opensdg.disaggregation import Carrying, plugin_name
from sdgcities.exchange.opensdg.observations import RepositoryReader, unknown_statuses
from sdgcities.exchange.opensdg.plugin import Writing
from sdgcities.exchange.opensdg.progress import unused_settings
from sdgcities.exchange.opensdg.reading import read_repository
from sdgcities.exchange.opensdg.recognising import KINDS, MOST_ENTRIES, PROFILE, root_of
from sdgcities.exchange.opensdg.repository import Repository
from sdgcities.exchange.opensdg.resembling import FEW, MOST, Resemblance
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.hub.config import OWN_PLUGINS
from sdgcities.intake.zip import unpacked
from sdgcities.model.hub import Role
from sdgcities.model.places import Unit
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store import audit
from sdgcities.tracks.data.importing.contents import digest_of_files
from sdgcities.tracks.data.importing.doubting import Weighed, keep
from sdgcities.tracks.data.importing.request import Report, Request, stops
from sdgcities.tracks.data.importing.room import too_little
from sdgcities.tracks.data.importing.run import store
from sdgcities.tracks.data.importing.single import Chosen, Undo
from sdgcities.tracks.data.quality.doubt import ALL, Doubt
from sdgcities.tracks.data.reading.raw import Reader
from sdgcities.writing import whole_folder

OTHER = "opensdg.other"
_DOUBTS = frozenset((GARBLED, OTHER))
"""Doubts of the repository itself: let pass with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryChosen(Chosen):
    """A repository on its way into the hub, as every file that is imported."""

    repository: Repository
    tables: Mapping[str, Rows]
    carried: Carried
    renewed: bool
    """Whether its words or files are others than those that the hub has."""

    @property
    def anew(self) -> bool:
        """A new plugin, whether or not a figure is new."""
        return self.renewed

    @property
    def way(self) -> str:
        """By what it is read."""
        return PROFILE

    @property
    def sha256(self) -> str:
        """The digest over all its files."""
        return digest_of_files([f"{name}:{digest}" for name, digest in self.repository.files.items()])

    def reader(self, catalogue: Catalogue) -> Reader:
        """Its rows."""
        return RepositoryReader(self.repository, self.tables, self.carried, catalogue)


def import_repository(catalogue: Catalogue, request: Request, unit: str | None) -> Report:
    """Import a repository. `unit` is the code or name of the place that rows without a place of their own are of.

    A finding that blocks, or a doubt without a reason, stores nothing. Where the request accepts a part, rows that contradict each other or
    can't be read are left out, all of them, and kept on record.
    """
    request.entered_by.need(Role.OPERATOR)
    try:
        with _unpacked(request.path) as folder:
            return _Import(catalogue, request, folder, unit).run()
    except Refused as error:
        return Report(str(request.path), "", PROFILE, 0, 0, 0, 0, error.findings, None)


class _Import:
    """One import of a repository."""

    def __init__(self, catalogue: Catalogue, request: Request, folder: Path, unit: str | None) -> None:
        self._catalogue, self._request, self._folder = catalogue, request, folder
        self._repository = read_repository(folder)
        self._tables = {one: Rows(indicator) for one, indicator in self._repository.indicators.items() if indicator.rows}
        self._unit = self._place(unit)
        self._target = catalogue.hub.folder / OWN_PLUGINS / plugin_name(self._unit.id)

    def run(self) -> Report:
        """Check, then store: everything or nothing."""
        found = (*check(self._repository, self._tables), *unknown_statuses(self._tables), *unused_settings(self._repository))
        findings = [self._weighed(finding) for finding in found]
        if not any(map(len, self._tables.values())) and not stops(tuple(findings)):
            hint = msg("Open SDG keeps them in data/indicator_1-1-1.csv.")
            told = msg("No indicator of the repository has a figure.")
            findings.append(Finding("opensdg.empty", Severity.BLOCK, told, hint, Where(file=str(self._request.path))))
        if stops(tuple(findings)):
            return self._told(self._nothing(), findings)
        files = [self._folder / name for name in self._repository.files]
        if lacking := too_little(self._catalogue.hub, self._request.path, files, self._request.room):
            raise lacking
        self._target.parent.mkdir(exist_ok=True)
        try:
            with self._catalogue.hub.database.loading() as connection:
                report = self._taken_in(connection, findings)
        except Undo as undo:
            report = undo.report
        return self._told(report, findings)

    def _taken_in(self, connection: Connection, findings: list[Finding]) -> Report:
        """The plugin and the figures, while nobody else imports. Raises Undo."""
        before = read_carried(self._target) if self._target.is_dir() else None
        found = Resemblance(before, self._repository) if before else None
        if found and found.another():
            findings.append(self._weighed(self._other(found)))
            if stops(tuple(findings)):
                raise Undo(self._nothing())
        carried = Carrying(self._catalogue, self._unit, self._repository, self._tables, before).carried()
        official = {code: entry.title for code, entry in self._catalogue.hub.frameworks.sdg.indicators.items()}
        writing = Writing(self._repository, self._tables, carried, official, self._target)
        findings += writing.changes()
        with whole_folder(self._target) as draft:
            writing.write(draft)
            chosen = RepositoryChosen(self._request, None, repository=self._repository, tables=self._tables, carried=carried, renewed=writing.anew)
            return self._stored(connection, self._with_plugin(draft.parent), chosen, findings)

    def _with_plugin(self, plugins: Path) -> Catalogue:
        """The hub's catalogue with what the repository brings. Raises Refused where the hub can't read the plugin that was made of it."""
        hub = self._catalogue.hub.trying(plugins)
        hub.plugins.indicators(self._unit.country)
        hub.plugins.dimensions()
        if failed := [one for one in hub.plugins.failures if one.plugin == self._target.name]:
            raise Refused([one.finding(Severity.BLOCK) for one in failed])
        return Catalogue(hub)

    def _nothing(self) -> Report:
        return Report(str(self._request.path), "", PROFILE, sum(map(len, self._tables.values())), 0, 0, 0, (), None)

    def _other(self, found: Resemblance) -> Finding:
        """The hub has a repository of this place already, and it is another."""
        told = msg(
            "The hub has another repository of %(unit)s, of %(n)s indicators. This one has %(here)s, and only %(same)s are in both: it would take its place.",
            unit=self._unit.id,
            n=len(found.ids),
            here=len(self._repository.indicators),
            same=len(found.ids & self._repository.indicators.keys()),
        )
        if found.indicators >= FEW:
            told = msg(
                "The hub has a repository of %(unit)s with the same indicators: only %(same)s of its %(n)s figures are in this one. It would take its place.",
                unit=self._unit.id,
                n=found.figures[1],
                same=found.figures[0],
            )
        hint = msg('Is --unit right? If this one is to take its place, say why: --justify opensdg.other="REASON".')
        return Finding(OTHER, Severity.JUSTIFY, told, hint, Where(file=str(self._request.path)))

    def _stored(self, connection: Connection, catalogue: Catalogue, chosen: RepositoryChosen, findings: Sequence[Finding]) -> Report:
        report = store(connection, catalogue, chosen)
        reasons = self._request.justified
        answered = tuple(
            (Doubt(one, f"{ALL} {one.where.column or ''}".rstrip()), reasons[one.code]) for one in findings if one.code in _DOUBTS & reasons.keys()
        )
        if answered and report.batch is not None:
            keep(connection, Weighed((), answered), report.batch, audit.now(), self._request.entered_by.id)
        return report

    def _weighed(self, finding: Finding) -> Finding:
        """The finding as it weighs here: rows that may be left out, and doubts with a reason, are notes."""
        if finding.code in self._request.justified and finding.severity is Severity.JUSTIFY:
            return replace(finding, severity=Severity.NOTE, hint=msg("Let pass, with the reason: %(reason)s", reason=self._request.justified[finding.code]))
        left_out = self._request.accept_partial and finding.severity is Severity.BLOCK
        return replace(finding, severity=Severity.NOTE) if left_out else finding

    def _told(self, report: Report, findings: Sequence[Finding]) -> Report:
        """What was found in the files first; what the import says of the same rows is left out."""
        rows = {(one.code, one.where.file, one.where.row) for one in findings}
        unsaid = (one for one in report.findings if one.code != CONTRADICTION and (one.code, one.where.file, one.where.row) not in rows)
        own = [one for one in unsaid if not _unneeded(one)]
        return replace(report, file=str(self._request.path), findings=tuple(self._named(one) for one in (*findings, *own)))

    def _named(self, finding: Finding) -> Finding:
        """A file out of an archive by its name there."""
        if self._request.path.is_dir() or not finding.where.file:
            return finding
        file = Path(finding.where.file)
        if file.is_relative_to(self._folder):
            return replace(finding, where=replace(finding.where, file=str(self._request.path / file.relative_to(self._folder))))
        return finding

    def _place(self, wanted: str | None) -> Unit:
        if wanted is not None:
            return self._catalogue.place(wanted)
        own = [found for one in self._catalogue.hub.folder.glob(f"{OWN_PLUGINS}/*") if (found := read_carried(one)) and self._same(found)]
        if len(own) == 1:
            return self._catalogue.unit(own[0].unit)
        hint = msg("Say which place its figures are of: --unit CODE, the city's or the country's; look it up with sdgcities unit find TEXT.")
        raise refuse("opensdg.unit", msg("The repository does not say which place it is of."), hint, Where(file=str(self._request.path)))

    def _same(self, carried: Carried) -> bool:
        """Whether a repository that was taken in before is this one: most of its indicators are the same, and so are their figures or metadata."""
        found = Resemblance(carried, self._repository)
        return found.indicators > MOST and not found.another()


def _unneeded(finding: Finding) -> bool:
    """Whether it says that a reason was not needed which a doubt of the repository itself needed."""
    return finding.code == "import.unneeded" and any(code in str(finding.message) for code in _DOUBTS)


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """The repository's folder: an archive is unpacked for as long as it is asked for."""
    if path.is_dir():
        yield root_of(path)
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        unpacked(path, Path(scratch), MOST_ENTRIES, KINDS)
        yield root_of(Path(scratch))

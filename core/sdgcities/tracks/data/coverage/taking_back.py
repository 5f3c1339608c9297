"""A filled-in sheet taken in: its figures as one import, its reasons and plans as one submission, both or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.people import Acting
from sdgcities.registry.stages import need_at_work
from sdgcities.registry.submissions import Submitted, find_form, store
from sdgcities.store import audit
from sdgcities.tracks.data.coverage.returned import ANEW, Returned, read_back
from sdgcities.tracks.data.coverage.sheet import FORM
from sdgcities.tracks.data.coverage.typed import SheetChosen
from sdgcities.tracks.data.coverage.weighing import Weighing
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import store as store_figures
from sdgcities.tracks.data.importing.single import Undo


@dataclass(frozen=True, slots=True)
class Sending:
    """A sheet that came back, who typed the command, and who answers for it. `justified` are written reasons by the code of a doubt."""

    path: Path
    entered_by: Acting
    answers_for: Acting
    dry_run: bool = False
    justified: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was done with a sheet. `planned` are the indicators whose reason or plan is new; `open` those that stay gaps without one."""

    report: Report | None
    submission: Submitted | None
    figures: tuple[str, ...]
    planned: tuple[str, ...]
    open: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Whether nothing was taken in because of what was found."""
        return any(finding.severity is not Severity.NOTE for finding in self.findings)


def take_back(catalogue: Catalogue, city: City, sending: Sending) -> Taken:
    """Take in a sheet. All or nothing; every fault is told with its row and column."""
    sending.entered_by.need(Role.OPERATOR)
    sheet = read_back(sending.path)
    _fits(catalogue, city, sheet)
    taken = Taken(None, None, (), (), (), sheet.findings)
    try:
        with catalogue.hub.database.writing() as connection:  # from here on nobody else writes: what is weighed is what stands
            need_at_work(connection, city)
            weighing = Weighing(catalogue, city, sheet)
            findings = (*sheet.findings, *weighing.findings())
            taken = Taken(None, None, tuple(one.code for one in weighing.figures), tuple(weighing.planned), tuple(weighing.open), findings)
            if not taken.blocked:
                return _stored(connection, catalogue, city, sending, (taken, weighing))
            if weighing.figures:  # what an import finds in the others is told with it
                _import(connection, catalogue, replace(sending, dry_run=True), weighing)
            return taken
    except Undo as undo:
        return replace(_with(taken, undo.report, None), report=None if taken.blocked else undo.report)


def _stored(connection: Connection, catalogue: Catalogue, city: City, sending: Sending, what: tuple[Taken, Weighing]) -> Taken:
    taken, weighing = what
    if not taken.figures and not taken.planned:
        hint = msg("A sheet that was taken in before need not be sent again.")
        raise refuse("gaps.nothing", msg("Nothing in the sheet is new: it was not filled in, or all of it is on record."), hint, Where(file=str(sending.path)))
    submission = None
    if taken.planned:
        sending.answers_for.need(Role.AUTHOR)
        who = (sending.answers_for.id, sending.entered_by.id, audit.now())
        submission = store(connection, catalogue, find_form(catalogue, FORM), city, weighing.answers(), who)
    report = _import(connection, catalogue, sending, weighing) if weighing.figures else None
    if sending.dry_run:
        raise Undo(Report(str(sending.path), "", "", 0, 0, 0, 0, (), None))
    return _with(taken, report, submission)


def _import(connection: Connection, catalogue: Catalogue, sending: Sending, weighing: Weighing) -> Report:
    """The figures on the way of every import. Raises Undo where something is wrong with them, and where they are only tried."""
    request = Request(sending.path, sending.entered_by, sending.answers_for, dry_run=sending.dry_run, justified=sending.justified)
    return store_figures(connection, catalogue, SheetChosen(request, None, weighing.sheet, weighing.figures))


def _with(taken: Taken, report: Report | None, submission: Submitted | None) -> Taken:
    findings = (*taken.findings, *(report.findings if report else ()))
    return Taken(report, submission, taken.figures, taken.planned, taken.open, findings)


def _fits(catalogue: Catalogue, city: City, sheet: Returned) -> None:
    """Refuse a sheet of another hub or city, or one that was written before the form changed."""
    about, where, form = sheet.about, Where(file=str(sheet.path)), find_form(catalogue, FORM)
    if about.hub != catalogue.hub.config.name:
        raise refuse("gaps.other-hub", msg("The sheet was written by another hub: %(hub)s.", hub=about.hub), ANEW, where)
    if about.city != city.unit.id:
        named = msg("The sheet is for %(other)s, not for %(city)s.", other=about.city, city=city.unit.id)
        raise refuse("gaps.other-city", named, msg("If that is meant: sdgcities data gaps %(other)s --from FILE.", other=about.city), where)
    if about.form_version != form.version:
        told = msg(
            "The sheet was written for version %(old)s of the form %(form)s, which has version %(new)s now.",
            old=about.form_version,
            form=FORM,
            new=form.version,
        )
        raise refuse("gaps.other-version", told, ANEW, where)

"""The gaps of a city as text, as JSON and as a workbook; and what came back with one."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli.import_view import import_data
from sdgcities.cli.output import shown_path, typed
from sdgcities.cli.session import Session
from sdgcities.errors import refuse
from sdgcities.findings import Where, msg, nmsg
from sdgcities.model.hub import AT_WORK
from sdgcities.registry.cities import City
from sdgcities.registry.view import RecordsView
from sdgcities.reports.gap_sheet import gap_sheet
from sdgcities.tracks.data.baseline import Gap, baselines
from sdgcities.tracks.data.coverage.taking_back import Sending, Taken, take_back
from sdgcities.writing import put


def print_gaps(session: Session, city: City, *, as_json: bool) -> None:
    """One row a gap; what should have been done by now is marked."""
    view = RecordsView(session.catalogue)
    gaps = baselines(view, [city.unit.id])[city.unit.id].gaps
    if as_json:
        session.json([_data(code, gap, view) for code, gap in gaps.items()])
        return
    if not gaps:
        session.say(msg("No gaps: every indicator of the national core has a value."))
        return
    names = session.catalogue.indicators[city.unit.country]
    unsaid, overdue = session.text("no reason recorded yet"), session.text("overdue")
    rows = [
        (
            code,
            session.text(names[code].name),
            session.word(gap.reason) if gap.reason else unsaid,
            gap.plan,
            gap.owner,
            f"{gap.due} ({overdue})" if gap.overdue(view.today) else gap.due,
        )
        for code, gap in gaps.items()
    ]
    session.table(("Code", "Name", "Reason", "Plan", "Office responsible", "By when"), rows)
    if city.stage in AT_WORK and any(gap.reason is None for gap in gaps.values()):
        session.say(msg("Let the offices fill them in: sdgcities data gaps %(city)s --xlsx FILE.", city=city.unit.id))


def write_sheet(session: Session, city: City, target: Path, *, as_json: bool) -> None:
    """The gaps as a workbook. An older one is never written over: somebody may have filled it in."""
    if target.exists():
        hint = msg("Somebody may have filled it in: move it away, or give another name.")
        raise refuse("gaps.exists", msg("There is a file of this name already."), hint, Where(file=str(target)))
    gaps = baselines(RecordsView(session.catalogue), [city.unit.id])[city.unit.id].gaps
    put(target, gap_sheet(session.catalogue, city, gaps, session.text, session.language))
    if as_json:
        session.json({"city": city.unit.id, "file": shown_path(target), "gaps": list(gaps)})
        return
    done = nmsg("%(file)s: %(n)s gap to be filled in.", "%(file)s: %(n)s gaps to be filled in.", len(gaps), file=target)
    session.say(done)
    session.say(msg("When it is back: sdgcities data gaps %(city)s --from %(file)s --dry-run.", city=city.unit.id, file=typed(target)))


def take_in(session: Session, city: City, sending: Sending, *, as_json: bool) -> None:
    """Take in a workbook that came back, and say what became of it."""
    taken = take_back(session.catalogue, city, sending)
    if as_json:
        session.json(_taken(session, taken, dry_run=sending.dry_run))
    else:
        session.show_report(taken.findings)
        _say(session, sending.path, taken, dry_run=sending.dry_run)
    if taken.blocked:
        click.get_current_context().exit(1)


def _say(session: Session, path: Path, taken: Taken, *, dry_run: bool) -> None:
    counts = {"figures": len(taken.figures), "plans": len(taken.planned), "open": len(taken.open)}
    if taken.blocked:
        session.say(msg("%(file)s: nothing was stored.", file=path))
    elif dry_run:
        told = msg("%(file)s: %(figures)s values and %(plans)s plans would be stored; %(open)s gaps stay without. Nothing was stored.", file=path, **counts)
        session.say(told)
    else:
        session.say(msg("%(file)s: %(figures)s values and %(plans)s plans stored; %(open)s gaps stay without.", file=path, **counts))


def _data(code: str, gap: Gap, view: RecordsView) -> dict[str, object]:
    said = {"plan": gap.plan, "owner": gap.owner, "due": gap.due, "overdue": gap.overdue(view.today)}
    return {"indicator": code, "reason": gap.reason.value if gap.reason else None, **said}


def _taken(session: Session, taken: Taken, *, dry_run: bool) -> dict[str, object]:
    stored = not (dry_run or taken.blocked)
    return {
        "stored": stored,
        "values": list(taken.figures),
        "plans": list(taken.planned),
        "without": list(taken.open),
        "import": import_data(session, taken.report, dry_run=dry_run) if taken.report and taken.report.sha256 else None,
        "submission": taken.submission.id if taken.submission else None,
        "findings": [session.finding_data(one) for one in taken.findings],
    }

"""`sdgcities evidence`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("evidence", cls=TranslatedGroup)
def command() -> None:
    """Documents that milestones ask for.

    Example: sdgcities evidence show GH1408
    """


@command.command("add")
@click.argument("city")
@click.argument("milestone")
@click.argument("evidence")
@click.argument("path", metavar="FILE", type=options.PATH)
@options.as_json
@click.pass_obj
def add(session: Session, city: str, milestone: str, evidence: str, path: Path, *, as_json: bool) -> None:
    """Attach FILE as a piece of EVIDENCE that a MILESTONE asks of a CITY. It is kept by its digest.

    Example: sdgcities evidence add GH1408 data/agreement agreement agreement.pdf
    """
    from sdgcities.findings import msg
    from sdgcities.recognition.assessing import find_milestone
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.evidence import add_evidence

    where = find_city(session.catalogue, city)
    wanted = find_milestone(session.hub.contracts[where.unit.country], milestone)
    new = add_evidence(session.hub, where, wanted, evidence, path, session.acting)
    if as_json:
        session.json({"city": new.city, "milestone": new.milestone, "evidence": new.evidence, "sha256": new.sha256, "name": new.name, "size": new.size})
    else:
        told = {"name": new.name, "milestone": new.milestone, "evidence": new.evidence, "sha": new.sha256[:12]}
        session.say(msg("Attached %(name)s to %(milestone)s, %(evidence)s (sha256 %(sha)s…).", **told))


@command.command("show")
@click.argument("city")
@options.as_json
@click.pass_obj
def show(session: Session, city: str, *, as_json: bool) -> None:
    """Show what is attached for a CITY and those that became part of it, and whether each document is still as it was.

    Example: sdgcities evidence show GH1408
    """
    from sdgcities.cli.city_view import as_until
    from sdgcities.findings import msg
    from sdgcities.registry.cities import find_city, predecessors
    from sdgcities.registry.evidence import attached, unchanged

    where = find_city(session.catalogue, city)
    whose = {one.unit.id: one for one in (where, *predecessors(session.catalogue, where.unit.id))}
    with session.hub.database.reading() as connection:
        found = attached(connection, list(whose))
    if as_json:
        keys = ("city", "milestone", "evidence", "name", "sha256", "size", "at", "by")
        session.json([{**{key: getattr(one, key) for key in keys}, "unchanged": unchanged(session.hub, one)} for one in found])
        return
    if not found:
        session.say(msg("Nothing is attached for %(city)s. Add a document: sdgcities evidence add CITY MILESTONE EVIDENCE FILE.", city=where.unit.name))
        return
    state = {True: session.text("as attached"), False: session.text("changed or lost")}
    rows = [
        (
            *(one.milestone, one.evidence, one.name, one.sha256[:12] + "…", session.when(one.at), one.by, state[unchanged(session.hub, one)]),
            "" if one.city == where.unit.id else as_until(session, whose[one.city]),
        )
        for one in found
    ]
    session.table(("Milestone", "Evidence", "File", "sha256", "When", "By", "State", "Whose" if len({one.city for one in found}) > 1 else ""), rows)

"""`sdgcities data gaps`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("gaps", cls=TranslatedCommand)
@click.argument("city")
@options.as_json
@click.pass_obj
def command(session: Session, city: str, *, as_json: bool) -> None:
    """The indicators of the national core without a value for a CITY: why, and what is planned.

    Example: sdgcities data gaps GH1408
    """
    from sdgcities.findings import msg
    from sdgcities.model.hub import AT_WORK
    from sdgcities.registry.cities import find_city
    from sdgcities.tracks.data.showing import coverage

    one = find_city(session.catalogue, city)
    gaps = coverage(session.catalogue, [one])[one.unit.id].gaps
    if as_json:
        session.json([{"indicator": code, "reason": gap.reason.value if gap.reason else None, "plan": gap.plan, "due": gap.due} for code, gap in gaps.items()])
        return
    if not gaps:
        session.say(msg("No gaps: every indicator of the national core has a value."))
        return
    names = session.catalogue.indicators[one.unit.country]
    unsaid = session.text("no reason recorded yet")
    rows = [(code, session.text(names[code].name), session.word(gap.reason) if gap.reason else unsaid, gap.plan) for code, gap in gaps.items()]
    session.table(("Code", "Name", "Reason", "Plan"), rows)
    if one.stage in AT_WORK and any(gap.reason is None for gap in gaps.values()):
        session.say(msg("Say why and what is planned: sdgcities form submit baseline-gaps --city %(city)s --data FILE.", city=one.unit.id))

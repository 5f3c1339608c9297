"""`sdgcities data coverage`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("coverage", cls=TranslatedCommand)
@click.argument("city", required=False)
@options.as_json
@click.pass_obj
def command(session: Session, city: str | None, *, as_json: bool) -> None:
    """How many indicators of the national core have a value, for one CITY or for each.

    Example: sdgcities data coverage
    """
    from sdgcities.cli.city_view import stage_text, with_former, working
    from sdgcities.findings import msg
    from sdgcities.registry.cities import cities, find_city
    from sdgcities.tracks.data.showing import coverage

    ordered = [find_city(session.catalogue, city)] if city else working(session, cities(session.catalogue))
    held = coverage(session.catalogue, ordered)
    if as_json:
        session.json(
            [
                {
                    "city": one.unit.id,
                    "stage": one.stage,
                    "with_value": sorted(held[one.unit.id].valued),
                    "without_value": sorted(held[one.unit.id].gaps),
                    "not_applicable": list(held[one.unit.id].not_applicable),
                    "coverage": round(len(held[one.unit.id].valued) / (held[one.unit.id].applicable or 1), 4),
                }
                for one in ordered
            ]
        )
        return
    if not ordered:
        session.say(msg("No city takes part yet. Add one: sdgcities city join CITY."))
        return
    rows = [
        (one.unit.id, with_former(session, one.unit), stage_text(session, one), str(len(base.valued)), str(len(base.gaps)), str(len(base.not_applicable)))
        for one in ordered
        for base in (held[one.unit.id],)
    ]
    session.table(("Code", "Name", "Stage", "With a value", "Without", "Not applicable"), rows)

"""`sdgcities data coverage`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("coverage", cls=TranslatedCommand)
@click.argument("city", required=False)
@click.option(
    "--by",
    type=click.Choice(["core", "umf", "sdg", "disaggregation"]),
    help="One view only: the national core, the cells of the UMF, the SDGs, or the disaggregations that indicators state.",
)
@options.as_json
@click.pass_obj
def command(session: Session, city: str | None, by: str | None, *, as_json: bool) -> None:
    """What has a value, of the national core, the UMF, the SDGs and by disaggregation: for one CITY, or the core for each.

    Example: sdgcities data coverage
    """
    from sdgcities.cli.city_view import working
    from sdgcities.cli.coverage_view import coverage_data, print_cities, print_city
    from sdgcities.findings import msg
    from sdgcities.registry.cities import cities, find_city
    from sdgcities.tracks.data.coverage.held import coverages

    ordered = [find_city(session.catalogue, city)] if city else working(session, cities(session.catalogue))
    held = coverages(session.catalogue, ordered)
    if as_json:
        session.json([coverage_data(session, one, held[one.unit.id], by, alone=bool(city)) for one in ordered])
    elif not ordered:
        session.say(msg("No city takes part yet. Add one: sdgcities city join CITY."))
    elif city:
        print_city(session, ordered[0], held[ordered[0].unit.id], by)
    else:
        print_cities(session, ordered, held, by or "core")

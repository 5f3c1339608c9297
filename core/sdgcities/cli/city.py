"""`sdgcities city`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session
from sdgcities.model.hub import CityStage


@click.group("city", cls=TranslatedGroup)
def command() -> None:
    """Participating cities and their stage.

    Example: sdgcities city list
    """


@command.command("join")
@click.argument("city")
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in CityStage]),
    help="The stage the city is at from now on; a new city is joining where none is named.",
)
@click.pass_obj
def join_city(session: Session, city: str, stage: str | None) -> None:
    """Let a CITY (name or code) take part, or move it to another stage.

    Example: sdgcities city join "Ho Municipal" --stage active
    """
    from sdgcities.findings import Message, msg
    from sdgcities.registry.cities import join, joining_unit

    unit = joining_unit(session.catalogue, city)
    now = join(session.catalogue, unit, CityStage(stage) if stage else None, session.acting)
    session.say(msg("%(name)s (%(code)s) is now at the stage: %(stage)s.", name=unit.name, code=unit.id, stage=Message(now)))


@command.command("list")
@options.as_json
@click.pass_obj
def list_cities(session: Session, *, as_json: bool) -> None:
    """List the cities, by name in the reader's alphabet.

    Example: sdgcities city list
    """
    from sdgcities.findings import msg
    from sdgcities.registry.cities import cities

    found = sorted(cities(session.catalogue), key=lambda one: session.formats.sort_key(one.unit.name))
    if as_json:
        session.json([{"city": one.unit.id, "name": one.unit.name, "country": one.unit.country, "stage": one.stage, "since": one.since} for one in found])
        return
    if not found:
        session.say(msg("No city takes part yet. Add one: sdgcities city join CITY."))
        return
    rows = [(one.unit.id, one.unit.name, one.unit.country, session.text(one.stage), session.when(one.since)) for one in found]
    session.table(("Code", "Name", "Country or area", "Stage", "Since"), rows)


@command.command("show")
@click.argument("city")
@options.as_json
@click.pass_obj
def show(session: Session, city: str, *, as_json: bool) -> None:
    """Show a CITY: its unit, stage, coverage, claims and submissions.

    Example: sdgcities city show "Ho Municipal"
    """
    from sdgcities.recognition.claims import claims
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.submissions import submissions_of
    from sdgcities.tracks.data.showing import coverage

    one = find_city(session.catalogue, city)
    held = coverage(session.catalogue, [one])[one.unit.id]
    made = claims(session.catalogue, one.unit.id)
    sent = submissions_of(session.catalogue, one.unit.id)
    if as_json:
        session.json(
            {
                "city": one.unit.id,
                "name": one.unit.name,
                "stage": one.stage,
                "since": one.since,
                "indicators_with_value": len(held.valued),
                "indicators_applicable": held.applicable,
                "claims": [{"claim": claim.id, "milestone": claim.milestone, "state": claim.state} for claim in made],
                "submissions": [{"submission": sub.id, "form": sub.form, "n": sub.n, "at": sub.at, "author": sub.author} for sub in sent],
            }
        )
        return
    session.fields(
        [
            ("Name", f"{one.unit.name} ({one.unit.id})"),
            ("Stage", f"{session.text(one.stage)} ({session.when(one.since)})"),
            ("Indicators with a value", f"{len(held.valued)} / {held.applicable}"),
            *(("Claim", f"{claim.id}: {claim.milestone}, {session.text(claim.state)}") for claim in made),
            *(("Submission", f"{sub.id}: {sub.form} {sub.n}, {session.when(sub.at)}, {sub.author}") for sub in sent),
        ]
    )

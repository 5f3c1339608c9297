"""`sdgcities city`."""

from __future__ import annotations

from datetime import date

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session
from sdgcities.model.hub import AT_WORK, CityStage


@click.group("city", cls=TranslatedGroup)
def command() -> None:
    """Participating cities and their stage.

    Example: sdgcities city list
    """


@command.command("join")
@click.argument("city")
@click.option(
    "--stage",
    type=click.Choice([stage.value for stage in AT_WORK]),
    help="The stage the city is at from now on; a new city is joining where none is named.",
)
@click.option("--reason", metavar="TEXT", default="", help="Why, where there is something to say.")
@click.pass_obj
def join_city(session: Session, city: str, stage: str | None, reason: str) -> None:
    """Let a CITY (name or code) take part, come back, or move to another stage.

    Example: sdgcities city join "Ho Municipal" --stage active
    """
    from sdgcities.findings import Message, msg
    from sdgcities.registry.cities import joining_unit
    from sdgcities.registry.stages import join

    unit = joining_unit(session.catalogue, city)
    now = join(session.catalogue, unit, CityStage(stage) if stage else None, session.acting, reason)
    session.say(msg("%(name)s (%(code)s) is now at the stage: %(stage)s.", name=unit.name, code=unit.id, stage=Message(now)))


@command.command("pause")
@click.argument("city")
@options.reason
@click.pass_obj
def pause_city(session: Session, city: str, reason: str) -> None:
    """Let the work with a CITY rest. It takes no claims, forms or documents until it is resumed.

    Example: sdgcities city pause GH1408 --reason "The assembly is being elected anew."
    """
    from sdgcities.findings import msg
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.stages import pause

    one = find_city(session.catalogue, city)
    pause(session.catalogue, one, reason, session.acting)
    session.say(msg("%(name)s (%(code)s) is paused. When it goes on: sdgcities city resume %(code)s.", name=one.unit.name, code=one.unit.id))


@command.command("resume")
@click.argument("city")
@click.option("--reason", metavar="TEXT", default="", help="Why; needed where a merger was undone or recorded by mistake.")
@click.pass_obj
def resume_city(session: Session, city: str, reason: str) -> None:
    """Let a CITY go on that was paused, or that is no part of another after all, at the stage it was at before.

    Example: sdgcities city resume GH1408
    """
    from sdgcities.findings import Message, msg
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.stages import resume

    one = find_city(session.catalogue, city)
    now = resume(session.catalogue, one, reason, session.acting)
    session.say(msg("%(name)s (%(code)s) is now at the stage: %(stage)s.", name=one.unit.name, code=one.unit.id, stage=Message(now)))


@command.command("rename")
@click.argument("city")
@click.argument("name")
@click.option("--since", metavar="DAY", callback=options.day, required=True, help="The first day on which it is called so, such as 2024-12-31.")
@click.option("--language", metavar="CODE", default="", help="The name holds in this language only; otherwise it is the official name.")
@options.reason
@click.pass_obj
def rename_city(session: Session, city: str, name: str, since: date, language: str, reason: str) -> None:
    """Record a new NAME of a CITY. It is shown from now on; the old one stays on record and finds the city as before.

    Example: sdgcities city rename GH1408 "Ho City" --since 2025-03-01 --reason "Notice of the ministry, seen on paper."
    """
    from sdgcities.findings import msg
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.naming import new_name, rename

    unit = find_city(session.catalogue, city).unit
    new = new_name(session.catalogue, unit, name, language, since)
    rename(session.catalogue, unit, new, reason, session.acting)
    named = {"code": unit.id, "name": new.name, "date": session.formats.date(since)}
    if new.former:
        session.say(msg("%(code)s is called %(name)s since %(date)s, formerly %(former)s.", former=new.former, **named))
    else:
        session.say(msg("%(code)s is called %(name)s since %(date)s.", **named))


@command.command("merge")
@click.argument("city")
@click.option("--into", metavar="CITY", required=True, help="The city that it became part of; it joins by that where it is new to the hub.")
@click.option("--until", metavar="DAY", callback=options.day, help="The last day on which it stood by itself, where the plugin doesn't know it.")
@options.reason
@click.pass_obj
def merge_city(session: Session, city: str, into: str, until: date | None, reason: str) -> None:
    """Record that a CITY became part of another. Its records stay its own and are shown with the other's.

    Example: sdgcities city merge GH1408 --into "Ho West" --until 2025-12-31 --reason "Notice of the ministry, seen on paper."
    """
    from sdgcities.findings import msg
    from sdgcities.recognition.departing import merge
    from sdgcities.registry.cities import find_city, joining_unit

    one, there = find_city(session.catalogue, city), joining_unit(session.catalogue, into)
    day = merge(session.catalogue, one, there, until, reason, session.acting)
    told = {"name": one.unit.name, "code": one.unit.id, "into": there.name, "successor": there.id, "date": session.formats.date(day)}
    session.say(msg("%(name)s (%(code)s) is part of %(into)s (%(successor)s) after %(date)s.", **told))


@command.command("leave")
@click.argument("city")
@options.reason
@click.pass_obj
def leave_city(session: Session, city: str, reason: str) -> None:
    """Record that a CITY takes part no more. What it has on record stays; it can come back by joining.

    Example: sdgcities city leave GH1408 --reason "The council decided so on 3 March."
    """
    from sdgcities.findings import msg
    from sdgcities.recognition.departing import leave
    from sdgcities.registry.cities import find_city

    one = find_city(session.catalogue, city)
    leave(session.catalogue, one, reason, session.acting)
    session.say(msg("%(name)s (%(code)s) has left. It can come back: sdgcities city join %(code)s.", name=one.unit.name, code=one.unit.id))


@command.command("list")
@options.as_json
@click.pass_obj
def list_cities(session: Session, *, as_json: bool) -> None:
    """List the cities, by name in the reader's alphabet, those that left or merged among them.

    Example: sdgcities city list
    """
    from sdgcities.cli.city_view import city_data, city_row
    from sdgcities.findings import msg
    from sdgcities.registry.cities import cities

    found = sorted(cities(session.catalogue), key=lambda one: session.formats.sort_key(session.place(one.unit)))
    if as_json:
        session.json([city_data(one) for one in found])
        return
    if not found:
        session.say(msg("No city takes part yet. Add one: sdgcities city join CITY."))
        return
    session.table(("Code", "Name", "Country or area", "Stage", "Since"), [city_row(session, one) for one in found])


@command.command("show")
@click.argument("city")
@options.as_json
@click.pass_obj
def show(session: Session, city: str, *, as_json: bool) -> None:
    """Show a CITY: its unit, names, stages, coverage, claims and submissions, and those of the cities that became part of it.

    Example: sdgcities city show "Ho Municipal"
    """
    from sdgcities.cli.city_view import print_city, shown_city
    from sdgcities.registry.cities import find_city

    shown = shown_city(session.catalogue, find_city(session.catalogue, city))
    if as_json:
        session.json(shown.as_data())
    else:
        print_city(session, shown)

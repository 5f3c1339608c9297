"""`sdgcities actor`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session
from sdgcities.model.hub import Role


@click.group("actor", cls=TranslatedGroup)
def command() -> None:
    """Who may do what in the hub.

    Example: sdgcities actor list
    """


@command.command("add")
@click.argument("actor_id", metavar="ID")
@click.option("--role", "roles", type=click.Choice([role.value for role in Role]), multiple=True, required=True, help="A role; may be given again.")
@click.option("--name", default="", help="The person's name: kept apart, and erasable.")
@click.option("--contact", default="", help="How to reach the person: kept apart, and erasable.")
@click.pass_obj
def add(session: Session, actor_id: str, roles: tuple[str, ...], name: str, contact: str) -> None:
    """Add someone, or give someone a further role. Operators run the hub; authors answer for facts and claims; reviewers decide.

    Example: sdgcities actor add a.mensah --role author --role reviewer --name "Ama Mensah"
    """
    from sdgcities.findings import msg
    from sdgcities.registry.people import add_actor

    add_actor(session.hub.database, session.acting, actor_id, [Role(role) for role in roles], name, contact)
    session.say(msg("%(actor)s may now act as: %(roles)s.", actor=actor_id, roles=", ".join(session.text(role) for role in roles)))


@command.command("list")
@options.as_json
@click.pass_obj
def list_actors(session: Session, *, as_json: bool) -> None:
    """List who acts in the hub.

    Example: sdgcities actor list
    """
    from sdgcities.registry.people import people

    found = people(session.hub.database)
    if as_json:
        session.json([{"actor": one.id, "roles": list(one.roles), "name": one.name or None} for one in found])
    else:
        session.table(("Actor", "Roles", "Name"), [(one.id, ", ".join(session.text(role) for role in one.roles), one.name) for one in found])

"""`sdgcities privacy`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("privacy", cls=TranslatedGroup)
def command() -> None:
    """Erase personal data. What was done stays on record, without the person.

    Example: sdgcities privacy erase a.mensah
    """


@command.command("erase")
@click.argument("actor_id", metavar="ID", required=False)
@click.option("--submission", metavar="N", type=options.RECORD, help="The names and contacts in this submission instead.")
@click.pass_obj
def erase(session: Session, actor_id: str | None, submission: int | None) -> None:
    """Erase the name and contact of the actor ID, or of the people in one submission.

    Example: sdgcities privacy erase a.mensah
    """
    from sdgcities.findings import msg, nmsg
    from sdgcities.registry import people

    if (actor_id is None) == (submission is None):
        raise click.UsageError(session.text("Give the ID of an actor, or --submission with a number."))
    database, acting = session.hub.database, session.acting
    erased = people.erase(database, acting, actor_id) if actor_id is not None else people.erase_submission(database, acting, submission or 0)
    session.say(
        nmsg("Erased %(n)s personal entry. The record of what was done stays.", "Erased %(n)s personal entries. The record of what was done stays.", erased)
    )
    if actor_id is not None:
        session.say(msg("What forms tell of people is erased by submission: sdgcities city show CITY, then sdgcities privacy erase --submission N."))

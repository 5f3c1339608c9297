"""`sdgcities programme`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("programme", cls=TranslatedGroup)
def command() -> None:
    """Support modality and budget.

    Example: sdgcities programme budget
    """


@command.command("budget")
@options.country
@options.as_json
@click.pass_obj
def show_budget(session: Session, country: str | None, *, as_json: bool) -> None:
    """What a year of the hub costs under its support modality, and what monitoring a city costs.

    Example: sdgcities programme budget
    """
    from sdgcities.cli.budget_view import budget_data, print_budget
    from sdgcities.programme.budget import budget

    found = budget(session.hub, session.country(country))
    if as_json:
        session.json(budget_data(found))
    else:
        print_budget(session, found)

"""`sdgcities contract show`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.model.milestones import Contract


@click.command("show", cls=TranslatedCommand)
@click.argument("milestone", required=False)
@options.country
@options.as_json
@click.pass_obj
def command(session: Session, milestone: str | None, country: str | None, *, as_json: bool) -> None:
    """Show the tracks and milestones, or one MILESTONE with its criteria; in a hub, as the country adapted them.

    Example: sdgcities contract show data/baseline
    """
    from sdgcities.cli.contract_view import print_contract, print_milestone
    from sdgcities.recognition.assessing import find_milestone

    contract = _contract(session, country)
    if milestone:
        print_milestone(session, contract, find_milestone(contract, milestone), as_json=as_json)
    else:
        print_contract(session, contract, as_json=as_json)


def _contract(session: Session, country: str | None) -> Contract:
    """The country's contract; outside a hub, and where no country is named, as the core proposes it."""
    from sdgcities.contract.adapt import adapt
    from sdgcities.contract.load import load_contract

    if session.in_hub:
        return session.hub.contracts[session.country(country)]
    core = load_contract()
    return adapt(core, session.adaptations(country, core)) if country else core

"""`sdgcities contract diff`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("diff", cls=TranslatedCommand)
@click.argument("country", metavar="C")
@options.as_json
@click.pass_obj
def command(session: Session, country: str, *, as_json: bool) -> None:
    """Every adaptation of the country C, side by side with the core. Works with or without a hub.

    Example: sdgcities contract diff ghana
    """
    from sdgcities.cli.contract_view import print_differences
    from sdgcities.contract.adapt import adapt
    from sdgcities.contract.diff import diff
    from sdgcities.contract.load import load_contract

    core = session.hub.core_contract if session.in_hub else load_contract()
    adaptations = session.adaptations(country, core)
    print_differences(session, diff(core, adapt(core, adaptations), adaptations), as_json=as_json)

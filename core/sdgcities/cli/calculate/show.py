"""`sdgcities calculate show`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("show", cls=TranslatedCommand)
@click.argument("name", metavar="METHOD")
@options.as_json
@click.pass_obj
def command(session: Session, name: str, *, as_json: bool) -> None:
    """Show one METHOD: what it is given, what it gives, its source.

    Example: sdgcities calculate show cagr
    """
    from sdgcities.cli.result_view import method_data, show_method
    from sdgcities.methods.listed import method

    found = method(name)
    if as_json:
        session.json(method_data(session, found))
    else:
        show_method(session, found)

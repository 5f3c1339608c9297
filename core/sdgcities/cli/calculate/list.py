"""`sdgcities calculate list`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("list", cls=TranslatedCommand)
@options.as_json
@click.pass_obj
def command(session: Session, *, as_json: bool) -> None:
    """List the methods: what each computes, its version and how settled it is.

    Example: sdgcities calculate list
    """
    from sdgcities.cli.output import out
    from sdgcities.cli.result_view import GROUPS, method_data
    from sdgcities.methods.listed import methods

    found = list(methods().values())
    if as_json:
        session.json([method_data(session, one) for one in found])
        return
    for group, title in GROUPS.items():
        if members := [one for one in found if one.group == group]:
            out(session.text(title))
            session.table(
                ("Method", "Title", "Version", "Status"), [(one.id, session.text(one.title), one.version, session.word(one.status)) for one in members]
            )
            out()

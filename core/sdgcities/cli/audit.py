"""`sdgcities audit`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("audit", cls=TranslatedGroup)
def command() -> None:
    """Check the record of all that was done.

    Example: sdgcities audit verify
    """


@command.command("verify")
@options.as_json
@click.pass_obj
def verify_chain(session: Session, *, as_json: bool) -> None:
    """Walk the chain of records: each must follow the one before it, unchanged.

    Example: sdgcities audit verify
    """
    from sdgcities.errors import Refused
    from sdgcities.findings import nmsg
    from sdgcities.store.audit import taken_out, verify

    with session.hub.database.reading() as connection:
        count, broken = verify(connection)
        found = broken.finding() if broken else taken_out(connection)
    if as_json:
        session.json({"records": count, "valid": found is None, "reason": broken.reason if broken else found and str(found.message)})
    if found:
        raise Refused([found])
    if not as_json:
        session.say(nmsg("%(n)s record, and the chain holds.", "%(n)s records, and the chain holds.", count))

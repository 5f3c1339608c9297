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
    from sdgcities.errors import refuse  # noqa: PLC0415 - commands import late
    from sdgcities.findings import Message, msg, nmsg  # noqa: PLC0415
    from sdgcities.store.audit import verify  # noqa: PLC0415

    with session.hub.database.reading() as connection:
        count, broken = verify(connection)
    if as_json:
        session.json({"records": count, "valid": broken is None, "reason": broken.reason if broken else None})
    if broken:
        problem = msg("The audit chain breaks at record %(n)s: %(reason)s.", n=broken.seq, reason=Message(broken.reason))
        raise refuse("audit.broken", problem, msg("Someone changed the database by hand: restore it from a copy."))
    if not as_json:
        session.say(nmsg("%(n)s record, and the chain holds.", "%(n)s records, and the chain holds.", count))

"""`sdgcities audit`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session
from sdgcities.findings import mark

ACTIONS = {
    "actor.add": mark("person added, or given a role"),
    "city.leave": mark("city left"),
    "city.merge": mark("city became part of another"),
    "city.pause": mark("city paused"),
    "city.rename": mark("city renamed"),
    "city.resume": mark("city resumed"),
    "city.stage": mark("city joined, or came to another stage"),
    "claim.make": mark("milestone claimed"),
    "claim.review": mark("claim decided"),
    "data.correct": mark("figures corrected"),
    "data.import": mark("figures imported"),
    "data.justify": mark("doubt about figures answered"),
    "data.publish": mark("edition published"),
    "data.review": mark("figures reviewed"),
    "data.revert": mark("import taken back"),
    "data.scan": mark("file of a City Scan counted"),
    "list.load": mark("official list or contract loaded"),
    "evidence.add": mark("document attached"),
    "privacy.erase": mark("personal data erased"),
    "submission.add": mark("form submitted"),
    "unit.alias": mark("further name of a unit added"),
    "alias.remove": mark("further name of a unit taken back"),
    "unit.boundary": mark("boundaries of units taken in"),
}
"""What each kind of record says was done."""


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


@command.command("show")
@click.option("--last", metavar="N", type=options.RECORD, default=50, help="How many records; otherwise the last 50.")
@options.as_json
@click.pass_obj
def show(session: Session, last: int, *, as_json: bool) -> None:
    """Show what was done, when, by whom and to what; the newest record last.

    Example: sdgcities audit show --last 10
    """
    from sdgcities.store.audit import newest

    with session.hub.database.reading() as connection:
        found = newest(connection, last)
    if as_json:
        session.json([{key: row[key] for key in ("seq", "at", "actor", "action", "subject", "payload_sha256", "hash")} for row in found])
        return
    rows = [(str(row["seq"]), session.when(row["at"]), row["actor"], session.text(ACTIONS.get(row["action"], row["action"])), row["subject"]) for row in found]
    session.table(("Record", "When", "Who", "What", "Whose"), rows)

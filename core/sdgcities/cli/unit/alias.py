"""`sdgcities unit alias`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session
from sdgcities.findings import mark


@click.group("alias", cls=TranslatedGroup)
def command() -> None:
    """Further names of units, as files write them: add one, list them, take one back.

    Example: sdgcities unit alias add GH1408 "Ho Town" --profile ghanapop --reason "so in the office's older tables"
    """


@command.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--profile", metavar="P", help="The name holds in files of this profile only.")
@click.option("--source", metavar="OFFICE", help="The name holds in files of this office only.")
@click.option("--within", metavar="PARENT", default="", help="The name holds in rows that write this parent only, as they write it.")
@click.option("--reason", metavar="TEXT", required=True, help="Why the name means this unit.")
@click.pass_obj
def add(session: Session, code: str, name: str, profile: str | None, source: str | None, within: str, reason: str) -> None:
    """Let the unit CODE be found as NAME, everywhere or in the files of one profile or office.

    Example: sdgcities unit alias add GH1408 "Ho Town" --profile ghanapop --reason "so in the office's older tables"
    """
    from sdgcities.findings import msg
    from sdgcities.model.places import NameScope, UnitName

    if profile and source:
        raise click.UsageError(session.text("Give --profile or --source, not both."))
    scope = NameScope.PROFILE if profile else NameScope.SOURCE if source else NameScope.PLUGIN
    unit = session.catalogue.unit(code)
    session.catalogue.add_alias(unit, UnitName(name, "", scope, profile or source or "", within.strip()), reason, session.acting)
    session.say(msg("%(name)s now also means %(unit)s (%(code)s).", name=name, unit=unit.name, code=unit.id))


@command.command("list")
@options.as_json
@click.pass_obj
def listed(session: Session, *, as_json: bool) -> None:
    """List the names that the hub gave units: who decided it when and why, and where each holds.

    Example: sdgcities unit alias list
    """
    from dataclasses import asdict

    from sdgcities.findings import msg
    from sdgcities.registry.aliases import aliases

    found = aliases(session.catalogue)
    if as_json:
        session.json([{**asdict(one), "holds": one.holds} for one in found])
        return
    if not found:
        session.say(msg("The hub gave no unit another name yet. Add one: sdgcities unit alias add CODE NAME --reason TEXT."))
        return
    scopes = {one.number: " ".join(filter(None, (session.text(_WHERE[one.scope]), one.scope_id))) for one in found}
    rows = [
        (
            str(one.number),
            one.name,
            f"{session.place(session.catalogue.unit(one.unit))} ({one.unit})",
            scopes[one.number],
            one.within,
            session.text("yes") if one.holds else session.text("no"),
            session.when(one.steps[-1].at if one.steps else one.at),
            one.steps[-1].actor if one.steps else one.actor,
            one.steps[-1].reason if one.steps else one.reason,
        )
        for one in found
    ]
    session.table(("Number", "Name", "Means", "In files of", "Within", "Holds", "When", "Who", "Why"), rows)


@command.command("remove")
@click.argument("number", type=options.RECORD)
@options.reason
@click.pass_obj
def remove(session: Session, number: int, reason: str) -> None:
    """Take the alias NUMBER back: files are no longer read by it. Nothing is deleted, and no figure is changed.

    Example: sdgcities unit alias remove 1 --reason "the office corrected its table"
    """
    from sdgcities.findings import msg, nmsg
    from sdgcities.registry.aliases import take_back

    alias, batches = take_back(session.catalogue, number, reason, session.acting)
    unit = session.catalogue.unit(alias.unit)
    session.say(msg("%(name)s no longer means %(unit)s (%(code)s).", name=alias.name, unit=unit.name, code=unit.id))
    if batches:
        told = nmsg(
            "Batch %(batches)s brought figures of the unit while the name held: see whether the name stood in its file (sdgcities data revert).",
            "Batches %(batches)s brought figures of the unit while the name held: see whether the name stood in their files (sdgcities data revert).",
            len(batches),
            batches=", ".join(map(str, batches)),
        )
        session.say(told)


_WHERE = {"profile": mark("the profile"), "source": mark("the office"), "plugin": mark("everybody")}

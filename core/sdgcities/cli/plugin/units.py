"""`sdgcities plugin units`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.plugin.lists import asked, of_list, pairs
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.kit.lists.unit_rows import Columns


_SHOWN = 3
"""Rows of a list that are printed, so that a wrong code or letter is seen before records name it."""


@click.group("units", cls=TranslatedGroup)
def command() -> None:
    """Take an office's list of administrative units into a plugin.

    Example: sdgcities plugin units import regions.csv --plugin kenya --level region --code Code --name Region --source proposal
    """


@command.command("import")
@click.argument("file", metavar="FILE", type=options.PATH)
@click.option("--level", metavar="LEVEL", help="The level of these units, as plugin.yaml calls it.")
@click.option("--code", metavar="COLUMN", help="The column with the office's code.")
@click.option("--name", metavar="COLUMN", help="The column with the official name.")
@click.option("--source", metavar="KEY", help="Where the list comes from: a key of sources in plugin.yaml.")
@click.option("--parent", metavar="COLUMN", help="The column with the code or name of the unit above; without it, the country.")
@click.option("--system", metavar="NAME", help="What the office's codes are called; otherwise like the level.")
@click.option("--prefix", metavar="TEXT", help="What stands before the code in the unit's id; otherwise the country's code where codes are digits.")
@click.option("--digits", metavar="N", type=click.IntRange(0, 40), help="Fill codes up with zeros to so many digits; 0 takes them as they stand.")
@click.option("--population", metavar="COLUMN", help="The column with the population.")
@click.option("--population-year", metavar="YEAR", type=click.IntRange(1000, 2999), help="The year of the population.")
@click.option("--name-in", "names", metavar="L=COLUMN", multiple=True, help="A column with names in a language. May be given again.")
@click.option("--where", metavar="COLUMN=TEXT", multiple=True, help="Take only the rows with this text. May be given again.")
@click.option("--status", type=click.Choice(["official", "proposed", "draft"]), default="draft", show_default=True, help="How the list stands.")
@click.option("--change", is_flag=True, help="Where a unit stands there with other contents, take the list's.")
@click.option("--drop-examples", is_flag=True, help="Take out the example units of a new plugin.")
@of_list
@click.pass_obj
def import_units(session: Session, /, file: Path, **given: Any) -> None:  # noqa: ANN401 - the options above
    """Take an office's list of units into units.csv: codes stay texts, parents are looked up, duplicates are named.

    Without --level, the list has the columns of units.csv itself.

    Example: sdgcities plugin units import regions.csv --plugin kenya --level region --code Code --name Region --source proposal
    """
    from sdgcities.findings import msg, nmsg
    from sdgcities.kit.lists.office import read_list
    from sdgcities.kit.lists.units import take_units
    from sdgcities.kit.subject import subject_of

    columns = _columns(session, given)
    manifest = subject_of(given["plugin"], session.plugins_dir).readable
    listed = read_list(asked(file, given))
    taken = take_units(manifest, listed, columns, change=given["change"], drop_examples=given["drop_examples"], store=not given["dry_run"])
    session.show_findings(taken.notes)
    if taken.added:
        shown = ("id", "level", "parent", "name", "population")
        session.table([*shown], [tuple(row.get(key, "") for key in shown) for row in taken.added[:_SHOWN]])
    if taken.examples:
        session.say(nmsg("%(n)s example unit taken out.", "%(n)s example units taken out.", taken.examples))
    counts = {"added": len(taken.added), "changed": len(taken.changed), "unchanged": taken.unchanged}
    session.say(msg("Units: %(added)s new, %(changed)s changed, %(unchanged)s there already.", **counts))
    session.say(msg("Nothing was written.") if given["dry_run"] else msg("Next: sdgcities plugin check %(plugin)s", plugin=given["plugin"]))


def _columns(session: Session, given: dict[str, Any]) -> Columns | None:
    """Which column is what; None where the list has the columns of units.csv itself. What says half of it is wrong usage."""
    from sdgcities.kit.lists.unit_rows import Columns

    needed = ("level", "code", "name", "source")
    lacking = [f"--{key}" for key in needed if not given[key]]
    if len(lacking) == len(needed):
        return None
    if lacking:
        problem = session.text("These belong together: %(names)s.") % {"names": ", ".join(f"--{key}" for key in needed)}
        raise click.BadParameter(problem, param_hint=", ".join(lacking))
    if bool(given["population"]) != bool(given["population_year"]):
        problem = session.text("These belong together: %(names)s.") % {"names": "--population, --population-year"}
        raise click.BadParameter(problem, param_hint="--population")
    plain = ("level", "code", "name", "source", "parent", "system", "prefix", "population", "population_year", "status")
    names, where = pairs(given["names"], "--name-in"), pairs(given["where"], "--where")
    return Columns(**{key: given[key] for key in plain}, digits=given["digits"], names=names, where=where)

"""`sdgcities unit boundary`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.registry.boundaries import Taken


@click.group("boundary", cls=TranslatedGroup)
def command() -> None:
    """Boundaries of units, for the maps of reports.

    Example: sdgcities unit boundary import regions.geojson --source "Natural Earth" --date 2018
    """


@command.command("import")
@click.argument("path", metavar="FILE", type=options.PATH)
@click.option("--source", metavar="OFFICE", required=True, help="Whose boundaries these are.")
@click.option("--licence", metavar="TEXT", default="", help="Under which licence, as the office writes it.")
@click.option("--date", "dated", metavar="D", default="", help="As of when: 2024, 2024-06 or 2024-06-30.")
@click.option("--status", type=click.Choice(["official", "proposed", "draft"]), default="draft", help="How settled they are; draft unless said otherwise.")
@click.option("--code", "prop", metavar="PROPERTY", default="", help="The property that is a code of units; otherwise found out.")
@click.option("--name", metavar="PROPERTY", default="", help="The property that is a name of units, where none is a code.")
@click.option("--system", metavar="SYSTEM", default="", help="The system of codes, or id; otherwise found out.")
@click.option("--level", metavar="LEVEL", default="", help="The level of the units; otherwise found out.")
@click.option("--dry-run", is_flag=True, help="Check everything, store nothing.")
@options.country
@options.as_json
@click.pass_obj
def imported(session: Session, /, path: Path, *, dry_run: bool, country: str | None, as_json: bool, **said: str) -> None:
    """Import boundaries from a GeoJSON or TopoJSON FILE. What matches no unit is listed, and units without a boundary are too.

    Example: sdgcities unit boundary import regions.geojson --source "Natural Earth" --date 2018
    """
    from sdgcities.model.sources import Source, Status
    from sdgcities.registry.boundaries import Given, import_boundaries, shown

    if said["name"] and (said["prop"] or said["system"]):
        raise click.UsageError(session.text("Give --name, or --code with its --system, not both."))
    by = {"prop": said["name"] or said["prop"], "system": "name" if said["name"] else said["system"], "level": said["level"], "dated": said["dated"]}
    source = Source(said["source"], path.name, said["licence"])
    given = Given(path, session.country(country), source, Status(said["status"]), dry_run=dry_run, **by)
    taken = import_boundaries(session.catalogue, given, session.acting)
    if as_json:
        session.json(_data(session, taken))
    else:
        session.say(shown(taken.match))
        session.show_report(taken.findings)
        _tell(session, taken, dry_run=dry_run)
    if taken.blocked:
        click.get_current_context().exit(1)


def _tell(session: Session, taken: Taken, *, dry_run: bool) -> None:
    from sdgcities.findings import msg

    counts = {"file": Path(taken.file), "features": taken.features, "stored": taken.stored, "unchanged": taken.unchanged}
    if taken.blocked:
        session.say(msg("%(file)s: nothing was stored.", file=Path(taken.file)))
    elif dry_run:
        session.say(msg("%(file)s: of %(features)s features %(stored)s would be stored, %(unchanged)s are here already. Nothing was stored.", **counts))
    elif taken.batch is None:
        session.say(msg("%(file)s: of %(features)s features %(unchanged)s are here already. Nothing was stored.", **counts))
    else:
        session.say(msg("%(file)s: of %(features)s features %(stored)s stored, %(unchanged)s here already (batch %(batch)s).", batch=taken.batch, **counts))


def _data(session: Session, taken: Taken) -> dict[str, object]:
    from sdgcities.cli.output import shown_path

    return {
        "file": shown_path(taken.file),
        "sha256": taken.sha256,
        "property": taken.match.prop,
        "system": taken.match.system,
        "level": taken.match.level,
        "features": taken.features,
        "stored": taken.stored,
        "unchanged": taken.unchanged,
        "unmatched": list(taken.unmatched),
        "without_boundary": [unit.id for unit in taken.without],
        "batch": taken.batch,
        "findings": [session.finding_data(finding) for finding in taken.findings],
    }

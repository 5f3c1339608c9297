"""`sdgcities unit`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("unit", cls=TranslatedGroup)
def command() -> None:
    """Administrative units: codes, names, validity, predecessors.

    Example: sdgcities unit find ho
    """


@command.command("find")
@click.argument("text")
@options.as_json
@click.pass_obj
def find(session: Session, text: str, *, as_json: bool) -> None:
    """Find units whose name holds TEXT or whose code is TEXT.

    Example: sdgcities unit find "brong ahafo"
    """
    from sdgcities.errors import refuse
    from sdgcities.findings import msg

    found = session.catalogue.search(text) if text.strip() else []
    if as_json:
        session.json([{"code": unit.id, "level": unit.level, "name": unit.name, "parent": unit.parent, "valid_to": unit.valid_to} for unit in found])
        return
    if not found:
        close = [name for places in session.catalogue.places.values() for name in places.suggestions(text)]
        hint = msg("Close names: %(names)s.", names=", ".join(close)) if close else msg("Try a part of the name.")
        raise refuse("unit.unknown", msg('No unit here is called "%(text)s".', text=text), hint)
    parents = {unit.id: session.catalogue.unit(unit.parent).name if unit.parent else "" for unit in found}
    level_name = session.catalogue.level_name
    rows = [
        (unit.id, unit.name, session.text(level_name(unit)), parents[unit.id], session.formats.date(unit.valid_to) if unit.valid_to else "") for unit in found
    ]
    session.table(("Code", "Name", "Level", "Within", "Ended"), rows)


@command.command("show")
@click.argument("code")
@options.as_json
@click.pass_obj
def show(session: Session, code: str, *, as_json: bool) -> None:
    """Show one unit: names, codes, parent, validity, predecessors and successors, population.

    Example: sdgcities unit show GH1408
    """
    from sdgcities.findings import msg

    unit = session.catalogue.place(code)
    places = session.catalogue.places[unit.country]
    data = {
        "code": unit.id,
        "level": unit.level,
        "names": [
            {"name": name.name, "language": name.language, "scope": name.scope.value, "scope_id": name.scope_id, "since": name.since, "until": name.until}
            for name in unit.names
        ],
        "codes": dict(unit.codes),
        "parent": unit.parent,
        "valid_from": unit.valid_from,
        "valid_to": unit.valid_to,
        "predecessors": list(places.predecessors.get(unit.id, ())),
        "successors": list(unit.successors),
        "population": unit.population,
    }
    if as_json:
        session.json({**data, "population_year": unit.population_year, "status": unit.status.value, "source": unit.source.table})
        return
    session.fields(
        [
            ("Name", ", ".join(name.name for name in unit.names if name.until is None)),
            (
                "Formerly",
                ", ".join(
                    session.words(msg("%(name)s (until %(date)s)", name=name.name, date=session.formats.date(name.until))) for name in unit.former if name.until
                ),
            ),
            ("Code", unit.id),
            ("Other codes", ", ".join(f"{system} {value}" for system, value in unit.codes.items())),
            ("Level", session.text(session.catalogue.level_name(unit))),
            ("Within", ", ".join(f"{parent.name} ({parent.id})" for parent in places.ancestors(unit))),
            ("From", session.formats.date(unit.valid_from) if unit.valid_from else ""),
            ("Ended", session.formats.date(unit.valid_to) if unit.valid_to else ""),
            ("Came out of", ", ".join(f"{places.units[one].name} ({one})" for one in places.predecessors.get(unit.id, ()))),
            ("Passed into", ", ".join(f"{places.units[one].name} ({one})" for one in unit.successors)),
            ("Population", f"{session.formats.number(unit.population)} ({unit.population_year})" if unit.population is not None else ""),
            ("Source", f"{session.text(unit.source.office)}: {session.text(unit.source.table)} [{session.word(unit.status)}]"),
        ]
    )


@command.group("alias")
def alias() -> None:
    """Further names of units, as files write them.

    Example: sdgcities unit alias add GH1408 "Ho Town" --profile ghanapop --reason "so in the office's older tables"
    """


@alias.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--profile", metavar="P", help="The name holds in files of this profile only.")
@click.option("--source", metavar="OFFICE", help="The name holds in files of this office only.")
@click.option("--reason", metavar="TEXT", required=True, help="Why the name means this unit.")
@click.pass_obj
def add_alias(session: Session, code: str, name: str, profile: str | None, source: str | None, reason: str) -> None:
    """Let the unit CODE be found as NAME, everywhere or in the files of one profile or office.

    Example: sdgcities unit alias add GH1408 "Ho Town" --profile ghanapop --reason "so in the office's older tables"
    """
    from sdgcities.findings import msg
    from sdgcities.model.places import NameScope, UnitName

    if profile and source:
        raise click.UsageError(session.text("Give --profile or --source, not both."))
    scope = NameScope.PROFILE if profile else NameScope.SOURCE if source else NameScope.PLUGIN
    unit = session.catalogue.unit(code)
    session.catalogue.add_alias(unit, UnitName(name, "", scope, profile or source or ""), reason, session.acting)
    session.say(msg("%(name)s now also means %(unit)s (%(code)s).", name=name, unit=unit.name, code=unit.id))

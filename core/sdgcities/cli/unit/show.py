"""`sdgcities unit show`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("show", cls=TranslatedCommand)
@click.argument("code")
@options.as_json
@click.pass_obj
def command(session: Session, code: str, *, as_json: bool) -> None:
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

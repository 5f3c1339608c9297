"""`sdgcities unit find`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("find", cls=TranslatedCommand)
@click.argument("text")
@options.as_json
@click.pass_obj
def command(session: Session, text: str, *, as_json: bool) -> None:
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
        close = [places.explaining.listed(units) for places in session.catalogue.places.values() if (units := places.suggestions(text))]
        hint = msg("Close names: %(names)s.", names=close[0]) if close else msg("Try a part of the name.")
        raise refuse("unit.unknown", msg('No unit here is called "%(text)s".', text=text), hint)
    parents = {unit.id: session.catalogue.unit(unit.parent).name if unit.parent else "" for unit in found}
    level_name = session.catalogue.level_name
    rows = [
        (unit.id, unit.name, session.text(level_name(unit)), parents[unit.id], session.formats.date(unit.valid_to) if unit.valid_to else "") for unit in found
    ]
    session.table(("Code", "Name", "Level", "Within", "Ended"), rows)

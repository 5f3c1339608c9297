"""`sdgcities plugin indicators`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.plugin.lists import asked, of_list, pairs
from sdgcities.cli.session import Session


@click.group("indicators", cls=TranslatedGroup)
def command() -> None:
    """Take an office's list of indicators into a plugin.

    Example: sdgcities plugin indicators import indicators.csv --plugin kenya --set source=proposal --set track=data
    """


@command.command("import")
@click.argument("file", metavar="FILE", type=options.PATH)
@click.option("--column", "columns", metavar="KEY=COLUMN", multiple=True, help="Which column holds a key, where it is not called so. May be given again.")
@click.option("--set", "values", metavar="KEY=VALUE", multiple=True, help="What holds where the list says nothing. May be given again.")
@of_list
@click.pass_obj
def import_indicators(session: Session, /, file: Path, columns: tuple[str, ...], values: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - the shared options
    """Add an office's list of indicators to indicators.yaml; what stands there stays as it is.

    The list has a row an indicator, and its columns are called as the keys of indicators.yaml: code, name, definition, unit, ...
    Several values in a cell have a semicolon between them.

    Example: sdgcities plugin indicators import indicators.csv --plugin kenya --set source=proposal --set track=data
    """
    from sdgcities.findings import msg
    from sdgcities.kit.lists.indicators import take_indicators
    from sdgcities.kit.lists.office import read_list
    from sdgcities.kit.subject import subject_of

    spelt, constant = pairs(columns, "--column"), {"status": "draft", **pairs(values, "--set")}
    manifest = subject_of(given["plugin"], session.plugins_dir).readable
    taken = take_indicators(manifest, read_list(asked(file, given)), spelt, constant, store=not given["dry_run"])
    session.say(msg("Indicators: %(added)s new, %(unchanged)s there already.", added=len(taken.added), unchanged=taken.unchanged))
    if taken.added and "en" not in manifest.languages:
        session.say(
            msg("Names, definitions and methods are taken as English: the files of a plugin are in English, and its catalogues hold the other languages.")
        )
    session.say(msg("Nothing was written.") if given["dry_run"] else msg("Next: sdgcities plugin check %(plugin)s", plugin=given["plugin"]))

"""`sdgcities plugin new`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import columns, out, typed
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sdgcities.kit.scaffold.making import Made
    from sdgcities.kit.scaffold.wish import Wish


LAYERS = ("country", "theme")


@click.command("new", cls=TranslatedCommand)
@click.argument("name", metavar="NAME")
@click.option("--country", metavar="C", help="The country: its ISO or M49 code, or its name. A theme has none.")
@click.option("--layer", type=click.Choice(LAYERS), default=LAYERS[0], show_default=True, help="The plugin of a country, or a theme for every country.")
@click.option("--languages", metavar="L,L", required=True, help="Languages the plugin has texts in, by their codes.")
@click.option("--maintainer", metavar="TEXT", help='Who answers for it: "Name of the office <address>".')
@click.option("-o", "--output", metavar="DIR", type=options.PATH, help="Folder to make; otherwise NAME, in this folder.")
@click.pass_obj
def command(session: Session, name: str, country: str | None, layer: str, languages: str, maintainer: str | None, output: Path | None) -> None:
    """Make a new plugin for a country, or a theme for every country, complete and ready to be filled.

    Example: sdgcities plugin new kenya --country KE --languages en,sw
    """
    from sdgcities.findings import msg
    from sdgcities.kit.scaffold.making import make_plugin
    from sdgcities.kit.scaffold.wish import folder_of, remarks, wish_of
    from sdgcities.model.plugins import Layer

    wish = wish_of(name, country, languages, maintainer, Layer(layer))
    folder = folder_of(wish.name, output)
    notes = list(remarks(wish, session.plugins_dir, named=maintainer is not None))
    made = make_plugin(wish, folder)
    if wish.country:
        session.say(msg("Made the plugin %(name)s for %(country)s in %(folder)s.", name=wish.name, country=wish.title, folder=folder))
    else:
        session.say(msg("Made the theme %(name)s in %(folder)s.", name=wish.name, folder=folder))
    _show_tree(session, made, typed(folder))
    session.show_findings(notes)
    out(f"\n{session.text('Next:')}")
    for line in columns(list(_steps(session, wish, typed(folder)))):
        out(f"  {line}")


def _show_tree(session: Session, made: Sequence[Made], folder: str) -> None:
    """Every file, in the order in which one goes through them, with what to do."""
    out(f"{folder}/")
    for line in columns([(file.path, session.text(file.task)) for file in made]):
        out(f"  {line}")


def _steps(session: Session, wish: Wish, folder: str) -> Iterator[tuple[str, str]]:
    language = next((code for code in wish.languages if not code.startswith("en")), "en")
    yield f"cd {folder}", session.text("go into the folder of the plugin")
    if wish.country:
        yield "sdgcities plugin units import FILE", session.text("take your units from a spreadsheet, or edit units.csv")
    else:
        yield "sdgcities plugin indicators import FILE", session.text("take your indicators from a spreadsheet, or edit indicators.yaml")
    yield "sdgcities plugin check .", session.text("see what is wrong or missing, each with file and line")
    yield "sdgcities plugin test .", session.text("run the tests of the plugin")
    yield f"sdgcities plugin preview . --lang {language}", session.text("see the forms and the report of a city as your readers will")

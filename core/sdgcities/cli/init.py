"""`sdgcities init`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import typed
from sdgcities.cli.session import Session


@click.command("init", cls=TranslatedCommand)
@click.argument("folder", metavar="DIR", type=options.PATH)
@click.option("--country", "countries", metavar="C", multiple=True, required=True, help="A country: ISO code or plugin name. May be given again.")
@click.option(
    "--scope", type=click.Choice(["national", "sub-regional", "sub-national", "network"]), default="national", show_default=True, help="What the hub serves."
)
@click.option("--languages", metavar="L,L", help="Languages of the hub; otherwise those of its plugins.")
@click.option("--theme", "themes", metavar="NAME", multiple=True, help="A theme that the hub requires beside its countries' plugins. May be given again.")
@click.option("--name", metavar="TEXT", help="Name of the hub.")
@click.option("--database", metavar="URL", help="Keep the records in this PostgreSQL database instead of a file: postgresql://USER@HOST/NAME.")
@click.option("--operator", metavar="ID", default="operator", show_default=True, help="Id of the first person who runs the hub.")
@click.pass_obj
def command(  # noqa: PLR0913 - click gives each option by its name
    session: Session,
    folder: Path,
    *,
    countries: tuple[str, ...],
    scope: str,
    languages: str | None,
    themes: tuple[str, ...],
    name: str | None,
    database: str | None,
    operator: str,
) -> None:
    """Make a new hub in DIR.

    Example: sdgcities init ghana-hub --country ghana --languages en,ak
    """
    from sdgcities.findings import msg
    from sdgcities.registry.founding import Founding, found_hub

    wanted = tuple(part.strip().replace("-", "_") for part in (languages or "").split(",") if part.strip())
    if odd := next((language for language in wanted if not re.fullmatch("[a-z]{2,3}(_[A-Z]{2})?", language)), None):
        raise click.BadParameter(session.words(msg("%(code)s is not the code of a language, such as en, ak or pt_PT.", code=odd)), param_hint="--languages")
    if name is not None and not name.strip():
        raise click.BadParameter(session.text("It must not be empty."), param_hint="--name")
    if database is not None and not database.startswith(("postgresql://", "postgres://")):
        raise click.BadParameter(session.text("An address begins with postgresql://. Without the option, the records are in a file."), param_hint="--database")
    config = found_hub(folder, Founding(countries, scope, wanted, name, operator, database=database or "", plugins=themes), session.plugins_dir)
    session.say(msg("Made the hub %(name)s in %(folder)s, with the plugins: %(plugins)s.", name=config.name, folder=folder, plugins=", ".join(config.plugins)))
    if database:
        windows = msg("hub.yaml holds the address of the database, with the password where you gave one: see that only you can read the file.")
        elsewhere = msg("hub.yaml holds the address of the database, with the password where you gave one: only you can read the file.")
        session.say(windows if sys.platform == "win32" else elsewhere)
    session.say(msg("You act in it as %(operator)s. Next: cd %(folder)s, then: sdgcities city join CITY.", operator=operator, folder=typed(folder)))
    session.say(msg("Who answers for a city's forms and claims is added by: sdgcities actor add ID --role author."))

"""`sdgcities data publish`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("publish", cls=TranslatedCommand)
@click.argument("city")
@click.option("-o", "--output", metavar="DIR", type=options.PATH, required=True, help="The folder of the city's editions: any web server can hold it.")
@click.option("--licence", metavar="L", help="Under which licence, such as CC-BY-4.0. Needed unless --check.")
@click.option("--title", metavar="TEXT", help="Title of the dataset.")
@click.option("--check", is_flag=True, help="Publish nothing: hold what lies in DIR against what was published.")
@click.option("--dry-run", is_flag=True, help="Say what would go out; write and record nothing.")
@options.justify
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913 - what a publication can be told
    session: Session,
    city: str,
    output: Path,
    licence: str | None,
    title: str | None,
    justify: dict[str, str],
    *,
    check: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish the reviewed figures of a CITY as a new edition: data, metadata, licence, digests and pages for people.

    Example: sdgcities data publish GH1408 -o open --licence CC-BY-4.0 --justify publish.licence="Figures of our own register."
    """
    from sdgcities.cli.publish_view import Publishing, check_folder, publish
    from sdgcities.registry.cities import find_city

    one = find_city(session.catalogue, city)
    if check:
        check_folder(session, one, output, as_json=as_json)
        return
    if not licence or not licence.strip():
        raise click.UsageError(session.text("Say under which licence: --licence CC-BY-4.0."))
    publish(session, Publishing(one, output, licence.strip(), title, justify, dry_run), as_json=as_json)

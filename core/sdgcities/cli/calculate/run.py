"""`sdgcities calculate run`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("run", cls=TranslatedCommand)
@click.argument("name", metavar="METHOD")
@click.argument("given", metavar="KEY=VALUE", nargs=-1)
@click.option("--input", "table", metavar="FILE", type=options.PATH, help="A CSV file with one case a row, its columns named like the keys; of degurba a grid.")
@click.option("-o", "--output", metavar="FILE", type=options.PATH, help="Where to write the result; otherwise it is printed.")
@options.as_json
@click.pass_obj
def command(session: Session, name: str, given: tuple[str, ...], table: Path | None, output: Path | None, *, as_json: bool) -> None:
    """Carry out a METHOD on one case, key=value, or on a table of cases.

    Example: sdgcities calculate run cagr series=2015=20,2022=14 direction=lower target=10
    """
    from sdgcities.cli.case_table import run_table
    from sdgcities.cli.result_view import run_case
    from sdgcities.methods.listed import method
    from sdgcities.methods.urbanisation.classifying import OF_CELLS

    found = method(name)
    if table is not None and found.id == OF_CELLS:
        from sdgcities.cli.grid_view import run_grid

        run_grid(session, found, table, given, output, as_json=as_json)
    elif table is not None:
        run_table(session, found, table, given, output, as_json=as_json)
    else:
        run_case(session, found, given, output, as_json=as_json)

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
@click.option("--store", "indicator", metavar="CODE", help="With --input: import the results as figures of this indicator, by the columns unit and period.")
@click.option("--result", "result", metavar="OUTPUT", default="", help="With --store: which output is the figure, where several could be.")
@click.option("--source", metavar="TEXT", default="", help="With --store: whose figures went in, as OFFICE; TABLE. A column source goes before it.")
@click.option("--dry-run", is_flag=True, help="With --store: check everything, store nothing.")
@options.justify
@options.author
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913 - one for each option
    session: Session,
    name: str,
    given: tuple[str, ...],
    table: Path | None,
    output: Path | None,
    *,
    indicator: str | None,
    result: str,
    source: str,
    justify: dict[str, str],
    author: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Carry out a METHOD on one case, key=value, or on a table of cases.

    Example: sdgcities calculate run cagr series=2015=20,2022=14 direction=lower target=10
    """
    from sdgcities.cli.case_table import run_table
    from sdgcities.cli.result_view import run_case
    from sdgcities.methods.listed import method
    from sdgcities.methods.urbanisation.classifying import OF_CELLS

    found = method(name)
    if indicator is None and (result or source or justify or author or dry_run):
        raise click.UsageError(session.text("--result, --source, --dry-run, --justify and --author need --store CODE."))
    if indicator is not None:
        if table is None or found.id == OF_CELLS:
            raise click.UsageError(session.text("--store needs a table of cases with the columns unit and period: --input FILE.csv."))
        from sdgcities.cli.calculated_view import store_table
        from sdgcities.tracks.data.calculated import Storing

        said = ", ".join(given)
        storing = Storing(indicator, result, source, session.acting, session.person(author), justify, dry_run, said)
        if store_table(session, found, table, given, output, storing, as_json=as_json).blocked:
            click.get_current_context().exit(1)
    elif table is not None and found.id == OF_CELLS:
        from sdgcities.cli.grid_view import run_grid

        run_grid(session, found, table, given, output, as_json=as_json)
    elif table is not None:
        run_table(session, found, table, given, output, as_json=as_json)
    else:
        run_case(session, found, given, output, as_json=as_json)

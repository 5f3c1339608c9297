"""`sdgcities data scan`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.tracks.data.scan.description import Scan


def _reasons(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """COLUMN=REASON; the last = parts them, since a column may hold one."""
    from sdgcities.cli.base import words

    found: dict[str, str] = {}
    for text in given:
        column, _, reason = text.rpartition("=")
        if not column.strip() or not reason.strip():
            raise click.BadParameter(words(ctx)('Write the column and the reason: COLUMN="REASON".'), ctx, param)
        found[column.strip()] = reason.strip()
    return found


@click.command("scan", cls=TranslatedCommand)
@click.argument("path", metavar="FILE", type=options.PATH)
@click.option("--with", "scan_path", metavar="SCAN.yaml", type=options.PATH, help="Count the file by this description; without it, the file is looked at.")
@click.option("--areas", metavar="LEVEL|FILE", default="", help="By which areas: a level of units with boundaries, or a GeoJSON or TopoJSON file.")
@click.option("-o", "--output", metavar="DIR|SCAN.yaml", type=options.PATH, help="Write results, areas and map there; without --with, the description.")
@click.option("--store", is_flag=True, help="Import the results that are figures of indicators.")
@click.option("--dry-run", is_flag=True, help="With --store: check everything, store nothing.")
@click.option("--keep", metavar="COLUMN=REASON", multiple=True, callback=_reasons, help="Use a column that looks personal; the reason is kept on record.")
@click.option("--sheet", metavar="NAME", default="", help="The sheet of a workbook to look at; otherwise the first.")
@options.justify
@options.author
@options.as_json
@click.pass_obj
def command(  # noqa: PLR0913 - what a scan can be told
    session: Session,
    path: Path,
    *,
    scan_path: Path | None,
    areas: str,
    output: Path | None,
    keep: dict[str, str],
    sheet: str,
    justify: dict[str, str],
    author: str | None,
    store: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Look at a file that citizens mapped, or count it by area: points and polygons in CSV, GeoJSON, workbooks, KoboToolbox and ODK exports.

    Example: sdgcities data scan waterpoints.csv
    """
    from sdgcities.tracks.data.scan.extra import need_extra

    need_extra()
    if scan_path is None:
        if store or dry_run or keep:
            raise click.UsageError(session.text("--store, --dry-run and --keep need a description: --with SCAN.yaml."))
        _look(session, path, areas, sheet, output, as_json=as_json)
        return
    from sdgcities.tracks.data.scan.description_file import load_scan

    scan = load_scan(scan_path, keep)
    _count(session, path, scan, areas, output, _Storing(justify, author, store=store, dry_run=dry_run), as_json=as_json)


class _Storing:
    """Whether results are to be stored, and by whose word."""

    def __init__(self, justified: dict[str, str], author: str | None, *, store: bool, dry_run: bool) -> None:
        self.justified, self.author, self.store, self.dry_run = justified, author, store or dry_run, dry_run


def _look(session: Session, path: Path, areas: str, sheet: str, output: Path | None, *, as_json: bool) -> None:
    from sdgcities.cli.scan_view import looked_data, print_looked
    from sdgcities.findings import msg, nmsg
    from sdgcities.tracks.data.scan.looking import look
    from sdgcities.tracks.data.scan.proposing import put_proposal

    looked = look(session.catalogue, path, areas, sheet)
    count = put_proposal(looked, output, session.words) if output else 0
    if as_json:
        session.json(looked_data(session, looked))
        return
    print_looked(session, looked, printed=output is None)
    if count:
        told = nmsg("%(file)s: one place to fill in, marked ???.", "%(file)s: %(n)s places to fill in, each marked ???.", count, file=output)
        session.say(told)
    elif output:
        session.say(msg("%(file)s: written. Look it through, then: sdgcities data scan FILE --with %(file)s", file=output))


def _count(session: Session, path: Path, scan: Scan, areas: str, output: Path | None, storing: _Storing, *, as_json: bool) -> None:
    from sdgcities.cli.scan_view import print_scanned, stored_data, write_maps
    from sdgcities.errors import refuse
    from sdgcities.findings import Where, msg
    from sdgcities.tracks.data.scan.results import as_data, put_results
    from sdgcities.tracks.data.scan.scanning import run_scan
    from sdgcities.tracks.data.scan.storing import record_scan, store_scan

    if output and output.is_file():
        raise refuse("scan.output", msg("That is a file, and results are several."), msg("Name a folder with -o."), Where(file=str(output)))
    scanned = run_scan(session.catalogue, path, scan, areas)
    report = None
    if storing.store:
        report = store_scan(session.catalogue, scanned, session.acting, session.person(storing.author), storing.justified, dry_run=storing.dry_run)
    if scan.kept and not storing.dry_run and (report is None or report.batch is None):
        record_scan(session.catalogue, scanned, session.acting)
    written = [*put_results(scanned, output), *write_maps(session, scanned, output)] if output else []
    if as_json:
        session.json({**as_data(scanned), "findings": [session.finding_data(one) for one in scanned.findings], **stored_data(session, report, storing.dry_run)})
    else:
        print_scanned(session, scanned, written, report, dry_run=storing.dry_run)
    if report and report.blocked:
        click.get_current_context().exit(1)

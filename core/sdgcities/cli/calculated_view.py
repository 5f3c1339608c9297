"""A table of cases whose results become figures of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdgcities.cli.case_table import table_data, work, write_table
from sdgcities.cli.import_view import import_data, print_import
from sdgcities.cli.result_view import need_free
from sdgcities.cli.session import Session
from sdgcities.model.methods import Method
from sdgcities.tracks.data.calculated import MISSING, PERIOD, SOURCE, STATUS, UNIT, Computed, Storing, storable, store_results
from sdgcities.tracks.data.importing.request import Report


def store_table(session: Session, method: Method, path: Path, given: Sequence[str], output: Path | None, storing: Storing, *, as_json: bool) -> Report:
    """Carry out a method on every row and import the results; the table with them is written where a file is named."""
    if output is not None:
        need_free(output, path)
    known = {UNIT, PERIOD, SOURCE, STATUS, MISSING, *session.catalogue.dimensions}
    worked = work(session, method, path, given, known, lambda header: storable(session.catalogue, method, storing, path, header))
    if output is not None:
        write_table(session, method, worked, output)
    computed = [Computed(case.row, case.cells, result) for case, result in worked.rows]
    report = store_results(session.catalogue, method, path, computed, storing)
    if as_json:
        session.json({"results": table_data(session, worked), "import": import_data(session, report, dry_run=storing.dry_run)})
        return report
    print_import(session, report, dry_run=storing.dry_run)
    return report

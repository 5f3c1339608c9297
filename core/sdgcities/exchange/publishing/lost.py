"""Editions whose files are gone: what is stated of them, and what the records still give of their figures.

An edition that states them carries `lost.csv` among its files, as every later one does: what is lost is said once, with the reason.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.exchange.publishing import folder
from sdgcities.exchange.publishing.dataset import table_of
from sdgcities.exchange.publishing.hiding import Hidden, places
from sdgcities.findings import Finding, Severity, Where, nmsg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.model.hub import DATA, Edition
from sdgcities.model.statistics import Indicator
from sdgcities.registry.figures import observed
from sdgcities.registry.publications import batches_of, hidden_in

CODE = "publish.lost"
FILE = "lost.csv"
COLUMNS = ("edition", "at", "reason")


def stated(path: Path, recorded: Sequence[Edition]) -> dict[int, str]:
    """The editions that are not in the folder and of which the newest one in it says why."""
    absent = {one.number for one in folder.absent(path, recorded)}
    newest = next((one for one in reversed(recorded) if one.number not in absent), None)
    if newest is None or not folder.stands(path, newest, FILE):
        return {}
    file = path / folder.folder_of(newest.number) / FILE
    return {int(number): reason for _, (number, _, reason) in read_rows(file, len(read_header(file))) if int(number) in absent}


def unstated(path: Path, recorded: Sequence[Edition]) -> list[Finding]:
    """Editions that are not in the folder, and of which nothing is stated."""
    known = stated(path, recorded)
    gone = [one.number for one in folder.absent(path, recorded) if one.number not in known]
    if not gone:
        return []
    told = nmsg("Edition %(numbers)s is not in this folder.", "Editions %(numbers)s are not in this folder.", len(gone), numbers=", ".join(map(str, gone)))
    return [Finding(CODE, Severity.JUSTIFY, told, folder.WHERE_ELSE, Where(file=str(path)))]


def written(lost: Mapping[int, str], recorded: Sequence[Edition]) -> bytes:
    """The file that says which editions are lost, and why."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((one.number, one.at, lost[one.number]) for one in recorded if one.number in lost)
    return stream.getvalue().encode()


def rebuilt(connection: Connection, city: str, edition: Edition, indicator: Indicator) -> bytes | None:
    """The file of an indicator as an edition had it, out of the records; None where that is not, to the byte, what was published."""
    newest, hidden = batches_of(connection, city)[edition.number], hidden_in(connection, city)[edition.number]
    ones = list(observed(connection, [city], [indicator.code], newest))
    content = table_of(indicator, ones, Hidden(places(hidden.get(indicator.code, ())))).content
    return content if hashlib.sha256(content).hexdigest() == edition.files[f"{DATA}{indicator.code}.csv"] else None

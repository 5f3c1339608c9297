"""Editions: what was reviewed goes out into a folder that any web server can hold, and stays there as it was."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.errors import refuse
from sdgcities.exchange import datapackage
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.publishing.changes import COLUMNS, Change, changes
from sdgcities.exchange.publishing.dataset import Table, tables
from sdgcities.exchange.tidy import written
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.files import sha256_of
from sdgcities.model.hub import DATA, Edition, FigureReview
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.people import Acting
from sdgcities.registry.publications import editions, hidden_before, record_edition, reviews
from sdgcities.writing import put, whole_folder

WITHDRAWN = "publish.withdrawn"
CHECKSUMS, ERRATA = "SHA256SUMS", "errata.csv"
INDEX, ERRATA_PAGE = "index.html", "errata.html"


@dataclass(frozen=True, slots=True)
class State:
    """One indicator of a city on its way out: the file it would be, what a reviewer said, and why it does not go out (None: it does)."""

    table: Table
    review: FigureReview | None

    @property
    def lacks(self) -> Message | None:
        """What keeps it back."""
        if self.review is None:
            return msg("no reviewer has decided on it")
        if not self.review.accepted:
            return msg("a reviewer returned it: %(reason)s", reason=self.review.reason)
        if self.review.sha256 != self.table.sha256:
            return msg("it changed since it was reviewed")
        return None


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as it stands in the folder, with its errata against the one before it."""

    city: City
    edition: Edition
    tables: Sequence[Table]
    errata: Mapping[int, Sequence[Sequence[str]]]
    """By edition what it changed, as rows under COLUMNS."""
    earlier: Sequence[Edition] = ()
    new: bool = True

    @property
    def folder(self) -> str:
        """The folder of the edition."""
        return folder_of(self.edition.number)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published where, and under which licence; `pages` writes the pages for people once the files stand."""

    path: Path
    licence: str
    title: str
    pages: Callable[[Published], Mapping[str, bytes]]
    justified: Mapping[str, str] = field(default_factory=dict)


def folder_of(number: int) -> str:
    """The folder of an edition."""
    return f"edition-{number}"


def states(going: Outgoing, connection: Connection, city: City, threshold: int) -> list[State]:
    """Every indicator of a city that has figures, with what a reviewer said of it."""
    decided = reviews(connection, [city.unit.id])[city.unit.id]
    return [State(one, decided.get(one.indicator.code)) for one in tables(going, hidden_before(connection, city.unit.id), threshold)]


def unlicensed(going: Outgoing, path: Path) -> list[Finding]:
    """Sources that don't say under which licence their figures may be passed on."""
    offices = sorted({source.office for source in going.sources if not source.licence})
    if not offices:
        return []
    told = msg("These sources name no licence: %(offices)s.", offices="; ".join(offices))
    hint = msg('May their figures be published? Say on what ground: --justify publish.licence="REASON".')
    return [Finding("publish.licence", Severity.JUSTIFY, told, hint, Where(file=str(path)))]


def withdrawn(connection: Connection, city: City, ready: Sequence[State], path: Path) -> list[Finding]:
    """Indicators that the last edition has and the next one would not."""
    earlier = editions(connection, [city.unit.id])[city.unit.id]
    gone = sorted(set(earlier[-1].indicators if earlier else ()) - {one.table.indicator.code for one in ready})
    if not gone:
        return []
    told = msg("The last edition has %(codes)s; the next one would not.", codes=", ".join(gone))
    hint = msg('Have them reviewed first, or say why they are taken out: --justify publish.withdrawn="REASON".')
    return [Finding(WITHDRAWN, Severity.JUSTIFY, told, hint, Where(file=str(path)))]


def publish(connection: Connection, going: Outgoing, city: City, ready: Sequence[State], wanted: Wanted, acting: Acting) -> Published:
    """Write a new edition, unless the last one says the same. The folder changes as the last step of the transaction that records it."""
    earlier = editions(connection, [city.unit.id])[city.unit.id]
    files = {f"{DATA}{one.table.indicator.code}.csv": one.table.sha256 for one in ready}
    check_earlier(wanted.path, earlier)
    last = earlier[-1] if earlier else None
    if last and last.licence == wanted.licence and last.indicators == {one.table.indicator.code: one.table.sha256 for one in ready}:
        return Published(city, last, [one.table for one in ready], {}, earlier[:-1], new=False)
    number = last.number + 1 if last else 1
    with whole_folder(wanted.path) as draft:
        if wanted.path.exists():
            shutil.copytree(wanted.path, draft, dirs_exist_ok=True)
        folder = draft / folder_of(number)
        if folder.exists():
            shutil.rmtree(folder)  # of an edition that never came on record
        _fill(going, folder, ready, wanted)
        found = list(_changed(connection, city, draft, number, earlier, ready, wanted.justified))
        put(folder / ERRATA, _errata(found))
        digests = {path.relative_to(folder).as_posix(): sha256_of(path) for path in sorted(folder.rglob("*")) if path.is_file()}
        put(folder / CHECKSUMS, "".join(f"{digest}  {path}\n" for path, digest in digests.items()).encode())
        new = Edition(number, wanted.licence, digests, going.at)
        errata = {one.number: _read_errata(draft / folder_of(one.number) / ERRATA) for one in (*earlier, new)}
        published = Published(city, new, [one.table for one in ready], errata, earlier)
        for name, page in wanted.pages(published).items():
            put(draft / name, page)
        assert files.items() <= digests.items(), "what is published is what was reviewed"
        record_edition(connection, city.unit.id, new, {one.table.indicator.code: one.table.hidden for one in ready}, acting)
    return published


def check_earlier(path: Path, earlier: Sequence[Edition]) -> None:
    """Every edition on record must stand in the folder as it was published. Refused with the first file that does not."""
    for one in earlier:
        folder = path / folder_of(one.number)
        if not folder.is_dir():
            problem = msg("Edition %(n)s is not in this folder.", n=one.number)
            raise refuse("publish.elsewhere", problem, msg("Name the folder that holds the earlier editions: -o DIR."), Where(file=str(folder)))
        for name, digest in one.files.items():
            file = folder / name
            if not file.is_file() or sha256_of(file) != digest:
                problem = msg("The file is not the one that was published as edition %(n)s.", n=one.number)
                raise refuse("publish.changed", problem, msg("Bring back the published file: an edition stays as it was."), Where(file=str(file)))


def _fill(going: Outgoing, folder: Path, ready: Sequence[State], wanted: Wanted) -> None:
    """The files of an edition, with their description."""
    resources = []
    for one in ready:
        path = f"{DATA}{one.table.indicator.code}.csv"
        put(folder / path, one.table.content)
        schema = datapackage.schema_of(going, tables=False, dimensions=one.table.dimensions)
        resources.append(datapackage.resource(folder, path, schema, one.table.rows))
    resources += datapackage.describe(going, folder)
    told = {"name": datapackage.name_of(wanted.title), "title": wanted.title, "licence": wanted.licence}
    datapackage.put_package(going, folder, told, resources)


def _changed(
    connection: Connection, city: City, draft: Path, number: int, earlier: Sequence[Edition], ready: Sequence[State], justified: Mapping[str, str]
) -> Iterator[Change]:
    """What became of the figures that earlier editions published: each indicator is held against the last edition that has it."""
    reasons = _reasons(current(connection, [city.unit.id]))
    codes = {one.table.indicator.code for one in ready}
    last = {code: one.number for one in earlier for code in one.indicators}
    for code in sorted(last):
        file = f"{DATA}{code}.csv"
        if code in codes:
            yield from changes(draft / folder_of(last[code]) / file, draft / folder_of(number) / file, reasons.get(code, {}))
        elif code in earlier[-1].indicators:
            yield Change(code, city.unit.id, "", "", file, "", justified.get(WITHDRAWN, ""))


def _reasons(figures: Sequence[Figure]) -> dict[str, dict[tuple[str, str], str]]:
    """Why figures were corrected, by indicator, then by period and disaggregation."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for one in figures:
        if one.reason:
            period = written(one.period.start.isoformat(), one.period.end.isoformat(), one.period.freq)
            found.setdefault(one.indicator, {})[period, one.dims] = one.reason
    return found


def _errata(found: Sequence[Change]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(one.cells for one in found)
    return stream.getvalue().encode()


def _read_errata(path: Path) -> list[list[str]]:
    return [cells for _, cells in read_rows(path, len(read_header(path)))]

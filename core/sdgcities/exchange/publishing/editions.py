"""Editions: what was reviewed goes out into a folder that any web server can hold, and stays there as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from sdgcities.errors import refuse
from sdgcities.exchange import datapackage
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.publishing import folder, lost
from sdgcities.exchange.publishing.changes import COLUMNS, Change, changes
from sdgcities.exchange.publishing.dataset import Table, tables
from sdgcities.exchange.publishing.hiding import surroundings
from sdgcities.exchange.publishing.related import related
from sdgcities.exchange.tidy import written
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.files import MEGABYTE, read_bytes
from sdgcities.model.hub import DATA, Edition, FigureReview, Role
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, current, observed
from sdgcities.registry.people import Acting
from sdgcities.registry.publications import editions, record_edition, reviews
from sdgcities.writing import put

WITHDRAWN = "publish.withdrawn"
ERRATA = "errata.csv"
MOST_BYTES = 1024 * MEGABYTE
"""Of the file of one indicator, which a hub made itself."""


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
class Prepared:
    """An edition that is on record; a new one still lies out of sight."""

    city: City
    edition: Edition
    tables: Sequence[Table]
    earlier: Sequence[Edition] = ()
    new: bool = True
    lost: Mapping[int, str] = field(default_factory=dict)
    """Earlier editions whose files are gone, with what is said of it."""


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as it stands in the folder, with its errata against the one before it."""

    city: City
    edition: Edition
    tables: Sequence[Table]
    errata: Mapping[int, Sequence[Sequence[str]]]
    """By edition what it changed, as rows under COLUMNS."""
    earlier: Sequence[Edition]
    new: bool
    lost: Mapping[int, str] = field(default_factory=dict)
    """Editions whose files are gone, with what is said of it."""

    @property
    def folder(self) -> str:
        """The folder of the edition."""
        return folder.folder_of(self.edition.number)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be published where, and under which licence; `pages` writes the pages for people once the files stand."""

    path: Path
    licence: str
    title: str
    pages: Callable[[Published], Mapping[str, bytes]]
    justified: Mapping[str, str] = field(default_factory=dict)


def states(going: Outgoing, connection: Connection, city: City) -> list[State]:
    """Every indicator of a city that has figures, with what a reviewer said of it."""
    decided = reviews(connection, [city.unit.id])[city.unit.id]
    known = {code: item for items in going.catalogue.indicators.values() for code, item in items.items()}
    around = surroundings(connection, city.unit.id, related(going.catalogue, city.unit))
    made = tables(observed(connection, list(around.before)), known, going.indicators, around, going.catalogue.hub.config.threshold)
    return [State(one, decided.get(one.indicator.code)) for one in made]


def unlicensed(going: Outgoing, path: Path) -> list[Finding]:
    """Sources that don't say under which licence their figures may be passed on."""
    offices = sorted({source.office for source in going.sources if source.licence in ("", datapackage.UNSTATED)})
    if not offices:
        return []
    told = msg("These sources name no licence: %(offices)s.", offices="; ".join(offices))
    hint = msg('May their figures be published? Say on what ground: --justify publish.licence="REASON".')
    return [Finding("publish.licence", Severity.JUSTIFY, told, hint, Where(file=str(path)))]


def follows(ready: Sequence[State]) -> Iterator[Finding]:
    """Hidden counts that follow from what was told before: nothing that is hidden now changes that."""
    for one in ready:
        if one.table.in_vain:
            told = nmsg(
                "One hidden figure of %(code)s follows from what was published before.",
                "%(n)s hidden figures of %(code)s follow from what was published before.",
                one.table.in_vain,
                code=one.table.indicator.code,
            )
            yield Finding("publish.follows", Severity.NOTE, told)


def withdrawn(connection: Connection, city: City, ready: Sequence[State], path: Path) -> list[Finding]:
    """Indicators that the last edition has and the next one would not."""
    earlier = editions(connection, [city.unit.id])[city.unit.id]
    gone = sorted(set(earlier[-1].indicators if earlier else ()) - {one.table.indicator.code for one in ready})
    if not gone:
        return []
    told = msg("The last edition has %(codes)s; the next one would not.", codes=", ".join(gone))
    hint = msg('Have them reviewed first, or say why they are taken out: --justify publish.withdrawn="REASON".')
    return [Finding(WITHDRAWN, Severity.JUSTIFY, told, hint, Where(file=str(path)))]


def prepare(connection: Connection, going: Outgoing, city: City, ready: Sequence[State], wanted: Wanted, acting: Acting) -> Prepared:
    """Fill a new edition out of sight and keep it on record, unless the last one says the same. `finish` shows it once the record stands.

    Whatever is stopped in between, the folder shows no edition that is not on record, and the next publication ends what this one began.
    """
    acting.need(Role.OPERATOR)
    earlier = editions(connection, [city.unit.id])[city.unit.id]
    folder.settle(wanted.path, earlier)
    gone = lost.stated(wanted.path, earlier)
    if lost.CODE in wanted.justified:
        gone = {one.number: gone.get(one.number, wanted.justified[lost.CODE]) for one in folder.absent(wanted.path, earlier)}
    folder.check(wanted.path, earlier, gone)
    tables, digests = [one.table for one in ready], {one.table.indicator.code: one.table.sha256 for one in ready}
    last = earlier[-1] if earlier else None
    if last and last.number not in gone and last.licence == wanted.licence and last.indicators == digests:
        return Prepared(city, last, tables, earlier[:-1], new=False, lost=gone)
    number = last.number + 1 if last else 1
    folder.check_free(wanted.path, number, [one for one in earlier if one.number not in gone])
    with folder.drafted(wanted.path, number) as draft:
        fill(going, draft, ready, wanted)
        put(draft / ERRATA, _errata(_changed(connection, going, city, wanted, earlier, ready, gone)))
        if gone:
            put(draft / lost.FILE, lost.written(gone, earlier))
        files = folder.sealed(draft)
        if wrong := sorted(code for code, digest in digests.items() if files[f"{DATA}{code}.csv"] != digest):
            problem = msg("The disk does not hold what was reviewed of: %(codes)s.", codes=", ".join(wrong))
            raise refuse("publish.disk", problem, msg("Have the disk looked at, or name a folder on another one: -o DIR."), Where(file=str(wanted.path)))
        new = Edition(number, wanted.licence, files, going.at)
        record_edition(connection, city.unit.id, new, {one.indicator.code: one.hidden for one in tables}, acting)
    return Prepared(city, new, tables, earlier, lost=gone)


def finish(prepared: Prepared, wanted: Wanted) -> Published:
    """Put the edition that is on record in its place, and write the pages for people anew."""
    every = (*prepared.earlier, prepared.edition)
    folder.settle(wanted.path, every)
    errata = {one.number: _read_errata(wanted.path / folder.folder_of(one.number) / ERRATA) for one in every if one.number not in prepared.lost}
    published = Published(prepared.city, prepared.edition, prepared.tables, errata, prepared.earlier, prepared.new, prepared.lost)
    folder.show(wanted.path, wanted.pages(published))
    return published


def fill(going: Outgoing, draft: Path, ready: Sequence[State], told: Wanted | None = None) -> None:
    """The files of an edition, with what explains them; the description of the whole where it is `told`, as it is not yet in a review."""
    resources = []
    for one in ready:
        path = f"{DATA}{one.table.indicator.code}.csv"
        put(draft / path, one.table.content)
        schema = datapackage.schema_of(going, tables=False, dimensions=one.table.dimensions)
        resources.append(datapackage.resource(draft, path, schema, one.table.rows))
    resources += datapackage.describe(going, draft)
    if told:
        datapackage.put_package(going, draft, {"name": datapackage.name_of(told.title), "title": told.title, "licence": told.licence}, resources)


def _changed(
    connection: Connection, going: Outgoing, city: City, wanted: Wanted, earlier: Sequence[Edition], ready: Sequence[State], gone: Mapping[int, str]
) -> Iterator[Change]:
    """What became of the figures that earlier editions published: each indicator is held against the last edition that has it.

    Of a lost edition the records give the file; where they don't give it to the byte, it is only said that the file changed.
    """
    reasons = _reasons(current(connection, [city.unit.id]))
    new = {one.table.indicator.code: one.table for one in ready}
    last = {code: one for one in earlier for code in one.indicators}
    for code, edition in sorted(last.items()):
        file = f"{DATA}{code}.csv"
        if code not in new:
            if code in earlier[-1].indicators:
                yield Change(code, city.unit.id, "", "", file, "", wanted.justified.get(WITHDRAWN, ""))
            continue
        if edition.number in gone:
            old = lost.rebuilt(connection, city.unit.id, edition, going.indicators[code])
        else:
            old = read_bytes(wanted.path / folder.folder_of(edition.number) / file, MOST_BYTES)
        if old is not None:
            yield from changes(old, new[code].content, reasons.get(code, {}))
        elif edition.files[file] != new[code].sha256:
            yield Change(code, city.unit.id, "", "", file, file, gone[edition.number])


def _reasons(figures: Sequence[Figure]) -> dict[str, dict[tuple[str, str], str]]:
    """Why figures were corrected, by indicator, then by period and disaggregation."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for one in figures:
        if one.reason:
            period = written(one.period.start.isoformat(), one.period.end.isoformat(), one.period.freq)
            found.setdefault(one.indicator, {})[period, one.dims] = one.reason
    return found


def _errata(found: Iterable[Change]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(one.cells for one in found)
    return stream.getvalue().encode()


def _read_errata(path: Path) -> list[list[str]]:
    return [cells for _, cells in read_rows(path, len(read_header(path)))]

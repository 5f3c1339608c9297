"""A file of what people mapped looked at before anything is counted: where its rows lie, what came twice, what is odd, and what is personal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.inspecting.asking import named
from sdgcities.tracks.data.scan.areas import Areas, areas_of, levels_with_boundaries
from sdgcities.tracks.data.scan.assigning import NOWHERE, assign, place_outlines, shapes_of
from sdgcities.tracks.data.scan.coordinates import Coordinates, Found, find_coordinates
from sdgcities.tracks.data.scan.doubtful import odd_positions, swapped
from sdgcities.tracks.data.scan.mapped_file import MappedFile, cells_of, opened_file
from sdgcities.tracks.data.scan.naming import Naming, naming_column
from sdgcities.tracks.data.scan.personal import Suspect, about_homes, suspects
from sdgcities.tracks.data.scan.records import Records, metres_of, read_records
from sdgcities.tracks.data.scan.refusals import LOOKED_AT, check_rows, no_coordinates
from sdgcities.tracks.data.scan.repeated import Repeated, same_identity, same_place
from sdgcities.tracks.data.scan.words import called, column_words, holds, limit

_SHOWN = 8


@dataclass(frozen=True)
class Lying:
    """Where the points lie, by areas of one kind: how many in each that has some, by id, and how many outside of all."""

    areas: Areas
    counts: Mapping[str, int]
    outside: int


@dataclass
class Looked:
    """What was seen of a file. `sample` has the cells of its first rows; those of personal columns are never shown."""

    file: MappedFile
    sample: Mapping[str, Sequence[str]]
    found: Found
    personal: list[Suspect]
    records: Records = field(default_factory=Records)
    lying: list[Lying] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    identity: str = ""
    compared: tuple[str, ...] = ()
    """The columns of answers, by which two rows at one place are told apart: neither personal, nor coordinates, nor of the software."""
    naming: Naming | None = None
    """The column that names units, where there are no coordinates."""


def look(catalogue: Catalogue, path: Path, wanted: str = "", sheet: str = "") -> Looked:
    """Look at a file. Refused where it can't be read; `wanted` are areas to place its points by, instead of the hub's."""
    with opened_file(path, sheet) as file:
        check_rows(file)
        sample = cells_of(file, LOOKED_AT)
        found = find_coordinates(file, sample)
        chosen = found.chosen or Coordinates()
        personal = suspects(sample, chosen.columns)
        looked = Looked(file, sample, found, personal)
        looked.identity = next((name for name in file.columns if called(name, column_words().identity)), "")
        looked.compared = tuple(_compared(looked, chosen, {one.column for one in personal}))
        looked.findings += [*_of_file(looked), *_of_coordinates(looked)]
        if found.chosen:
            looked.records = _records(looked, found.chosen)
            looked.findings += [*looked.records.findings(file, chosen.columns), *_twice(looked)]
            looked.findings += odd_positions(looked.records, metres_of(looked.records.accuracy, str), file)
            looked.findings += _places(catalogue, looked, wanted)
        else:
            looked.naming = naming_column(catalogue, looked.compared, sample)
            looked.findings += _of_naming(looked)
        looked.findings += _of_people(looked)
        return looked


def _of_naming(looked: Looked) -> Iterator[Finding]:
    """The column by which rows can be counted without coordinates, and how many of its texts are units."""
    one = looked.naming
    if one is None:
        yield _note("scan.unit", msg("No column names places either."), looked.file.where())
        return
    counts = {"column": one.column, "n": one.units, "all": one.texts}
    where = looked.file.where(column=one.column)
    told = msg("The column %(column)s names places: %(n)s of its %(all)s texts are units of the hub.", **counts)
    hint = msg("Rows can be counted by it: write it under units.") if one.units == one.texts else None
    yield _note("scan.unit", told, where, hint or msg('Say of the others which unit is meant: sdgcities unit alias add CODE "NAME" --reason TEXT.'))


def _compared(looked: Looked, coordinates: Coordinates, personal: set[str]) -> Iterator[str]:
    leave_out = {*coordinates.columns, coordinates.accuracy, *personal, *(name for one in looked.found.others for name in (*one.columns, one.accuracy))}
    for name in looked.file.columns:
        if name not in leave_out and not called(name, column_words().software) and not _numbers_rows(name, looked.sample[name]):
            yield name


def _numbers_rows(name: str, cells: Sequence[str]) -> bool:
    """Whether a column is empty, or tells every row by a number or code of its own."""
    filled = [cell for cell in cells if cell]
    return not filled or (len(filled) > 1 and len(set(filled)) == len(filled) and bool(holds(name, column_words().numbering)))


def _records(looked: Looked, coordinates: Coordinates) -> Records:
    identity = (looked.identity,) if looked.identity else ()
    records = read_records(looked.file, coordinates, identity, looked.compared)
    place_outlines(records)
    return records


def _of_file(looked: Looked) -> Iterator[Finding]:
    """Encoding, width, the tables of an archive, columns of one name, and records that hang on others."""
    file = looked.file
    if len(file.encodings) > 1:
        told = msg("The bytes can be read in several encodings: %(names)s.", names=", ".join(file.encodings))
        yield _note("scan.encoding", told, file.where(), msg("Look at the accents, and write the right one in the description: encoding."))
    elif file.evidence and file.encodings and file.encodings[0] not in ("utf-8", "utf-8-sig"):
        yield _note("scan.encoding", msg("Encoding %(name)s: %(evidence)s.", name=file.encodings[0], evidence=file.evidence), file.where())
    if file.name:
        told = msg("Read is %(name)s of the archive. Also there: %(others)s.", name=file.name, others=", ".join(file.others) or "-")
        yield _note("scan.archive", told, file.where())
    if file.renamed:
        told = msg("Columns of the same name are told apart: %(names)s.", names=named(file.renamed))
        yield _note("scan.renamed", told, file.where())
    if parent := next((name for name in file.columns if called(name, column_words().parent)), ""):
        told = msg("These rows belong to records in another file (%(column)s).", column=parent)
        yield _note("scan.parent", told, file.where(column=parent), msg("Its coordinates place them: write parent, with file, key and column."))


def _of_coordinates(looked: Looked) -> Iterator[Finding]:
    """Which columns place the rows, by what evidence; plainly, where none does."""
    found, file = looked.found, looked.file
    if found.chosen is None:
        refusal = no_coordinates(file).findings[0]
        yield Finding(refusal.code, Severity.NOTE, refusal.message, refusal.hint, refusal.where)
        return
    assert found.evidence is not None, "what was chosen was chosen for something"
    names = " / ".join(found.chosen.columns) or "GeoJSON"
    told = msg("Coordinates: %(names)s (%(written)s; %(evidence)s).", names=names, written=found.chosen.written.value, evidence=found.evidence)
    if found.chosen.accuracy:
        told = msg("%(coordinates)s Accuracy: %(column)s.", coordinates=told, column=found.chosen.accuracy)
    yield _note("scan.coordinates", told, file.where())
    if found.others:
        listed = "; ".join(" / ".join(one.columns) for one in found.others[:_SHOWN])
        yield _note("scan.coordinates", msg("There are others: %(names)s.", names=listed), file.where(), msg("Write those that are meant under coordinates."))


def _twice(looked: Looked) -> Iterator[Finding]:
    records, where = looked.records, looked.file.where()
    if looked.identity:
        found = same_identity(records, records.answers[looked.identity])
        told = nmsg("%(n)s row has a %(column)s that stands above it already%(rows)s.", "%(n)s rows have a %(column)s that stands above them already%(rows)s.",
                    found.count, column=looked.identity, rows=_pairs(found))  # fmt: skip
        if found.count:
            yield _note("scan.twice", told, where, msg("Only the first counts, unless the description says otherwise under duplicates."))
    metres = limit("same_place_metres")
    if looked.compared and (found := same_place(records, metres)).count:
        told = nmsg(
            "%(n)s row lies within %(metres)s metres of another with the same answers%(rows)s.",
            "%(n)s rows lie within %(metres)s metres of others with the same answers%(rows)s.",
            found.count,
            metres=int(metres),
            rows=_pairs(found),
        )
        yield _note("scan.twice", told, where, msg("Only the first counts, unless the description says otherwise under duplicates."))


def _pairs(found: Repeated) -> Message:
    return msg(": %(rows)s", rows=", ".join(f"{first} = {second}" for first, second in found.pairs))


def _places(catalogue: Catalogue, looked: Looked, wanted: str) -> Iterator[Finding]:
    """In which units of the hub's countries, or in which of the areas brought, the points lie."""
    where, records = looked.file.where(), looked.records
    by_level = [areas_of(catalogue, wanted, where)] if wanted else list(levels_with_boundaries(catalogue).values())
    if not by_level:
        yield _note("scan.areas", msg("The hub has no boundaries to place points by."), where, msg("Bring some: --areas FILE.geojson."))
    for areas in by_level:
        shapes = shapes_of(areas.areas)
        place = assign(records.latitude, records.longitude, shapes)
        counts = Counter({areas.areas[number].id: count for number, count in Counter(place.tolist()).items() if number != NOWHERE})
        lying = Lying(areas, counts, int(np.sum(place == NOWHERE)))
        looked.lying.append(lying)
        yield from _lying(lying, where)
        otherwise = int(np.sum(assign(records.longitude, records.latitude, shapes) != NOWHERE))
        yield from swapped(len(place) - lying.outside, otherwise, len(place), looked.file)


def _lying(lying: Lying, where: Where) -> Iterator[Finding]:
    names = {area.id: area.name for area in lying.areas.areas}
    most = sorted(lying.counts.items(), key=lambda item: names[item[0]])
    said = {"of": lying.areas.called, "areas": len(most)}
    if most:
        listed = ", ".join(f"{names[code]} {count}" for code, count in most[:_SHOWN]) + (", …" if len(most) > _SHOWN else "")
        total = sum(lying.counts.values())
        told = nmsg(
            "%(n)s point lies in %(areas)s of the areas (%(of)s): %(list)s.",
            "%(n)s points lie in %(areas)s of the areas (%(of)s): %(list)s.",
            total,
            list=listed,
            **said,
        )
        yield _note("scan.places", told, where)
    if lying.outside:
        told = nmsg("%(n)s point lies outside of all areas (%(of)s).", "%(n)s points lie outside of all areas (%(of)s).", lying.outside, of=said["of"])
        hint = (
            msg("Where they lie, bring the areas: --areas FILE.geojson.") if not most else msg("They are not counted; see whether their positions are right.")
        )
        yield _note("scan.outside", told, where, hint)


def _of_people(looked: Looked) -> Iterator[Finding]:
    """Columns that are left out, each with the reason, and whether the places may be homes. Never a word of what stands in them."""
    for one in looked.personal:
        yield _note("scan.personal", one.told(), looked.file.where(column=one.column))
    home = about_homes(looked.file.columns, looked.personal)
    if home and looked.found.chosen:
        told = msg("The points may be where people live (%(column)s): figures go out by area, and no point does.", column=home)
        yield _note("scan.homes", told, looked.file.where())


def _note(code: str, told: Message, where: Where, hint: Message | None = None) -> Finding:
    return Finding(code, Severity.NOTE, told, hint, where)

"""Rules of administrative units, their aliases and boundaries."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.kit.doubts.finding import rows_of
from sdgcities.kit.doubts.outlines import astray
from sdgcities.kit.doubts.unit_cells import doubtful_cells, spoilt_text
from sdgcities.kit.doubts.unit_codes import doubtful_codes
from sdgcities.kit.reference.countries import countries
from sdgcities.kit.rule import Check
from sdgcities.kit.subject import Subject, document_of
from sdgcities.model.places import NameScope, Unit
from sdgcities.plugin.declared.aliases import COLUMNS as ALIAS_COLUMNS
from sdgcities.plugin.declared.boundaries import feature_place
from sdgcities.plugin.declared.problems import read_table
from sdgcities.plugin.declared.units import ATTRIBUTE, COLUMNS
from sdgcities.plugin.manifest import FILE

_LETTERS_FIRST = re.compile(r"[A-Z]{2,3}(?=[0-9._-])", re.ASCII)
"""An id that begins as one with a country's code in front does."""
_BY_COUNTRY = ("iso_3166_2", "pcode", "p_code", "hasc")
"""Systems of codes that begin with the country's, by their own definition."""
MOST_STRAY = 3
"""Units with the letters of another country that are told one by one."""
_COVERS = 0.9
"""The share of a parent from which on the units of a level are taken to cover it."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The units of the file with the place of each."""

    file: Path
    rows: Mapping[str, int]

    def where(self, unit: str, column: str) -> Where:
        return Where(file=str(self.file), row=self.rows.get(unit), column=column)


def valid(subject: Subject) -> Iterator[Finding]:
    """What the readers of units, aliases and boundaries refuse, and names of things that the plugin does not have."""
    yield from subject.units.findings
    yield from subject.boundaries.findings if subject.boundaries else ()
    if subject.units.value is None:
        return
    yield from _boundaries(subject)
    yield from _aliases(subject)
    yield from _doubtful(subject)
    rows = rows_of(subject)
    yield from doubtful_codes(rows, subject.country)
    yield from doubtful_cells(rows, subject.country)


def _boundaries(subject: Subject) -> Iterator[Finding]:
    known = {unit.id for unit in subject.units.needed}
    if subject.boundaries is None:
        return
    boundaries = subject.boundaries.value or []
    yield from astray(boundaries, subject.boundaries.file)
    for number, boundary in enumerate(boundaries, start=1):
        if boundary.unit not in known:
            problem = msg("Feature %(number)s is the boundary of %(unit)s, which is no unit.", number=number, unit=boundary.unit)
            hint = msg("Write the id of a row of units.csv.")
            yield Finding("places.boundary", Severity.BLOCK, problem, hint, feature_place(subject.boundaries.file, number))


def _aliases(subject: Subject) -> Iterator[Finding]:
    """An alias for a profile or an office that the plugin does not have never holds."""
    if (file := subject.manifest.path("aliases")) is None:
        return
    profiles = {profile.file.stem for profile in subject.profiles}
    offices = {source.office for source in subject.manifest.sources.values()} | {one.value.source.office for one in subject.profiles if one.value}
    known = {NameScope.PROFILE.value: profiles, NameScope.SOURCE.value: offices}
    for number, cells in read_table(file, ALIAS_COLUMNS, ALIAS_COLUMNS):
        if cells["scope"] in known and cells["scope_id"] not in known[cells["scope"]]:
            problem = msg("%(id)s is no %(scope)s of the plugin.", id=cells["scope_id"], scope=cells["scope"])
            hint = msg("There are: %(names)s.", names=", ".join(sorted(known[cells["scope"]])) or "-")
            yield Finding("places.alias", Severity.BLOCK, problem, hint, Where(str(file), row=number, column="scope_id"))
    yield from _alias_names(subject, file)


def _alias_names(subject: Subject, file: Path) -> Iterator[Finding]:
    """A name that was spoilt, that means two units, or that asks for a parent where the profile reads none."""
    units, meant = {unit.id: unit for unit in subject.units.needed}, dict[tuple[str, ...], str]()
    without = {one.value.id for one in subject.profiles if one.value and not any(column.within for column in one.value.units)}
    for number, cells in read_table(file, ALIAS_COLUMNS, ALIAS_COLUMNS):
        key = (cells["scope"], cells["scope_id"], cells["name"].casefold(), cells["within"].casefold(), units[cells["unit"]].level)
        if units[cells["unit"]].valid_to is None and meant.setdefault(key, cells["unit"]) != cells["unit"]:
            problem = msg("%(name)s means %(one)s and %(other)s.", name=cells["name"], one=meant[key], other=cells["unit"])
            hint = msg("Keep one of the two, or tell them apart by the name of the unit above, under within.")
            yield Finding("places.alias", Severity.BLOCK, problem, hint, Where(str(file), row=number, column="name"))
        if spoilt := spoilt_text(cells["name"]):
            yield Finding("places.alias", Severity.NOTE, *spoilt, Where(str(file), row=number, column="name"))  # the office's file may have it so
        if cells["within"] and cells["scope"] == NameScope.PROFILE and cells["scope_id"] in without:
            problem = msg("The profile %(id)s reads no column of the unit above, so the alias never holds.", id=cells["scope_id"])
            hint = msg("Leave within empty, or give the profile within: the column with the unit above.")
            yield Finding("places.alias", Severity.BLOCK, problem, hint, Where(str(file), row=number, column="within"))


def _doubtful(subject: Subject) -> Iterator[Finding]:
    """What may be right and seldom is: a name twice below one parent, a population without its year, a parent that has ended."""
    units = {unit.id: unit for unit in subject.units.needed}
    table, seen = _table(subject), set[tuple[str, str | None, str]]()
    for unit in _standing(units.values()):
        key = (unit.level, unit.parent, unit.name)
        if key in seen:
            problem = msg("%(name)s stands twice below %(parent)s.", name=unit.name, parent=unit.parent or subject.country)
            yield _note(problem, msg("Is it one unit? Files name it by its name alone."), table.where(unit.id, "name"))
        seen.add(key)
        if (unit.population is None) != (unit.population_year is None):
            problem = msg("A population needs its year, and a year its population.")
            yield _note(problem, msg("Fill in both, or neither."), table.where(unit.id, "population_year"))
        if (parent := units.get(unit.parent or "")) and parent.valid_to:
            problem = msg("%(parent)s has ended; %(unit)s still stands.", parent=parent.id, unit=unit.id)
            yield _note(problem, msg("Name the parent of today, or give the last day of this unit."), table.where(unit.id, "parent"))


def _note(problem: Message, hint: Message, where: Where) -> Finding:
    return Finding("places.doubtful", Severity.NOTE, problem, hint, where)


def of_country(subject: Subject) -> Iterator[Finding]:
    """Ids and codes that begin as those of another country do.

    Held against the two- and three-letter code of the country are: `iso_3166_1` and `m49` of the country itself; codes of the systems that
    carry the country in front by definition (ISO 3166-2, P-codes, HASC); and ids that begin with two or three capitals before a figure or
    a mark (`GH0101`, `TR-01`). Ids of figures alone (`0101`), ids that are words, and codes of all other systems are left alone: regions of
    the European Union leave the country out (`1A0`), offices number as they like (`AFRGHA003`).
    """
    country = subject.country
    entry = next((one for one in countries() if one.iso2 == country), None)
    begins = (country, entry.iso3) if entry else (country,)
    units, table = subject.units.needed, _table(subject)
    if other := _other_country(units, begins):
        problem = msg("units.csv is of %(theirs)s, plugin.yaml says %(ours)s.", theirs=other, ours=country)
        where = document_of(subject.folder / FILE).where(("countries", 0))
        yield Finding("places.country", Severity.BLOCK, problem, msg("Correct the country here, or take the right list of units."), where)
        return
    for unit in units:
        if _LETTERS_FIRST.match(unit.id) and not unit.id.startswith(begins):
            yield _foreign(unit.id, country, table.where(unit.id, "id"))
        for system, code in unit.codes.items():
            whole = {"iso_3166_1": country, "m49": entry.m49 if entry else code}.get(system) if unit.id == country else None
            if (system.casefold() in _BY_COUNTRY and not code.startswith(begins)) or (whole and code != whole):
                yield _foreign(f"{system}={code}", country, table.where(unit.id, "codes"))


def _other_country(units: Sequence[Unit], begins: Sequence[str]) -> str:
    """The one country whose letters all ids of the file have that begin with such; empty where some are the country's own."""
    known = {code for one in countries() for code in (one.iso2, one.iso3)}
    found = {match[0] for unit in units[1:] if (match := _LETTERS_FIRST.match(unit.id)) and match[0] in known}
    ours = any(unit.id.startswith(tuple(begins)) for unit in units[1:])
    return found.pop() if len(found) == 1 and not ours and len(units) > MOST_STRAY else ""


def _foreign(code: str, country: str, where: Where) -> Finding:
    problem = msg("%(code)s is no code of %(country)s.", code=code, country=country)
    return Finding("places.country", Severity.BLOCK, problem, msg("Is this the list of another country? Else correct the code."), where)


def add_up(subject: Subject) -> Iterator[Finding]:
    """Parents whose population the units of a level do not add up to.

    A level is looked at where all its standing units have a population of one year and hang below parents of one level. Each sum is held
    against the nearest unit above that has a population of the same year. A level that nowhere makes up nine tenths of what is above
    does not cover it (towns among villages) and may stay below; it can never be above.
    """
    units = {unit.id: unit for unit in subject.units.needed}
    table, levels = _table(subject), defaultdict[str, list[Unit]](list)
    for unit in _standing(units.values()):
        levels[unit.level].append(unit)
    for level, members in levels.items():
        parents = {parent.level if (parent := units.get(unit.parent or "")) else "" for unit in members}
        if len(parents) == 1 and len({unit.population_year if unit.population is not None else None for unit in members}) == 1:
            yield from _sums(level, members, units, table)


def _sums(level: str, members: Sequence[Unit], units: Mapping[str, Unit], table: _Table) -> Iterator[Finding]:
    sums = Counter[str]()
    for unit in members:
        if parent := _known_above(unit, units):
            sums[parent.id] += unit.population or 0
    covers = any(found >= _COVERS * (units[above].population or 0) for above, found in sums.items())
    for above, found in sums.items():
        stated = units[above].population or 0
        if found > stated or (covers and found < stated):
            words = {"unit": above, "stated": stated, "level": level, "found": found, "more": abs(found - stated)}
            wrong = msg("%(unit)s has a population of %(stated)s, but its units of the level %(level)s have %(found)s: %(more)s too many.", **words)
            short = msg("%(unit)s has a population of %(stated)s, but its units of the level %(level)s have %(found)s: %(more)s too few.", **words)
            hint = msg("Look for a row that is missing or stands twice, or correct the population.")
            yield Finding("places.sum", Severity.BLOCK, wrong if found > stated else short, hint, table.where(above, "population"))


def _known_above(unit: Unit, units: Mapping[str, Unit]) -> Unit | None:
    """The nearest unit above with a population of the same year."""
    above = units.get(unit.parent or "")
    while above and (above.population is None or above.population_year != unit.population_year):
        above = units.get(above.parent or "")
    return above if unit.population_year else None


def _standing(units: Iterable[Unit]) -> Iterator[Unit]:
    return (unit for unit in units if unit.valid_to is None)


def _table(subject: Subject) -> _Table:
    file = subject.manifest.path("units")
    if file is None:
        return _Table(subject.folder, {})
    return _Table(file, {cells["id"]: number for number, cells in read_table(file, COLUMNS, (), ATTRIBUTE)})


CHECKS: Mapping[str, Check] = {"units-valid": valid, "units-of-country": of_country, "units-add-up": add_up}

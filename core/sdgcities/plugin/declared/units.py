"""units.csv: one row for each administrative unit, current and ended."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.places import Attribute, Unit, UnitName
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Source, Status
from sdgcities.plugin.declared.aliases import read_aliases
from sdgcities.plugin.declared.problems import Problems, nearest, not_among, read_table, source_of
from sdgcities.plugin.manifest import FILE

COUNTRY_LEVEL = "country"
NEEDED = ("id", "level", "parent", "name", "source", "status")
COLUMNS = (*NEEDED, "other_names", "codes", "valid_from", "valid_to", "successors", "change", "population", "population_year", "note")
CHANGES = ("", "renamed", "split", "merged", "unchanged")
ATTRIBUTE = "attr:"
FIRST_YEAR, LAST_YEAR = 1800, 2199
"""The years that a period may be of."""
ISO_3166 = Source("International Organization for Standardization", "ISO 3166-1")

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
_NAME = re.compile(r"(?:([a-z]{2,3}(?:_[A-Z]{2})?):)?(.+)", re.DOTALL)
_COUNTRY = re.compile(r"[A-Z]{2}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,12}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


def read_units(manifest: Manifest) -> list[Unit]:
    """The country itself and the units of the file, with the aliases as further names. Raises Refused with row numbers."""
    (country,) = manifest.countries
    whole = Unit(country, country, COUNTRY_LEVEL, (UnitName(manifest.title),), ISO_3166, Status.OFFICIAL, codes={"iso_3166_1": country})
    file = manifest.path("units")
    if file is None:
        return [whole]
    problems = Problems(file)
    rows = [_Row(manifest, number, cells, problems) for number, cells in read_table(file, COLUMNS, NEEDED, ATTRIBUTE)]
    _refuse_other_country(rows, manifest)
    units = [row.unit(country) for row in rows]
    problems.twice((row.text("id"), row.where("id")) for row in rows if row.text("id"))
    every = {unit.id: unit for unit in (whole, *units)}
    for row in rows:
        row.check_links(every)
    _check_codes(rows, every, problems)
    problems.settle()
    for unit, names in read_aliases(manifest, every).items():
        every[unit] = replace(every[unit], names=(*every[unit].names, *names))
    return list(every.values())


def _refuse_other_country(rows: Sequence[_Row], manifest: Manifest) -> None:
    """One line for the list of another country: else each of its rows would be told."""
    others = [row.text("id") for row in rows if row.text("level") == COUNTRY_LEVEL and _COUNTRY.fullmatch(row.text("id"))]
    if others and manifest.countries[0] not in others:
        problem = msg("units.csv is of %(theirs)s, plugin.yaml says %(ours)s.", theirs=others[0], ours=manifest.countries[0])
        where = load_yaml(manifest.folder / FILE).where(("countries", 0))
        raise refuse("units.country", problem, msg("Correct the country here, or take the right list of units."), where)


def _check_codes(rows: Sequence[_Row], units: Mapping[str, Unit], problems: Problems) -> None:
    """A code names one standing unit."""
    standing = [row for row in rows if row.text("id") and units[row.text("id")].valid_to is None]
    problems.twice((f"{system}={code}", row.where("codes")) for row in standing for system, code in units[row.text("id")].codes.items())


class _Row:
    """One row, read cell by cell; what is wrong is noted and the reading goes on."""

    def __init__(self, manifest: Manifest, number: int, cells: Mapping[str, str], problems: Problems) -> None:
        self._manifest = manifest
        self._number = number
        self._cells = cells
        self._problems = problems

    def text(self, column: str) -> str:
        return self._cells.get(column, "")

    def where(self, column: str) -> Where:
        return Where(file=str(self._problems.file), row=self._number, column=column)

    def unit(self, country: str) -> Unit:
        if not _ID.fullmatch(self.text("id")):
            self._wrong("id", msg("%(text)s can't be a unit's id.", text=self.text("id") or "''"), msg("Letters, digits, dot, hyphen and underscore."))
        whole = self.text("id") == country  # a row of its own gives the country further names, codes and its population
        if self.text("level") not in ({COUNTRY_LEVEL} if whole else self._levels):
            self._wrong_level(country)
        return Unit(
            id=self.text("id"),
            country=country,
            level=self.text("level"),
            names=self._names(),
            source=source_of(self._manifest, self.text("source"), self._problems, self.where("source")),
            status=self._status(),
            parent=None if whole else self.text("parent") or country,
            codes=self._codes(),
            valid_from=self._date("valid_from"),
            valid_to=self._date("valid_to"),
            successors=self._list("successors"),
            change=self.text("change"),
            population=self._whole("population"),
            population_year=self._year("population_year"),
            attributes={name.removeprefix(ATTRIBUTE): _attribute(text) for name, text in self._cells.items() if name.startswith(ATTRIBUTE) and text},
        )

    def _wrong_level(self, country: str) -> None:
        level, title = self.text("level"), self._manifest.title.casefold()
        if level.casefold() == COUNTRY_LEVEL or self.text("id") == country or (self.text("name").casefold() == title and not self.text("parent")):
            problem = msg("The country's row has the id %(id)s and the level country.", id=country)
            found = msg("Here stand %(id)s and %(level)s.", id=self.text("id") or "''", level=level or "''")
            self._wrong("level" if self.text("id") == country else "id", problem, found)
            return
        names = ", ".join(self._levels) or "-"
        hint = msg("There are: %(names)s. Correct it, or add it to levels there, the top one first.", names=names)
        if near := nearest(level, self._levels):
            hint = msg("Did you mean %(name)s?", name=near)
        self._wrong("level", msg("There is no level %(level)s in plugin.yaml.", level=level or "''"), hint)

    def check_links(self, units: Mapping[str, Unit]) -> None:
        """The parent stands above, the successors exist, the dates follow each other."""
        unit = units[self.text("id")]
        parent = units.get(unit.parent) if unit.parent else None
        if parent is None and unit.parent:
            self._wrong("parent", msg("There is no unit %(id)s.", id=unit.parent), self._meant(unit.parent, units))
        elif parent and unit.level in self._levels and parent.level in (COUNTRY_LEVEL, *self._levels) and self._rank(parent.level) >= self._rank(unit.level):
            self._wrong("parent", msg("%(parent)s is not of a level above %(level)s.", parent=parent.id, level=unit.level))
        for successor in unit.successors:
            if successor not in units or successor == unit.id:
                self._wrong("successors", msg("There is no other unit %(id)s.", id=successor))
        if unit.successors and unit.valid_to is None:
            self._wrong("valid_to", msg("A unit with successors has ended: its last day is missing."))
        if unit.change not in CHANGES or bool(unit.change) != bool(unit.successors):
            self._wrong("change", msg("With successors, one of: %(options)s; without, nothing.", options=", ".join(CHANGES[1:])))
        if unit.valid_from and unit.valid_to and unit.valid_from > unit.valid_to:
            self._wrong("valid_to", msg("The last day is before the first."))

    def _meant(self, parent: str, units: Mapping[str, Unit]) -> Message | None:
        """The id that was meant, where the cell has a name or an id with a slip."""
        if self._problems.full:
            return None
        named = [unit for unit in units.values() if unit.name.casefold() == parent.casefold() and unit.id != self.text("id")]
        if named:
            return msg("The column has the id of the unit above: did you mean %(id)s, %(name)s?", id=named[0].id, name=named[0].name)
        near = nearest(parent, units, 0.8)
        return msg("Did you mean %(id)s, %(name)s?", id=near, name=units[near].name) if near else None

    @property
    def _levels(self) -> tuple[str, ...]:
        return tuple(level.id for level in self._manifest.levels)

    def _rank(self, level: str) -> int:
        return next((place for place, known in enumerate(self._manifest.levels, start=1) if known.id == level), 0)

    def _names(self) -> tuple[UnitName, ...]:
        if not self.text("name"):
            self._wrong("name", msg("The name is missing."))
        spelt = [_NAME.fullmatch(text) for text in self._list("other_names")]
        return (UnitName(self.text("name")), *(UnitName(match[2].strip(), match[1] or "") for match in spelt if match))

    def _status(self) -> Status:
        if self.text("status") not in set(Status):
            self._wrong("status", not_among(self.text("status"), Status))
            return Status.DRAFT
        return Status(self.text("status"))

    def _codes(self) -> dict[str, str]:
        pairs = [pair.partition("=") for pair in self.text("codes").split(";") if pair.strip()]
        codes = {system.strip(): code.strip() for system, _, code in pairs}
        if len(codes) < len(pairs) or not all(system and code and "=" not in code for system, code in codes.items()):
            problem = msg("Codes are written system=code, with ; between them, each system once.")
            self._wrong("codes", problem, msg("Here stands %(codes)s.", codes=self.text("codes")))
        return codes

    def _date(self, column: str) -> date | None:
        try:
            return date.fromisoformat(self.text(column)) if self.text(column) else None
        except ValueError:
            self._wrong(column, msg("%(text)s is not a date.", text=self.text(column)), msg("Dates are written 2024-12-31."))
            return None

    def _whole(self, column: str) -> int | None:
        text = self.text(column)
        if text and not _WHOLE.fullmatch(text):
            self._wrong(column, msg("%(text)s is not a whole number.", text=text), msg("Write digits only."))
            return None
        return int(text) if text else None

    def _year(self, column: str) -> int | None:
        year = self._whole(column)
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            self._wrong(column, msg("%(text)s is no year.", text=self.text(column)), msg("Write the year of the count in four figures, such as 2022."))
            return None
        return year

    def _list(self, column: str) -> tuple[str, ...]:
        return tuple(text.strip() for text in self.text(column).split("|") if text.strip())

    def _wrong(self, column: str, message: Message, hint: Message | None = None) -> None:
        self._problems.row(self._number, column, message, hint)


def _attribute(text: str) -> Attribute:
    if text in {"true", "false"}:
        return text == "true"
    return Decimal(text) if _NUMBER.fullmatch(text) else text

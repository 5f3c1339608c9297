"""A list of units of one level, row by row as the rows of `units.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.kit.lists.office import OfficeList
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.problems import MOST
from sdgcities.plugin.declared.units import COLUMNS, NEEDED

Row = dict[str, str]
_ONE_CODE = msg("Every unit has its own code. Codes that are used again on another level need --prefix.")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of the list is what. `names` are further names by language; `where` keeps the rows whose column has that text."""

    level: str
    code: str
    name: str
    source: str
    parent: str | None = None
    system: str | None = None
    prefix: str | None = None
    digits: int = 0
    population: str | None = None
    population_year: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    status: str = "draft"


class UnitRows:
    """The rows of the list as rows of units.csv."""

    def __init__(self, manifest: Manifest, listed: OfficeList, known: Sequence[Row], columns: Columns | None) -> None:
        self._manifest, self._listed, self._known, self._columns = manifest, listed, known, columns
        self._findings: list[Finding] = []

    def rows(self) -> list[tuple[int, Row]]:
        """One for each unit, with its place in the list; a unit that is named in many rows alike is taken once."""
        found: dict[str, tuple[int, Row]] = {}
        for place, row in self._all():
            earlier = found.setdefault(row["id"], (place, row))
            if earlier[1] != row:
                self._wrong(place, None, msg("%(id)s stands in row %(row)s with other contents.", id=row["id"], row=earlier[0]), _ONE_CODE)
        if self._findings:
            raise Refused(self._findings[:MOST])
        return list(found.values())

    def _all(self) -> Iterator[tuple[int, Row]]:
        if self._columns is None:
            yield from self._as_they_stand()
            return
        columns = self._checked(self._columns)
        parents = self._parents(columns)
        for place, cells in self._listed.rows:
            if all(cells[name] == text for name, text in columns.where.items()) and (row := self._row(place, cells, columns, parents)):
                yield place, row

    def notes(self) -> Iterator[Finding]:
        """Codes of several lengths, all of digits: a spreadsheet may have taken leading zeros away."""
        if self._columns is None or self._columns.digits:
            return
        column = self._listed.column(self._columns.code)
        codes = [cells[column] for _, cells in self._listed.rows if cells[column]]
        lengths = {len(code) for code in codes}
        if len(lengths) > 1 and all(code.isdecimal() for code in codes):
            text = msg("The codes have %(fewest)s to %(most)s digits: a spreadsheet may have taken leading zeros away.", fewest=min(lengths), most=max(lengths))
            hint = msg("If so, delete the rows again, and import with --digits %(n)s, or as many as the office writes.", n=max(lengths))
            yield Finding("units.zeros", Severity.NOTE, text, hint, self._listed.where(column=column))

    def _as_they_stand(self) -> Iterator[tuple[int, Row]]:
        """A list that has the columns of units.csv itself."""
        if missing := [name for name in NEEDED if name not in self._listed.columns]:
            hint = msg(
                "Say which column is what: --level LEVEL --code COLUMN --name COLUMN --source KEY. Columns: %(names)s.", names=", ".join(self._listed.columns)
            )
            text = msg("The list has not the columns of units.csv: there is no %(names)s.", names=", ".join(missing))
            raise refuse("units.columns", text, hint, self._listed.where(self._listed.header_row))
        yield from ((place, dict(cells)) for place, cells in self._listed.rows)

    def _checked(self, columns: Columns) -> Columns:
        """With the columns spelt as the list has them. Refused for a level or source that plugin.yaml has not."""
        levels = [level.id for level in self._manifest.levels]
        if columns.level not in levels:
            problem = msg("There is no level %(level)s in plugin.yaml.", level=columns.level)
            raise refuse("units.level", problem, msg("It has: %(names)s. Add yours to levels, the top one first.", names=", ".join(levels) or "-"))
        if columns.source not in self._manifest.sources:
            names = ", ".join(self._manifest.sources) or "-"
            hint = msg("It has: %(names)s. Add the office and its table under sources.", names=names)
            raise refuse("units.source", msg("There is no source %(key)s in plugin.yaml.", key=columns.source), hint)
        spelt = self._listed.column
        return replace(
            columns,
            code=spelt(columns.code),
            name=spelt(columns.name),
            parent=spelt(columns.parent) if columns.parent else None,
            population=spelt(columns.population) if columns.population else None,
            names={language: spelt(name) for language, name in columns.names.items()},
            where={spelt(name): text for name, text in columns.where.items()},
        )

    def _row(self, place: int, cells: Mapping[str, str], columns: Columns, parents: Mapping[str, str]) -> Row | None:
        code, name = self._code(cells[columns.code], columns), cells[columns.name]
        for column, filled in ((columns.code, code), (columns.name, name)):
            if not filled:
                self._wrong(place, column, msg("The cell is empty."), msg("Every unit has a code and a name."))
        parent = ""
        if columns.parent:
            parent = parents.get(cells[columns.parent]) or parents.get(self._code(cells[columns.parent], columns)) or ""
            if not parent:
                text = msg("There is no unit with the code %(code)s above %(level)s.", code=cells[columns.parent] or "''", level=columns.level)
                self._wrong(place, columns.parent, text, msg("Import the level above first."))
        if not (code and name):
            return None
        row = dict.fromkeys(COLUMNS, "") | {
            "id": self._prefix(columns, code) + code,
            "level": columns.level,
            "parent": parent,
            "name": name,
            "other_names": "|".join(f"{language}:{cells[column]}" for language, column in columns.names.items() if cells[column]),
            "codes": f"{columns.system or columns.level}={code}",
            "source": columns.source,
            "status": columns.status,
        }
        return row | self._people(place, cells, columns)

    def _people(self, place: int, cells: Mapping[str, str], columns: Columns) -> Row:
        if not columns.population or not cells[columns.population]:
            return {}
        digits = re.sub(r"(?<=[0-9])[ .,\u00a0\u202f'](?=[0-9]{3}(?![0-9]))", "", cells[columns.population])
        if not digits.isascii() or not digits.isdigit():
            problem = msg("%(text)s is no number of people.", text=cells[columns.population])
            self._wrong(place, columns.population, problem, msg("Write whole numbers; leave out what is not known."))
            return {}
        return {"population": digits, "population_year": str(columns.population_year or "")}

    @staticmethod
    def _code(text: str, columns: Columns) -> str:
        return text.zfill(columns.digits) if text.isdecimal() else text

    def _prefix(self, columns: Columns, code: str) -> str:
        """What stands before a code in the unit's id: the country's, where the code has digits only, so that no two countries share an id."""
        if columns.prefix is not None:
            return columns.prefix
        return self._manifest.countries[0] if code[:1].isdigit() and self._manifest.countries else ""

    def _parents(self, columns: Columns) -> Mapping[str, str]:
        """The units of the levels above by their ids, their codes and, where it is the only one of that name, their names."""
        above = {level.id for level in self._manifest.levels[: [level.id for level in self._manifest.levels].index(columns.level)]}
        found: dict[str, set[str]] = {}
        for row in self._known:
            if row.get("level") in above and not row.get("valid_to"):
                codes = [part.partition("=")[2] for part in row.get("codes", "").split(";")]
                for text in {row["id"], row["name"], *codes} - {""}:
                    found.setdefault(text, set()).add(row["id"])
        return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}

    def _wrong(self, place: int, column: str | None, message: Message, hint: Message) -> None:
        self._findings.append(Finding("units.row", Severity.BLOCK, message, hint, self._listed.where(place, column)))

"""A list of units of one level, row by row as the rows of `units.csv`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.i18n.folding import suggest
from sdgcities.kit.lists.office import OfficeList, shortened
from sdgcities.model.plugins import Manifest
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
    digits: int | None = None
    """To how many digits codes are filled up with zeros; None where nothing was said of it."""
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
            raise Refused(shortened(self._findings))
        return list(found.values())

    def _all(self) -> Iterator[tuple[int, Row]]:
        if self._columns is None:
            yield from self._as_they_stand()
            return
        columns = self._checked(self._columns)
        self._hold_zeros(columns)
        parents = self._parents(columns)
        for place, cells in self._listed.rows:
            if all(cells[name] == text for name, text in columns.where.items()) and (row := self._row(place, cells, columns, parents)):
                yield place, row

    def notes(self) -> Iterator[Finding]:
        """Footnotes that were passed over, and units that stand right below the country though levels lie between."""
        if self._listed.notes:
            text = msg("Passed over as a note below the table: row %(rows)s.", rows=", ".join(map(str, self._listed.notes[:5])))
            yield Finding("units.footnote", Severity.NOTE, text, where=self._listed.where())
        if self._columns and not self._columns.parent and self._manifest.levels[0].id != self._columns.level:
            text = msg("Without --parent these units stand right below the country, and not in a unit of a level above.")
            yield Finding("units.parent", Severity.NOTE, text, msg("If they do, all is well."), self._listed.where())

    def _hold_zeros(self, columns: Columns) -> None:
        """Ids are made from codes and stay for good: where leading zeros may be lost, the author has to say how many digits there are."""
        codes = [cells[columns.code] for _, cells in self._listed.rows if cells[columns.code]]
        lengths = {len(code) for code in codes}
        if columns.digits is not None or not codes or not all(code.isdecimal() for code in codes):
            return
        if columns.code in self._listed.numeric:
            text = msg("The codes are stored as numbers: the spreadsheet has taken leading zeros away, if there were any.")
        elif len(lengths) > 1:
            text = msg("The codes have %(fewest)s to %(most)s digits: a spreadsheet may have taken leading zeros away.", fewest=min(lengths), most=max(lengths))
        else:
            return
        hint = msg(
            "Say how many digits the office writes, such as --digits %(n)s; --digits 0 takes the codes as they stand.", n=max(lengths) + (len(lengths) == 1)
        )
        raise refuse("units.zeros", text, hint, self._listed.where(column=columns.code))

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
                self._wrong(place, column, msg("The cell is empty."), msg("Every unit has a code and a name; take rows of totals and notes out."))
        parent = self._parent(place, cells[columns.parent], columns, parents) if columns.parent else ""
        if not (code and name):
            return None
        row = dict.fromkeys(COLUMNS, "") | {
            "id": self._prefix(columns, code) + code.replace(" ", ""),
            "level": columns.level,
            "parent": parent,
            "name": name,
            "other_names": "|".join(f"{language}:{cells[column]}" for language, column in columns.names.items() if cells[column]),
            "codes": f"{columns.system or columns.level}={code}",
            "source": columns.source,
            "status": columns.status,
        }
        return row | self._people(place, cells, columns)

    def _parent(self, place: int, text: str, columns: Columns, parents: Mapping[str, str]) -> str:
        """The id of the unit above, by its code, also without the zeros that a spreadsheet took away, or its name."""
        found = parents.get(text) or (parents.get(text.lstrip("0")) if text.isdecimal() else None)
        if found:
            return found
        if not text:
            self._wrong(place, columns.parent, msg("The cell is empty."), msg("Every unit of the list needs the unit above it; take rows of totals out."))
        else:
            near = ", ".join(suggest(text, [name for name in parents if not name.isdecimal()]))
            problem = msg("There is no unit %(code)s of a level above %(level)s.", code=text, level=columns.level)
            hint = msg("Did you mean %(name)s?", name=near) if near else msg("Write its code or its name as units.csv has it; import the level above first.")
            self._wrong(place, columns.parent, problem, hint)
        return ""

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
        return text.zfill(columns.digits or 0) if text.isdecimal() else text

    def _prefix(self, columns: Columns, code: str) -> str:
        """What stands before a code in the unit's id: the country's, where the code has digits only, so that no two countries share an id."""
        if columns.prefix is not None:
            return columns.prefix
        return self._manifest.countries[0] if code[:1].isdigit() and self._manifest.countries else ""

    def _parents(self, columns: Columns) -> Mapping[str, str]:
        """The units of the levels above by their ids, codes, codes without leading zeros and names, where only one has it."""
        above = {level.id for level in self._manifest.levels[: [level.id for level in self._manifest.levels].index(columns.level)]}
        found: dict[str, set[str]] = {}
        for row in self._known:
            if row.get("level") in above and not row.get("valid_to"):
                codes = [part.partition("=")[2] for part in row.get("codes", "").split(";")]
                for text in {row["id"], row["name"], *codes, *(code.lstrip("0") for code in codes)} - {""}:
                    found.setdefault(text, set()).add(row["id"])
        return {text: next(iter(ids)) for text, ids in found.items() if len(ids) == 1}

    def _wrong(self, place: int, column: str | None, message: Message, hint: Message) -> None:
        self._findings.append(Finding("units.row", Severity.BLOCK, message, hint, self._listed.where(place, column)))

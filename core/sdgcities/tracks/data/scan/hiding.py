"""Which results of a scan do not go out: small counts of people, and what would give them away. What a hub stores stays exact.

Every count that stands in the results is looked at: rows that a result rests on, those who meet a share and those who do not, sums, and rows
that said nothing. They are held against each other wherever they add up: categories to their area, areas to the rows that were counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sdgcities.methods.suppression import Hiding, Whole
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.tracks.data.scan.counting import Cell

Name = tuple[str, str, str]
"""A measure, a category, and which of its counts."""
Key = tuple[Name, int]
"""A count of an area; that of all areas together has the area -1."""
_RESTS, _MISSING = "rests", "missing"
_ROWS = ("count", "share", "density")
"""What counts rows: where one such measure is of people, each row is a person, in every other measure as well."""
_COUNTED: Key = (("", "", "counted"), -1)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The places of the results, from 0, of which the value, the rows it rests on, or those without an answer do not go out; `small` are small themselves."""

    values: frozenset[int] = frozenset()
    rests: frozenset[int] = frozenset()
    missing: frozenset[int] = frozenset()
    small: frozenset[int] = frozenset()
    counted: bool = False
    """Whether the sum over all areas would give something away."""

    def cell(self, place: int, cell: Cell) -> Cell:
        """A result as it goes out."""
        if place not in self.values | self.rests | self.missing:
            return cell
        value = None if place in self.values else cell.value
        rests, missing = None if place in self.rests else cell.rests_on, None if place in self.missing else cell.missing
        return replace(cell, value=value, rests_on=rests, missing=missing, people=(), hidden=place in self.values)


NOTHING = Hidden()


def hidden_in(cells: Sequence[Cell], counted: int, threshold: int = THRESHOLD) -> Hidden:
    """What of the results is hidden; nothing where no measure is of people.

    `counted` rows lie in all areas together; counts below `threshold` are small.
    """
    return _Counts(cells, counted, threshold).hidden() if any(cell.counting.people for cell in cells) else NOTHING


@dataclass
class _Counts:
    """Every count by area. Counts that are the same in every area are one: who knows one of them knows the other."""

    cells: Sequence[Cell]
    counted: int
    threshold: int
    by_name: dict[Name, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(dict))
    one: dict[Name, Name] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for name, count in _counts_of(cell):
                self.by_name[name][cell.area] = count
        for name in [name for name, counts in self.by_name.items() if name[2] == _MISSING and not any(counts.values())]:
            del self.by_name[name]
        first: dict[tuple[tuple[int, Decimal], ...], Name] = {}
        for name, counts in self.by_name.items():
            same = first.setdefault(tuple(counts.items()), name)
            self.one[name] = name if same[0] == name[0] or _MISSING in (same[2], name[2]) else same

    def hidden(self) -> Hidden:
        wholes = list(self._wholes())
        counts = {(name, area): count for name in set(self.one.values()) for area, count in self.by_name[name].items()}
        counts[_COUNTED] = Decimal(self.counted)
        rows = any(cell.counting.people and cell.counting.does in _ROWS for cell in self.cells)
        told = [cell for cell in self.cells if cell.counting.people or (rows and cell.counting.of is None)]
        of_people = {self.one[name] for cell in told for name, _ in _counts_of(cell) if name[2] != _MISSING and _are_people(cell, name)}
        if any(one.whole == _COUNTED and any(name in of_people for name, _ in one.parts) for one in wholes):
            of_people.add(_COUNTED[0])
        harmless = frozenset(key for key in counts if key[0] not in of_people)
        hiding = Hiding(counts, wholes, self.threshold, harmless=harmless)
        return self._told(hiding.small, hiding.run())

    def _told(self, small: frozenset[Key], hidden: frozenset[Key]) -> Hidden:
        found: dict[str, set[int]] = defaultdict(set)
        for place, cell in enumerate(self.cells):
            for name in (name for name, _ in _counts_of(cell) if name in self.one):
                key = (self.one[name], cell.area)
                if key in hidden:
                    found[name[2]].add(place)
                if key in hidden and name[2] != _MISSING:
                    found["value"].add(place)
                if key in small:
                    found["small"].add(place)
        values, rests, missing, few = (frozenset(found[what]) for what in ("value", _RESTS, _MISSING, "small"))
        return Hidden(values, rests, missing, few, _COUNTED in hidden)

    def _wholes(self) -> Iterator[Whole[Key]]:
        """The sums that hold in every area between what a measure counts and another, and over the areas."""
        parts: dict[str, list[Name]] = defaultdict(list)
        for name in self.by_name:
            if name[2] in (_RESTS, _MISSING):
                parts[name[0]].append(name)
        bases = dict.fromkeys(self.one[name] for name in self.by_name if name[2] == _RESTS and not name[1])
        for names in parts.values():
            for base in bases:
                yield from self._sums(base, names)
            keys = tuple((self.one[name], area) for name in names for area in self.by_name[name])
            if sum(self.by_name[name][area] for name, area in keys) == self.counted:
                yield Whole(_COUNTED, keys)
        for measure, category, what in self.by_name:
            rests, yes, no = ((measure, category, part) for part in (_RESTS, "0", "1"))
            if what == "1" and rests in self.by_name:
                yield from self._sums(self.one[rests], (yes, no))

    def _sums(self, whole: Name, parts: Sequence[Name]) -> Iterator[Whole[Key]]:
        """A sum for each area, where it holds in all of them and is not one count twice."""
        counts, known = self.by_name[whole], [self.one[part] for part in parts]
        if whole in known or any(self.by_name[part].keys() != counts.keys() for part in known):
            return
        if all(sum(self.by_name[part][area] for part in known) == count for area, count in counts.items()):
            yield from (Whole((whole, area), tuple((part, area) for part in known)) for area in counts)


def _are_people(cell: Cell, name: Name) -> bool:
    """Whether a count is one of people, where the rows are: of what is no measure of people a sum is of something else."""
    return cell.counting.people or name[2] == _RESTS or cell.counting.does in _ROWS


def _counts_of(cell: Cell) -> Iterator[tuple[Name, Decimal]]:
    """The counts that stand in a result, or follow from it."""
    one = cell.counting
    if one.of is None or not one.of.weighs:
        yield (one.id, cell.category, _RESTS), Decimal(cell.rests_on or 0)
    if cell.missing:
        yield (one.id, "", _MISSING), Decimal(cell.missing)
    for number, count in enumerate(cell.people):
        yield (one.id, cell.category, str(number)), count

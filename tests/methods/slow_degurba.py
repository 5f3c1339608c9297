"""The rules of the degree of urbanisation once more, cell by cell and in plain Python: what the fast classification is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sdgcities.methods.urbanisation.rules import Cluster, Rules

Cell = tuple[int, int]
Table = list[list[float]]
SIDES = ((-1, 0), (1, 0), (0, -1), (0, 1))
ALL = (*SIDES, (-1, -1), (-1, 1), (1, -1), (1, 1))


@dataclass
class Slow:
    """A grid with every rule applied in the order in which the manual tells them. Not a number stands for no value."""

    people: Table
    land: Table
    built: Table | None
    rules: Rules
    cells: list[Cell] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [(row, column) for row in range(len(self.people)) for column in range(len(self.people[0]))]

    def known(self, cell: Cell) -> bool:
        return self.people[cell[0]][cell[1]] == self.people[cell[0]][cell[1]]

    def count(self, cell: Cell) -> float:
        return self.people[cell[0]][cell[1]] if self.known(cell) else 0.0

    def density(self, cell: Cell) -> float:
        ground, count = self.land[cell[0]][cell[1]], self.count(cell)
        return count / ground if ground else float("inf") if count else 0.0

    def is_built(self, cell: Cell) -> bool:
        if self.built is None:
            return False
        ground, built = self.land[cell[0]][cell[1]], self.built[cell[0]][cell[1]]
        share = round(built / ground, 3) if ground else float("inf") if built else 0.0
        return share >= self.rules.built_share

    def scarce(self, cell: Cell) -> bool:
        return self.count(cell) == 0 and self.land[cell[0]][cell[1]] < self.rules.water_land

    def water(self, cell: Cell) -> bool:
        return self.scarce(cell) and (self.built is None or self.built[cell[0]][cell[1]] <= 0)

    def near(self, cell: Cell, steps: tuple[Cell, ...] = ALL) -> Iterator[Cell]:
        rows, columns = len(self.people), len(self.people[0])
        for down, right in steps:
            row, column = cell[0] + down, cell[1] + right
            if 0 <= row < rows and 0 <= column < columns:
                yield row, column

    def groups(self, members: set[Cell], steps: tuple[Cell, ...]) -> list[set[Cell]]:
        found, left = [], set(members)
        for cell in self.cells:
            if cell not in left:
                continue
            group, waiting = set(), [cell]
            left.discard(cell)
            while waiting:
                one = waiting.pop()
                group.add(one)
                for other in self.near(one, steps):
                    if other in left:
                        left.discard(other)
                        waiting.append(other)
            found.append(group)
        return found

    def clusters(self, dense: Callable[[Cell], bool], cluster: Cluster) -> list[set[Cell]]:
        members = {cell for cell in self.cells if dense(cell)}
        steps = SIDES if cluster.neighbours == 4 else ALL
        return [group for group in self.groups(members, steps) if sum(self.count(cell) for cell in group) >= cluster.size]

    def dense(self, cluster: Cluster) -> Callable[[Cell], bool]:
        return lambda cell: self.density(cell) >= cluster.density

    def crowded(self, cluster: Cluster) -> Callable[[Cell], bool]:
        return lambda cell: self.density(cell) >= cluster.density or self.is_built(cell)

    def centres(self) -> set[Cell]:
        rules = self.rules
        owner = {cell: number for number, group in enumerate(self.clusters(self.crowded(rules.centre), rules.centre)) for cell in group}
        while True:
            fresh = {cell: best for cell in self.cells if cell not in owner and self.known(cell) and (best := self.majority(cell, owner)) is not None}
            if not fresh:
                break
            owner |= fresh
        filled = set(owner)
        for number in set(owner.values()):
            outside = {cell for cell in self.cells if owner.get(cell) != number}
            edge = {cell for cell in outside if cell[0] in {0, len(self.people) - 1} or cell[1] in {0, len(self.people[0]) - 1}}
            filled |= {cell for hole in self.groups(outside, SIDES) if not hole & edge and len(hole) < rules.gap for cell in hole}
        return {cell for cell in filled if self.known(cell)}

    def majority(self, cell: Cell, owner: dict[Cell, int]) -> int | None:
        counts: dict[int, int] = {}
        for other in self.near(cell):
            if other in owner:
                counts[owner[other]] = counts.get(owner[other], 0) + 1
        if not counts:
            return None
        best = max(counts, key=lambda number: counts[number])
        if self.rules.majority == "five-of-eight":
            return best if counts[best] >= 5 else None
        if self.water(cell):
            return None
        outside_grid = 8 - len(list(self.near(cell)))
        voters = outside_grid + sum(1 for other in self.near(cell) if other in owner or not self.scarce(other))
        return best if counts[best] * 2 > voters else None

    def classified(self, level: int) -> list[list[int]]:
        rules, centres = self.rules, self.centres()
        urban = {cell for group in self.clusters(self.dense(rules.cluster), rules.cluster) for cell in group}
        if level == 1:
            return self.table(lambda cell: 3 if cell in centres else 2 if cell in urban else 0 if self.water(cell) else 1)
        dense = {cell for group in self.clusters(self.crowded(rules.dense), rules.dense) for cell in group}
        semi = {cell for group in self.clusters(self.dense(rules.semi_dense), rules.semi_dense) if self.apart(group, centres | dense) for cell in group}
        rural = {cell for group in self.clusters(self.dense(rules.rural_cluster), rules.rural_cluster) for cell in group}
        order = ((centres, 30), (dense, 23), (semi, 22), (urban, 21), (rural, 13))

        def code(cell: Cell) -> int:
            for members, of in order:
                if cell in members:
                    return of
            return 12 if self.density(cell) >= rules.low_density else 10 if self.water(cell) else 11

        return self.table(code)

    def apart(self, group: set[Cell], others: set[Cell]) -> bool:
        return all(max(abs(one[0] - other[0]), abs(one[1] - other[1])) > self.rules.apart for one in group for other in others)

    def table(self, code: Callable[[Cell], int]) -> list[list[int]]:
        width = len(self.people[0])
        flat = [code(cell) if self.known(cell) else -1 for cell in self.cells]
        return [flat[start : start + width] for start in range(0, len(flat), width)]

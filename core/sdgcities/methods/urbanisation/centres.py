"""Urban centres: dense clusters, their edges smoothed by a majority of neighbours and their small holes filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sdgcities.methods.urbanisation.labelling import SIDES, Cells, Labels, label, sums
from sdgcities.methods.urbanisation.rules import POPULATED, Cluster, Rules

Numbers = NDArray[np.float64]
_MAJORITY = 5
_AROUND = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0))


@dataclass(frozen=True, slots=True)
class Land:
    """What is known of the cells. `people` is zero where nothing is known; `density` is per km2 of permanent land; `built` its built-up share, if known."""

    people: Numbers
    density: Numbers
    known: Cells
    water: Cells
    scarce: Cells
    """Nobody, and less than half permanent land."""
    built: Numbers | None = None

    def dense(self, cluster: Cluster, built_share: float) -> Cells:
        """The cells dense enough for a cluster, by their people or by what is built."""
        crowded: Cells = self.density >= cluster.density
        return crowded if self.built is None else crowded | (self.built >= built_share)


def clusters(cells: Cells, people: Numbers, cluster: Cluster) -> Labels:
    """The groups of cells with enough people, by number; zero elsewhere."""
    labels, count = label(cells, cluster.neighbours)
    large = sums(labels, count, people) >= cluster.size
    large[0] = False
    return np.where(large[labels], labels, 0)


def urban_centres(land: Land, rules: Rules) -> Cells:
    """The cells of urban centres."""
    centres = clusters(land.dense(rules.centre, rules.built_share), land.people, rules.centre)
    _smooth(centres, land, rules)
    filled: Cells = (centres > 0) | _holes(centres, rules.gap)
    return filled & land.known


def _smooth(centres: Labels, land: Land, rules: Rules) -> None:
    """Give cells to the centre that most of their neighbours belong to, all at once in each round, until nothing changes. In place.

    Rounds at once make the outcome independent of the order of centres; a cell can have a majority of one centre only.
    """
    columns = centres.shape[1]
    framed = np.pad(centres, 1)
    near = framed.ravel()
    around = np.array([down * (columns + 2) + right for down, right in _AROUND])
    open_to = np.pad(land.known & ~(land.water if rules.majority == POPULATED else np.zeros_like(land.water)), 1).ravel()
    passed_over = np.pad(land.scarce, 1).ravel() if rules.majority == POPULATED else None
    fresh = np.flatnonzero(near)
    while fresh.size:
        touched = np.zeros(near.size, dtype=np.bool_)
        touched[(fresh[:, None] + around).ravel()] = True
        beside = np.flatnonzero(touched & open_to & (near == 0))
        owners = _majority(near[beside[:, None] + around], None if passed_over is None else passed_over[beside[:, None] + around])
        fresh = beside[owners > 0]
        near[fresh] = owners[owners > 0]
    centres[...] = framed[1:-1, 1:-1]


def _majority(neighbours: Labels, passed_over: Cells | None) -> Labels:
    """The centre that has the majority of each row of eight neighbours; zero where none has.

    Five of the eight; or, where some are passed over, more than half of the others. A cell of a centre is never passed over.
    """
    counts = (neighbours[:, :, None] == neighbours[:, None, :]).sum(axis=2)
    counts[neighbours == 0] = 0
    best = counts.argmax(axis=1)
    most = np.take_along_axis(counts, best[:, None], axis=1)[:, 0]
    owners = np.take_along_axis(neighbours, best[:, None], axis=1)[:, 0]
    enough = most >= _MAJORITY if passed_over is None else 2 * most > (~passed_over | (neighbours > 0)).sum(axis=1)
    return np.where(enough & (most > 0), owners, 0)


def _holes(centres: Labels, gap: int) -> Cells:
    """The cells of holes with fewer than `gap` cells, centre by centre. A hole is shut in by the sides of the cells of one centre."""
    holes = np.zeros(centres.shape, dtype=np.bool_)
    for number, (top, bottom, left, right) in _extents(centres):
        box = (slice(top, bottom), slice(left, right))
        outside = np.pad(centres[box] != number, 1, constant_values=True)
        labels, count = label(outside, SIDES)
        if count > 1:
            small = np.bincount(labels.ravel(), minlength=count + 1) < gap
            small[[0, labels[0, 0]]] = False
            holes[box] |= small[labels[1:-1, 1:-1]]
    return holes


def _extents(centres: Labels) -> list[tuple[int, tuple[int, int, int, int]]]:
    """The rows and columns that each centre spans, the last exclusive."""
    places = np.flatnonzero(centres)
    down, right = np.divmod(places, centres.shape[1])
    numbers, which = np.unique(centres.ravel()[places], return_inverse=True)
    bounds = []
    for of, start, end in ((down, np.minimum, np.maximum), (right, np.minimum, np.maximum)):
        low, high = np.full(numbers.size, max(centres.shape)), np.full(numbers.size, -1)
        start.at(low, which, of)
        end.at(high, which, of)
        bounds += [low, high + 1]
    return [(int(number), (int(top), int(bottom), int(left), int(right))) for number, top, bottom, left, right in zip(numbers, *bounds, strict=True)]

"""Connected cells of a grid, found by runs: what lies side by side in a row is one thing from the start, and only runs are joined."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Cells = NDArray[np.bool_]
Labels = NDArray[np.int64]
SIDES = 4
CORNERS = 8


def label(cells: Cells, neighbours: int) -> tuple[Labels, int]:
    """For every cell the number of its group, from 1, zero outside; and how many groups there are.

    Cells are one group where they touch by their sides (`neighbours` 4) or by corners too (8). Groups are numbered by their first cell, row by row.
    """
    rows, columns = cells.shape
    stride = columns + 2
    framed = np.zeros((rows, stride), dtype=np.int8)
    framed[:, 1:-1] = cells
    steps = np.diff(framed.ravel(), prepend=np.int8(0))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    if not starts.size:
        return np.zeros(cells.shape, dtype=np.int64), 0
    above, below = _touching(starts, ends, stride, reach=int(neighbours == CORNERS))
    numbers, count = _numbered(_joined(starts.size, above, below))
    found = np.zeros(framed.size, dtype=np.int64)
    found[_positions(starts, ends)] = np.repeat(numbers, ends - starts)
    return found.reshape(rows, stride)[:, 1:-1], count


def _touching(starts: Labels, ends: Labels, stride: int, reach: int) -> tuple[Labels, Labels]:
    """The pairs of runs of two rows that touch. A run covers starts up to, not including, ends; the frame keeps rows apart."""
    first = np.searchsorted(ends, starts + (stride - reach), side="right")
    last = np.searchsorted(starts, ends + (stride + reach), side="left")
    counts = np.maximum(last - first, 0)
    return np.repeat(np.arange(starts.size), counts), _spans(first, counts)


def _spans(first: Labels, counts: Labels) -> Labels:
    """The whole numbers first, first + 1, ... of each span, `counts` of them, one span after the other."""
    before = np.cumsum(counts) - counts
    spans: Labels = np.arange(int(counts.sum())) + np.repeat(first - before, counts)
    return spans


def _positions(starts: Labels, ends: Labels) -> Labels:
    return _spans(starts, ends - starts)


def _joined(count: int, one: Labels, other: Labels) -> Labels:
    """For each of `count` things the least one of its group, joined by pairs. Each round every group hands itself to the least it touches."""
    least = np.arange(count)
    while one.size:
        a, b = least[one], least[other]
        apart = a != b
        one, other = one[apart], other[apart]
        low, high = np.minimum(a[apart], b[apart]), np.maximum(a[apart], b[apart])
        np.minimum.at(least, high, low)
        while True:
            nearer = least[least]
            if np.array_equal(nearer, least):
                break
            least = nearer
    return least


def _numbered(least: Labels) -> tuple[Labels, int]:
    """Groups numbered from 1 in the order of their least member."""
    heads = least == np.arange(least.size)
    return np.cumsum(heads)[least], int(heads.sum())


def sums(labels: Labels, count: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of values in each group, group 0 being what is outside."""
    return np.bincount(labels.ravel(), weights=values.ravel(), minlength=count + 1).astype(np.float64)

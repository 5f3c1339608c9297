"""Which places lie near which others: by the cells of a grid in space, so that a million places cost seconds however close together they lie."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from numpy.typing import NDArray

from sdgcities.tracks.data.scan.geodesy import Flags, Floats

Numbers = NDArray[np.int64]

_CHUNK = 100_000
_LEAST_CELL = 0.01
"""Metres of a cell's side, at least: places that have to lie at one point are compared as well."""
_NEIGHBOURS = np.array(sorted(product((-1, 0, 1), repeat=3), key=lambda step: (step != (0, 0, 0), step)))
_AHEAD = _NEIGHBOURS[14:]
"""Half of the neighbours: each two cells are looked at once."""


def near(places: Floats, targets: Floats, metres: float, kinds: tuple[Numbers, Numbers] | None = None) -> Flags:
    """Which places have one of the targets within so many metres, as the crow flies; with `kinds`, one of their own kind. As `positions` gives them.

    The straight line through the ground is compared: over 10 km it is a millimetre shorter than the way over it.
    """
    found = np.zeros(len(places), dtype=bool)
    if not len(targets):
        return found
    of_places, of_targets = kinds or (np.zeros(len(places), dtype=np.int64), np.zeros(len(targets), dtype=np.int64))
    keys = _keys(targets, of_targets, metres)
    order = np.argsort(keys, kind="stable")
    keys, targets, of_targets = keys[order], targets[order], of_targets[order]
    for start in range(0, len(places), _CHUNK):
        wanted = _keys(places[start : start + _CHUNK], of_places[start : start + _CHUNK], metres)
        some = start + np.argsort(wanted, kind="stable")
        found[some] = _near(places[some], of_places[some], wanted[some - start], (targets, of_targets, keys), metres)
    return found


def pairs_near(places: Floats, kinds: Numbers, metres: float, most: int) -> tuple[Numbers, Numbers] | None:
    """The places of one kind that lie within so many metres, two by two, the earlier first. None where more than `most` would have to be compared."""
    keys = _keys(places, kinds, metres)
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    if sum(int(np.sum(last - first)) for first, last in _spans(keys)) > most:
        return None
    found = []
    for first, last in _spans(keys):
        count = last - first
        one = np.repeat(np.arange(len(keys)), count)
        other = np.arange(len(one)) - np.repeat(np.cumsum(count) - count - first, count)
        one, other = order[one], order[other]
        close = (_squares(places[one], places[other]) <= metres**2) & (kinds[one] == kinds[other])
        found.append((np.minimum(one, other)[close], np.maximum(one, other)[close]))
    earlier, later = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return earlier, later


def _near(places: Floats, kinds: Numbers, wanted: Numbers, sorted_targets: tuple[Floats, Numbers, Numbers], metres: float) -> Flags:
    targets, of_targets, keys = sorted_targets
    found = np.zeros(len(places), dtype=bool)
    for step in _steps(_NEIGHBOURS):
        left = np.flatnonzero(~found)
        if not left.size:
            break
        first, last = (np.searchsorted(keys, wanted[left] + step, side) for side in ("left", "right"))
        while (open_ := first < last).any():  # one target of the cell after the other, for all places at once
            left, first, last = left[open_], first[open_], last[open_]
            close = (_squares(places[left], targets[first]) <= metres**2) & (kinds[left] == of_targets[first])
            found[left[close]] = True
            left, first, last = left[~close], first[~close] + 1, last[~close]
    return found


def _spans(keys: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """For each of the sorted keys from where to where those stand that it is compared with: what follows in its own cell, then the cells ahead."""
    yield np.arange(1, len(keys) + 1), np.searchsorted(keys, keys, "right")
    for step in _steps(_AHEAD):
        yield np.searchsorted(keys, keys + step, "left"), np.searchsorted(keys, keys + step, "right")


def _keys(places: Floats, kinds: Numbers, metres: float) -> Numbers:
    """One number for each kind and cell. Cells that share one by chance cost a comparison and change nothing: distances and kinds decide."""
    cells = np.floor(places / max(metres, _LEAST_CELL)).astype(np.int64)
    return _mixed(cells) + kinds * np.int64(-7_046_029_254_386_353_131)


def _steps(neighbours: Numbers) -> Iterator[np.int64]:
    """What is added to a cell's number to come to each of these neighbours: numbers in order stay in order, which is what makes the search fast."""
    yield from _mixed(neighbours)


def _mixed(cells: Numbers) -> Numbers:
    mixed: Numbers = cells @ np.array([-4_658_895_280_553_007_687, -7_723_592_293_110_705_685, 5_871_781_006_564_002_453], dtype=np.int64)
    return mixed


def _squares(places: Floats, others: Floats) -> Floats:
    """Square metres: how far each two are apart, times itself."""
    apart = places - others
    squares: Floats = np.einsum("ij,ij->i", apart, apart)
    return squares

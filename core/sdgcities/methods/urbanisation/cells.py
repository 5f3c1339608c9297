"""The cells of a population grid of 1 km2, classified at level 1 and level 2."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sdgcities.methods.urbanisation.centres import Land, Numbers, clusters, urban_centres
from sdgcities.methods.urbanisation.labelling import Cells
from sdgcities.methods.urbanisation.rules import NO_CLASS, Rules

Classes = NDArray[np.int16]
_BUILT_DIGITS = 3


def classified(people: Numbers, rules: Rules, level: int, land: Numbers | None = None, built: Numbers | None = None) -> Classes:
    """The class of every cell, by the codes of the level.

    `people` are counts, NaN where nothing is known; `land` is the share of each cell that is permanent land, 1 everywhere where not given;
    `built` is the share of each cell that is built up. Without `land`, no cell is told to be water.
    """
    known = ~np.isnan(people)
    about = _about(np.where(known, people, 0.0), known, rules, land, built)
    centres = urban_centres(about, rules)
    codes = _level_one(about, centres, rules) if level == 1 else _level_two(about, centres, rules)
    codes[~known] = NO_CLASS
    return codes


def _about(people: Numbers, known: Cells, rules: Rules, land: Numbers | None, built: Numbers | None) -> Land:
    ground = np.ones_like(people) if land is None else np.nan_to_num(land)
    covered = None if built is None else np.nan_to_num(built)
    with np.errstate(divide="ignore", invalid="ignore"):
        density = np.nan_to_num(people / ground, posinf=np.inf)
        share = None if covered is None else np.nan_to_num(np.round(covered / ground, _BUILT_DIGITS), posinf=np.inf)
    scarce = (people == 0) & (ground < rules.water_land)
    water = scarce if covered is None else scarce & (covered <= 0)
    return Land(people, density, known, water, scarce, share)


def _level_one(about: Land, centres: Cells, rules: Rules) -> Classes:
    urban = clusters(about.density >= rules.cluster.density, about.people, rules.cluster) > 0
    return np.select([centres, urban, about.water], [3, 2, 0], 1).astype(np.int16)


def _level_two(about: Land, centres: Cells, rules: Rules) -> Classes:
    dense = clusters(about.dense(rules.dense, rules.built_share), about.people, rules.dense) > 0
    semi_dense = _apart(clusters(about.density >= rules.semi_dense.density, about.people, rules.semi_dense), centres | dense, rules.apart)
    urban = clusters(about.density >= rules.cluster.density, about.people, rules.cluster) > 0
    rural = clusters(about.density >= rules.rural_cluster.density, about.people, rules.rural_cluster) > 0
    low = about.density >= rules.low_density
    return np.select([centres, dense, semi_dense, urban, rural, low, about.water], [30, 23, 22, 21, 13, 12, 10], 11).astype(np.int16)


def _apart(groups: NDArray[np.int64], others: Cells, distance: int) -> Cells:
    """The cells of groups of which no cell lies within `distance` cells, corners too, of the others."""
    near = others
    for _ in range(distance):
        near = _wider(near)
    touched = np.zeros(int(groups.max(initial=0)) + 1, dtype=np.bool_)
    touched[groups[near]] = True
    touched[0] = True
    return ~touched[groups]


def _wider(cells: Cells) -> Cells:
    """The cells and all eight neighbours of each."""
    across = np.pad(cells, ((0, 0), (1, 1)))
    across = across[:, :-2] | across[:, 1:-1] | across[:, 2:]
    down = np.pad(across, ((1, 1), (0, 0)))
    return down[:-2] | down[1:-1] | down[2:]

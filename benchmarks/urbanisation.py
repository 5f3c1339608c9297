"""How long it takes to classify a population grid of 1,000 x 1,000 cells, by itself and from file to file; and grids that are hard to label."""

from __future__ import annotations

import sys
import tempfile
import time
from array import array
from pathlib import Path

import numpy as np
from click.testing import CliRunner
from numpy.typing import NDArray

from sdgcities.cli.main import cli
from sdgcities.methods.urbanisation.classifying import Cells, classify
from sdgcities.model.grids import Grid


def cities(side: int) -> NDArray[np.float64]:
    """Towns of all sizes that fade into the country."""
    people = np.random.default_rng(1).gamma(0.05, 20_000, (side, side))
    for _ in range(3):
        people = (people + np.roll(people, 1, 0) + np.roll(people, -1, 0) + np.roll(people, 1, 1) + np.roll(people, -1, 1)) / 5
    return people


def hard(side: int) -> dict[str, NDArray[np.float64]]:
    """Grids with as many runs and joints as there can be."""
    down, right = np.indices((side, side))
    comb = np.where((right % 2 == 0) | (down == side - 1), 2000.0, 0)
    noise = np.random.default_rng(1).choice([0.0, 2000], (side, side))
    return {"checkerboard": np.where((down + right) % 2, 2000.0, 0), "comb": comb, "noise": noise, "full": np.full((side, side), 2000.0)}


def seconds(people: NDArray[np.float64], level: str, rules: str) -> float:
    """CPU seconds of one classification."""
    cells = Cells(Grid(people.shape[1], people.shape[0], 0, 0, 1000, array("d", people.tobytes())))
    start = time.process_time()
    classify(cells, {"level": level, "rules": rules})
    return time.process_time() - start


def from_file(people: NDArray[np.float64]) -> float:
    """CPU seconds of `calculate run degurba` from an ASCII grid to an ASCII grid."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "people.asc"
        lines = [f"ncols {people.shape[1]}", f"nrows {people.shape[0]}", "xllcorner 0", "yllcorner 0", "cellsize 1000"]
        path.write_text("\n".join([*lines, *(" ".join(f"{value:.2f}" for value in row) for row in people)]), encoding="utf-8")
        start = time.process_time()
        result = CliRunner().invoke(cli, ["calculate", "run", "degurba", "--input", str(path), "-o", str(Path(name) / "classes.asc")])
        assert result.exit_code == 0, result.output
        return time.process_time() - start


def main(side: int) -> None:
    """Classify and print the figures."""
    grids = {"cities": cities(side), **hard(side)}
    for name, people in grids.items():
        timed = "  ".join(f"{rules} level {level}: {seconds(people, level, rules):.2f}" for rules in ("2024", "ghsl-2023") for level in ("1", "2"))
        print(f"{side} x {side} {name}: {timed}  CPU seconds")
    print(f"{side} x {side} cities, file to file: {from_file(grids['cities']):.2f} CPU seconds")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)

"""What the demonstration costs, and a report and an office's file after it: CPU time and time on the clock of whole processes.

    python benchmarks/reports.py [FILE]

Builds the three hubs in a temporary folder, writes each city's report RUNS times and, where FILE is given, imports it into a fresh hub of
Portugal as often. Medians are printed.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from startup import cpu_seconds, program

RUNS = 5
REPORTS = (("ghana", "GH1408", "ak"), ("portugal", "PT1109", "pt_PT"), ("turkiye", "TR-10-BB", "tr"))


def told(name: str, seconds: list[tuple[float, float]]) -> None:
    """One line of medians."""
    cpu, wall = (statistics.median(column) for column in zip(*seconds, strict=True))
    print(f"{name:<44}{cpu:6.2f} s CPU {wall:6.2f} s")


def timed(words: list[str], folder: Path) -> tuple[float, float]:
    """CPU time and time on the clock of one command."""
    start = time.perf_counter()
    cpu = cpu_seconds([program(), *words], str(folder))
    return cpu, time.perf_counter() - start


def main() -> None:
    """Print a line for each thing measured."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        told("demo, three hubs and six reports", [timed(["demo", "demo"], scratch)])
        for country, city, language in REPORTS:
            words = ["--lang", language, "report", "city", city]
            told(" ".join(words), [timed(words, scratch / "demo" / country) for _ in range(RUNS)])
        if len(sys.argv) > 1:
            path, spent = Path(sys.argv[1]).resolve(), []
            for run in range(RUNS):
                subprocess.run([program(), "init", f"hub-{run}", "--country", "PT"], cwd=scratch, check=True, capture_output=True)
                spent.append(timed(["data", "import", str(path)], scratch / f"hub-{run}"))
            told(f"data import {path.name}", spent)


if __name__ == "__main__":
    main()

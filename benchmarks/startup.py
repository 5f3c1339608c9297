"""What starting the command line costs, against `python -c "import click"`: CPU time of whole processes.

    python benchmarks/startup.py [RUNS]

The commands take turns, so that a machine that slows down slows all of them; each ratio is between medians of RUNS runs.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

BASE = [sys.executable, "-c", "import click"]
LIMITS = {"--help": 1.6, "plugin list": 3.0}


def cpu_seconds(command: Sequence[str], folder: str) -> float:
    """User and system time of one run; the time on the clock where the system doesn't count it (Windows). Raises where the run fails."""
    before, start = _of_children(), time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return _of_children() - before or time.perf_counter() - start


def _of_children() -> float:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0.0
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def program() -> str:
    """The installed command of this very environment."""
    return str(next(Path(sysconfig.get_path("scripts")).glob("sdgcities*")))


def ratios(runs: int) -> dict[str, float]:
    """Each command's median CPU time as a multiple of the median of the base."""
    commands = {"": BASE, **{words: [program(), *words.split()] for words in LIMITS}}
    spent: dict[str, list[float]] = {words: [] for words in commands}
    with tempfile.TemporaryDirectory() as folder:
        for run in range(runs + 1):
            for words, command in commands.items():
                seconds = cpu_seconds(command, folder)
                if run:  # the first run fills the caches of the machine
                    spent[words].append(seconds)
    base = statistics.median(spent[""])
    print(f"{'import click':<22}{base * 1000:8.1f} ms")
    for words, limit in LIMITS.items():
        median = statistics.median(spent[words])
        print(f"{'sdgcities ' + words:<22}{median * 1000:8.1f} ms  {median / base:5.2f} x  (limit {limit} x)")
    return {words: statistics.median(spent[words]) / base for words in LIMITS}


def main(runs: int) -> int:
    """Print the figures; 1 where a limit is passed."""
    found = ratios(runs)
    return int(any(found[words] > limit for words, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 25))

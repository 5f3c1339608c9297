"""How fast the observations of a hub go out, and in how much memory.

Makes a hub of the Ghana plugin in a temporary folder, imports a tidy file of made-up values into it (benchmarks/tidy_import.py), and writes them in
each form that is named, each in a process of its own; prints seconds and peak memory.

    .venv/bin/python benchmarks/export.py [ROWS] [FORM ...]

A million observations to csv, measured on 2 cores of a shared machine: 8 s CPU, 89 MB. To sdmx-csv: 17 s CPU, 111 MB.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

from tidy_import import write_rows

from sdgcities.exchange.formats import FORMATS
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.hub.hub import Hub
from sdgcities.model.hub import Role
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import Acting
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file

ROWS = 1_000_000


def fill(folder: Path, rows: int) -> None:
    """A hub with so many observations."""
    found_hub(folder, Founding(("GH",), "national", (), None, "operator"), None)
    catalogue = Catalogue(Hub.open(folder))
    path = folder / "rows.csv"
    write_rows(path, catalogue, rows)
    acting = Acting("operator", frozenset({Role.OPERATOR, Role.AUTHOR}))
    print(f"{import_file(catalogue, Request(path, acting, acting)).stored:,} observations")
    catalogue.hub.close()


def measure(folder: Path, form: str) -> None:
    """Print one line for a form."""
    catalogue, path = Catalogue(Hub.open(folder)), folder / f"out.{form}"
    if FORMATS[form].folder:
        path.mkdir()
    wall, cpu = time.perf_counter(), time.process_time()
    with outgoing(catalogue, Asked(), [Labels("en", str)]) as going:
        FORMATS[form].write(going, path)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{form}: {wall:.2f} s, {cpu:.2f} s CPU, peak {memory} MB", flush=True)
    catalogue.hub.close()


def main() -> None:
    """Fill a hub and write its observations in each form."""
    asked = argparse.ArgumentParser(description="Time the export of observations.")
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("forms", nargs="*", metavar="FORM", default=["csv"])
    given = asked.parse_args()
    fresh = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "hub"
        for work, arguments in ((fill, (folder, given.rows)), *((measure, (folder, form)) for form in given.forms)):
            process = fresh.Process(target=work, args=arguments)
            process.start()
            process.join()


if __name__ == "__main__":
    main()

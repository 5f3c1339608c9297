"""How fast a tidy file is validated and stored, and in how much memory.

Makes a hub of the Ghana plugin in a temporary folder and a tidy file of real unit and indicator codes with
made-up values in which the checks of quality see nothing wrong, imports it once into the empty hub and once more, and
prints rows per second and peak memory. Before that, with --bare, the same file goes into a table of nothing but its
columns: by csv and executemany on SQLite, by csv and COPY on PostgreSQL.

    .venv/bin/python benchmarks/tidy_import.py [--database URL] [--bare] [ROWS]

On SQLite the CPU time is all there is; on PostgreSQL the server's own comes on top, beside it on a machine of several cores.
URL is that of an empty database; `--database server` starts a throw-away server, as the tests do.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from itertools import islice, product
from pathlib import Path
from zlib import crc32

from sdgcities.hub.hub import Hub
from sdgcities.model.hub import Role
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import Acting
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file

ROWS = 1_000_000
YEARS = range(2000, 2020)
SPLITS = tuple(product(("_T", "F", "M"), ("_T", "U", "R"), ("_T", "Y0T4", "Y5T9", "Y10T14", "Y15T19", "Y20T24", "Y25T29", "Y30T34")))
SHARES = {"_T": 1.0, "F": 0.511, "M": 0.489, "U": 0.563, "R": 0.437} | {f"Y{age}T{age + 4}": 0.12 - age / 1000 for age in range(0, 35, 5)}
"""Of amounts: what part of the whole each code has; women and men make up all, and so do urban and rural."""
NEARBY = {"_T": 1.0, "F": 1.031, "M": 0.968, "U": 1.052, "R": 0.941} | {f"Y{age}T{age + 4}": 0.9 + age / 160 for age in range(0, 35, 5)}
"""Of everything else: how far each code is from the whole."""
COLUMNS = ("unit", "indicator", "period", "sex", "urbanisation", "age", "value", "source")


def write_rows(path: Path, catalogue: Catalogue, rows: int) -> None:
    """A tidy file: district by district, indicator by indicator, total, by sex, by urban and rural, by age, twenty years each.

    Each series has a level of its own and grows evenly; amounts add up.
    """
    units = [unit.id for unit in catalogue.places["GH"].units.values() if unit.level == "district" and not (unit.valid_from or unit.valid_to)]
    codes = [item for item in catalogue.indicators["GH"].values() if (item.maximum or 100) >= 100 and not item.minimum]  # noqa: PLR2004 - a percentage fits
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(islice(_cells(units, codes), rows))


def _cells(units: Sequence[str], items: Sequence[Indicator]) -> Iterator[tuple[object, ...]]:
    grids = {True: _grid(SHARES), False: _grid(NEARBY)}
    for unit, item in product(units, items):
        code, amounts = item.code, item.aggregation == "sum"
        own = crc32(f"{unit} {code}".encode()) % 40_000 / 1000
        level = (20_000 + own * 2000) if amounts else 20 + own / 2
        for year, sex, urbanisation, age, factor in grids[amounts]:
            yield unit, code, year, sex, urbanisation, age, f"{level * factor:.1f}", "Benchmark"


def _grid(parts: dict[str, float]) -> list[tuple[int, str, str, str, float]]:
    """Every split and year of a series with its place beside the first year's total: up to a fifth more in twenty years."""
    return [(year, *split, parts[split[0]] * parts[split[1]] * parts[split[2]] * 1.011 ** (year - YEARS[0])) for split, year in product(SPLITS, YEARS)]


def _thrown_away(stack: ExitStack) -> str:
    """A database on a server that ends with the measurement. It writes to the disk as any other: fsync stays on."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tests.postgres_server import running  # noqa: PLC0415 - only here

    server = stack.enter_context(running(durable=True))
    return server.url(server.database())


def bare_sqlite(path: Path, scratch: Path) -> None:
    """The least that storing the rows in SQLite takes."""
    with closing(sqlite3.connect(scratch / "bare.db")) as connection, path.open(encoding="utf-8", newline="") as stream:
        connection.execute(f"CREATE TABLE bare ({', '.join(COLUMNS)})")
        rows = csv.reader(stream)
        next(rows)
        connection.executemany(f"INSERT INTO bare VALUES ({', '.join('?' * len(COLUMNS))})", rows)  # noqa: S608 - a constant
        connection.commit()


def bare_postgresql(path: Path, address: str) -> None:
    """The least that storing the rows in PostgreSQL takes."""
    import psycopg  # noqa: PLC0415 - only with a server

    with psycopg.connect(address) as connection, path.open(encoding="utf-8", newline="") as stream:
        connection.execute(f"CREATE TABLE bare ({', '.join(f'{name} text' for name in COLUMNS)})")
        rows = csv.reader(stream)
        next(rows)
        with connection.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def main() -> None:
    """Print one line for each of the two imports."""
    asked = argparse.ArgumentParser(description="Time the import of a tidy file.")
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("--database", default="", metavar="URL")
    asked.add_argument("--bare", action="store_true", help="Time a table of nothing but the columns too.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        folder, rows = Path(scratch) / "hub", given.rows
        database = _thrown_away(stack) if given.database == "server" else given.database
        found_hub(folder, Founding(("GH",), "national", (), None, "operator", database=database), None)
        catalogue = Catalogue(Hub.open(folder))
        path = Path(scratch) / "rows.csv"
        write_rows(path, catalogue, rows)
        if given.bare:
            begun = time.perf_counter()
            bare_postgresql(path, database) if database else bare_sqlite(path, Path(scratch))
            took = time.perf_counter() - begun
            print(f"bare: {rows:,} rows; {took:.2f} s ({rows / took:,.0f} rows/s)")
        acting = Acting("operator", frozenset({Role.OPERATOR, Role.AUTHOR}))
        for name in ("first import", "the same again"):
            wall, cpu = time.perf_counter(), time.process_time()
            report = import_file(catalogue, Request(path, acting, acting))
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            counts = f"{report.rows_read:,} rows, {report.stored:,} stored, {report.unchanged:,} unchanged, {report.refused} refused"
            print(f"{name}: {counts}; {wall:.2f} s ({report.rows_read / wall:,.0f} rows/s), {cpu:.2f} s CPU, peak {memory} MB")
            for finding in report.findings[:3]:
                print("   ", finding.where.parts(), finding.message)
        catalogue.hub.close()


if __name__ == "__main__":
    main()

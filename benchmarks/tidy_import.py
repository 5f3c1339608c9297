"""How fast a tidy file is validated and stored, and in how much memory.

Makes a hub of the Ghana plugin in a temporary folder and a tidy file of real unit and indicator codes with
made-up values in which the checks of quality see nothing wrong, imports it once into the empty hub and once more, and
prints rows per second and peak memory. Before that, with --bare, the same file goes into a table of nothing but its
columns: by csv and executemany on SQLite, by csv and COPY on PostgreSQL. On PostgreSQL a second line tells what COPY takes
for the same rows as they are stored, from a CSV file of theirs that is written beforehand into a table with the key and
the conditions of the hub's own: fifteen columns instead of eight, and the server makes numbers of eight of them.

    .venv/bin/python benchmarks/tidy_import.py [--database URL] [--bare] [ROWS]

On SQLite the CPU time is all there is; on PostgreSQL the server's own comes on top, beside it on a machine of several cores.
Measured on 2 cores of a shared machine, 1,000,000 rows: SQLite 4.2 s, bare 1.9 s; PostgreSQL 4.5 to 5.2 s, bare 1.8 s, bare as stored
2.7 to 3.0 s; 110 MB. Small files cost more for each row, for they are looked at more closely: 100,000 rows 1.9 s.

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
from collections.abc import Callable, Iterator, Sequence
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

STORED = ("series", "period_start", "period_end", "value", "value_num", "locator", "freq", "missing", "status", "indicator_version", "source")
STORED += ("revision", "op", "batch", "origin")


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


def write_stored(path: Path, tidy: Path) -> None:
    """The rows of a tidy file as the hub stores them; an empty cell where there is nothing to say."""
    numbers: dict[tuple[str, ...], int] = {}
    with tidy.open(encoding="utf-8", newline="") as stream, path.open("w", encoding="utf-8", newline="") as stored:
        writer = csv.writer(stored)
        for row, (unit, indicator, year, *split, value, _) in enumerate(islice(csv.reader(stream), 1, None), 2):
            series = numbers.setdefault((unit, indicator, *split), len(numbers) + 1)
            writer.writerow((series, f"{year}-01-01", f"{year}-12-31", value, value, row, "A", "", "A", 1, 1, 0, "set", 1, 1))


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
    columns = ", ".join(f"{name} text" for name in COLUMNS)
    _copy(path, address, f"CREATE TABLE bare ({columns})", "COPY bare FROM STDIN", header=1)


def bare_stored(path: Path, address: str) -> None:
    """The least that storing them takes as the hub stores them."""
    table = "CREATE TABLE bare_stored (LIKE observation INCLUDING CONSTRAINTS INCLUDING INDEXES)"
    _copy(path, address, table, f"COPY bare_stored ({', '.join(STORED)}) FROM STDIN (NULL '')", header=0)


def _copy(path: Path, address: str, table: str, statement: str, header: int) -> None:
    import psycopg  # noqa: PLC0415 - only with a server

    with psycopg.connect(address) as connection, path.open(encoding="utf-8", newline="") as stream:
        connection.execute(table)
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in islice(csv.reader(stream), header, None):
                copy.write_row(row)


def _bare(path: Path, scratch: Path, database: str) -> Iterator[tuple[str, Callable[[], None]]]:
    """What the import is held against: what it is called, and how it is done."""
    if not database:
        yield "bare", lambda: bare_sqlite(path, scratch)
        return
    stored = scratch / "stored.csv"
    write_stored(stored, path)
    yield "bare", lambda: bare_postgresql(path, database)
    yield "bare, as stored", lambda: bare_stored(stored, database)


def main() -> None:
    """Print one line for each of the two imports."""
    asked = argparse.ArgumentParser(description="Time the import of a tidy file.")
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("--database", default="", metavar="URL")
    asked.add_argument("--bare", action="store_true", help="Time bare csv and SQL too.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        folder, rows = Path(scratch) / "hub", given.rows
        database = _thrown_away(stack) if given.database == "server" else given.database
        found_hub(folder, Founding(("GH",), "national", (), None, "operator", database=database), None)
        catalogue = Catalogue(Hub.open(folder))
        path = Path(scratch) / "rows.csv"
        write_rows(path, catalogue, rows)
        for name, done in _bare(path, Path(scratch), database) if given.bare else ():
            begun = time.perf_counter()
            done()
            took = time.perf_counter() - begun
            print(f"{name}: {rows:,} rows; {took:.2f} s ({rows / took:,.0f} rows/s)")
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

"""How fast a workbook is checked and read, and in how much memory.

Makes an .xlsx of places, codes and made-up figures in a temporary folder, reads every cell of it as text, and prints
seconds and peak memory for each step: the check of the package, the reader, and the texts.

    .venv/bin/python benchmarks/workbook.py [ROWS] [--columns N]
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS, COLUMNS, TEXTS = 100_000, 10, 3
MAKING, READING = "make", "read"


def make(path: Path, rows: int, columns: int) -> None:
    """Three columns of text, the others figures with as many digits as a computation gives."""
    import xlsxwriter  # noqa: PLC0415 - only the first of the two processes needs it

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("Table")
        page.write_row(0, 0, [f"column {number}" for number in range(columns)])
        for row in range(1, rows + 1):
            page.write_row(row, 0, [f"TR{row % 1400:04}", f"Place {row % 1400}", "FM"[row % 2], *(row * 7 % (1000 + at) / 3 for at in range(columns - TEXTS))])


def read(path: Path) -> None:
    """Print what each step took."""
    from sdgcities.intake.workbook import Workbook  # noqa: PLC0415 - the memory of making a workbook is not that of reading it
    from sdgcities.intake.workbooks.package import check_package  # noqa: PLC0415

    start = time.perf_counter()
    check_package(path)
    checked, began = time.perf_counter(), time.process_time()
    book = Workbook(path)
    opened = time.perf_counter()
    count = sum(1 for _ in book.rows("Table"))
    done = time.perf_counter()
    cpu = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    parts = f"check alone {checked - start:.2f} s, open with check {opened - checked:.2f} s, rows {done - opened:.2f} s"
    print(f"{count:,} rows, {path.stat().st_size / 1e6:.1f} MB: {done - checked:.2f} s in all, {cpu:.2f} s CPU ({parts}); peak {memory} MB")


def main() -> None:
    """Make and read in processes of their own, so that the memory of one is not told of the other."""
    asked = argparse.ArgumentParser(description="Time the reading of a workbook.")
    asked.add_argument("rows", nargs="?", type=int, default=ROWS)
    asked.add_argument("--columns", type=int, default=COLUMNS)
    asked.add_argument("--step", nargs=2, metavar=("STEP", "FILE"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.step:
        step, file = given.step
        make(Path(file), given.rows, given.columns) if step == MAKING else read(Path(file))
        return
    with tempfile.TemporaryDirectory() as scratch:
        for step in (MAKING, READING):
            words = [sys.executable, __file__, str(given.rows), "--columns", str(given.columns), "--step", step, str(Path(scratch) / "table.xlsx")]
            subprocess.run(words, check=True)


if __name__ == "__main__":
    main()

"""Imports in processes of their own, which can be killed, run beside each other or run out of disk."""

from __future__ import annotations

import subprocess
import sys
from itertools import islice
from pathlib import Path
from typing import IO, cast

from tests.hub_fixtures import Desk

ROWS = 40_000
PROGRAM = """
import resource, sys
from pathlib import Path
from sdgcities.errors import HubUnusable
from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.people import acting
from sdgcities.tracks.data.importing.folder import import_folder
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.importing.request import Request

folder, path, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
hub = Hub.open(folder)
catalogue = Catalogue(hub)
catalogue.places, catalogue.indicators, catalogue.dimensions
ama = acting(hub.database, "ama")
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
print("ready", flush=True)
sys.stdin.readline()
try:
    report = (import_folder if path.is_dir() else import_file)(catalogue, Request(path, ama, ama))
except HubUnusable as error:
    sys.exit(f"{error.findings[0].code}: {error}")
print(report.stored, report.unchanged, report.batch, flush=True)
hub.close()
"""


class Importing:
    """One import in another process: it is ready to go, then goes."""

    def __init__(self, folder: Path, path: Path, limit: int = 0) -> None:
        arguments = [sys.executable, "-c", PROGRAM, str(folder), str(path), str(limit)]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert cast("IO[str]", self.process.stdout).readline() == "ready\n"

    def go(self) -> None:
        stdin = cast("IO[str]", self.process.stdin)
        stdin.write("\n")
        stdin.flush()

    def done(self) -> tuple[int, str, str]:
        """Exit code, stdout and stderr."""
        out, err = self.process.communicate(timeout=120)
        return self.process.returncode, out.strip(), err.strip()


def large_file(desk: Desk, rows: int = ROWS, name: str = "large.csv", year: int = 1900) -> Path:
    """A tidy file of so many observations that look right: district by district, total, women and men, a hundred years."""
    units = [unit.id for unit in desk.catalogue.places["GH"].units.values() if unit.level == "district" and not (unit.valid_from or unit.valid_to)]
    people = {"": 10_001, "F": 5_000, "M": 5_001}
    cells = (
        (unit, "GH-POP", period, sex, "Register", people[sex] + (37 * place + 3 * (period - 1800)) * (1 if sex else 2))
        for place, unit in enumerate(units)
        for sex in people
        for period in range(year, year + 100)
    )
    body = list(islice(cells, rows))
    assert len(body) == rows
    return desk.table(name, ["unit", "indicator", "period", "sex", "source", "value"], body)

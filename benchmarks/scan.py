"""How long it takes, and how much memory, to place 1,000,000 points in 1,000 areas, and to count a whole file of them.

    python benchmarks/scan.py [POINTS] [AREAS]

Areas are the fields of a grid whose borders wind: each has 80 corners, and no two overlap. Points are drawn with a fixed seed. Measured on two
busy cores, Python 3.11, numpy 2, shapely 2.1: placed in 1.7 s with 135 MB of memory at most; which of them are within 500 m of 10,000 others,
told in 1.3 s. `sdgcities data scan` of a CSV file of 1,000,000 rows, every second of which comes twice, read, cleared by identity and by place and
answers, placed and counted by five measures: 13 s of the processor.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from sdgcities.model.places import Ring
from sdgcities.tracks.data.scan.areas import Area
from sdgcities.tracks.data.scan.assigning import NOWHERE, assign, shapes_of
from sdgcities.tracks.data.scan.coordinates import Coordinates
from sdgcities.tracks.data.scan.counting import Counted
from sdgcities.tracks.data.scan.description import Counting, Scan
from sdgcities.tracks.data.scan.description_file import load_scan
from sdgcities.tracks.data.scan.geodesy import area_km2, positions
from sdgcities.tracks.data.scan.mapped_file import mapped_file
from sdgcities.tracks.data.scan.nearness import near
from sdgcities.tracks.data.scan.records import read_records
from sdgcities.tracks.data.scan.repeated import same_identity

WEST, SOUTH, SIDE, STEPS = 28.0, 36.0, 0.2, 20
DESCRIPTION = """\
title: Points drawn by chance
source: {office: Benchmark}
period: "2024"
coordinates: {latitude: lat, longitude: lon}
duplicates: {identity: _uuid}
measures:
  - {id: points, does: count}
  - {id: kinds, does: count, by: kind}
  - {id: working, does: share, where: [{column: works, is: ["yes"]}]}
  - {id: density, does: density}
  - {id: litres, does: mean, column: litres}
"""


def winding(across: int, down: int) -> Ring:
    """A field of the grid; its sides wave, and the neighbour's wave alike."""
    left, low = WEST + across * SIDE, SOUTH + down * SIDE
    part = [step / STEPS for step in range(STEPS)]
    wave = [0.01 * float(np.sin(2 * np.pi * share)) for share in part]
    ring = [(left + share * SIDE, low + bend) for share, bend in zip(part, wave, strict=True)]
    ring += [(left + SIDE + bend, low + share * SIDE) for share, bend in zip(part, wave, strict=True)]
    ring += [(left + SIDE - share * SIDE, low + SIDE - bend) for share, bend in zip(part, wave, strict=True)]
    ring += [(left - bend, low + SIDE - share * SIDE) for share, bend in zip(part, wave, strict=True)]
    return (*ring, ring[0])


def areas_of(count: int) -> list[Area]:
    """So many fields, side by side."""
    wide = int(np.ceil(np.sqrt(count)))
    return [Area(f"A{number:04}", f"A{number:04}", ((winding(number % wide, number // wide),),)) for number in range(count)]


def memory() -> str:
    """The most that the process held so far."""
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def placed(points: int, areas: list[Area]) -> tuple[np.ndarray, np.ndarray]:
    """Draw points, place them, print how long that takes."""
    dice = np.random.default_rng(11)
    wide = int(np.ceil(np.sqrt(len(areas)))) * SIDE
    longitude, latitude = WEST + dice.random(points) * wide, SOUTH + dice.random(points) * wide
    start = time.perf_counter()
    found = assign(latitude, longitude, shapes_of(areas))
    seconds = time.perf_counter() - start
    inside = int((found != NOWHERE).sum())
    print(f"{points:,} points in {len(areas):,} areas of {len(areas[0].polygons[0][0])} corners: {seconds:.2f} s; {inside:,} inside; {memory()}")
    start = time.perf_counter()
    reached = near(positions(latitude, longitude), positions(latitude[:10_000], longitude[:10_000]), 500)
    print(f"{points:,} points within 500 m of 10,000 others: {time.perf_counter() - start:.2f} s; {int(reached.sum()):,} are")
    return latitude, longitude


def written(folder: Path, latitude: np.ndarray, longitude: np.ndarray) -> Path:
    """A file of the points, as collection software writes it."""
    path = folder / "points.csv"
    kinds, works = ("tap", "well", "kiosk", "spring"), ("yes", "no", "")
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("_uuid,lat,lon,kind,works,litres\n")
        for number, (lat, lon) in enumerate(zip(latitude.tolist(), longitude.tolist(), strict=True)):
            out.write(f"u{number},{lat:.6f},{lon:.6f},{kinds[number % 4]},{works[number % 3]},{number % 700 / 10}\n")
    return path


def counted(path: Path, scan: Scan, areas: list[Area]) -> None:
    """Read, clear, place and count a file; print how long each takes."""
    start = time.perf_counter()
    file = mapped_file(path)
    records = read_records(file, Coordinates("lat", "lon"), scan.answers)
    read = time.perf_counter()
    records.without(~same_identity(records, records.answers["_uuid"]).rows)
    place = assign(records.latitude, records.longitude, shapes_of(areas))
    done = time.perf_counter()
    counting = Counted(scan, records, place, len(areas), range(len(areas)), file.where())
    results = sum(len(list(_cells(counting, one, areas))) for one in scan.measures)
    end = time.perf_counter()
    times = f"read in {read - start:.1f} s, cleared and placed in {done - read:.1f} s, {results:,} results in {end - done:.1f} s"
    print(f"A file of {records.read:,} rows: {times}; {memory()}")


def _cells(counting: Counted, one: Counting, areas: list[Area]) -> list[object]:
    return list(counting.cells(one, lambda area: area_km2(areas[area].polygons)))


def main(points: int, count: int) -> None:
    """All of it."""
    areas = areas_of(count)
    latitude, longitude = placed(points, areas)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        description = folder / "scan.yaml"
        description.write_text(DESCRIPTION, encoding="utf-8")
        counted(written(folder, latitude, longitude), load_scan(description), areas)


if __name__ == "__main__":
    given = [int(text) for text in sys.argv[1:]]
    main(given[0] if given else 1_000_000, given[1] if len(given) > 1 else 1_000)

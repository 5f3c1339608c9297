"""How fast a data repository of Open SDG is read, checked, taken into a hub, and goes out again in two languages.

Makes a hub of a country of one town in a temporary folder and takes in the repository in FOLDER, and then one that is made
here: 250 indicators, 170,000 rows with made-up values, two languages. Each comes in once into the empty hub and once more.
Then each goes out as a repository and as a site in two languages, and the site once more with nothing changed.
Prints CPU seconds and rows per second. Measured on 2 cores of a shared machine: Los Angeles in 1.1 s, out as a repository 0.2 s, as a site
0.6 s, unchanged 0.2 s; 170,000 rows in 3.0 s, out 3.3 s and 3.3 s, unchanged 2.2 s.

    .venv/bin/python benchmarks/opensdg.py FOLDER [ROWS]

FOLDER is that of a repository, such as the one of Los Angeles among the real files. Rows that contradict each other are left out.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from sdgcities.exchange.formats import FORMATS
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.opensdg.importing import import_repository
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting
from sdgcities.tracks.data.importing.request import Request

ROWS, INDICATORS = 170_000, 250
MANIFEST = """\
api: "1.1"
name: somewhere
title: Somewhere
version: 0.1.0
layer: country
countries: [XA]
languages: [en]
levels: [{id: town, name: Town, city: true}]
sources: {made-up: {office: Nobody}}
units: units.csv
"""
UNITS = "id,level,parent,name,source,status\nXA,country,,Somewhere,made-up,draft\nXA1,town,XA,Town,made-up,draft\n"
METADATA = "indicator_number: {number}\nindicator_name: Indicator {number}\npublished: true\nreporting_status: complete\ndata_non_statistical: false\n"


def somewhere(folder: Path) -> Hub:
    """A hub of a country of one town."""
    plugin = folder / "plugins" / "somewhere"
    plugin.mkdir(parents=True)
    (plugin / "plugin.yaml").write_text(MANIFEST, encoding="utf-8")
    (plugin / "units.csv").write_text(UNITS, encoding="utf-8")
    found_hub(folder / "hub", Founding(("XA",), "national", (), None, "ama"), folder / "plugins")
    return Hub.open(folder / "hub", folder / "plugins")


def made_up(folder: Path, rows: int) -> Path:
    """A repository of so many rows, the same at every run."""
    (folder / "data").mkdir(parents=True)
    (folder / "meta").mkdir()
    (folder / "config_data.yml").write_text("languages: [en, es]\n", encoding="utf-8")
    splits = list(product(("", "Female", "Male"), ("", "Urban", "Rural"), ("", *(f"Quarter {number}" for number in range(12)))))
    for number in range(INDICATORS):
        one = f"{number // 20 + 1}-{number % 20 // 5 + 1}-{number % 5 + 1}"
        (folder / "meta" / f"{one}.yml").write_text(METADATA.format(number=one.replace("-", ".")), encoding="utf-8")
        with (folder / "data" / f"indicator_{one}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("Year", "Units", "Sex", "Location", "Quarter", "Value"))
            for row in range(rows // INDICATORS):
                year, split = divmod(row, len(splits))
                writer.writerow((2012 + year, "Percent", *splits[split], f"{40 + (row * 7 + number) % 200 / 10:.1f}"))
    return folder


def measure(hub: Hub, repository: Path, unit: str) -> None:
    """Take it in twice, and say how long that took."""
    for time_of in ("first", "again"):
        who = acting(hub.database, "ama")
        catalogue = Catalogue(hub)
        start = time.process_time()
        report = import_repository(catalogue, Request(repository, who, who, accept_partial=True), unit)
        used = time.process_time() - start
        told = f"{report.stored} stored, {report.unchanged} unchanged, {report.refused} refused"
        print(f"{repository.name}, {time_of}: {report.rows_read} rows in {used:.2f} s CPU, {report.rows_read / used:,.0f} rows/s; {told}")


def measure_out(hub: Hub, scratch: Path) -> None:
    """Write it out as a repository and as a site, and the site once more."""
    site = scratch / "site"
    for form, folder, before in (("opensdg", scratch / "repository", None), ("opensdg-site", site, None), ("opensdg-site", scratch / "again", site)):
        folder.mkdir()
        catalogue = Catalogue(hub)
        start = time.process_time()
        with outgoing(catalogue, Asked(), [Labels("en", str), Labels("es", str)]) as going:
            going.before = before
            FORMATS[form].write(going, folder)
        used = time.process_time() - start
        files = sum(1 for path in folder.rglob("*") if path.is_file())
        print(f"{form}, {'again' if before else 'first'}: {files} files in {used:.2f} s CPU")


def main() -> None:
    """Both repositories, each in a hub of its own."""
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else ROWS  # noqa: PLR2004 - the second argument
    with tempfile.TemporaryDirectory() as scratch:
        for name, repository in (("a", Path(sys.argv[1])), ("b", made_up(Path(scratch, "made-up"), rows))):
            folder = Path(scratch, name)
            hub = somewhere(folder)
            measure(hub, repository, "XA1")
            hub.close()
            hub = Hub.open(folder / "hub", folder / "plugins")
            measure_out(hub, folder)
            hub.close()


if __name__ == "__main__":
    main()

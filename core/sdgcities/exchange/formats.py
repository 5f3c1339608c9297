"""The forms that observations go out in: each written by a module of its own, which is loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding

Writer = Callable[[Outgoing, Path], Sequence[Finding]]


@dataclass(frozen=True, slots=True)
class Format:
    """One form. `module` has a function `write`; `folder`: it fills a folder that is there already, otherwise it writes a file.

    `begins`: the first bytes of such a file. `figures`: it holds figures, not only what they mean. `settings`: files of such a folder
    that stay as a person changed them.
    """

    module: str
    folder: bool = False
    begins: bytes = b""
    figures: bool = True
    settings: tuple[str, ...] = ()

    @property
    def write(self) -> Writer:
        """Writes what goes out to a path, and tells what could not."""
        return cast("Writer", import_module(f"sdgcities.exchange.{self.module}").write)


_MESSAGE = b'<?xml version="1.0" encoding="UTF-8"?>\n<mes:'
FORMATS = {
    "csv": Format("tidy", begins=b"unit,indicator,period,"),
    "xlsx": Format("workbook", begins=b"PK\x03\x04\x14\0\0\0\x08\0\0\0?\0"),  # as its library writes them; saved by a spreadsheet they begin otherwise
    "geojson": Format("geojson", begins=b'{"type": "FeatureCollection",\n"note":'),
    "datapackage": Format("datapackage", folder=True),
    "opensdg": Format("opensdg.exporting", folder=True, settings=("config_data.yml", "metadata_schema.yml")),
    "opensdg-site": Format("opensdg.building", folder=True),
    "sdmx-csv": Format("sdmx.csv", begins=b"DATAFLOW,"),
    "sdmx-ml": Format("sdmx.generic", begins=_MESSAGE),
    "sdmx-ml-specific": Format("sdmx.specific", begins=_MESSAGE),
    "sdmx-structure": Format("sdmx.structure", begins=_MESSAGE, figures=False),
}

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
    """One form. `module` has a function `write`; `folder`: it fills a folder that is there already, otherwise it writes a file."""

    module: str
    folder: bool = False

    @property
    def write(self) -> Writer:
        """Writes what goes out to a path, and tells what could not."""
        return cast("Writer", import_module(f"sdgcities.exchange.{self.module}").write)


FORMATS = {
    "csv": Format("tidy"),
    "xlsx": Format("workbook"),
    "geojson": Format("geojson"),
    "datapackage": Format("datapackage", folder=True),
    "sdmx-csv": Format("sdmx.csv"),
    "sdmx-ml": Format("sdmx.generic"),
    "sdmx-ml-specific": Format("sdmx.specific"),
    "sdmx-structure": Format("sdmx.structure"),
}

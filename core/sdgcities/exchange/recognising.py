"""Forms of files that are known by themselves: no profile says how they are read."""

from __future__ import annotations

from pathlib import Path

from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.importing.request import Form
from sdgcities.tracks.data.reading.raw import Reader


def _sdmx(path: Path) -> bool:
    from sdgcities.exchange.sdmx.recognising import is_sdmx  # noqa: PLC0415 - loaded when a file comes in

    return is_sdmx(path)


def _open_sdmx(path: Path, catalogue: Catalogue) -> Reader:
    from sdgcities.exchange.sdmx.importing import SdmxFile  # noqa: PLC0415 - loaded when such a file comes in

    return SdmxFile(path, catalogue)


FORMS = (Form("sdmx", _sdmx, _open_sdmx),)
"""Each with the name that it has on record; the first that fits a file is taken."""

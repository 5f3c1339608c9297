"""What the plugin's tests share: for each of the offices' files a hub that has read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import acting
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file
from tests.conftest import real_data

__all__ = ["real_data"]

Read = Callable[[Path], tuple[Catalogue, Report]]


@pytest.fixture(scope="session")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """Reads a file into a hub of its own, once."""
    done: dict[Path, tuple[Catalogue, Report]] = {}

    def reading(path: Path) -> tuple[Catalogue, Report]:
        if path not in done:
            folder = tmp_path_factory.mktemp("portugal") / "hub"
            found_hub(folder, Founding(("PT",), "national", (), None, "ines"), None)
            catalogue = Catalogue(Hub.open(folder))
            ines = acting(catalogue.hub.database, "ines")
            done[path] = catalogue, import_file(catalogue, Request(path, ines, ines))
        return done[path]

    yield reading
    for catalogue, _ in done.values():
        catalogue.hub.close()

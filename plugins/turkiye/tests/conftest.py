"""What the plugin's tests share: the register, the offices' files, and a hub that has read them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
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
PLUGIN = Path(__file__).resolve().parents[1] / "sdgcities_turkiye"


@pytest.fixture(scope="session")
def rows() -> list[dict[str, str]]:
    """The rows of units.csv."""
    with (PLUGIN / "units.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub of Türkiye in which Ayşe acts."""
    folder = tmp_path_factory.mktemp("turkiye") / "hub"
    found_hub(folder, Founding(("TR",), "national", (), None, "ayse"), None)
    opened = Hub.open(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def catalogue(hub: Hub) -> Catalogue:
    """The register of the hub."""
    return Catalogue(hub)


@pytest.fixture(scope="session")
def imported(catalogue: Catalogue, real_data: Path) -> Mapping[str, Report]:
    """The offices' files, each read by the one profile that fits it: profile to what became of it."""
    folder, ayse = real_data / "turkiye", acting(catalogue.hub.database, "ayse")
    files = {
        "hgm-ilce": folder / "admin" / "yuzolcumu_ilce.csv",
        "tuik-ses": folder / "indicators" / "tuik_2023_illerin_sosyoekonomik_seviye_skoru.xls",
        "tuik-trb2": folder / "indicators" / "TRB2_tuik_gostergeler_2010_2023.xlsx",
    }
    return {profile: import_file(catalogue, Request(path, ayse, ayse, None, dry_run=False, accept_partial=False)) for profile, path in files.items()}

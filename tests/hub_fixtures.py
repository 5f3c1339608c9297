"""A hub of Ghana with people and a city in it, for every test that needs one: founded once, copied for each test."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import func, select
from tests.databases import Databases, Sqlite

from sdgcities.hub.hub import Hub
from sdgcities.model.hub import CityStage, Role
from sdgcities.plugin.plugins import Plugins
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, find_city
from sdgcities.registry.evidence import Attached, add_evidence
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.registry.people import Acting, acting, add_actor
from sdgcities.registry.stages import join
from sdgcities.registry.submissions import Submitted, find_form, submit
from sdgcities.store import audit, tables
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file

HO = "GH1408"
AGREEMENT: Mapping[str, Any] = {
    "signed_on": "2026-02-16",
    "signatures": [{"office": "Municipal Chief Executive", "name": "Akosua Specimen"}, {"office": "Coordinating Director", "name": "Kojo Specimen"}],
    "committee": {"inaugurated_on": "2026-01-29", "members": 11, "bodies": ["Planning Unit", "Finance Department", "Ghana Health Service"]},
    "focal_point": {"office": "Statistical Department", "name": "Efua Specimen", "contact": "efua.specimen@example.org"},
}


@dataclass
class Desk:
    """A hub with those who work at it: ama types, kofi answers for the city, esi reviews."""

    folder: Path
    scratch: Path
    hub: Hub
    catalogue: Catalogue
    databases: Databases = field(default_factory=Sqlite)
    answering: str = "kofi"

    def person(self, name: str) -> Acting:
        return acting(self.hub.database, name)

    @property
    def city(self) -> City:
        return find_city(self.catalogue, HO)

    def bring(self, path: Path, *, profile: str | None = None, dry_run: bool = False, accept_partial: bool = False) -> Report:
        """Import a file, typed by ama; another answers for it."""
        return import_file(self.catalogue, Request(path, self.person("ama"), self.person(self.answering), profile, dry_run, accept_partial))

    def tidy(self, *rows: Mapping[str, object], name: str = "figures.csv") -> Path:
        """A tidy file; what a row leaves out is a population figure of Ho in 2021."""
        usual = {"unit": HO, "indicator": "GH-POP", "period": "2021", "value": "100", "source": "Municipal register"}
        filled: list[dict[str, object]] = [{**usual, **row} for row in rows]
        columns = list(dict.fromkeys(column for row in filled for column in row))
        return self.table(name, columns, [[row.get(column, "") for column in columns] for row in filled])

    def table(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Path:
        path = self.scratch / name
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(columns)
            writer.writerows(rows)
        return path

    def submit(self, form: str, data: object) -> Submitted:
        """Send in a form of Ho, answered for by kofi."""
        path = self.scratch / f"{form}.yaml"
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
        return submit(self.catalogue, find_form(self.catalogue, form), self.city, path, self.person("kofi"), self.person("ama"))

    def attach(self, milestone: str, evidence: str, path: Path) -> Attached:
        contract = self.hub.contracts["GH"]
        return add_evidence(self.hub, self.city, contract.milestones[milestone], evidence, path, self.person("ama"))

    def figures(self, unit: str = HO, indicator: str | None = None) -> list[Figure]:
        with self.hub.database.reading() as connection:
            return current(connection, [unit], indicator)

    def value(self, unit: str = HO, indicator: str = "GH-POP", dims: str = "") -> str | None:
        """The one figure that stands; None where none does."""
        found = [figure for figure in self.figures(unit, indicator) if figure.dims == dims]
        assert len(found) <= 1, found
        return str(found[0].value) if found else None

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.hub.database.reading() as connection:
            return {name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in tables.metadata.tables.items()}

    def chain(self) -> tuple[int, audit.Broken | None]:
        with self.hub.database.reading() as connection:
            return audit.verify(connection)

    def bytes_kept(self) -> bytes:
        """Every byte of the database on the disk."""
        return self.databases.bytes_of(self.folder)

    def foreign(self) -> Any:  # noqa: ANN401 - a context manager of either driver's connection
        """The database in a tool that knows nothing of our settings."""
        return self.databases.foreign(self.folder)


@pytest.fixture(scope="session")
def founded(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """On each kind of database, a new hub of Ghana with three people and one city."""
    folder = tmp_path_factory.mktemp("founded") / "hub"
    found_hub(folder, Founding(("GH",), "national", (), None, "ama", database=databases.address()), None)
    hub = Hub.open(folder)
    ama = acting(hub.database, "ama")
    add_actor(hub.database, ama, "kofi", [Role.AUTHOR], "Kofi Specimen", "kofi.specimen@example.org")
    add_actor(hub.database, ama, "esi", [Role.REVIEWER], "", "")
    catalogue = Catalogue(hub)
    join(catalogue, catalogue.unit(HO), CityStage.JOINING, ama)
    hub.close()
    return folder


@pytest.fixture(scope="session")
def ghana(founded: Path) -> Plugins:
    """The plugins of a Ghanaian hub, loaded once: they are read-only."""
    return Hub.open(founded).plugins


@pytest.fixture
def desk(databases: Databases, founded: Path, ghana: Plugins, tmp_path: Path) -> Iterator[Desk]:
    """The hub, fresh for this test."""
    folder, scratch = databases.copy(founded, tmp_path / "hub"), tmp_path / "scratch"
    scratch.mkdir()
    hub = Hub.open(folder)
    hub.__dict__["plugins"] = ghana
    yield Desk(folder, scratch, hub, Catalogue(hub), databases)
    hub.close()
    databases.remove(folder)


@pytest.fixture(scope="session")
def real_files(real_data: Path) -> list[Path]:
    """The office's files that the Ghana plugin has a profile for."""
    ghana = real_data / "ghana"
    series = sorted((ghana / "indicators" / "gss_open_sdg").glob("*.csv"))
    return [ghana / "admin" / "ghanapop.csv", ghana / "indicators" / "basisghana_odf_communities.csv", *series, ghana / "admin" / "gha_admpop_2022.xlsx"]


@pytest.fixture(scope="session")
def filled(databases: Databases, founded: Path, ghana: Plugins, real_files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A hub with every real file in it. Only to be read."""
    folder = databases.copy(founded, tmp_path_factory.mktemp("filled") / "hub")
    hub = Hub.open(folder)
    hub.__dict__["plugins"] = ghana
    desk = Desk(folder, folder, hub, Catalogue(hub), databases)
    for path in real_files:
        report = desk.bring(path)
        assert not report.blocked, report.findings
    yield desk
    hub.close()

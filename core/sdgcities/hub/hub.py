"""The composition root: opens a hub's configuration, plugins and store, and adapts the contract for its countries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from sdgcities.contract.load import load_contract, read_contract
from sdgcities.frameworks.lists import Frameworks, Sdg, Umf
from sdgcities.frameworks.reading import read_list
from sdgcities.frameworks.shipped import shipped
from sdgcities.hub.config import FAILURES, OWN_PLUGINS, HubConfig, load_config
from sdgcities.hub.lists import Given, ListKind, given, kept
from sdgcities.hub.profiles import HubProfiles
from sdgcities.model.milestones import Contract
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.plugins import Plugins
from sdgcities.store.database import Database
from sdgcities.store.opening import database_of


class Hub:
    """A hub that is open. Plugins and database are opened when something first asks for them."""

    def __init__(self, folder: Path, config: HubConfig, plugins_dir: Path | None = None, own: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.config = config
        self._plugins_dir = plugins_dir
        self._own = (*own, folder / OWN_PLUGINS)

    @classmethod
    def open(cls, folder: Path, plugins_dir: Path | None = None) -> Hub:
        """The hub in `folder`. Raises HubUnusable where its configuration can't be read."""
        return cls(folder, load_config(folder), plugins_dir)

    @cached_property
    def plugins(self) -> Plugins:
        """The hub's plugins; what `hub.yaml` names is required."""
        found = discover(self._plugins_dir, self._own)
        return Plugins.open(found, self.config.plugins, self.config.countries, failures_file=self.folder / FAILURES)

    @cached_property
    def profiles(self) -> HubProfiles:
        """The import profiles of the plugins and the hub's own."""
        return HubProfiles(self.folder, self.config, self.plugins)

    @cached_property
    def database(self) -> Database:
        """The hub's database, at the revision this release needs."""
        return self._opened(lambda database: database.check_revision())

    @cached_property
    def lists(self) -> Mapping[ListKind, Given]:
        """The official lists that were loaded; what was not loaded is as this release has it."""
        with self.database.reading() as connection:
            return given(connection)

    @cached_property
    def core_contract(self) -> Contract:
        """The milestone contract: the version that was loaded, else the one that the core proposes."""
        loaded = self.lists.get(ListKind.CONTRACT)
        return read_contract(kept(self.folder, loaded)) if loaded else load_contract()

    @cached_property
    def frameworks(self) -> Frameworks:
        """The lists of the SDGs and of the UMF: those that were loaded, else those of this release."""
        read = {kind: read_list(kept(self.folder, one)) for kind, one in self.lists.items() if kind is not ListKind.CONTRACT}
        sdg, umf = (read.get(kind, getattr(shipped(), kind)) for kind in (ListKind.SDG, ListKind.UMF))
        assert isinstance(sdg, Sdg)
        assert isinstance(umf, Umf)
        return Frameworks(sdg, umf)

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """The contract of each of the hub's countries, with that country's adaptations."""
        return {country: self.plugins.contract(country, self.core_contract) for country in self.config.countries}

    def trying(self, plugins: Path) -> Hub:
        """The same hub, with its database, and with the plugins of one more folder before those of their names."""
        hub = Hub(self.folder, self.config, self._plugins_dir, (plugins,))
        hub.__dict__["database"] = self.database
        return hub

    def close(self) -> None:
        """Give back the database, if it was opened."""
        if "database" in self.__dict__:
            self.database.close()

    def create_store(self) -> Database:
        """Make the hub's database with every table; it stays open."""
        database = self.__dict__["database"] = self._opened(lambda database: database.create())
        return database

    def _opened(self, begin: Callable[[Database], None]) -> Database:
        """The database, once `begin` went through."""
        database = database_of(self.folder, self.config.database)
        try:
            begin(database)
        except BaseException:
            database.close()
            raise
        return database

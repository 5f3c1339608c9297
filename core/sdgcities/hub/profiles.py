"""The hub's own import profiles: the files in its folder `profiles`, and one that is named by its path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities import __version__
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.hub.config import FILE, HubConfig
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.model.profiles import ImportProfile
from sdgcities.plugin import API_VERSION
from sdgcities.plugin.declared.profiles import read_profile
from sdgcities.plugin.kinds import PROFILES
from sdgcities.plugin.plugins import Plugins

FOLDER = "profiles"
HOOK = PROFILES.hook
NAME = "hub"
"""As which a batch names the giver of such a profile."""


@dataclass(frozen=True, slots=True)
class Own:
    """The profiles of a hub's folder by id, and by the name of the file what is wrong with those that can't be used."""

    profiles: Mapping[str, ImportProfile]
    broken: Mapping[str, Sequence[Finding]]


class Reader:
    """Reads profiles that no plugin gives: with the levels and sources of the plugins of their country."""

    def __init__(self, folder: Path, config: HubConfig, manifests: Iterable[Manifest], taken: Mapping[str, str]) -> None:
        self._folder, self._config, self._manifests, self._taken = folder, config, tuple(manifests), taken

    def all(self) -> Own:
        """Every profile in the hub's folder; a broken one keeps no other from working."""
        folder = self._folder / FOLDER
        profiles, broken = dict[str, ImportProfile](), dict[str, Sequence[Finding]]()
        for file in sorted(folder.iterdir()) if folder.is_dir() else ():
            if file.suffix in (".yaml", ".yml"):
                try:
                    profiles[file.stem] = self.read(file)
                except Refused as error:
                    broken[file.stem] = error.findings
        return Own(profiles, broken)

    def read(self, file: Path) -> ImportProfile:
        """The profile in a file. Raises Refused, also where a plugin has one of that id."""
        if file.suffix != ".yaml":
            raise refuse("plugin.suffix", msg("The file of a profile ends in .yaml."), msg("Rename it."), Where(file=str(file)))
        data = load_yaml(file).data
        country = data.get("country") if isinstance(data, dict) else None
        profile = read_profile(file, self.manifest(str(country), __version__), FILE)
        if plugin := self._taken.get(profile.id):
            problem = msg("The plugin %(plugin)s has a profile %(id)s too.", plugin=plugin, id=profile.id)
            raise refuse("profile.twice", problem, msg("Name this file and its id otherwise."), Where(file=str(file), line=1))
        return profile

    def manifest(self, country: str, version: str) -> Manifest:
        """The hub as the giver of a profile."""
        serving = [manifest for manifest in self._manifests if country in manifest.countries]
        return Manifest(
            name=NAME,
            title=self._config.name,
            version=version,
            api=API_VERSION,
            layer=Layer.HUB,
            folder=self._folder,
            countries=self._config.countries,
            levels=tuple(level for manifest in serving for level in manifest.levels),
            sources={key: source for manifest in serving for key, source in manifest.sources.items()},
        )


class HubProfiles:
    """The profiles of a hub: those of its plugins and its own."""

    def __init__(self, folder: Path, config: HubConfig, plugins: Plugins) -> None:
        self._folder, self._plugins = folder, plugins
        taken = {one: plugins.giver(HOOK, one, country).name for country in config.countries for one in plugins.profiles(country)}
        self._reader = Reader(folder, config, plugins.manifests, taken)
        self.own = self._reader.all()

    def of(self, country: str) -> Mapping[str, ImportProfile]:
        """Every profile of a country, by id."""
        return {**self._plugins.profiles(country), **{one: profile for one, profile in self.own.profiles.items() if profile.country == country}}

    def read(self, file: Path) -> ImportProfile:
        """The profile in a file, wherever it is. Raises Refused, also where its id is that of another profile."""
        profile = self._reader.read(file)
        if self.own.profiles.get(profile.id, profile) != profile:
            hint = msg("Name the file and its id otherwise, or use the one of the hub: --profile %(id)s.", id=profile.id)
            problem = msg("The hub has another profile %(id)s: %(file)s.", id=profile.id, file=self._folder / FOLDER / f"{profile.id}.yaml")
            raise refuse("profile.twice", problem, hint, Where(file=str(file), line=1))
        return profile

    def giver(self, profile: ImportProfile) -> Manifest:
        """By whose word a file was read: the plugin that gave the profile, or the hub."""
        if self._plugins.profiles(profile.country).get(profile.id) is profile:
            return self._plugins.giver(HOOK, profile.id, profile.country)
        return self._reader.manifest(profile.country, profile.version or __version__)


def unusable_profiles(folder: Path, config: HubConfig, manifests: Sequence[Manifest]) -> list[Finding]:
    """What is wrong with the hub's own profiles, as far as it can be told without running a plugin."""
    serving = [manifest for manifest in manifests if not set(config.countries).isdisjoint(manifest.countries)]
    taken = {file.stem: manifest.name for manifest in serving if (own := manifest.path(FOLDER)) for file in own.glob("*.yaml")}
    return [finding for found in Reader(folder, config, serving, taken).all().broken.values() for finding in found]

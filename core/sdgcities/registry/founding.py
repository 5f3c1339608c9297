"""Making a new hub: its configuration, its database, its first operator."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.hub.config import HubConfig, load_config, write_config
from sdgcities.hub.hub import Hub
from sdgcities.model.hub import Role
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.discovery import Discovery, discover
from sdgcities.registry.people import add_actor


@dataclass(frozen=True, slots=True)
class Founding:
    """What a new hub is to be. Countries are ISO codes or plugin names; no languages means those of the plugins."""

    countries: tuple[str, ...]
    scope: str
    languages: tuple[str, ...]
    name: str | None
    operator: str
    demonstration: bool = False
    database: str = ""
    """The address of a PostgreSQL database; empty for a file in the hub's folder."""
    plugins: tuple[str, ...] = ()
    """Names of plugins that the hub requires beside those of its countries, such as themes."""


def found_hub(folder: Path, wanted: Founding, plugins_dir: Path | None) -> HubConfig:
    """Make the hub. Refused, with nothing left behind, where a country has no plugin or the folder holds something."""
    discovery = discover(plugins_dir)
    chosen = [_plugin_for(country, discovery) for country in wanted.countries]
    themes = [_theme_named(name, discovery) for name in wanted.plugins]
    if folder.exists() and not folder.is_dir():
        raise refuse("init.folder", msg("This is a file, not a folder."), msg("Choose a new folder for the hub."), Where(file=str(folder)))
    if folder.exists() and any(folder.iterdir()):
        raise refuse("init.folder", msg("The folder is not empty."), msg("Choose a new folder for the hub."), Where(file=str(folder)))
    countries = tuple(dict.fromkeys(code for manifest in chosen for code in manifest.countries))
    languages = wanted.languages or tuple(dict.fromkeys(language for manifest in chosen for language in manifest.languages))
    name = wanted.name or "SDG Cities: " + ", ".join(dict.fromkeys(manifest.title for manifest in chosen))
    plugins = tuple(dict.fromkeys(manifest.name for manifest in (*chosen, *themes)))
    config = HubConfig(name, wanted.scope, countries, plugins, languages, wanted.demonstration, wanted.database)
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return _settled(folder, config, wanted.operator, plugins_dir)
    except BaseException:
        for left in folder.iterdir():
            left.unlink()
        if made:
            folder.rmdir()
        raise


def _settled(folder: Path, config: HubConfig, operator: str, plugins_dir: Path | None) -> HubConfig:
    """Write the hub; `hub.yaml` makes it one, so that comes last."""
    hub = Hub(folder, config, plugins_dir)
    hub.plugins  # noqa: B018 - a plugin that can't be used is found out before anything is written
    database = hub.create_store()
    try:
        add_actor(database, None, operator, [Role.OPERATOR], "", "")
        write_config(folder, config)
        return load_config(folder)
    except BaseException:
        database.discard()
        raise
    finally:
        hub.close()


def _theme_named(name: str, discovery: Discovery) -> Manifest:
    """A plugin beside those of countries, by its name."""
    offered = {manifest.name: manifest for manifest in discovery.manifests if manifest.layer in {Layer.THEME, Layer.HUB}}
    if name in offered:
        return offered[name]
    broken = next((failure for failure in discovery.failures if failure.plugin == name), None)
    if broken:
        raise refuse("init.plugin", broken.reason, broken.hint, broken.where)
    hint = msg("There are: %(names)s. Or name a folder of plugins: --plugins-dir DIR.", names=", ".join(sorted(offered)) or "-")
    raise refuse("init.plugin", msg("There is no theme %(name)s.", name=name), hint)


def _plugin_for(country: str, discovery: Discovery) -> Manifest:
    """The country plugin with this name or for this ISO code."""
    national = [manifest for manifest in discovery.manifests if manifest.layer is Layer.COUNTRY]
    found = [manifest for manifest in national if manifest.country_meant(country)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(sorted(manifest.name for manifest in (found or national)))
    if found:
        raise refuse("init.country", msg("Several plugins serve %(country)s.", country=country), msg("Name one of: %(names)s.", names=names))
    broken = next((failure for failure in discovery.failures if failure.plugin == country.casefold()), None)
    if broken:
        raise refuse("init.country", broken.said(), broken.hint, broken.where)
    problem = msg("No plugin serves %(country)s.", country=country)
    hint = msg("There are: %(names)s. Or name a folder of plugins: --plugins-dir DIR.", names=names or "-")
    raise Refused([Finding("init.country", Severity.BLOCK, problem, hint), *(failure.finding() for failure in discovery.failures)])

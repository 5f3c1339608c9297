"""A hub's `hub.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from sdgcities.errors import HubUnusable, Refused, refuse, unusable
from sdgcities.findings import Where, msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.disclosure import THRESHOLD
from sdgcities.writing import put

FILE = "hub.yaml"
FAILURES = "plugin-failures.json"
OWN_PLUGINS = "plugins"
"""The folder with the hub's own plugins: what it made of repositories that it took in."""
_SCHEMA = Path(__file__).with_name("hub.schema.json")


@dataclass(frozen=True, slots=True)
class HubConfig:
    """What a hub is: its name, scope, countries, the plugins it requires and the languages it works in.

    `demonstration` marks a hub made by `sdgcities demo`: every page it writes says so.
    """

    name: str
    scope: str
    countries: tuple[str, ...]
    plugins: tuple[str, ...]
    languages: tuple[str, ...]
    demonstration: bool = False
    database: str = field(default="", repr=False)
    """The address of a PostgreSQL database; empty where the records are in a file of the hub's folder. It may hold a password."""
    threshold: int = THRESHOLD
    """Counts of people above zero and below it are not published."""


def hub_around(start: Path) -> Path | None:
    """The nearest folder upwards from `start` that holds a `hub.yaml`."""
    return next((folder for folder in (start, *start.parents) if (folder / FILE).is_file()), None)


def find_hub(start: Path) -> Path:
    """The same; raises HubUnusable where there is none."""
    if found := hub_around(start):
        return found
    raise unusable(
        "hub.none",
        msg("There is no hub here: no hub.yaml in this folder or above it."),
        msg("Go to the hub's folder, name it with --hub DIR, or make one: sdgcities init DIR --country C."),
        Where(file=str(start)),
    )


def load_config(folder: Path) -> HubConfig:
    """Read `hub.yaml`. Raises HubUnusable with its findings."""
    path = folder / FILE
    if not path.is_file():
        raise unusable("hub.none", msg("There is no hub.yaml in this folder."), msg("Make a hub: sdgcities init DIR --country C."), Where(file=str(folder)))
    try:
        data = cast("dict[str, object]", load_checked(path, _SCHEMA).data)
    except Refused as error:
        raise HubUnusable(error.findings) from error
    countries, plugins, languages = (tuple(cast("list[str]", data[key])) for key in ("countries", "plugins", "languages"))
    demonstration, database = bool(data.get("demonstration")), str(data.get("database", ""))
    threshold = cast("int", data.get("threshold", THRESHOLD))
    return HubConfig(str(data["name"]), str(data["scope"]), countries, plugins, languages, demonstration, database, threshold)


def write_config(folder: Path, config: HubConfig) -> None:
    """Write `hub.yaml` of a new hub. Refuses a folder that holds one already."""
    path = folder / FILE
    if path.exists():
        raise refuse("hub.exists", msg("This folder is a hub already."), msg("Choose another folder."), Where(file=str(path)))
    data: dict[str, object] = {
        "name": config.name,
        "scope": config.scope,
        "countries": list(config.countries),
        "plugins": list(config.plugins),
        "languages": list(config.languages),
    }
    if config.demonstration:
        data["demonstration"] = True
    if config.threshold != THRESHOLD:
        data["threshold"] = config.threshold
    if config.database:
        data["database"] = config.database
    put(path, yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False).encode(), private=bool(config.database))


class _Dumper(yaml.SafeDumper):
    """Writes texts so that they are read back as texts: a name such as 0E0 is a number to a reader of YAML 1.2."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if any(sign.isdigit() for sign in text) else None)


_Dumper.add_representer(str, _text)

"""What was found of each plugin, for people: its manifest, what is wrong with it, and its last recorded failures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.errors import refuse
from sdgcities.findings import Finding, msg
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.discovery import Origin, discover
from sdgcities.plugin.failures import Failure, read_failures

if TYPE_CHECKING:
    from sdgcities.model.milestones import Adaptation, Contract


@dataclass(frozen=True, slots=True)
class Listed:
    """One plugin as a listing shows it. `failures` are of its discovery and manifest, then those of its last loading."""

    name: str
    origin: Origin
    manifest: Manifest | None
    failures: tuple[Failure, ...]


def listed(plugins_dir: Path | None, failures_file: Path | None, own: Sequence[Path] = ()) -> tuple[list[Listed], tuple[Finding, ...]]:
    """Every plugin found, without importing any, and notes on how they were found. `own` are folders of a hub."""
    found = discover(plugins_dir, own)
    recorded = read_failures(failures_file) if failures_file else ()
    plugins = []
    for candidate in found.candidates:
        now = (candidate.failure,) if candidate.failure else ()
        last = tuple(failure for failure in recorded if failure.plugin == candidate.name)
        plugins.append(Listed(candidate.name, candidate.origin, candidate.manifest, (*now, *last)))
    return plugins, found.notes


def adaptations_of(country: str, core: Contract, plugins_dir: Path | None) -> tuple[Adaptation, ...]:
    """What the plugin of a country (ISO code or plugin name) adapts. Refused where no plugin serves the country."""
    from sdgcities.plugin.plugins import Plugins  # noqa: PLC0415 - listing plugins must not load pluggy

    found = discover(plugins_dir)
    for manifest in found.manifests:
        if code := manifest.country_meant(country):
            return Plugins.open(found, [manifest.name], [code]).adaptations(code, core)
    names = ", ".join(manifest.name for manifest in found.manifests if manifest.countries)
    hint = msg("There are: %(names)s. Or name a folder of plugins: --plugins-dir DIR.", names=names or "-")
    raise refuse("country.unknown", msg("No plugin serves %(country)s.", country=country), hint)

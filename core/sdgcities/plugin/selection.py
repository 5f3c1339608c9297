"""Which of the plugins that were found a hub uses: the core, what it requires, and what serves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sdgcities.errors import HubUnusable, unusable
from sdgcities.findings import Severity, msg
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.discovery import Candidate, Discovery
from sdgcities.plugin.failures import Failure, Stage


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """A plugin in use. Without a required one the hub can't be used; an optional one is dropped where it fails."""

    manifest: Manifest
    required: bool


def select(found: Discovery, required: Sequence[str], countries: Sequence[str]) -> tuple[list[Choice], list[Failure]]:
    """The plugins in use in order, and why others are not that would be. Raises HubUnusable where a required one can't be used."""
    wanted = {"core", *required}
    _check_required(found, wanted)
    choices = [Choice(manifest, manifest.name in wanted) for manifest in found.manifests if manifest.name in wanted or _serves(manifest, countries)]
    failures = [*found.failures, *_rival_claims(choices, countries)]
    lost = {failure.plugin for failure in failures}
    kept = [choice for choice in choices if choice.manifest.name not in lost]
    return sorted(kept, key=lambda choice: (choice.manifest.layer.rank, choice.manifest.name)), failures


def _serves(manifest: Manifest, countries: Iterable[str]) -> bool:
    return manifest.layer in {Layer.THEME, Layer.HUB} or any(country in manifest.countries for country in countries)


def _check_required(found: Discovery, wanted: Iterable[str]) -> None:
    known = {candidate.name: candidate for candidate in found.candidates}
    missing = [_missing(name, known.get(name)) for name in sorted(wanted) if name not in known or known[name].failure]
    if missing:
        raise HubUnusable([failure.finding(Severity.BLOCK) for failure in missing])


def _missing(name: str, candidate: Candidate | None) -> Failure:
    return candidate.failure if candidate and candidate.failure else not_installed(name)


def not_installed(name: str) -> Failure:
    """A required plugin that was not found."""
    hint = msg("Name the folder of plugins that it is in: --plugins-dir DIR; or install it: sdgcities-%(name)s; or take it out of hub.yaml.", name=name)
    return Failure(name, Stage.DISCOVER, msg("It is not installed."), hint)


def _rival_claims(choices: Sequence[Choice], countries: Iterable[str]) -> Iterator[Failure]:
    """One plugin of layer country for a country: the required one, otherwise none of the rivals."""
    for country in countries:
        rivals = [choice for choice in choices if choice.manifest.layer is Layer.COUNTRY and country in choice.manifest.countries]
        required = [choice for choice in rivals if choice.required]
        names = ", ".join(sorted(choice.manifest.name for choice in rivals))
        problem = msg("%(country)s is claimed by several plugins: %(plugins)s.", country=country, plugins=names)
        if len(required) > 1:
            raise unusable("plugin.claims", problem, msg("Name one of them in hub.yaml."))
        if len(rivals) > 1:
            hint = msg("Uninstall one of them, or name the one to use in hub.yaml.")
            yield from (Failure(choice.manifest.name, Stage.MANIFEST, problem, hint) for choice in rivals if not choice.required)

"""The hooks as the files named in a manifest answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sdgcities.contract.read import read_adaptation
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.instruments import Form
from sdgcities.model.milestones import Adaptation, Contract
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.programme import SupportModality
from sdgcities.model.statistics import Dimension, Indicator, Tag
from sdgcities.plugin import hookimpl
from sdgcities.plugin.declared.boundaries import read_boundaries
from sdgcities.plugin.declared.codelists import read_dimensions
from sdgcities.plugin.declared.forms import read_form
from sdgcities.plugin.declared.indicators import read_indicators
from sdgcities.plugin.declared.modality import read_modality
from sdgcities.plugin.declared.problems import yaml_files
from sdgcities.plugin.declared.profiles import read_profile
from sdgcities.plugin.declared.tags import read_tags
from sdgcities.plugin.declared.units import read_units

Resource = list[Dimension] | list[UnitBoundary] | list[Tag]
RESOURCES: Mapping[str, Callable[[Path, Manifest], Resource]] = {"codelists": read_dimensions, "boundaries": read_boundaries, "tags": read_tags}
"""The kinds of resources, each with the reader of its file."""


class Declared:
    """Answers for the countries of the manifest, from its files; no answer where it names none. Raises Refused."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest

    @hookimpl
    def sdgcities_units(self, country: str) -> list[Unit] | None:
        """The country and the rows of `units`."""
        mine = country in self._manifest.countries
        return read_units(self._manifest) if mine and (self._manifest.path("units") or self._manifest.layer is Layer.COUNTRY) else None

    @hookimpl
    def sdgcities_indicators(self, country: str) -> list[Indicator] | None:
        """The entries of `indicators`."""
        file = self._file("indicators", country)
        return read_indicators(file, self._manifest, country) if file else None

    @hookimpl
    def sdgcities_milestones(self, country: str, contract: Contract) -> list[Adaptation] | None:
        """What `milestones` says."""
        file = self._file("milestones", country)
        return [read_adaptation(load_yaml(file), country, self._manifest.name, contract, self._manifest.sources)] if file else None

    @hookimpl
    def sdgcities_forms(self, country: str) -> list[Form]:
        """One form for each file of `forms`."""
        return [read_form(file, self._manifest, country) for file in self._folder("forms", country)]

    @hookimpl
    def sdgcities_import_profiles(self, country: str) -> list[ImportProfile]:
        """One profile for each file of `profiles`."""
        profiles = [read_profile(file, self._manifest) for file in self._folder("profiles", country)]
        return [profile for profile in profiles if profile.country == country]

    @hookimpl
    def sdgcities_support_modality(self, country: str) -> SupportModality | None:
        """What `modality` says."""
        file = self._file("modality", country)
        return read_modality(file, self._manifest) if file else None

    @hookimpl
    def sdgcities_resources(self, kind: str) -> Resource | None:
        """The dimensions of `codelists`, the boundaries of `boundaries`, the tags of `tags`."""
        file = self._manifest.path(kind) if kind in RESOURCES else None
        return RESOURCES[kind](file, self._manifest) if file else None

    def _file(self, kind: str, country: str) -> Path | None:
        return self._manifest.path(kind) if self._manifest.serves(country) else None

    def _folder(self, kind: str, country: str) -> list[Path]:
        folder = self._file(kind, country)
        return yaml_files(folder) if folder else []

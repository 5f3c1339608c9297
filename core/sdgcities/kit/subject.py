"""The plugin on the desk: found by its folder or its name, installed or not, and read by what a hub reads it with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from sdgcities.contract.load import load_contract
from sdgcities.contract.read import read_adaptation
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Where, msg
from sdgcities.intake.yaml import Document, load_yaml
from sdgcities.kit.rule import Unchecked
from sdgcities.model.instruments import Form
from sdgcities.model.milestones import Adaptation
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.plugins import Manifest
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.programme import SupportModality
from sdgcities.model.statistics import Dimension, Indicator, Tag
from sdgcities.plugin.declared.boundaries import read_boundaries
from sdgcities.plugin.declared.codelists import read_dimensions
from sdgcities.plugin.declared.forms import read_form
from sdgcities.plugin.declared.indicators import read_indicators
from sdgcities.plugin.declared.modality import read_modality
from sdgcities.plugin.declared.profiles import read_profile
from sdgcities.plugin.declared.tags import read_tags
from sdgcities.plugin.declared.units import read_units
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.manifest import FILE, read_manifest

T = TypeVar("T")
NO_COUNTRY = "XX"
"""Under which a plugin that serves every country is read; no country has this code."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """What a hub would read of one file: the value, or what it refuses it for."""

    file: Path
    value: T | None
    findings: tuple[Finding, ...] = ()

    @property
    def needed(self) -> T:
        """The value, for a rule that builds on it. Raises Unchecked where the file can't be read: that is another rule's matter."""
        if self.value is None:
            raise Unchecked(msg("%(file)s must be corrected first.", file=self.file.name))
        return self.value


class Subject:
    """A plugin in `folder`. `project` is the folder with its pyproject.toml; None where it has none: it was installed, or is a package alone."""

    def __init__(self, folder: Path, plugins_dir: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.plugins_dir = plugins_dir
        """Where further plugins are that a trial of this one may need."""
        self.project = self.folder.parent if (self.folder.parent / "pyproject.toml").is_file() else None

    @property
    def needed_project(self) -> Path:
        """The folder with `pyproject.toml`, for a rule that looks at what stands beside the package. Raises Unchecked where there is none."""
        if self.project is None:
            raise Unchecked(msg("There is no pyproject.toml beside the package. Check the sources of an installed plugin; sdgcities plugin new writes one."))
        return self.project

    @property
    def name(self) -> str:
        """By its manifest, or else by its folder."""
        manifest = self.reading.value
        return manifest.name if manifest else self.folder.name.removeprefix("sdgcities_").replace("_", "-")

    @cached_property
    def reading(self) -> Reading[Manifest]:
        """The manifest as discovery reads it."""
        return _read(self.folder / FILE, lambda _: read_manifest(self.folder))

    @property
    def manifest(self) -> Manifest:
        """The manifest. Raises Unchecked where it can't be read: that is one rule's matter, and the others wait."""
        if self.reading.value is None:
            raise Unchecked(msg("plugin.yaml must be corrected first."))
        return self.reading.value

    @property
    def readable(self) -> Manifest:
        """The manifest, for work that can't go on without. Raises Refused with what is wrong in it."""
        if self.reading.value is None:
            raise Refused(self.reading.findings)
        return self.reading.value

    @property
    def country(self) -> str:
        """The country it is read for."""
        return self.manifest.countries[0] if self.manifest.countries else NO_COUNTRY

    def document(self, kind: str) -> Document | None:
        """The YAML file of a kind with its lines; None where the plugin has none. Raises Unchecked where it is no YAML."""
        file = self.manifest.path(kind)
        return document_of(file) if file else None

    def files(self, kind: str, pattern: str = "*.yaml") -> list[Path]:
        """The files of a folder of the plugin, by name."""
        folder = self.manifest.path(kind)
        return sorted(folder.glob(pattern)) if folder else []

    @cached_property
    def units(self) -> Reading[list[Unit]]:
        """The country, the units and their aliases."""
        file = self.manifest.path("units") or self.folder / FILE
        if len(self.manifest.countries) != 1:
            return Reading(file, [])
        return _read(file, lambda _: read_units(self.manifest))

    @cached_property
    def boundaries(self) -> Reading[list[UnitBoundary]] | None:
        """The boundaries; None where the plugin has none."""
        return self._of("boundaries", lambda file: read_boundaries(file, self.manifest))

    @cached_property
    def indicators(self) -> Reading[list[Indicator]] | None:
        """The indicators; None where the plugin has none."""
        return self._of("indicators", lambda file: read_indicators(file, self.manifest, self.country))

    @cached_property
    def dimensions(self) -> Reading[list[Dimension]] | None:
        """Its own dimensions; None where the plugin has none."""
        return self._of("codelists", lambda file: read_dimensions(file, self.manifest))

    @cached_property
    def tags(self) -> Reading[list[Tag]] | None:
        """Its tags; None where the plugin has none."""
        return self._of("tags", lambda file: read_tags(file, self.manifest))

    @cached_property
    def adaptation(self) -> Reading[Adaptation] | None:
        """What it changes of the core's milestones; None where it has nothing."""
        manifest, contract = self.manifest, load_contract()
        return self._of("milestones", lambda file: read_adaptation(load_yaml(file), self.country, manifest.name, contract, manifest.sources))

    @cached_property
    def modality(self) -> Reading[SupportModality] | None:
        """The support modality; None where the plugin has none."""
        return self._of("modality", lambda file: read_modality(file, self.manifest))

    @cached_property
    def forms(self) -> Sequence[Reading[Form]]:
        """Each form."""
        return [_read(file, lambda path: read_form(path, self.manifest, self.country)) for file in self.files("forms")]

    @cached_property
    def profiles(self) -> Sequence[Reading[ImportProfile]]:
        """Each import profile."""
        return [_read(file, lambda path: read_profile(path, self.manifest)) for file in self.files("profiles")]

    def _of(self, kind: str, read: Callable[[Path], T]) -> Reading[T] | None:
        file = self.manifest.path(kind)
        return _read(file, read) if file else None


def subject_of(wanted: str, plugins_dir: Path | None = None) -> Subject:
    """The plugin in a folder, or of a name, where the folder of that name has none. Raises Refused where there is none."""
    path = Path(wanted)
    if (path / FILE).is_file():
        return Subject(path, plugins_dir)
    inside = sorted(path.glob(f"sdgcities_*/{FILE}")) if path.is_dir() else []
    if len(inside) == 1:
        return Subject(inside[0].parent, plugins_dir)
    candidates = [one for one in discover(plugins_dir).candidates if one.folder]
    for candidate in candidates:
        if candidate.name == wanted and candidate.folder:
            return Subject(candidate.folder, plugins_dir)
    misnamed = next((found for pattern in ("plugin.yml", "sdgcities_*/plugin.yml") for found in path.glob(pattern)), None) if path.is_dir() else None
    if misnamed:
        raise refuse("plugin.suffix", msg("A plugin's file is called plugin.yaml."), msg("Rename it."), Where(file=str(misnamed)))
    if path.is_dir():
        hint = msg("Name the folder that holds plugin.yaml.")
        raise refuse("plugin.folder", msg("There is no plugin in this folder, or several."), hint, Where(file=wanted))
    hint = msg("Name a folder with a plugin.yaml, or one of: %(names)s.", names=", ".join(one.name for one in candidates))
    raise refuse("plugin.unknown", msg("No plugin %(name)s was found.", name=wanted), hint)


def document_of(file: Path) -> Document:
    """A YAML file with its lines. Raises Unchecked where it is none: the rule that reads it tells why."""
    try:
        return load_yaml(file)
    except Refused as error:
        raise Unchecked(msg("%(file)s must be corrected first.", file=file.name)) from error


def _read(file: Path, read: Callable[[Path], T]) -> Reading[T]:
    try:
        return Reading(file, read(file))
    except Refused as error:
        return Reading(file, None, tuple(map(_of_the_author, error.findings)))


def _of_the_author(finding: Finding) -> Finding:
    """A file without content is the author's own here: nobody else can send it again."""
    if finding.code not in {"file.empty", "yaml.empty"}:
        return finding
    return replace(finding, hint=msg("Fill it, or take its line out of plugin.yaml."))

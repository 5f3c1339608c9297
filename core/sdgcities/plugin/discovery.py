"""Finds plugins and reads their manifests, without importing any: installed ones, and those of `--plugins-dir`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.yaml import Document, load_yaml
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.plugin.entry_points import entry_points
from sdgcities.plugin.failures import Failure, Stage, failure_of
from sdgcities.plugin.manifest import FILE, manifest_of

CORE = Path(__file__).parents[1]


class Origin(StrEnum):
    """Where a plugin was found."""

    CORE = "core"
    INSTALLED = "installed"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that was found: its manifest, or why it has none. `name` is the best known one."""

    name: str
    origin: Origin
    folder: Path | None
    manifest: Manifest | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Discovery:
    """Every plugin that was found, core first and then by name, and notes on how."""

    candidates: tuple[Candidate, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """The manifests that could be read."""
        return tuple(candidate.manifest for candidate in self.candidates if candidate.manifest)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Why the others have none."""
        return tuple(candidate.failure for candidate in self.candidates if candidate.failure)


def discover(plugins_dir: Path | None = None, own: Sequence[Path] = ()) -> Discovery:
    """The core, the plugins in a hub's `own` folders (of one name that in the earlier folder) and in `plugins_dir`, and the installed ones.

    A plugin of a folder replaces one of its name that is installed, and a hub's own both.
    """
    core = _read("core", Origin.CORE, CORE)
    local, notes = list[Candidate](), list[Finding]()
    given = _unambiguous(_in_folder(plugins_dir)) if plugins_dir else []
    for found in (*(_unambiguous(_in_folder(folder)) for folder in own if folder.is_dir()), given):
        names = {candidate.name: candidate for candidate in local}
        notes += [_replaced(names[other.name], other) for other in found if other.name in names and other.folder != names[other.name].folder]
        local += [candidate for candidate in found if candidate.name not in names]
    installed = _unambiguous(_installed())
    names = {candidate.name: candidate for candidate in local}
    notes += [_replaced(names[other.name], other) for other in installed if other.name in names and other.folder != names[other.name].folder]
    if plugins_dir and not given:
        problem = msg("No plugin was found in the plugins folder.")
        notes.append(Finding("plugins.none", Severity.NOTE, problem, msg("Each plugin is a sub-folder with a plugin.yaml."), Where(str(plugins_dir))))
    chosen = [*local, *(candidate for candidate in installed if candidate.name not in names)]
    return Discovery((core, *sorted(chosen, key=lambda candidate: candidate.name)), tuple(notes))


def _in_folder(plugins_dir: Path) -> Iterator[Candidate]:
    try:
        folders = sorted(entry for entry in plugins_dir.iterdir() if entry.is_dir() and not entry.name.startswith((".", "__")))
    except OSError as error:
        problem = msg("The plugins folder can't be read: %(reason)s.", reason=error.strerror)
        raise refuse("plugins.folder", problem, msg("Give --plugins-dir a folder of plugins."), Where(str(plugins_dir))) from error
    for folder in folders:
        yield from _in_sub_folder(folder)


def _in_sub_folder(folder: Path) -> Iterator[Candidate]:
    try:
        inside = {entry.name: entry for entry in folder.iterdir()}
    except OSError as error:
        problem = msg("The folder can't be read: %(reason)s.", reason=error.strerror)
        failure = Failure(folder.name, Stage.DISCOVER, problem, msg("Give yourself access to it, or take it out."), where=Where(str(folder)))
        yield Candidate(folder.name, Origin.FOLDER, folder, failure=failure)
        return
    packages = [folder] if FILE in inside else [path for name, path in sorted(inside.items()) if name.startswith("sdgcities_") and (path / FILE).exists()]
    for package in packages:
        yield _read(package.name.removeprefix("sdgcities_").replace("_", "-"), Origin.FOLDER, package.resolve())


def _installed() -> Iterator[Candidate]:
    for entry in entry_points():
        if isinstance(entry, Failure):
            yield Candidate(entry.plugin, Origin.INSTALLED, None, failure=entry)
            continue
        folder = _package_folder(entry.package)
        if folder is None:
            problem = msg("The package %(package)s, named by the entry point, is not there.", package=entry.package)
            hint = msg("Install the plugin again, or uninstall it.")
            yield Candidate(entry.name, Origin.INSTALLED, None, failure=Failure(entry.name, Stage.DISCOVER, problem, hint))
            continue
        yield _named_as_entry(entry.name, _read(entry.name, Origin.INSTALLED, folder))


def _package_folder(package: str) -> Path | None:
    """The folder of a top-level package. A dotted name would import its parent, so it is none.

    importlib.util.find_spec would answer with a package of that name that was imported from elsewhere.
    """
    if not package.isidentifier():
        return None
    for finder in sys.meta_path:
        try:
            spec = finder.find_spec(package, None)
        except Exception:  # noqa: BLE001, S112 - finders of editable installs are other people's code
            continue
        if spec is not None:
            places = list(spec.submodule_search_locations or ())
            return Path(places[0]).resolve() if places else None
    return None


def _read(name: str, origin: Origin, folder: Path) -> Candidate:
    document: Document | None = None
    try:
        document = load_yaml(folder / FILE)
        manifest = manifest_of(document, folder)
        if origin is not Origin.CORE:
            keep_core_to_the_core(manifest, document)
    except Refused as error:
        name = _spelt_name(document) or name
        return Candidate(name, origin, folder, failure=failure_of(name, Stage.MANIFEST, error))
    return Candidate(manifest.name, origin, folder, manifest)


def keep_core_to_the_core(manifest: Manifest, document: Document) -> None:
    """Raises Refused where a plugin takes the core's layer or name."""
    if manifest.layer is Layer.CORE or manifest.name == "core":
        hint = msg("Take layer theme, country or hub, and another name.")
        raise refuse("manifest.core", msg("The layer and the name core are the core's own."), hint, document.where(("layer",)))


def _spelt_name(document: Document | None) -> str:
    name = document.data.get("name") if document and isinstance(document.data, dict) else None
    return name if isinstance(name, str) and name != "core" else ""


def _named_as_entry(entry: str, candidate: Candidate) -> Candidate:
    if candidate.manifest is None or candidate.manifest.name == entry:
        return candidate
    problem = msg("The entry point is called %(entry)s, the manifest says %(name)s.", entry=entry, name=candidate.manifest.name)
    where = Where(str(candidate.manifest.folder / FILE))
    return replace(candidate, manifest=None, failure=Failure(candidate.name, Stage.MANIFEST, problem, msg("Give both the same name."), where=where))


def _unambiguous(found: Iterable[Candidate]) -> list[Candidate]:
    """Each name once: two folders of one name are both set aside, naming both; one folder found twice is one."""
    candidates = list({(candidate.name, candidate.folder): candidate for candidate in found}.values())
    counts = Counter(candidate.name for candidate in candidates)
    return [*(one for one in candidates if counts[one.name] == 1), *(_ambiguous(name, candidates) for name, count in counts.items() if count > 1)]


def _ambiguous(name: str, candidates: Sequence[Candidate]) -> Candidate:
    same = [candidate for candidate in candidates if candidate.name == name]
    places = ", ".join(sorted(str(candidate.folder) for candidate in same))
    problem = msg("Several plugins are called %(name)s: %(places)s.", name=name, places=places)
    hint = msg("Is one a copy? Move it elsewhere, or give it another name in its plugin.yaml; the folder's name does not count.")
    return Candidate(name, same[0].origin, None, failure=Failure(name, Stage.DISCOVER, problem, hint))


def _replaced(winner: Candidate, other: Candidate) -> Finding:
    message = msg("The plugin %(name)s of the plugins folder is used instead of the installed one.", name=other.name)
    return Finding("plugins.replaced", Severity.NOTE, message, where=Where(str(winner.folder)))

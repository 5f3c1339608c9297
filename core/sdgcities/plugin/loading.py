"""From a manifest to hooks that can be called: imports the plugin's module, if it has one, and registers what it offers.

Each plugin gets a plugin manager of its own. What one registers, even a wrapper around a hook, can't touch another.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, cast

import pluggy

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.plugins import Manifest
from sdgcities.plugin import specs
from sdgcities.plugin.calling import within
from sdgcities.plugin.declared.hooks import Declared
from sdgcities.plugin.signatures import HOOKS, check_hooks


def import_hooks(manifest: Manifest, limit: float | None) -> ModuleType | None:
    """The module of hooks, from the plugin's own folder; None where the manifest names none. Raises Refused."""
    if not manifest.hooks:
        return None

    def importing() -> ModuleType:
        _import_package(manifest.folder)
        return import_module(manifest.hooks)

    return within(limit, importing, manifest.folder)


class Registered(NamedTuple):
    """The calls to a plugin's hooks, and which of them it has."""

    calls: specs.HookCalls
    hooks: frozenset[str]


def register(manifest: Manifest, module: ModuleType | None, limit: float | None) -> Registered:
    """The hooks of the manifest's files and of the module, checked against the specs. Raises Refused."""
    manager = pluggy.PluginManager(specs.PROJECT)
    manager.add_hookspecs(specs)
    manager.register(Declared(manifest), "files")
    if module is not None:
        within(limit, lambda: _add(manager, module), manifest.folder)
    hooks = frozenset(name for name in HOOKS if getattr(manager.hook, name).get_hookimpls())
    return Registered(cast("specs.HookCalls", manager.hook), hooks)


def _add(manager: pluggy.PluginManager, module: ModuleType) -> None:
    check_hooks(module)
    try:
        manager.register(module)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        problem = msg("Its hooks are not accepted: %(problem)s.", problem=str(error).strip().splitlines()[-1])
        raise refuse("hooks.invalid", problem, msg("Compare them with the hooks in docs/reference/hooks.md.")) from error


def _import_package(folder: Path) -> None:
    """Imports the package that lies in `folder`, whatever `sys.path` says: a plugins folder stands before what is installed.

    A package of the same name that was imported from elsewhere gives way.
    """
    name = folder.name
    known = getattr(sys.modules.get(name), "__path__", ())
    if any(Path(place).resolve() == folder for place in known):
        return
    for other in [module for module in sys.modules if module == name or module.startswith(f"{name}.")]:
        del sys.modules[other]
    spec = _package_spec(name, folder)
    package = sys.modules[name] = module_from_spec(spec)
    if spec.loader is not None:
        try:
            spec.loader.exec_module(package)
        except BaseException:
            sys.modules.pop(name, None)
            raise


def _package_spec(name: str, folder: Path) -> ModuleSpec:
    start = folder / "__init__.py"
    found = spec_from_file_location(name, start, submodule_search_locations=[str(folder)]) if start.exists() else None
    if found is None:
        found = ModuleSpec(name, None, is_package=True)
        found.submodule_search_locations = [str(folder)]
    return found

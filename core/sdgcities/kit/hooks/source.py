"""The hooks of a plugin as its source has them, read without importing anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sdgcities.findings import Where, msg
from sdgcities.kit.hooks.annotations import Names, names_of
from sdgcities.kit.rule import Unchecked
from sdgcities.model.plugins import Manifest
from sdgcities.plugin import specs

MARKER = "hookimpl"
MOST_MODULES = 20
"""Modules of a plugin through which its hooks are followed."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """A module: its file and its syntax tree."""

    file: Path
    tree: ast.Module

    @cached_property
    def names(self) -> Names:
        """What each name stands for."""
        return names_of(self.tree)

    def where(self, node: ast.AST) -> Where:
        """The place of a node."""
        line, column = getattr(node, "lineno", None), getattr(node, "col_offset", None)
        return Where(file=str(self.file), line=line, character=None if column is None else column + 1)


@dataclass(frozen=True, slots=True)
class HookFunction:
    """A hook: the name it is called by, its function and the module that holds it."""

    name: str
    function: Function
    source: Source


def hooks_of(manifest: Manifest) -> list[HookFunction]:
    """The hooks in the module that the manifest names, and those it takes from other modules of the package. Raises Unchecked."""
    if not manifest.hooks:
        return []
    module = _module_file(manifest, manifest.hooks)
    if module is None:
        raise Unchecked(msg("There is no module %(module)s.", module=manifest.hooks))
    return list(_hooks(manifest, read_source(module), {module}))


def read_source(file: Path) -> Source:
    """A module. Raises Unchecked where it is no Python."""
    try:
        return Source(file, ast.parse(file.read_bytes()))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        raise Unchecked(msg("%(file)s, line %(line)s, is no valid Python.", file=file.name, line=line)) from error


def spec_functions() -> Mapping[str, HookFunction]:
    """The specs, read in the same way."""
    source = read_source(Path(specs.__file__))
    return {function.name: HookFunction(function.name, function, source) for function in source.tree.body if isinstance(function, ast.FunctionDef)}


def _hooks(manifest: Manifest, source: Source, seen: set[Path]) -> Iterator[HookFunction]:
    for node in _statements(source.tree):
        if isinstance(node, Function) and (name := _hook_name(node)):
            yield HookFunction(name, node, source)
        elif isinstance(node, ast.ImportFrom) and len(seen) < MOST_MODULES:
            taken = {alias.name for alias in node.names}
            file = _module_file(manifest, _absolute(manifest, source, node))
            if file and file not in seen:
                found = _hooks(manifest, read_source(file), seen | {file})
                yield from (hook for hook in found if hook.function.name in taken or "*" in taken)


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements of a module, those under `if` and `try` too."""
    todo: list[ast.stmt] = list(tree.body)
    while todo:
        node = todo.pop(0)
        yield node
        if isinstance(node, ast.If | ast.Try | ast.With):
            handlers = [statement for handler in getattr(node, "handlers", ()) for statement in handler.body]
            todo = [*node.body, *getattr(node, "orelse", ()), *handlers, *getattr(node, "finalbody", ()), *todo]


def _hook_name(function: Function) -> str:
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if MARKER in (getattr(called, "id", ""), getattr(called, "attr", "")):
            keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
            named = [word.value.value for word in keywords if word.arg == "specname" and isinstance(word.value, ast.Constant)]
            return str(named[0]) if named else function.name
    return function.name if function.name.startswith(specs.PREFIX) else ""


def _absolute(manifest: Manifest, source: Source, node: ast.ImportFrom) -> str:
    """The full name of the module that is imported from."""
    if not node.level:
        return node.module or ""
    inside = source.file.relative_to(manifest.folder.parent).parent.parts
    base = inside[: len(inside) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _module_file(manifest: Manifest, module: str) -> Path | None:
    """The file of a module of the plugin's package; None where it is not the plugin's, or not there."""
    parts = module.split(".")
    if parts[0] != manifest.folder.name:
        return None
    base = manifest.folder.joinpath(*parts[1:])
    candidates = [base / "__init__.py", *([base.with_name(f"{base.name}.py")] if parts[1:] else [])]
    return next((file for file in candidates if file.is_file()), None)

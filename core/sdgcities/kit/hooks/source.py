"""The hooks of a plugin as its source has them, read without importing anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.kit.hooks.annotations import Names, names_of
from sdgcities.kit.rule import Unchecked
from sdgcities.model.plugins import Manifest
from sdgcities.plugin import specs

MARKER = "hookimpl"
MOST_MODULES = 20
"""Modules of a plugin through which its hooks are followed."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


class NotPython(Unchecked):
    """A file that can't be read as Python; `finding` says what is wrong in it, and where."""

    def __init__(self, file: Path, error: Exception, data: bytes) -> None:
        line = getattr(error, "lineno", None) or 1
        super().__init__(msg("%(file)s, line %(line)s, is no valid Python.", file=file.name, line=line))
        self.finding = _no_python(file, error, data)


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
    module = module_file(manifest, manifest.hooks)
    if module is None:
        raise Unchecked(msg("There is no module %(module)s.", module=manifest.hooks))
    return list(_hooks(manifest, read_source(module), {module}))


def read_source(file: Path) -> Source:
    """A module. Raises NotPython where it is none."""
    data = file.read_bytes()
    try:
        return Source(file, ast.parse(data))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotPython(file, error, data) from error


def _no_python(file: Path, error: Exception, data: bytes) -> Finding:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as undecodable:
        where = Where(str(file), line=data.count(b"\n", 0, undecodable.start) + 1)
        problem, hint = msg("The text is not %(encoding)s.", encoding="UTF-8"), msg("Save the file again as %(encoding)s.", encoding="UTF-8")
        return Finding("hooks.encoding", Severity.BLOCK, problem, hint, where)
    indented = isinstance(error, IndentationError)
    where = Where(str(file), line=getattr(error, "lineno", None) or 1, character=None if indented else getattr(error, "offset", None) or None)
    problem = msg("This is no valid Python: %(problem)s.", problem=getattr(error, "msg", None) or str(error))
    hint = msg("Correct the line. A bracket, quotation mark or colon may be missing in it, or in the one above.")
    if indented:
        hint = msg("See that the line begins exactly below its neighbours: four blanks for each step, no tabs.")
    return Finding("hooks.syntax", Severity.BLOCK, problem, hint, where)


def spec_functions() -> Mapping[str, HookFunction]:
    """The specs, read in the same way."""
    source = read_source(Path(specs.__file__))
    return {function.name: HookFunction(function.name, function, source) for function in source.tree.body if isinstance(function, ast.FunctionDef)}


def _hooks(manifest: Manifest, source: Source, seen: set[Path]) -> Iterator[HookFunction]:
    for node in _statements(source.tree):
        if isinstance(node, Function) and (name := _hook_name(node, source.names)):
            yield HookFunction(name, node, source)
        elif isinstance(node, ast.ImportFrom) and len(seen) < MOST_MODULES:
            taken = {alias.name for alias in node.names}
            file = module_file(manifest, _absolute(manifest, source, node))
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


def unmarked_name(hook: HookFunction) -> bool:
    """Whether only its name says that it should be a hook."""
    return not any(_marks(decorator, hook.source.names) for decorator in hook.function.decorator_list)


def _marks(decorator: ast.expr, names: Names) -> bool:
    """Whether a decorator is @hookimpl, by whatever name the module has it."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = getattr(called, "id", "")
    return MARKER in (name, getattr(called, "attr", "")) or names.get(name) == f"sdgcities.plugin.{MARKER}"


def _hook_name(function: Function, names: Names) -> str:
    for decorator in function.decorator_list:
        if _marks(decorator, names):
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


def module_file(manifest: Manifest, module: str) -> Path | None:
    """The file of a module of the plugin's package; None where it is not the plugin's, or not there."""
    parts = module.split(".")
    if parts[0] != manifest.folder.name:
        return None
    base = manifest.folder.joinpath(*parts[1:])
    candidates = [base / "__init__.py", *([base.with_name(f"{base.name}.py")] if parts[1:] else [])]
    return next((file for file in candidates if file.is_file()), None)

"""Holds the hooks of a module against the specs before they are registered: an unknown hook or argument is an error."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.plugin import specs

MARK = f"{specs.PROJECT}_impl"
HOOKS: dict[str, tuple[str, ...]] = {name: tuple(inspect.signature(spec).parameters) for name, spec in vars(specs).items() if name.startswith(specs.PREFIX)}
"""Every hook with its arguments."""


def check_hooks(module: ModuleType) -> None:
    """Raises Refused for what the module gets wrong, and where it has no hook at all."""
    hooks = list(_hooks(module))
    if not hooks:
        hint = msg("Mark each hook with @hookimpl of sdgcities.plugin, or take the line hooks out of plugin.yaml.")
        raise refuse("hooks.none", msg("The module %(module)s has no hook.", module=module.__name__), hint, Where(file=module.__file__))
    for name, function, marked in hooks:
        _check(name, function, marked=marked)


def _hooks(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any], bool]]:
    """Functions that are marked as hooks, or whose name says they should be."""
    for name, value in vars(module).items():
        marks = getattr(value, MARK, None) if inspect.isroutine(value) else None
        if isinstance(marks, dict):
            yield marks.get("specname") or name, value, True
        elif inspect.isroutine(value) and name.startswith(specs.PREFIX):
            yield name, value, False


def _check(name: str, function: Callable[..., Any], *, marked: bool) -> None:
    if name not in HOOKS:
        close = difflib.get_close_matches(name, HOOKS, n=1)
        hint = msg("Did you mean %(hook)s?", hook=close[0]) if close else msg("Hooks: %(hooks)s.", hooks=", ".join(HOOKS))
        raise _wrong(function, "hooks.unknown", msg("There is no hook %(hook)s.", hook=name), hint)
    if not marked:
        raise _wrong(function, "hooks.unmarked", msg("%(hook)s is not marked as a hook.", hook=name), msg("Put @hookimpl of sdgcities.plugin above it."))
    offered = ", ".join(HOOKS[name]) or "-"
    for parameter in inspect.signature(function).parameters.values():
        plain = parameter.kind in {parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY} and parameter.default is parameter.empty
        if parameter.name not in HOOKS[name] or not plain:
            problem = msg("%(hook)s can't take the argument %(argument)s.", hook=name, argument=str(parameter))
            raise _wrong(function, "hooks.argument", problem, msg("Its arguments, without defaults: %(arguments)s.", arguments=offered))


def _wrong(function: Callable[..., Any], code: str, problem: Message, hint: Message) -> Refused:
    source = getattr(function, "__code__", None)
    where = Where(file=source.co_filename, line=source.co_firstlineno) if source else Where()
    return refuse(code, problem, hint, where)

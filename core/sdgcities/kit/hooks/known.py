"""What of hooks is seen without running them: the module is there and is Python, and its hooks are those that a hub calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import get_close_matches

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.kit.hooks.source import MARKER, HookFunction, NotPython, hooks_of, module_file, unmarked_name
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.signatures import HOOKS


def known_faults(manifest: Manifest, named: Where) -> Iterator[Finding]:
    """What is wrong with the hooks of a manifest; `named` is the place of its line `hooks`."""
    if not manifest.hooks:
        return
    if module_file(manifest, manifest.hooks) is None:
        yield _block("hooks.module", msg("There is no module %(module)s.", module=manifest.hooks), _nearest_module(manifest), named)
        return
    try:
        hooks = hooks_of(manifest)
    except NotPython as error:
        yield error.finding
        return
    if not hooks:
        hint = msg("Mark each hook with @hookimpl of sdgcities.plugin, or take the line hooks out of plugin.yaml.")
        yield _block("hooks.none", msg("The module %(module)s has no hook.", module=manifest.hooks), hint, named)
    for hook in hooks:
        yield from _faults(hook)


def _faults(hook: HookFunction) -> Iterator[Finding]:
    where = hook.source.where(hook.function)
    if hook.name not in HOOKS:
        close = get_close_matches(hook.name, HOOKS, n=1)
        hint = msg("Did you mean %(hook)s?", hook=close[0]) if close else msg("Hooks: %(hooks)s.", hooks=", ".join(HOOKS))
        yield _block("hooks.unknown", msg("There is no hook %(hook)s.", hook=hook.name), hint, where)
        return
    if unmarked_name(hook):
        yield _block("hooks.unmarked", msg("%(hook)s is not marked as a hook.", hook=hook.name), msg("Put @hookimpl of sdgcities.plugin above it."), where)
    elif _without_import(hook):
        hint = msg("Write at the head of the file: from sdgcities.plugin import hookimpl")
        yield _block("hooks.import", msg("%(name)s is not imported.", name=MARKER), hint, where)
    for argument, spelt in _unfit_arguments(hook):
        problem = msg("%(hook)s can't take the argument %(argument)s.", hook=hook.name, argument=spelt)
        hint = msg("Its arguments, without defaults: %(arguments)s.", arguments=", ".join(HOOKS[hook.name]) or "-")
        yield _block("hooks.argument", problem, hint, hook.source.where(argument))


def _unfit_arguments(hook: HookFunction) -> Iterator[tuple[ast.arg, str]]:
    """Arguments that the spec does not have, that are not called by name, or that have a default."""
    arguments = hook.function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = dict(zip(reversed(positional), reversed(arguments.defaults), strict=False))
    defaults |= {argument: default for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default is not None}
    for argument in (*positional, *arguments.kwonlyargs):
        default = defaults.get(argument)
        if argument.arg not in HOOKS[hook.name] or default is not None or argument in arguments.posonlyargs:
            yield argument, argument.arg if default is None else f"{argument.arg} = {ast.unparse(default)}"
    for sign, rest in (("*", arguments.vararg), ("**", arguments.kwarg)):
        if rest is not None:
            yield rest, sign + rest.arg


def _without_import(hook: HookFunction) -> bool:
    """Whether the mark is a name that the module takes from nowhere."""
    bare = any(isinstance(node, ast.Name) and node.id == MARKER for decorator in hook.function.decorator_list for node in ast.walk(decorator))
    return bare and MARKER not in hook.source.names and "*" not in hook.source.names


def _nearest_module(manifest: Manifest) -> Message:
    """The module that was probably meant, of those that the package has."""
    files = (file.relative_to(manifest.folder).with_suffix("") for file in sorted(manifest.folder.rglob("*.py")))
    inside = [".".join(file.parent.parts if file.name == "__init__" else file.parts) for file in files]
    package, _, named = manifest.hooks.partition(".")
    modules = {name: f"{package}.{name}" for name in inside if name}
    close = [modules[name] for name in get_close_matches(named, modules, n=1)]
    if close:
        return msg("Did you mean %(name)s?", name=close[0])
    if modules:
        return msg("There are: %(names)s. Or take the line hooks out of plugin.yaml.", names=", ".join(modules.values()))
    return msg("The package has no Python module: take the line hooks out of plugin.yaml.")


def _block(code: str, problem: Message, hint: Message, where: Where) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, where)

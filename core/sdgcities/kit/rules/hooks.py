"""Hooks: they are those that a hub calls, load and answer, are annotated and tested, typed, and quick to import."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.kit.hooks.annotations import Names, answers, type_of
from sdgcities.kit.hooks.import_time import import_seconds
from sdgcities.kit.hooks.known import known_faults
from sdgcities.kit.hooks.source import HookFunction, hooks_of, read_source, spec_functions
from sdgcities.kit.hooks.typing_check import type_faults
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Subject, document_of
from sdgcities.plugin.manifest import FILE
from sdgcities.plugin.trial import try_plugin

MOST_MS = 50.0
"""Milliseconds of processor time that an import may take beyond the core."""


def hooks_known(subject: Subject) -> Iterator[Finding]:
    """What a hub would drop the plugin for, as far as it is seen without running it."""
    return known_faults(subject.manifest, document_of(subject.folder / FILE).where(("hooks",)))


def hooks_load(subject: Subject) -> Iterator[Finding]:
    """How the plugin fails first where a hub has it alone and asks it everything; tried in a process of its own."""
    if failure := try_plugin(subject.manifest):
        message = msg("%(hook)s: %(problem)s", hook=failure.hook, problem=failure.reason) if failure.hook else failure.reason
        yield Finding(f"plugin.{failure.stage}", Severity.BLOCK, message, failure.hint, failure.where)


def hooks_annotated(subject: Subject) -> Iterator[Finding]:
    """Arguments and answers of hooks that are not annotated, or otherwise than their specs."""
    specs = spec_functions()
    for hook in hooks_of(subject.manifest):
        if spec := specs.get(hook.name):  # a hook that is none is told by hooks-known
            yield from _arguments(hook, spec)
            yield from _answer(hook, spec)


def hooks_tested(subject: Subject) -> Iterator[Finding]:
    """Hooks that no test calls."""
    hooks = hooks_of(subject.manifest)
    if not hooks:
        return
    if subject.project is None:
        raise Unchecked(msg("The plugin was installed without its sources, so its tests are not here."))
    called = {name for file in sorted((subject.project / "tests").rglob("*.py")) for name in _called(read_source(file).tree)}
    for hook in hooks:
        if not called & {hook.name, hook.function.name}:
            hint = msg("Write a test in tests/ that calls %(hook)s and looks at its answer.", hook=hook.function.name)
            yield Finding("hooks.untested", Severity.BLOCK, msg("No test calls %(hook)s.", hook=hook.function.name), hint, hook.source.where(hook.function))


def strictly_typed(subject: Subject) -> Iterator[Finding]:
    """What mypy --strict finds."""
    return type_faults(subject.manifest.folder)


def import_time(subject: Subject) -> Iterator[Finding]:
    """An import that takes too long."""
    if not subject.manifest.hooks:
        return
    spent = import_seconds(subject.manifest) * 1000
    if spent > MOST_MS:
        problem = msg(
            "Importing %(module)s takes %(spent)s ms of processor time; at most %(most)s ms.",
            module=subject.manifest.hooks,
            spent=f"{spent:.0f}",
            most=f"{MOST_MS:g}",
        )
        hint = msg("Import what is heavy inside the hook that needs it; python -X importtime shows which it is.")
        yield Finding("hooks.slow", Severity.BLOCK, problem, hint, Where(file=str(_module(subject))))


def _module(subject: Subject) -> str:
    found = hooks_of(subject.manifest)
    return str(found[0].source.file if found else subject.folder)


def _arguments(hook: HookFunction, spec: HookFunction) -> Iterator[Finding]:
    offered = {argument.arg: argument for argument in spec.function.args.args}
    arguments = hook.function.args
    for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
        expected = offered.get(argument.arg)
        if expected is None or expected.annotation is None:
            continue  # an argument that the hook does not have is told by hooks-known
        should = f"{argument.arg}: {ast.unparse(expected.annotation)}"
        if argument.annotation is None:
            problem = msg("%(hook)s: the argument %(argument)s is not annotated.", hook=hook.name, argument=argument.arg)
            yield _wrong(hook, argument, problem, should)
        elif type_of(argument.annotation, hook.source.names) != type_of(expected.annotation, spec.source.names):
            told = ast.unparse(argument.annotation)
            problem = msg("%(hook)s: the argument %(argument)s is annotated as %(told)s.", hook=hook.name, argument=argument.arg, told=told)
            yield _wrong(hook, argument.annotation, problem, should, argument.annotation)


def _answer(hook: HookFunction, spec: HookFunction) -> Iterator[Finding]:
    asked, given = spec.function.returns, hook.function.returns
    assert asked is not None, "every spec is annotated"
    should = f"-> {ast.unparse(asked)}"
    if isinstance(hook.function, ast.AsyncFunctionDef):
        problem = msg("%(hook)s is an async function, which nobody waits for.", hook=hook.name)
        yield Finding("hooks.annotation", Severity.BLOCK, problem, msg("Write def in the place of async def."), hook.source.where(hook.function))
    elif given is None:
        yield _wrong(hook, hook.function, msg("%(hook)s: the answer is not annotated.", hook=hook.name), should)
    elif not answers(type_of(given, hook.source.names), type_of(asked, spec.source.names)):
        problem = msg("%(hook)s: the answer is annotated as %(told)s.", hook=hook.name, told=ast.unparse(given))
        yield _wrong(hook, given, problem, should, given)


def _wrong(hook: HookFunction, node: ast.AST, problem: Message, should: str, told: ast.expr | None = None) -> Finding:
    unknown = _not_imported(told, hook.source.names) if told else ""
    if unknown:
        hint = msg("Write %(should)s; %(name)s is not imported: from sdgcities.api import %(name)s.", should=should, name=unknown)
    else:
        hint = msg("Write %(should)s, as its spec does.", should=should)
    return Finding("hooks.annotation", Severity.BLOCK, problem, hint, hook.source.where(node))


def _not_imported(annotation: ast.expr, names: Names) -> str:
    """The first name of a class in an annotation that the module does not have; empty where it has all."""
    used = (node.id for node in ast.walk(annotation) if isinstance(node, ast.Name) and node.id[:1].isupper())
    return next((name for name in used if name not in names), "")


def _called(tree: ast.Module) -> Iterator[str]:
    """The names of the functions that a module calls, by the name they were imported from."""
    imports = (alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names)
    known = {alias.asname: alias.name for alias in imports if alias.asname}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            yield known.get(name, name)


CHECKS: Mapping[str, Check] = {
    "hooks-known": hooks_known,
    "hooks-load": hooks_load,
    "hooks-annotated": hooks_annotated,
    "hooks-tested": hooks_tested,
    "strictly-typed": strictly_typed,
    "import-time": import_time,
}

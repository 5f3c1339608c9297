"""One plugin at work: its steps from the manifest to answers. Every step raises Refused for what the plugin gets wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import ModuleType
from typing import TypeVar, cast

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.plugins import Layer
from sdgcities.plugin.answers import check_country, check_values
from sdgcities.plugin.calling import within
from sdgcities.plugin.kinds import Kind
from sdgcities.plugin.loading import Registered, import_hooks, register
from sdgcities.plugin.selection import Choice
from sdgcities.plugin.specs import HookCalls
from sdgcities.plugin.typed import misfit

T = TypeVar("T")


class Member:
    """A plugin that a hub uses. Only foreign Python runs under the time limit, and only its answers are checked in depth."""

    def __init__(self, choice: Choice, time_limit: float) -> None:
        self.manifest = choice.manifest
        self.name = choice.manifest.name
        self.required = choice.required
        self._foreign = bool(self.manifest.hooks) and self.manifest.layer is not Layer.CORE
        self.limit = time_limit if self._foreign else None
        self._module: ModuleType | None = None
        self._registered: Registered | None = None
        self._given: dict[tuple[str, ...], list[object]] = {}

    def import_hooks(self) -> None:
        """Run the plugin's module, if it has one."""
        self._module = import_hooks(self.manifest, self.limit)

    def register(self) -> None:
        """Hold its hooks against the specs."""
        self._registered = register(self.manifest, self._module, self.limit)

    def items(self, key: tuple[str, ...], kind: Kind[T], call: Callable[[HookCalls], Iterable[object]]) -> list[T]:
        """What it answers to a collecting hook, checked, asked once."""
        if key not in self._given:
            items = self._run(lambda calls: kind.items(call(calls), check=self._foreign))
            self._check(kind, items, key[1])
            self._given[key] = list(items)
        return cast("list[T]", self._given[key])  # the key begins with the hook, which settles the type

    def one(self, hook: str, expected: type[T], call: Callable[[HookCalls], T | None], country: str) -> T | None:
        """What it answers to a hook with one answer, checked."""
        if self._registered is None or hook not in self._registered.hooks:
            return None
        answer = self._run(call)
        if answer is not None:
            self._check_type(hook, answer, expected)
        if answer is not None and country:
            check_country(self.manifest, hook, answer, country)
        return answer

    def each(self, hook: str, expected: type[T], call: Callable[[HookCalls], Sequence[T | None]]) -> Sequence[T | None] | None:
        """What it answers to a hook called many times over under one time limit, each answer checked; None where it has no opinion on anything."""
        if self._registered is None or hook not in self._registered.hooks:
            return None
        answers = self._run(call)
        for answer in answers:
            if answer is not None:
                self._check_type(hook, answer, expected)
        return answers if any(answer is not None for answer in answers) else None

    def _check_type(self, hook: str, answer: T, expected: type[T]) -> None:
        if place := misfit(answer, expected):
            hint = msg("It must give a %(expected)s or None; this is a %(found)s.", expected=expected.__name__, found=type(answer).__name__)
            raise refuse("plugin.type", msg("%(hook)s: %(place)s is of the wrong type.", hook=hook, place=place), hint)

    def _run(self, call: Callable[[HookCalls], T]) -> T:
        registered = self._registered
        assert registered is not None, "register comes first"
        return within(self.limit, lambda: call(registered.calls), self.manifest.folder)

    def _check(self, kind: Kind[T], items: Iterable[T], country: str) -> None:
        seen: set[str] = set()
        for item in items:
            code = kind.code(item)
            if code in seen:
                raise refuse("plugin.twice", msg("%(hook)s: %(code)s is given twice.", hook=kind.hook, code=code), msg("Give each code once."))
            seen.add(code)
            if country:
                check_country(self.manifest, kind.hook, item, country)
            if self._foreign:
                check_values(self.manifest, item)

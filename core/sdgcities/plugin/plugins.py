"""The plugins of a hub at work: each hook is asked when its answer is first needed, and a plugin that fails is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from sdgcities.contract.adapt import adapt
from sdgcities.errors import HubUnusable, Refused, refuse
from sdgcities.findings import NOWHERE, Message, Severity, Where, msg
from sdgcities.model.instruments import Form
from sdgcities.model.milestones import Adaptation, Contract, Measure
from sdgcities.model.places import Unit, UnitBoundary
from sdgcities.model.plugins import Layer, Manifest
from sdgcities.model.profiles import ImportProfile
from sdgcities.model.programme import SupportModality
from sdgcities.model.statistics import Dimension, Indicator, Tag
from sdgcities.plugin import kinds
from sdgcities.plugin.calling import TIME_LIMIT
from sdgcities.plugin.discovery import Discovery
from sdgcities.plugin.failures import Failure, Stage, failure_of
from sdgcities.plugin.kinds import Kind
from sdgcities.plugin.log import FailureLog
from sdgcities.plugin.measures import guarded
from sdgcities.plugin.member import Member
from sdgcities.plugin.selection import Choice, select
from sdgcities.plugin.specs import HookCalls

T = TypeVar("T")
Key = tuple[str, ...]


class Plugins:
    """What the plugins of a hub say together. `failures` tells which were dropped, and why.

    Every answer raises HubUnusable where a required plugin fails over it.
    """

    def __init__(self, choices: Sequence[Choice], log: FailureLog, time_limit: float) -> None:
        self._log = log
        self._members: list[Member] = []
        self._answers: dict[Key, Mapping[str, object]] = {}
        self._givers: dict[Key, Manifest] = {}
        self._folded: dict[tuple[str, str], str | None] = {}
        for choice in choices:
            self._load(choice, time_limit)

    @classmethod
    def open(
        cls,
        found: Discovery,
        required: Sequence[str],
        countries: Sequence[str],
        *,
        failures_file: Path | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> Plugins:
        """Load the core, the required plugins and those that serve the countries. Raises HubUnusable."""
        choices, failures = select(found, required, countries)
        log = FailureLog(failures_file, [choice.manifest.name for choice in choices])
        for failure in failures:
            log.failed(failure)
        return cls(choices, log, time_limit)

    @property
    def manifests(self) -> tuple[Manifest, ...]:
        """Of the plugins in use, in order of layer and name."""
        return tuple(member.manifest for member in self._members)

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Of the plugins that were dropped so far."""
        return tuple(self._log.failures)

    def units(self, country: str) -> Mapping[str, Unit]:
        """The administrative units of a country, by id."""
        return self._collected(kinds.UNITS, lambda calls: calls.sdgcities_units(country=country), country)

    def indicators(self, country: str) -> Mapping[str, Indicator]:
        """The indicators of a country, by code."""
        return self._collected(kinds.INDICATORS, lambda calls: calls.sdgcities_indicators(country=country), country)

    def adaptations(self, country: str, contract: Contract) -> tuple[Adaptation, ...]:
        """What the plugins change of the contract for a country, in order of layer and name."""
        given = self._collected(kinds.ADAPTATIONS, lambda calls: calls.sdgcities_milestones(country=country, contract=contract), country, contract.digest)
        return tuple(given.values())

    def contract(self, country: str, core: Contract) -> Contract:
        """The contract of a country: the core's with what the plugins change, inside its bounds."""
        adaptations = self.adaptations(country, core)
        try:
            return adapt(core, adaptations)
        except Refused as error:
            self._blame(core, adaptations, error)
        return self.contract(country, core)

    def forms(self, country: str) -> Mapping[str, Form]:
        """The forms of a country and those for every country, by id."""
        return self._collected(kinds.FORMS, lambda calls: calls.sdgcities_forms(country=country), country)

    def profiles(self, country: str) -> Mapping[str, ImportProfile]:
        """The import profiles of a country, by id."""
        return self._collected(kinds.PROFILES, lambda calls: calls.sdgcities_import_profiles(country=country), country)

    def modality(self, country: str) -> SupportModality | None:
        """How the hub of a country is supported; None where no plugin says."""
        hook = "sdgcities_support_modality"
        return self._first(hook, lambda member: member.one(hook, SupportModality, lambda calls: calls.sdgcities_support_modality(country=country), country))

    def dimensions(self) -> Mapping[str, Dimension]:
        """The dimensions of disaggregation, by id."""
        return self._collected(kinds.DIMENSIONS, lambda calls: calls.sdgcities_resources(kind="codelists"))

    def tags(self) -> Mapping[str, Tag]:
        """The tags that indicators carry, by id."""
        return self._collected(kinds.TAGS, lambda calls: calls.sdgcities_resources(kind="tags"), version="tags")

    def boundaries(self, country: str) -> Mapping[str, UnitBoundary]:
        """The boundaries of a country's units that plugins give, by unit. Read when a map is drawn, not before."""
        hook = kinds.BOUNDARIES.hook
        found = self._collected(kinds.BOUNDARIES, lambda calls: calls.sdgcities_resources(kind="boundaries"), version="boundaries")
        known = {unit for manifest in self.manifests for served in manifest.countries for unit in self.units(served)}
        for unit in sorted(found.keys() - known) if known else ():  # a plugin tried alone may speak of another's units
            self._reject(hook, self.giver(hook, unit, ""), msg("A boundary is given for %(id)s, which is no unit.", id=unit))
            return self.boundaries(country)
        return {unit: found[unit] for unit in self.units(country) if unit in found}

    def measures(self) -> Mapping[str, Measure]:
        """The measures of criteria, by id. One of a plugin that fails while it is read answers why."""
        return self._collected(kinds.MEASURES, lambda calls: calls.sdgcities_measures())

    def giver(self, hook: str, code: str, country: str) -> Manifest:
        """The plugin that gave what has this code, by the hook it came through (`sdgcities_forms`, ...)."""
        return self._givers[hook, country, code]

    def fold_name(self, text: str, language: str) -> str | None:
        """A plugin's folding of a name; None where no plugin knows the language."""
        if (text, language) not in self._folded:
            self.fold_ahead([text], language)
        return self._folded[text, language]

    def fold_ahead(self, texts: Iterable[str], language: str) -> None:
        """Fold many names at once: a guarded call for each would cost more than the folding."""
        new = [text for text in dict.fromkeys(texts) if (text, language) not in self._folded]

        def call(calls: HookCalls) -> list[str | None]:
            return [calls.sdgcities_fold_name(text=text, language=language) for text in new]

        answers = self._first("sdgcities_fold_name", lambda member: member.each("sdgcities_fold_name", str, call))
        self._folded.update(zip(((text, language) for text in new), answers or [None] * len(new), strict=True))

    def _load(self, choice: Choice, time_limit: float) -> None:
        member = Member(choice, time_limit)
        for stage, step in ((Stage.IMPORT, member.import_hooks), (Stage.REGISTER, member.register)):
            try:
                step()
            except Refused as error:
                self._drop(member, stage, error)
                return
            self._log.passed(member.name, stage)
        self._members.append(member)

    def _collected(self, kind: Kind[T], call: Callable[[HookCalls], Iterable[object]], country: str = "", version: str = "") -> Mapping[str, T]:
        key = (kind.hook, country, version)
        while key not in self._answers:
            self._collect(key, kind, call, country)
        return cast("Mapping[str, T]", self._answers[key])  # the key begins with the hook, which settles the type

    def _collect(self, key: Key, kind: Kind[T], call: Callable[[HookCalls], Iterable[object]], country: str) -> None:
        """Ask everyone; keep the answer only where nobody had to be dropped over it."""
        owners: dict[str, list[Member]] = {}
        items: dict[str, T] = {}
        for member in tuple(self._members):
            for item in self._ask(member, kind.hook, partial(member.items, key, kind, call)) or ():
                code = kind.code(item)
                owners.setdefault(code, []).append(member)
                items[code] = cast("T", guarded(item, member, self._drop)) if isinstance(item, Measure) else item
        rivals = next(((code, members) for code, members in owners.items() if len(members) > 1), None)
        if rivals:
            self._settle(kind.hook, *rivals)
        else:
            self._answers[key] = items
            self._givers.update({(kind.hook, country, code): members[0].manifest for code, members in owners.items()})

    def _first(self, hook: str, ask: Callable[[Member], T | None]) -> T | None:
        """The answer of the latest layer that has one."""
        for layer in reversed(Layer):
            given: list[tuple[Member, T]] = []
            for member in tuple(self._members):
                if member.manifest.layer is layer:
                    answer = self._ask(member, hook, partial(ask, member))
                    given += [] if answer is None else [(member, answer)]
            if any(answer != given[0][1] for _, answer in given):
                self._settle(hook, str(given[0][1])[:80], [member for member, _ in given])
                return self._first(hook, ask)
            if given:
                return given[0][1]
        return None

    def _ask(self, member: Member, hook: str, ask: Callable[[], T]) -> T | None:
        try:
            answer = ask()
        except Refused as error:
            self._drop(member, Stage.CALL, error, hook)
            return None
        self._log.passed(member.name, Stage.CALL, hook)
        return answer

    def _reject(self, hook: str, giver: Manifest, problem: Message) -> None:
        """Drop a plugin over an answer that only the others' answers show to be wrong."""
        file = giver.path("boundaries")
        error = refuse("plugin.values", problem, msg("Name a unit that a plugin gives."), Where(file=str(file)) if file else NOWHERE)
        for member in [member for member in self._members if member.manifest is giver]:
            self._drop(member, Stage.CALL, error, hook)

    def _settle(self, hook: str, code: str, rivals: Sequence[Member]) -> None:
        """Two plugins gave one code: the optional ones are dropped. Raises HubUnusable where two required ones did."""
        names = ", ".join(sorted({member.name for member in rivals}))
        problem = msg("%(hook)s: %(code)s is given by several plugins: %(plugins)s.", hook=hook, code=code, plugins=names)
        error = refuse("plugin.twice", problem, msg("Remove it from all but one, or take one of the plugins out."))
        required = [member for member in rivals if member.required]
        for member in required if len(required) > 1 else [member for member in rivals if not member.required]:
            self._drop(member, Stage.CALL, error, hook)

    def _blame(self, core: Contract, adaptations: Iterable[Adaptation], error: Refused) -> None:
        """Drop whose adaptation alone is refused; where they only contradict each other, the optional ones, else a required one."""
        alone: dict[str, Refused] = {}
        for adaptation in adaptations:
            try:
                adapt(core, [adaptation])
            except Refused as refusal:
                alone[adaptation.plugin] = refusal
        authors = [member for member in self._members if member.name in {adaptation.plugin for adaptation in adaptations}]
        optional = [member for member in authors if not member.required]
        for member in [member for member in authors if member.name in alone] or optional or authors:
            self._drop(member, Stage.CALL, alone.get(member.name, error), kinds.ADAPTATIONS.hook)

    def _drop(self, member: Member, stage: Stage, error: Refused, hook: str = "") -> None:
        failure = failure_of(member.name, stage, error, hook)
        self._log.failed(failure)
        if member.required:
            raise HubUnusable([failure.finding(Severity.BLOCK), *error.findings[1:]]) from error
        if member in self._members:
            self._members.remove(member)
        self._answers.clear()
        self._folded.clear()

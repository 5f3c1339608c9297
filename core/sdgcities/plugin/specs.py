"""The hooks: when each is called, what a plugin may answer, what `None` means. All arguments are given by name.

A plugin may take fewer arguments than a hook offers, never others. Each hook is called for one plugin at a time,
with a time limit: what a plugin raises, or answers of the wrong type, concerns that plugin alone. Nothing may
depend on the order of calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import pluggy

if TYPE_CHECKING:
    from sdgcities.model.instruments import Form
    from sdgcities.model.milestones import Adaptation, Contract, Measure
    from sdgcities.model.places import Unit, UnitBoundary
    from sdgcities.model.profiles import ImportProfile
    from sdgcities.model.programme import SupportModality
from sdgcities.model.statistics import Dimension, Indicator, Tag

PROJECT = "sdgcities"
PREFIX = "sdgcities_"

hookspec = pluggy.HookspecMarker(PROJECT)


@hookspec
def sdgcities_units(country: str) -> Iterable[Unit] | None:
    """The administrative units of a country, standing and ended.

    Called once a country of the hub, when units are first needed. Answer only units of `country` (ISO 3166-1
    alpha-2), each id once; a unit another plugin gives too is an error that names both. None: no units. Since API 1.0.
    """


@hookspec
def sdgcities_indicators(country: str) -> Iterable[Indicator] | None:
    """The indicators of a country.

    Called once a country of the hub, when indicators are first needed. Answer only indicators of `country`, each code
    once; a code another plugin gives too is an error that names both. None: no indicators. Since API 1.0.
    """


@hookspec
def sdgcities_milestones(country: str, contract: Contract) -> Iterable[Adaptation] | None:
    """What a country changes of the milestone contract.

    Called once a country of the hub, when milestones are first needed. `contract` is the core's, with the bounds of
    every parameter. Answer adaptations for `country`; they are held against the bounds afterwards, and one that
    passes a floor or drops a milestone is refused. None: the contract as it is. Since API 1.0.
    """


@hookspec
def sdgcities_forms(country: str) -> Iterable[Form] | None:
    """The forms cities of a country fill in.

    Called once a country of the hub, when forms are first needed. Answer forms of `country`, or with `country` None
    from a plugin that serves every country; each id once. Schemas are checked strictly: an unknown keyword or a
    reference to elsewhere is an error. None: no forms. Since API 1.0.
    """


@hookspec
def sdgcities_import_profiles(country: str) -> Iterable[ImportProfile] | None:
    """How the files of a country's offices become observations.

    Called once a country of the hub, when a file is first imported. Answer only profiles of `country`, each id once.
    None: no profiles. Since API 1.0.
    """


@hookspec(firstresult=True)
def sdgcities_support_modality(country: str) -> SupportModality | None:
    """How the hub of a country is supported, with the budget of a year.

    Called when the programme's budget is first needed. The answer of the latest layer that has one counts; two
    different answers within a layer are an error that names both. None: no opinion. Since API 1.0.
    """


@hookspec
def sdgcities_resources(kind: str) -> Iterable[Dimension] | Iterable[UnitBoundary] | Iterable[Tag] | None:
    """The open-ended rest, by kind: `codelists`, dimensions of disaggregation; `boundaries` of units; since API 1.1 `tags` of indicators.

    Called once a kind, when it is first needed; `boundaries` only for a report. Answer an empty list or None for a kind
    you don't know: later versions ask for more. Each id of a dimension or tag and each unit once; the core's own dimensions
    can't be given again, and a unit must be one that is known. Since API 1.0.
    """


@hookspec(firstresult=True)
def sdgcities_fold_name(text: str, language: str) -> str | None:
    """The form of a name under which spellings of one place are equal.

    Called for each distinct name that is looked up, so be quick. Answer for the languages whose casing you know
    (where i with a dot and without one are two letters) and None for all others: then the core folds case, accents and
    punctuation. The answer of the latest layer counts; two different answers within a layer are an error. Since API 1.0.
    """


@hookspec
def sdgcities_measures() -> Mapping[str, Measure] | None:
    """Measures that criteria of milestones may name, by id.

    Called once, when milestones are first assessed. Each `Measure` reads all cities in one call and only through the
    `HubView` it is given. An id another plugin gives too is an error that names both. None: no measures. Since API 1.0.
    """


class HookCalls(Protocol):
    """The calls as one plugin's hooks answer them: a list with one answer an implementation, or the first that is not None."""

    def sdgcities_units(self, *, country: str) -> list[Iterable[Unit]]:
        """Answers to the hook of this name."""

    def sdgcities_indicators(self, *, country: str) -> list[Iterable[Indicator]]:
        """Answers to the hook of this name."""

    def sdgcities_milestones(self, *, country: str, contract: Contract) -> list[Iterable[Adaptation]]:
        """Answers to the hook of this name."""

    def sdgcities_forms(self, *, country: str) -> list[Iterable[Form]]:
        """Answers to the hook of this name."""

    def sdgcities_import_profiles(self, *, country: str) -> list[Iterable[ImportProfile]]:
        """Answers to the hook of this name."""

    def sdgcities_support_modality(self, *, country: str) -> SupportModality | None:
        """First answer to the hook of this name."""

    def sdgcities_resources(self, *, kind: str) -> list[Iterable[Dimension] | Iterable[UnitBoundary] | Iterable[Tag]]:
        """Answers to the hook of this name."""

    def sdgcities_fold_name(self, *, text: str, language: str) -> str | None:
        """First answer to the hook of this name."""

    def sdgcities_measures(self) -> list[Mapping[str, Measure]]:
        """Answers to the hook of this name."""

"""The SDGs and the UMF as lists of codes, each row with its source and status; those of this release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar, cast

from sdgcities.intake.yaml import load_yaml
from sdgcities.model.sources import Status

HERE = Path(__file__).parent


class Listed(StrEnum):
    """The frameworks whose lists can be loaded anew."""

    SDG = "sdg"
    UMF = "umf"


@dataclass(frozen=True, slots=True)
class Entry:
    """A code of a framework and what it stands for. `title` is empty where it could not be read in the source; `until` says when a code ended."""

    code: str
    title: str
    source: str
    status: Status
    note: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """One of the 17 goals, with the colour by which it is known."""

    id: str
    name: str
    colour: str


@dataclass(frozen=True)
class Sdg:
    """The targets and indicators of the SDGs."""

    entries: Mapping[str, Entry]
    """Targets and indicators by code, in the order of the list."""
    version: str = ""
    kind: ClassVar = Listed.SDG

    @property
    def targets(self) -> dict[str, Entry]:
        """The targets by code."""
        return {code: entry for code, entry in self.entries.items() if code.count(".") == 1}

    @property
    def indicators(self) -> dict[str, Entry]:
        """The indicators by code, those that ended too."""
        return {code: entry for code, entry in self.entries.items() if code.count(".") > 1}


@dataclass(frozen=True)
class Umf:
    """The codes of indicators of the UMF that the list holds; the framework may have more."""

    entries: Mapping[str, Entry]
    version: str = ""
    kind: ClassVar = Listed.UMF


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Both lists as they are in force."""

    sdg: Sdg
    umf: Umf


def goal_of(code: str) -> Goal | None:
    """The goal that a code of the SDGs belongs to."""
    return goals().get(code.partition(".")[0])


def target_of(code: str) -> str:
    """The target that an indicator of the SDGs belongs to; of a target its own code."""
    return ".".join(code.split(".")[:2])


def cell_of(code: str) -> str:
    """The cell that an indicator of the UMF belongs to."""
    return ".".join(code.split(".")[:2])


@cache
def goals() -> Mapping[str, Goal]:
    """The 17 goals, by number."""
    return {str(one["id"]): Goal(str(one["id"]), str(one["name"]), str(one["colour"])) for one in _named("sdg_goals.yaml", "goals")}


@cache
def domains() -> Mapping[str, str]:
    """The English names of the UMF's domains, by number."""
    return {str(one["id"]): str(one["name"]) for one in _named("umf.yaml", "domains")}


@cache
def objectives() -> Mapping[str, str]:
    """The English names of the UMF's objectives, by number."""
    return {str(one["id"]): str(one["name"]) for one in _named("umf.yaml", "objectives")}


@cache
def cells() -> tuple[str, ...]:
    """The cells of the UMF, `domain.objective`. Milestones, forms and indicators are made for these, so no list changes them."""
    return tuple(f"{domain}.{objective}" for domain in domains() for objective in objectives())


def _named(file: str, key: str) -> Iterable[Mapping[str, object]]:
    return cast("dict[str, list[Mapping[str, object]]]", load_yaml(HERE / file).data)[key]

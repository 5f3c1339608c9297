"""A running hub: who acts in it, at which stage its cities are, and what measures see of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from sdgcities.model.instruments import Answer
from sdgcities.model.statistics import Indicator, MissingReason, Period


class Role(StrEnum):
    """What a person may do."""

    OPERATOR = "operator"
    """Runs the hub and types."""
    AUTHOR = "author"
    """Answers for a city's forms and claims."""
    REVIEWER = "reviewer"
    """Decides on claims."""


class CityStage(StrEnum):
    """How far a city has come with the programme."""

    INTERESTED = "interested"
    JOINING = "joining"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    LEFT = "left"
    MERGED = "merged"
    """The place became part of another city."""


AT_WORK = (CityStage.INTERESTED, CityStage.JOINING, CityStage.ACTIVE, CityStage.COMPLETED)
"""The stages of a city that works with the hub: it claims, and sends in forms and documents."""
GONE = (CityStage.LEFT, CityStage.MERGED)
"""The stages of a city that takes part no more."""


@dataclass(frozen=True, slots=True)
class LatestFigure:
    """The latest total (no disaggregation) a city has for an indicator: an exact value, or why there is none.

    `parts`: the value was added up from the figures of so many units that lie in it.
    """

    period: Period
    value: Decimal | None
    missing: MissingReason | None
    parts: int = 0


@dataclass(frozen=True, slots=True)
class FigureReview:
    """The newest decision of a reviewer on an indicator of a city: on the file that has this digest. `office` is for whom the reviewer spoke."""

    accepted: bool
    sha256: str
    office: str
    reason: str
    at: str
    actor: str


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition of a city's figures that was published: its files with their digests, by path."""

    number: int
    licence: str
    files: Mapping[str, str]
    at: str

    @property
    def indicators(self) -> Mapping[str, str]:
        """The digest of each indicator's file."""
        return {path.removeprefix(DATA).removesuffix(".csv"): digest for path, digest in self.files.items() if path.startswith(DATA)}


DATA = "data/"
"""The folder of an edition that holds one file for each indicator."""


class HubView(Protocol):
    """Read-only, set-based: every call answers for all the cities asked about, by unit id."""

    @property
    def today(self) -> date:
        """The day of the assessment."""
        ...

    def indicators(self, city: str) -> Mapping[str, Indicator]:
        """The indicators of the country the city lies in, by code."""
        ...

    def answers(self, question: str, cities: Sequence[str]) -> Mapping[str, Answer]:
        """The answer of each city's latest submission of a form that answers the question."""
        ...

    def evidence(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
        """What is attached: city, then `milestone#evidence-id`, then the details noted with the latest file."""
        ...

    def latest(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, LatestFigure]]:
        """The latest figure of each city by indicator code."""
        ...

    def courses(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Mapping[Period, Decimal]]]:
        """Every total of each city that has a value, by indicator code and period."""
        ...

    def reviews(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, FigureReview]]:
        """The newest decision of a reviewer by city and indicator code."""
        ...

    def editions(self, cities: Sequence[str]) -> Mapping[str, Sequence[Edition]]:
        """The published editions of each city, oldest first."""
        ...

    def splits(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, Collection[str]]]:
        """The dimensions by which each city's figures of an indicator are split, by its code."""
        ...

    def methods(self, cities: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """The indicators of each city whose newest value a named method computed, with method and version."""
        ...

"""The milestone contract: tracks, milestones, criteria, parameters, national adaptation and assessment."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from sdgcities.findings import Message
from sdgcities.model.places import Attribute
from sdgcities.model.sources import Source, Status

if TYPE_CHECKING:
    from sdgcities.model.hub import HubView


class Share(Decimal):
    """A share of a whole, between 0 and 1; people read it in per cent."""

    def __str__(self) -> str:
        """As people read it."""
        return f"{self.percent:f}%"

    @property
    def percent(self) -> Decimal:
        """In per cent, with one decimal at most."""
        rounded = round(self * 100, 1)
        return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


Value = Decimal | date | str | frozenset[str] | bool
"""What a measure yields and a parameter holds: number, date, choice, set, yes or no."""


class ParameterType(StrEnum):
    """What a parameter holds."""

    NUMBER = "number"
    SET = "set"
    CHOICE = "choice"
    DATE = "date"


class Stricter(StrEnum):
    """Which way a parameter gets stricter.

    A higher or lower number, a later or earlier date, a larger or smaller set, a choice further along or back in its list of options.
    """

    UP = "up"
    DOWN = "down"


class Comparison(StrEnum):
    """How a measured value is held against what is required."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EQUALS = "equals"
    INCLUDES = "includes"
    ONE_OF = "one_of"


class State(StrEnum):
    """Where a city stands with a milestone; the middle four are the steps of a claim."""

    OPEN = "open"
    MET = "met"
    CLAIMED = "claimed"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A national parameter: its default, the laxest (`floor`) and strictest (`ceiling`) value a country may set.

    A set that gets stricter upwards may have no ceiling (None): a country may always ask for more.
    A set that gets stricter downwards lists what is accepted, so it is never empty in force.
    """

    name: str
    type: ParameterType
    default: Value
    floor: Value
    ceiling: Value | None
    stricter: Stricter
    reason: str
    options: tuple[str, ...] = ()
    value: Value | None = None
    """What the country set; None where it keeps the default."""

    @property
    def in_force(self) -> Value:
        """The value that counts: the country's, else the default."""
        return self.default if self.value is None else self.value


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of a property of the place, such as population at_least 50000. Where the property is unknown, it fails."""

    attribute: str
    comparison: Comparison
    value: Attribute | frozenset[str]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One test: a measure, held by a comparison against a parameter or a fixed value.

    `arguments` names parameters whose values go to the measure. `when` limits a national criterion to some places.
    `share`: the measure is a share of a whole.
    """

    id: str
    text: str
    measure: str
    comparison: Comparison
    parameter: str = ""
    value: Value | None = None
    arguments: tuple[str, ...] = ()
    when: Condition | None = None
    share: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria combined: all of them, or any one."""

    any: bool
    members: tuple[Criterion | Group, ...]


@dataclass(frozen=True, slots=True)
class Equivalent:
    """A national instrument accepted in place of a piece of evidence, with the written rationale."""

    id: str
    name: str
    rationale: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence a milestone asks for. `file`: a document is attached; otherwise the hub's records hold it."""

    id: str
    name: str
    file: bool
    equivalents: tuple[Equivalent, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A milestone of a track. `code` is the short code (D1); `national` names the plugin that added it."""

    id: str
    code: str
    track: str
    name: str
    criteria: Group
    evidence: tuple[Evidence, ...]
    parameters: Mapping[str, Parameter]
    grounding: tuple[str, ...]
    source: Source
    status: Status
    national: str = ""
    preconditions: tuple[Criterion, ...] = ()
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """One of the four tracks."""

    id: str
    name: str
    does: str
    source: Source
    status: Status
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contract:
    """The tracks and milestones, core's or a country's.

    `key` lists the key milestones; each entry is one id, or several of which any one is enough.
    `recognition` is the country's word for recognition, empty where it keeps the core's.
    """

    version: str
    status: Status
    source: Source
    tracks: tuple[Track, ...]
    milestones: Mapping[str, Milestone]
    key: tuple[tuple[str, ...], ...]
    country: str = ""
    recognition: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One adaptation of one milestone, as a plugin declares it.

    Exactly what is set is changed; everything else stays the core's. `reason` is written for the reader of
    `contract diff`. `accept` maps a core evidence id to the national instruments taken in its place.
    """

    milestone: str
    reason: str
    status: Status
    source: Source
    rename: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    criteria: tuple[Criterion | Group, ...] = ()
    preconditions: tuple[Criterion, ...] = ()
    accept: Mapping[str, tuple[Equivalent, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What one plugin changes of the contract for a country: changes to core milestones, and milestones of its own.

    `lines` and `characters` are the places in `file` by path (`("changes", 0, "parameters", "sessions")`); empty where it came from Python.
    """

    country: str
    plugin: str
    changes: tuple[Change, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    recognition: str = ""
    recognition_status: Status = Status.DRAFT
    recognition_reason: str = ""
    recognition_source: Source | None = None
    file: str = ""
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)
    characters: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a measure found for one city: the value, and exactly what is missing for more.

    `value` None means that nothing was recorded yet.
    """

    value: Value | None
    missing: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure for criteria: set-based, one call reads it for all cities (unit ids).

    `arguments` are values of contract parameters that the measure needs, by name.
    """

    id: str
    text: str
    read: Callable[[HubView, Sequence[str], Mapping[str, Value]], Mapping[str, Reading]]


class Met(StrEnum):
    """Whether a criterion is met."""

    YES = "met"
    NO = "unmet"
    NOT_MEASURABLE = "not_measurable_yet"
    """No track provides the measure yet; counts as unmet."""
    DOES_NOT_APPLY = "does_not_apply"
    """The place is outside the condition of a national criterion."""


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion held against one city: the value, what is required, exactly what is missing."""

    criterion: str
    text: str
    measure: str
    comparison: Comparison
    value: Value | None
    required: Value
    met: Met
    missing: tuple[Message, ...]

    @property
    def applies(self) -> bool:
        """Whether the place is inside the condition, if there is one."""
        return self.met is not Met.DOES_NOT_APPLY


@dataclass(frozen=True, slots=True)
class GroupResult:
    """The results of a group and whether the group as a whole is met."""

    any: bool
    met: bool
    members: tuple[CriterionResult | GroupResult, ...]

    @property
    def applies(self) -> bool:
        """Whether anything in it applies to the place."""
        return any(member.applies for member in self.members)

    def criteria(self) -> tuple[CriterionResult, ...]:
        """Every criterion of the group and its sub-groups, in order."""
        found: list[CriterionResult] = []
        for member in self.members:
            found.extend(member.criteria() if isinstance(member, GroupResult) else (member,))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Assessment:
    """One city held against one milestone on one day."""

    city: str
    milestone: str
    track: str
    contract_version: str
    on: date
    applies: bool
    met: bool
    result: GroupResult

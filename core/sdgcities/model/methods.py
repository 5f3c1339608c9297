"""A named method, what goes into it, and what comes out; a result always says which method and version made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sdgcities.findings import Message
from sdgcities.model.sources import Source, Status

Number = Decimal | float
Quantity = Number | str | Sequence["Quantity"] | Mapping[str, "Quantity"] | None
"""A number, a word, or several of them by position or name; None where there is none, and a note says why."""


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that a method is given. `unit` is that of the numbers, empty where they have none.

    `kind` is `number`, `text`, `series` (numbers by year), `table` (numbers by name), `words` (words by name) or `grid` (rows of numbers).
    Without a default, what is not required is None where it is left out. Bounds hold for each number.
    """

    id: str
    says: str
    kind: str
    unit: str = ""
    required: bool = True
    default: str = ""
    options: tuple[str, ...] = ()
    """The words that are meant; empty, any."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Gives:
    """One output of a method, and what it means."""

    id: str
    says: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Method:
    """A method: what it asks for, what it gives, who wrote it down, and how far that is confirmed."""

    id: str
    version: str
    title: str
    says: str
    given: tuple[Given, ...]
    gives: tuple[Gives, ...]
    source: Source
    status: Status
    group: str
    """What it stands under in a list."""
    notes: tuple[str, ...] = ()
    """Said with every result."""
    one_city: bool = False
    """Whether a run is of one city over time: scores never stand side by side."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a method made of what it was given. Without outputs, `reason` says why nothing could be computed."""

    name: str
    version: str
    inputs: Mapping[str, Quantity]
    outputs: Mapping[str, Quantity]
    notes: tuple[Message, ...] = ()
    reason: Message | None = None

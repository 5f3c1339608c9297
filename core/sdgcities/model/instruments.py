"""Forms, and what a city's submission answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sdgcities.model.sources import Source, Status


@dataclass(frozen=True, slots=True)
class Form:
    """A form: a JSON Schema (2020-12), and which of the core's questions its fields answer.

    `answers` maps a question of the core (`agreement/signed-on`) to a JSON Pointer into the submission.
    Properties marked `x-personal: true` in the schema are names or contacts of people: they are kept apart
    and can be erased. `country` None means the form serves every country. `example` is a submission that
    passes, `counterexample` one that is refused.
    """

    id: str
    version: str
    title: str
    country: str | None
    schema: Mapping[str, object]
    answers: Mapping[str, str]
    source: Source
    status: Status
    example: Mapping[str, object] = field(default_factory=dict)
    counterexample: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the latest submission of a city says to one question; personal data shows only as present (True)."""

    value: object
    submitted_on: date

"""Cities as text and as JSON: names, stages, and what they and their predecessors have on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sdgcities.cli.session import Session
from sdgcities.findings import msg, nmsg
from sdgcities.model.hub import GONE, CityStage
from sdgcities.model.places import Unit
from sdgcities.recognition.claims import Claim, claims
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City, Step, predecessors, steps
from sdgcities.registry.submissions import Sent, submissions_of
from sdgcities.tracks.data.baseline import Baseline
from sdgcities.tracks.data.showing import coverage

Fields = Iterator[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Held:
    """What a city has on record."""

    city: City
    claims: Sequence[Claim]
    submissions: Sequence[Sent]

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        return {
            "claims": [{"claim": claim.id, "milestone": claim.milestone, "state": claim.state} for claim in self.claims],
            "submissions": [{"submission": sub.id, "form": sub.form, "n": sub.n, "at": sub.at, "author": sub.author} for sub in self.submissions],
        }


@dataclass(frozen=True, slots=True)
class Shown:
    """A city with its coverage and stages, what it has on record, and what those have that became part of it."""

    held: Held
    baseline: Baseline
    stages: Sequence[Step]
    predecessors: Sequence[Held]

    def as_data(self) -> dict[str, object]:
        """The same as JSON shows it."""
        return {
            **city_data(self.held.city),
            "indicators_with_value": len(self.baseline.valued),
            "indicators_applicable": self.baseline.applicable,
            **self.held.as_data(),
            "stages": [{"stage": step.stage, "at": step.at, "actor": step.actor, "reason": step.reason} for step in self.stages],
            "predecessors": [{**city_data(held.city), **held.as_data()} for held in self.predecessors],
        }


def shown_city(catalogue: Catalogue, city: City) -> Shown:
    """Gather what `city show` shows."""

    def held(one: City) -> Held:
        return Held(one, claims(catalogue, one.unit.id), submissions_of(catalogue, one.unit.id))

    before = [held(one) for one in predecessors(catalogue, city.unit.id)]
    return Shown(held(city), coverage(catalogue, [city])[city.unit.id], steps(catalogue, city.unit.id), before)


def city_data(city: City) -> dict[str, object]:
    """A city as JSON shows it; `name` is the official one, `until` the last day of one that became part of another."""
    return {
        "city": city.unit.id,
        "name": city.unit.name,
        "former_names": [{"name": name.name, "language": name.language, "until": name.until} for name in city.unit.former],
        "country": city.unit.country,
        "stage": city.stage,
        "since": city.since,
        "reason": city.reason,
        "merged_into": city.successor.id if city.successor else None,
        "until": city.unit.valid_to,
    }


def city_row(session: Session, city: City) -> tuple[str, ...]:
    """A city in a listing: with the name it went by before, and with what it became part of."""
    unit = city.unit
    return (unit.id, with_former(session, unit), unit.country, stage_text(session, city), session.when(city.since))


def with_former(session: Session, unit: Unit) -> str:
    """The name, and the one before it."""
    if not unit.former:
        return session.place(unit)
    return session.words(msg("%(name)s (formerly %(former)s)", name=session.place(unit), former=unit.former[0].name))


def stage_text(session: Session, city: City) -> str:
    """The stage; of a city that became part of another, of which and until when it stood by itself."""
    if city.successor is None:
        return session.text(city.stage)
    return session.words(msg("part of %(name)s (%(code)s) after %(date)s", **_named(session, city.successor, city.unit.valid_to)))


def as_until(session: Session, city: City) -> str:
    """Under which name, and until when, a predecessor has something on record."""
    return session.words(msg("as %(name)s (%(code)s) until %(date)s", **_named(session, city.unit, city.unit.valid_to)))


def _named(session: Session, unit: Unit, until: date | None) -> dict[str, str]:
    return {"name": session.place(unit), "code": unit.id, "date": session.formats.date(until) if until else "…"}


def working(session: Session, found: Sequence[City]) -> list[City]:
    """The cities that take part, by name in the reader's alphabet; how many left or merged is told beside them."""
    taking_part = [one for one in found if one.stage not in GONE]
    if gone := len(found) - len(taking_part):
        session.say(nmsg("%(n)s city that left or merged is not shown here.", "%(n)s cities that left or merged are not shown here.", gone))
    return sorted(taking_part, key=lambda one: session.formats.sort_key(session.place(one.unit)))


def print_city(session: Session, shown: Shown) -> None:
    """A city, field by field."""
    city, unit = shown.held.city, shown.held.city.unit
    session.fields(
        [
            ("Name", f"{session.place(unit)} ({unit.id})"),
            *(("Formerly", f"{name.name} ({_until(session, name.until)})") for name in unit.former),
            ("Stage", f"{stage_text(session, city)} ({session.when(city.since)})"),
            ("Reason", city.reason),
            ("Indicators with a value", f"{len(shown.baseline.valued)} / {shown.baseline.applicable}"),
            *_held(session, shown.held),
            *(field for held in shown.predecessors for field in _predecessor(session, held)),
            *(("Earlier stage", f"{session.text(step.stage)} ({session.when(step.at)}) {step.reason}".rstrip()) for step in shown.stages[1:]),
        ]
    )
    if city.stage is not CityStage.MERGED and unit.valid_to:
        told = {"date": session.formats.date(unit.valid_to), "code": unit.id}
        session.say(msg("This place ended on %(date)s. Record what it became part of: sdgcities city merge %(code)s --into CITY.", **told))


def _held(session: Session, held: Held, whose: str = "") -> Fields:
    for claim in held.claims:
        yield "Claim", f"{claim.id}: {claim.milestone}, {session.text(claim.state)}{whose}"
    for sub in held.submissions:
        yield "Submission", f"{sub.id}: {sub.form} {sub.n}, {session.when(sub.at)}, {sub.author}{whose}"


def _predecessor(session: Session, held: Held) -> Fields:
    """What a city that became part of this one has on record: under its own name."""
    yield "Came out of", f"{with_former(session, held.city.unit)} ({held.city.unit.id}), {_until(session, held.city.unit.valid_to)}"
    yield from _held(session, held, f" ({as_until(session, held.city)})")


def _until(session: Session, day: date | None) -> str:
    return session.words(msg("until %(date)s", date=session.formats.date(day))) if day else ""

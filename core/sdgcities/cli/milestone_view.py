"""Assessments and claims, as text and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sdgcities.cli.city_view import as_until, stage_text
from sdgcities.cli.output import columns, out
from sdgcities.cli.session import Session
from sdgcities.contract.values import spell
from sdgcities.errors import refuse
from sdgcities.findings import Message, msg
from sdgcities.model.hub import AT_WORK
from sdgcities.model.milestones import Assessment, CriterionResult, Met, Milestone, State, Value
from sdgcities.recognition.assessing import Assessed, as_data, find_milestone
from sdgcities.recognition.claims import Claim, claims
from sdgcities.recognition.standing import Claimed, newest_claims, state_of
from sdgcities.registry.cities import City

Row = tuple[Milestone, Assessment]

_MARK = {Met.YES: "✓", Met.NO: "✗", Met.NOT_MEASURABLE: "…", Met.DOES_NOT_APPLY: "-"}
_WORD = {Met.NOT_MEASURABLE: msg("not measurable yet"), Met.DOES_NOT_APPLY: msg("does not apply here")}


def print_status(session: Session, cities: Sequence[City], assessed: Sequence[Assessed], milestone: str | None, *, as_json: bool) -> None:
    """Each city's milestones; one of them with all its criteria where it is named."""
    found = _by_city(assessed, milestone)
    newest = newest_claims(session.catalogue)
    if as_json:
        session.json([as_data(one, state_of(one, newest)) for rows in found.values() for _, one in rows])
        return
    if not cities:
        raise refuse("city.none", msg("No city takes part yet."), msg("Add one: sdgcities city join CITY."))
    for city in cities:
        _print_city(session, city, found[city.unit.id], newest, detailed=milestone is not None)
    if not milestone:
        session.say(msg("What is missing: sdgcities milestone status CITY --milestone ID."))


def _by_city(assessed: Sequence[Assessed], milestone: str | None) -> Mapping[str, Sequence[Row]]:
    found: dict[str, list[Row]] = {}
    for group in assessed:
        wanted = find_milestone(group.contract, milestone).id if milestone and group.assessments else None
        for one in group.assessments:
            if wanted in (None, one.milestone):
                found.setdefault(one.city, []).append((group.contract.milestones[one.milestone], one))
    return found


def _print_city(session: Session, city: City, rows: Sequence[Row], newest: Claimed, *, detailed: bool) -> None:
    """The city's milestones in columns; below each its criteria, where they are asked for."""
    if rows:
        one = rows[0][1]
        under = f"{session.text('contract')} {one.contract_version}"
        out(f"{session.place(city.unit)} ({one.city}) · {under} · {session.formats.date(one.on)}{_resting(session, city)}")
    lines = columns([_cells(session, milestone, one, state_of(one, newest)) for milestone, one in rows])
    for line, (_, one) in zip(lines, rows, strict=True):
        out(line)
        if detailed:
            _print_criteria(session, one)


def _cells(session: Session, milestone: Milestone, one: Assessment, state: State) -> tuple[str, ...]:
    applying = [result for result in one.result.criteria() if result.met is not Met.DOES_NOT_APPLY]
    met = sum(1 for result in applying if result.met is Met.YES)
    return ("  ✓" if one.met else "  ·", milestone.code, one.milestone, f"{met}/{len(applying)}", session.word(state), session.text(milestone.name))


def print_history(session: Session, cities: Sequence[City], *, as_json: bool) -> None:
    """The claims of these cities, the newest first; those of a city that became part of another under its own name."""
    by_unit = {city.unit.id: city for city in cities}
    found = [claim for claim in claims(session.catalogue) if claim.city in by_unit]
    if as_json:
        session.json([claim_data(claim) | _whose(by_unit[claim.city]) for claim in found])
        return
    if not found:
        session.say(msg("No claim was made yet."))
    for claim in found:
        print_claim(session, claim, by_unit[claim.city])


def claim_data(claim: Claim) -> dict[str, object]:
    """A claim as JSON shows it."""
    steps = [{"action": event.action, "actor": event.actor, "reason": event.reason, "at": event.at} for event in claim.events]
    who = {"author": claim.author, "entered_by": claim.entered_by, "at": claim.at}
    about = {"claim": claim.id, "city": claim.city, "milestone": claim.milestone, "state": claim.state, "contract_version": claim.contract_version}
    return {**about, **who, "snapshot_digest": claim.snapshot_digest, "steps": steps}


def _whose(city: City) -> dict[str, object]:
    """What the claimant became part of, and its last day by itself; null for a city that stands."""
    merged = {"merged_into": city.successor.id, "until": city.unit.valid_to} if city.successor else {"merged_into": None, "until": None}
    return {"name": city.unit.name, **merged}


def _resting(session: Session, city: City) -> str:
    """The stage, where the city takes no claims at it."""
    return "" if city.stage in AT_WORK else f" · {stage_text(session, city)}"


def print_claim(session: Session, claim: Claim, city: City) -> None:
    """A claim with its steps, and who claimed."""
    under = f"{session.text('contract')} {claim.contract_version}"
    whose = as_until(session, city) if city.successor else f"{session.place(city.unit)} ({claim.city})"
    out(f"{session.text('Claim')} {claim.id} · {whose} · {claim.milestone} · {under} · {session.text(claim.state)}")
    out(f"    {session.text('author')}: {claim.author}; {session.text('entered by')} {claim.entered_by}; sha256 {claim.snapshot_digest[:12]}…")
    for event in claim.events:
        out(f"    {session.when(event.at)}  {session.text(event.action)}  {event.actor}  {event.reason}".rstrip())


def _print_criteria(session: Session, assessment: Assessment) -> None:
    for result in assessment.result.criteria():
        out(f"      {_MARK[result.met]} {session.text(result.text)}")
        out(f"          {session.words(_held(session, result))}")
        if result.met is not Met.YES:
            for message in result.missing:
                out(f"          → {session.words(message)}")


def _held(session: Session, result: CriterionResult) -> Message:
    if result.met in _WORD:
        return _WORD[result.met]
    value, required = result.value, result.required
    if isinstance(required, bool):  # the criterion's text says what has to be so
        value, required = None if value is None else value == required, True
    found = session.text("nothing recorded") if value is None else _spelled(session, value)
    comparison = session.word(result.comparison)
    return msg("found: %(value)s; required: %(comparison)s %(required)s", value=found, comparison=comparison, required=_spelled(session, required))


def _spelled(session: Session, value: Value) -> object:
    """A number stays one, so that it is rounded for the reader."""
    if isinstance(value, bool):
        return session.text("yes") if value else session.text("no")
    return value if isinstance(value, Decimal) else spell(value)

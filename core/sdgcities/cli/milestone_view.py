"""Assessments and claims, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.contract.values import spell
from sdgcities.errors import refuse
from sdgcities.findings import Message, msg
from sdgcities.model.milestones import Assessment, CriterionResult, Met
from sdgcities.recognition.assessing import Assessed, as_data, find_milestone
from sdgcities.recognition.claims import Claim, states
from sdgcities.registry.cities import City

_MARK = {Met.YES: "✓", Met.NO: "✗", Met.NOT_MEASURABLE: "…", Met.DOES_NOT_APPLY: "-"}
_WORD = {Met.NOT_MEASURABLE: "not measurable yet", Met.DOES_NOT_APPLY: "does not apply here"}


def print_status(session: Session, cities: Sequence[City], assessed: Sequence[Assessed], milestone: str | None, *, as_json: bool) -> None:
    """Each city's milestones; one of them with all its criteria where it is named."""
    names = {city.unit.id: city.unit.name for city in cities}
    claimed = {city: states(session.catalogue, city) for city in names}
    rows = []
    for group in assessed:
        wanted = find_milestone(group.contract, milestone).id if milestone and names else None
        rows += [(group.contract, one) for one in group.assessments if wanted in (None, one.milestone)]
    if as_json:
        session.json([as_data(one, _state(one, claimed[one.city])) for _, one in rows])
        return
    if not names:
        raise refuse("city.none", msg("No city takes part yet."), msg("Add one: sdgcities city join CITY."))
    ordered = sorted(rows, key=lambda row: session.formats.sort_key(names[row[1].city]))
    shown = ""
    for contract, one in ordered:
        if names[one.city] != shown:
            shown = names[one.city]
            out(f"{shown} ({one.city}) · {session.text('contract')} {one.contract_version} · {session.formats.date(one.on)}")
        title = contract.milestones[one.milestone]
        met = sum(1 for result in one.result.criteria() if result.met is Met.YES)
        count = f"{met}/{len([result for result in one.result.criteria() if result.met is not Met.DOES_NOT_APPLY])}"
        out(f"  {'✓' if one.met else '·'} {title.code:<4} {one.milestone:<28} {count:>6}  {session.text(_state(one, claimed[one.city]))}  {session.text(title.name)}")
        if milestone:
            _print_criteria(session, one)
    if not milestone:
        session.say(msg("What is missing: sdgcities milestone status CITY --milestone ID."))


def claim_data(claim: Claim) -> dict[str, object]:
    """A claim as JSON shows it."""
    steps = [{"action": event.action, "actor": event.actor, "reason": event.reason, "at": event.at} for event in claim.events]
    who = {"author": claim.author, "entered_by": claim.entered_by, "at": claim.at}
    about = {"claim": claim.id, "city": claim.city, "milestone": claim.milestone, "state": claim.state, "contract_version": claim.contract_version}
    return {**about, **who, "snapshot_digest": claim.snapshot_digest, "steps": steps}


def print_claim(session: Session, claim: Claim) -> None:
    """A claim with its steps."""
    out(f"{session.text('Claim')} {claim.id} · {claim.city} · {claim.milestone} · {session.text('contract')} {claim.contract_version} · {session.text(claim.state)}")
    out(f"    {session.text('author')}: {claim.author}; {session.text('entered by')} {claim.entered_by}; sha256 {claim.snapshot_digest[:12]}…")
    for event in claim.events:
        out(f"    {session.when(event.at)}  {session.text(event.action)}  {event.actor}  {event.reason}".rstrip())


def _state(assessment: Assessment, claimed: dict[str, str]) -> str:
    """The newest claim's state; without one, whether the criteria are met."""
    if not assessment.applies:
        return "does not apply here"
    return claimed.get(assessment.milestone) or ("met" if assessment.met else "open")


def _print_criteria(session: Session, assessment: Assessment) -> None:
    for result in assessment.result.criteria():
        out(f"      {_MARK[result.met]} {session.text(result.text)}")
        out(f"          {session.words(_held(session, result))}")
        if result.met is not Met.YES:
            for message in result.missing:
                out(f"          → {session.words(message)}")


def _held(session: Session, result: CriterionResult) -> Message:
    if result.met in _WORD:
        return Message(_WORD[result.met])
    value = session.text("nothing recorded") if result.value is None else spell(result.value)
    comparison = session.text(result.comparison.value.replace("_", " "))
    return msg("found: %(value)s; required: %(comparison)s %(required)s", value=value, comparison=comparison, required=spell(result.required))

"""Claims to milestones and the hub's decisions on them. An author never reviews their own claim.

A hub's approval says that the hub approves; it is no certificate and no verdict on a city's sustainability.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, mark, msg
from sdgcities.model.hub import Role
from sdgcities.model.milestones import Assessment, Met
from sdgcities.recognition.assessing import as_data, assess_one
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.people import Acting
from sdgcities.registry.stages import need_at_work
from sdgcities.store import audit
from sdgcities.store.rows import append
from sdgcities.store.tables import claim, claim_event


class Decision(StrEnum):
    """What a reviewer decides: approve, send back for more, or reject."""

    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"


CLAIMED = mark("claimed")


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a claim."""

    action: str
    actor: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with its steps so far; `assessment` is what was found on the day it was made."""

    id: int
    city: str
    milestone: str
    contract_version: str
    author: str
    entered_by: str
    at: str
    snapshot_digest: str
    assessment: Mapping[str, object]
    events: tuple[Event, ...]

    @property
    def state(self) -> str:
        """The last step: claimed, approved, returned or rejected."""
        return self.events[-1].action


def make_claim(catalogue: Catalogue, city: City, milestone: str, author: Acting, entered_by: Acting, today: date | None = None) -> Claim:
    """Claim a milestone for a city. Refused, naming what is missing, where a criterion is unmet; nothing is stored then."""
    entered_by.need(Role.OPERATOR)
    author.need(Role.AUTHOR)
    with catalogue.hub.database.reading() as connection:
        need_at_work(connection, city)
    contract, assessment = assess_one(catalogue, city, milestone, today)
    if not assessment.met:
        raise Refused(_unmet(assessment))
    at, data = audit.now(), as_data(assessment, CLAIMED)
    row = {
        "city": city.unit.id,
        "milestone": assessment.milestone,
        "contract_version": contract.version,
        "adaptation_digest": contract.digest,
        "assessment": audit.canonical(data),
        "snapshot_digest": audit.digest_of(data),
        "author": author.id,
        "entered_by": entered_by.id,
        "at": at,
    }
    with catalogue.hub.database.writing() as connection:
        need_at_work(connection, city)
        _refuse_standing(connection, city.unit.id, assessment.milestone)
        number = append(connection, claim, row)
        _step(connection, number, CLAIMED, entered_by, "", at)
        audit.record(connection, at, entered_by.id, "claim.make", f"claim {number}", row)
    return find_claim(catalogue, number)


def review(catalogue: Catalogue, number: int, decision: Decision, reason: str, reviewer: Acting) -> Claim:
    """Decide on a claim. Refused for its author and for who entered it, and where it was decided already."""
    reviewer.need(Role.REVIEWER)
    held = find_claim(catalogue, number)
    if reviewer.id in (held.author, held.entered_by):
        raise refuse(
            "claim.own", msg("%(actor)s made or entered this claim and can't review it.", actor=reviewer.id), msg("Another reviewer decides: --actor ID.")
        )
    if not reason.strip():
        raise refuse("claim.reason", msg("A decision needs a written reason."), msg('Add it: --reason "...".'))
    at = audit.now()
    with catalogue.hub.database.writing() as connection:
        if (state := _state(connection, number)) != CLAIMED:
            raise refuse("claim.decided", msg("Claim %(n)s was decided already: %(state)s.", n=number, state=state), msg("A new claim can be made."))
        _step(connection, number, decision.value, reviewer, reason, at)
        payload = {"claim": number, "decision": decision.value, "reason": reason, "snapshot_digest": held.snapshot_digest}
        audit.record(connection, at, reviewer.id, "claim.review", f"claim {number}", payload)
    return find_claim(catalogue, number)


def claims(catalogue: Catalogue, city: str | None = None) -> Sequence[Claim]:
    """The claims of a city, or of all; newest first."""
    query = select(claim).order_by(claim.c.id.desc())
    if city is not None:
        query = query.where(claim.c.city == city)
    with catalogue.hub.database.reading() as connection:
        steps: dict[int, list[Event]] = {}
        for row in connection.execute(select(claim_event).order_by(claim_event.c.claim, claim_event.c.seq)):
            steps.setdefault(row.claim, []).append(Event(row.action, row.actor, row.reason, row.at))
        return [
            Claim(
                id=row.id,
                city=row.city,
                milestone=row.milestone,
                contract_version=row.contract_version,
                author=row.author,
                entered_by=row.entered_by,
                at=row.at,
                snapshot_digest=row.snapshot_digest,
                assessment=json.loads(row.assessment),
                events=tuple(steps[row.id]),
            )
            for row in connection.execute(query)
        ]


def waiting(connection: Connection, city: str) -> list[int]:
    """The numbers of a city's claims that nobody decided on yet."""
    numbers = connection.execute(select(claim.c.id).where(claim.c.city == city).order_by(claim.c.id)).scalars().all()
    return [number for number in numbers if _state(connection, number) == CLAIMED]


def find_claim(catalogue: Catalogue, number: int) -> Claim:
    """The claim with this number. Refused where there is none."""
    found = next((one for one in claims(catalogue) if one.id == number), None)
    if found is None:
        raise refuse("claim.unknown", msg("There is no claim %(n)s.", n=number), msg("See: sdgcities milestone history."))
    return found


def _refuse_standing(connection: Connection, city: str, milestone: str) -> None:
    """A milestone is claimed once: until the claim was sent back or rejected."""
    numbers = select(claim.c.id).where(claim.c.city == city, claim.c.milestone == milestone).order_by(claim.c.id.desc()).limit(1)
    number = connection.execute(numbers).scalar()
    if number is not None and (state := _state(connection, number)) in (CLAIMED, Decision.APPROVED):
        raise refuse("claim.stands", msg("Claim %(n)s for %(milestone)s is %(state)s already.", n=number, milestone=milestone, state=state))


def _unmet(assessment: Assessment) -> list[Finding]:
    """One finding for each criterion that keeps the milestone out of reach."""
    findings: list[Finding] = []
    for result in assessment.result.criteria():
        if result.met in (Met.NO, Met.NOT_MEASURABLE):
            hint = result.missing[0] if result.missing else None
            unmet = msg("Not met: %(criterion)s.", criterion=Message(result.text))
            findings.append(Finding(f"criterion.{result.met.value}", Severity.BLOCK, unmet, hint))
    return findings


def _step(connection: Connection, number: int, action: str, actor: Acting, reason: str, at: str) -> None:
    seq = 1 + (connection.execute(select(func.max(claim_event.c.seq)).where(claim_event.c.claim == number)).scalar() or 0)
    connection.execute(insert(claim_event).values(claim=number, seq=seq, action=action, actor=actor.id, reason=reason, at=at))


def _state(connection: Connection, number: int) -> str | None:
    query = select(claim_event.c.action).where(claim_event.c.claim == number).order_by(claim_event.c.seq.desc()).limit(1)
    return connection.execute(query).scalar()

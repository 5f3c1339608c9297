"""What reviewers decided on the figures of cities, and the editions in which they were published."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, or_, select

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.model.hub import Edition, FigureReview, Role
from sdgcities.registry.figures import Figure
from sdgcities.registry.people import Acting
from sdgcities.store import audit
from sdgcities.store.rows import append
from sdgcities.store.tables import audit as audit_log
from sdgcities.store.tables import edition, figure_review

PUBLISHED = "data.publish"


class Office(StrEnum):
    """For whom a reviewer speaks."""

    STATISTICS = "statistics-office"
    HUB = "hub"


class Decision(StrEnum):
    """What a reviewer decides."""

    ACCEPT = "accept"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision on some of a city's indicators, in one go."""

    decision: Decision
    office: Office
    reason: str


def hands_on(figures: Sequence[Figure]) -> dict[str, set[str]]:
    """By indicator everybody who typed or answers for one of its figures: none of them may review it."""
    found: dict[str, set[str]] = {}
    for one in figures:
        for part in (one, *one.parts):
            found.setdefault(one.indicator, set()).update((part.entered_by, part.answers_for))
    return found


def record_reviews(connection: Connection, city: str, digests: Mapping[str, str], verdict: Verdict, reviewer: Acting, hands: Mapping[str, set[str]]) -> None:
    """Keep one decision for each of these indicators, on the file with this digest. Refused for who typed or answers for a figure of it."""
    reviewer.need(Role.REVIEWER)
    own = sorted(code for code in digests if reviewer.id in hands.get(code, set()))
    if own:
        told = msg("%(actor)s typed or answers for figures of %(codes)s and can't review them.", actor=reviewer.id, codes=", ".join(own))
        raise refuse("review.own", told, msg("Another reviewer decides: --actor ID."))
    if not verdict.reason.strip():
        raise refuse("review.reason", msg("A decision needs a written reason."), msg('Add it: --reason "...".'))
    at = audit.now()
    said = {"city": city, "decision": verdict.decision.value, "office": verdict.office.value, "reason": verdict.reason, "at": at, "actor": reviewer.id}
    for code, digest in sorted(digests.items()):
        append(connection, figure_review, {**said, "indicator": code, "sha256": digest})
    audit.record(connection, at, reviewer.id, "data.review", city, {**said, "indicators": dict(sorted(digests.items()))})


def reviews(connection: Connection, cities: Collection[str]) -> dict[str, dict[str, FigureReview]]:
    """The newest decision of each city by indicator."""
    found: dict[str, dict[str, FigureReview]] = {city: {} for city in cities}
    for row in connection.execute(select(figure_review).where(figure_review.c.city.in_(cities)).order_by(figure_review.c.id)):
        accepted = row.decision == Decision.ACCEPT
        found[row.city][row.indicator] = FigureReview(accepted=accepted, sha256=row.sha256, office=row.office, reason=row.reason, at=row.at, actor=row.actor)
    return found


def record_edition(connection: Connection, city: str, new: Edition, hidden: Mapping[str, Sequence[str]], acting: Acting) -> None:
    """Keep that an edition was published."""
    acting.need(Role.OPERATOR)
    row = {"city": city, "number": new.number, "licence": new.licence, "files": audit.canonical(dict(new.files)), "at": new.at, "actor": acting.id}
    append(connection, edition, {**row, "hidden": audit.canonical({code: list(keys) for code, keys in hidden.items()})})
    audit.record(connection, new.at, acting.id, PUBLISHED, city, row)


def editions(connection: Connection, cities: Collection[str]) -> dict[str, list[Edition]]:
    """The editions of each city, oldest first."""
    found: dict[str, list[Edition]] = {city: [] for city in cities}
    for row in connection.execute(select(edition).where(edition.c.city.in_(cities)).order_by(edition.c.city, edition.c.number)):
        found[row.city].append(Edition(row.number, row.licence, json.loads(row.files), row.at))
    return found


def hidden_in(connection: Connection, city: str) -> dict[int, dict[str, list[str]]]:
    """What each edition of a city left out, by indicator, as `period dimensions`."""
    rows = connection.execute(select(edition.c.number, edition.c.hidden).where(edition.c.city == city).order_by(edition.c.number))
    return {number: json.loads(text) for number, text in rows}


def batches_of(connection: Connection, city: str) -> dict[int, int]:
    """The newest batch when each edition of a city was published, in the order of the audit chain: seconds tell too little."""
    query = select(audit_log.c.action, audit_log.c.subject).where(or_(audit_log.c.action == PUBLISHED, audit_log.c.subject.like("batch %")))
    found: dict[int, int] = {}
    newest = 0
    for action, subject in connection.execute(query.order_by(audit_log.c.seq)):
        if action != PUBLISHED:
            newest = max(newest, int(subject.removeprefix("batch ")))
        elif subject == city:
            found[len(found) + 1] = newest
    return found

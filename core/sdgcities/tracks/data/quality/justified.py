"""Written reasons that let a doubt pass, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sdgcities.store.tables import justification
from sdgcities.tracks.data.quality.doubt import ALL, Suspicion


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason on record, with the day it was given."""

    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Justified:
    """Every reason on record, by the code and the subject it was given for; of several the last counts."""

    by_subject: Mapping[tuple[str, str], Reason]

    def reason(self, suspicion: Suspicion, level: str) -> Reason | None:
        """The reason that covers a suspicion: its own; or one for all units of its level, for all disaggregations, for a longer time."""
        if not any(code == suspicion.check for code, _ in self.by_subject):
            return None
        own = self.by_subject.get((suspicion.check, suspicion.subject))
        if own is not None or not suspicion.periods:
            return own
        whom = {suspicion.whom, level, ALL} if len(suspicion.units) == 1 else {suspicion.whom}
        about = {suspicion.about, f"{suspicion.indicator} {ALL}"}
        for (code, subject), reason in self.by_subject.items():
            start, _, span = subject.rpartition(" ")
            named, _, rest = start.partition(" ")
            if code == suspicion.check and named in whom and rest in about and _covers(span, suspicion.periods):
                return reason
        return None


def _covers(span: str, periods: tuple[str, ...]) -> bool:
    first, _, last = span.partition("..")
    return first <= periods[0] and periods[-1] <= (last or first)


def read_justified(connection: Connection) -> Justified:
    """What is on record."""
    rows = connection.execute(select(justification.c.code, justification.c.subject, justification.c.reason, justification.c.at).order_by(justification.c.id))
    return Justified({(row.code, row.subject): Reason(row.reason, row.at) for row in rows})

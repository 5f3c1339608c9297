"""Where a city stands with a milestone: what the hub decided on its claim, else what the records show."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.model.milestones import Assessment, State
from sdgcities.recognition.claims import claims
from sdgcities.registry.catalogue import Catalogue

Claimed = Mapping[tuple[str, str], str]
"""The state of the newest claim, by city and milestone."""


def newest_claims(catalogue: Catalogue, city: str | None = None) -> Claimed:
    """The state of the newest claim to each milestone, of one city or of all."""
    return {(one.city, one.milestone): one.state for one in reversed(claims(catalogue, city))}


def state_of(assessment: Assessment, newest: Claimed) -> State:
    """What the hub decided stands, whatever the figures say today."""
    if decided := newest.get((assessment.city, assessment.milestone)):
        return State(decided)
    if not assessment.applies:
        return State.DOES_NOT_APPLY
    return State.MET if assessment.met else State.OPEN

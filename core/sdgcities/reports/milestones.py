"""The milestones of a city report: by track, with the state each is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.model.milestones import Adaptation, Assessment, Change, Contract, Milestone, Track


class State(StrEnum):
    """Where a city stands with a milestone."""

    OPEN = "open"
    MET = "met"
    CLAIMED = "claimed"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class Standing:
    """A milestone held against the city.

    `or_else` are the milestones of which any one does in place of this key milestone; `changes` what the country adapted.
    """

    milestone: Milestone
    assessment: Assessment
    state: State
    key: bool
    or_else: tuple[Milestone, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class TrackStanding:
    """A track with its milestones."""

    track: Track
    standings: tuple[Standing, ...]


def by_track(contract: Contract, assessments: Sequence[Assessment], claimed: Mapping[str, str], adaptations: Sequence[Adaptation]) -> tuple[TrackStanding, ...]:
    """The assessments of one city by track, in the contract's order; `claimed` is the state of the newest claim by milestone."""
    changes = [change for adaptation in adaptations for change in adaptation.changes]

    def standing(assessment: Assessment) -> Standing:
        group = next((group for group in contract.key if assessment.milestone in group), ())
        others = tuple(contract.milestones[one] for one in group if one != assessment.milestone)
        own = tuple(change for change in changes if change.milestone == assessment.milestone)
        return Standing(contract.milestones[assessment.milestone], assessment, _state(assessment, claimed), bool(group), others, own)

    return tuple(TrackStanding(track, tuple(standing(one) for one in assessments if one.track == track.id)) for track in contract.tracks)


def _state(assessment: Assessment, claimed: Mapping[str, str]) -> State:
    """What the hub decided stands, whatever the figures say today."""
    if assessment.milestone in claimed:
        return State(claimed[assessment.milestone])
    if not assessment.applies:
        return State.DOES_NOT_APPLY
    return State.MET if assessment.met else State.OPEN

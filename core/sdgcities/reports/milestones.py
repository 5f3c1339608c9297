"""The milestones of a city report: by track, with the state each is in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.model.milestones import Assessment, Contract, Milestone, Track


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
    """A milestone held against the city. `or_else` are the milestones of which any one does in place of this key milestone."""

    milestone: Milestone
    assessment: Assessment
    state: State
    key: bool
    or_else: tuple[Milestone, ...]


@dataclass(frozen=True, slots=True)
class TrackStanding:
    """A track with its milestones."""

    track: Track
    standings: tuple[Standing, ...]


def by_track(contract: Contract, assessments: Sequence[Assessment], claimed: Mapping[str, str]) -> tuple[TrackStanding, ...]:
    """The assessments of one city by track, in the contract's order; `claimed` is the state of the newest claim by milestone."""
    return tuple(
        TrackStanding(track, tuple(_standing(contract, one, claimed) for one in assessments if one.track == track.id)) for track in contract.tracks
    )


def _standing(contract: Contract, assessment: Assessment, claimed: Mapping[str, str]) -> Standing:
    group = next((group for group in contract.key if assessment.milestone in group), ())
    others = tuple(contract.milestones[one] for one in group if one != assessment.milestone)
    return Standing(contract.milestones[assessment.milestone], assessment, _state(assessment, claimed), bool(group), others)


def _state(assessment: Assessment, claimed: Mapping[str, str]) -> State:
    """What the hub decided stands, whatever the figures say today."""
    if assessment.milestone in claimed:
        return State(claimed[assessment.milestone])
    if not assessment.applies:
        return State.DOES_NOT_APPLY
    return State.MET if assessment.met else State.OPEN

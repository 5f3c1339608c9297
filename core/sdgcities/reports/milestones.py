"""The milestones of a city report: by track, with the state each is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.model.milestones import Adaptation, Assessment, Change, Contract, Milestone, State, Track
from sdgcities.recognition.standing import Claimed, state_of


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


def by_track(contract: Contract, assessments: Sequence[Assessment], newest: Claimed, adaptations: Sequence[Adaptation]) -> tuple[TrackStanding, ...]:
    """The assessments of one city by track, in the contract's order; `newest` is the state of its newest claims."""
    changes = [change for adaptation in adaptations for change in adaptation.changes]

    def standing(assessment: Assessment) -> Standing:
        group = next((group for group in contract.key if assessment.milestone in group), ())
        others = tuple(contract.milestones[one] for one in group if one != assessment.milestone)
        own = tuple(change for change in changes if change.milestone == assessment.milestone)
        return Standing(contract.milestones[assessment.milestone], assessment, state_of(assessment, newest), bool(group), others, own)

    return tuple(TrackStanding(track, tuple(standing(one) for one in assessments if one.track == track.id)) for track in contract.tracks)

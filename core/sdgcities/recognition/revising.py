"""What a new version of the contract means for claims that were made under the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.contract.revision import Revision
from sdgcities.recognition.claims import CLAIMED, Claim, Decision, claims
from sdgcities.registry.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Standing:
    """Claims whose milestone changes: `waiting` have no decision yet, `approved` are accepted. Each stays under the version by which it was made."""

    waiting: tuple[Claim, ...]
    approved: tuple[Claim, ...]


def standing_under(catalogue: Catalogue, revisions: Sequence[Revision]) -> Standing:
    """The claims to milestones that are changed, added or taken out."""
    changed = {one.milestone or one.what for one in revisions}
    touched = [one for one in claims(catalogue) if one.milestone in changed]
    return Standing(tuple(one for one in touched if one.state == CLAIMED), tuple(one for one in touched if one.state == Decision.APPROVED))

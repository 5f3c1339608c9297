"""The contract of a country: the core's, adapted inside its bounds. Pure; refuses with every rule broken at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sdgcities.contract.changes import apply_change
from sdgcities.contract.coherence import milestone_faults
from sdgcities.contract.digest import content_digest
from sdgcities.contract.draft import Author, Draft, Slot
from sdgcities.errors import Refused
from sdgcities.findings import msg
from sdgcities.model.milestones import Adaptation, Contract, Milestone


def adapt(contract: Contract, adaptations: Sequence[Adaptation]) -> Contract:
    """The core contract with what the plugins of one country change. Raises Refused with every finding.

    The order of the adaptations does not matter: where two set the same, both are named and refused.
    """
    if not adaptations:
        return contract
    draft = Draft(contract)
    ordered = sorted(adaptations, key=lambda adaptation: (adaptation.country, adaptation.plugin))
    country = ordered[0].country
    for adaptation in ordered:
        author = Author(draft, adaptation)
        if adaptation.country != country:
            author.refuse((), "adapt.other-country", msg("%(one)s and %(other)s have a contract each.", one=country, other=adaptation.country))
        _take_recognition(author, adaptation)
        for index, change in enumerate(adaptation.changes):
            apply_change(author, change, ("changes", index))
        for index, milestone in enumerate(adaptation.milestones):
            _add_milestone(author, milestone, index)
    if draft.findings:
        raise Refused(draft.findings)
    adapted = replace(contract, country=country, recognition=draft.recognition, milestones=draft.milestones)
    return replace(adapted, digest=content_digest(adapted))


def _take_recognition(author: Author, adaptation: Adaptation) -> None:
    """The country's word for recognition, which needs its reason."""
    if not adaptation.recognition:
        return
    if not adaptation.recognition_reason.strip():
        message = msg("The word for recognition has no reason.")
        author.refuse(("recognition",), "adapt.no-reason", message, msg("Write why, for the reader of `contract diff`."))
    if author.take(("recognition",), Slot.RECOGNITION, ""):
        author.draft.recognition = adaptation.recognition


def _add_milestone(author: Author, milestone: Milestone, index: int) -> None:
    """A whole milestone of the country's own."""
    place = ("milestones", index)
    tracks = [track.id for track in author.draft.core.tracks]
    if milestone.track not in tracks:
        message = msg("There is no track %(track)s.", track=milestone.track)
        author.refuse((*place, "id"), "adapt.unknown-track", message, msg("Tracks: %(tracks)s.", tracks=", ".join(tracks)))
    prefix = f"{milestone.track}/{author.country.lower()}-"
    if not milestone.id.startswith(prefix):
        message = msg("%(id)s is not named as a milestone of the country's own.", id=milestone.id)
        author.refuse((*place, "id"), "adapt.milestone-id", message, msg("Begin its id with %(prefix)s.", prefix=prefix))
    for fault in milestone_faults(milestone, place):
        author.refuse(fault.path, fault.code, fault.message, fault.hint)
    if milestone.code:
        author.take((*place, "code"), Slot.CODE, milestone.code)
    if author.take((*place, "id"), Slot.MILESTONE, milestone.id):
        author.draft.milestones[milestone.id] = replace(milestone, national=author.plugin)

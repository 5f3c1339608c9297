"""Other spellings of a milestone: its short code, and the aliases of its track."""

from __future__ import annotations

from difflib import get_close_matches

from sdgcities.findings import Message, msg
from sdgcities.model.milestones import Contract


def canonical(contract: Contract, text: str) -> str:
    """The id meant by `D1` or `strategic_planning/alignment`; any other text as it is."""
    for milestone in contract.milestones.values():
        if text == milestone.code:
            return milestone.id
    track, slash, name = text.partition("/")
    known = next((entry.id for entry in contract.tracks if track in entry.aliases), track)
    return f"{known}{slash}{name}"


def suggestion(contract: Contract, text: str) -> Message:
    """What the writer of an unknown id may have meant."""
    near = get_close_matches(text, contract.milestones, n=3, cutoff=0.5)
    if near:
        return msg("Did you mean: %(names)s?", names=", ".join(near))
    return msg("`sdgcities contract show` lists the milestones.")

"""What rested on figures that were replaced, as text."""

from __future__ import annotations

from collections.abc import Sequence

from sdgcities.cli.output import shown_path
from sdgcities.cli.session import Session
from sdgcities.findings import Message, msg
from sdgcities.tracks.data.batches.resting import Resting


def tell_resting(session: Session, found: Sequence[Resting]) -> None:
    """One line each; one line where there is nothing."""
    if not found:
        session.say(msg("No report on record, no claim and no sum rested on what stood before."))
    for one in found:
        session.say(_sentence(session, one))


def _sentence(session: Session, one: Resting) -> Message:
    codes = ", ".join(one.indicators)
    if one.kind == "report":
        told = {"file": shown_path(one.what), "city": one.city, "when": session.when(one.at), "codes": codes}
        return msg("Report %(file)s of %(city)s, written %(when)s, may show the figure as it was (%(codes)s): write it again.", **told)
    if one.kind == "claim":
        told = {"n": str(one.number), "milestone": one.what, "city": one.city, "state": session.word(one.state), "codes": codes}
        return msg("Claim %(n)s of %(city)s to %(milestone)s (%(state)s) may rest on it (%(codes)s): see whether it still holds.", **told)
    return msg("The figure of %(code)s for %(unit)s is added up from it.", code=one.what, unit=one.city)

"""Whether an adaptation was written for the contract that it is held against."""

from __future__ import annotations

from sdgcities.findings import Finding, Severity, msg
from sdgcities.intake.yaml import Document
from sdgcities.model.milestones import Contract


def other_version(document: Document, contract: Contract) -> Finding | None:
    """A note where a `milestones.yaml` says it was written for another major version; None where it fits, or says nothing.

    Within a major version nothing is taken out and no bound is drawn closer, so an adaptation that was accepted stays so.
    """
    written = document.data.get("contract") if isinstance(document.data, dict) else None
    if not isinstance(written, str) or written.partition(".")[0] == contract.version.partition(".")[0]:
        return None
    told = msg("It was written for version %(written)s of the milestone contract; this sdgcities has %(ours)s.", written=written, ours=contract.version)
    hint = msg("Read it again with: sdgcities contract diff. Then write the version that you compared it with.")
    return Finding("adapt.other-version", Severity.NOTE, told, hint, document.where(("contract",)))

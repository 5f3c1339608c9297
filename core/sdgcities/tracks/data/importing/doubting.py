"""Doubts about what an import brought: each needs a written reason, which is kept with the batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.tables import justification
from sdgcities.tracks.data.quality.doubt import Doubt
from sdgcities.tracks.data.quality.imported import OF_REVISIONS, doubts
from sdgcities.tracks.data.quality.touched import Touched


@dataclass(frozen=True, slots=True)
class Weighed:
    """The findings as they stand beside the reasons given, and the doubts that a reason lets pass."""

    findings: tuple[Finding, ...] = ()
    answered: tuple[tuple[Doubt, str], ...] = ()


def weigh(
    connection: Connection, catalogue: Catalogue, batches: Sequence[int], file: str, justified: Mapping[str, str], brought: Touched | None = None
) -> Weighed:
    """The doubts about what these batches stored. One with a reason stays visible as a note; a reason that nothing needed is told.

    `brought` is what they brought, where the load told it.
    """
    return _weighed(doubts(connection, catalogue, batches, file, brought), file, justified)


def weigh_corrected(connection: Connection, catalogue: Catalogue, batch: int, file: str, reason: str) -> Weighed:
    """The doubts about a correction: whoever corrects a figure has given the reason already, and may correct it once more."""
    found = [doubt for doubt in doubts(connection, catalogue, [batch], file) if doubt.finding.code not in OF_REVISIONS]
    codes = (doubt.finding.code for doubt in found if doubt.finding.severity is Severity.JUSTIFY)
    return _weighed(found, file, dict.fromkeys(codes, reason))


def _weighed(found: Sequence[Doubt], file: str, justified: Mapping[str, str]) -> Weighed:
    answered = tuple(
        (doubt, justified[doubt.finding.code]) for doubt in found if doubt.finding.severity is Severity.JUSTIFY and doubt.finding.code in justified
    )
    findings = [_passed(doubt, justified) for doubt in found]
    unneeded = justified.keys() - {doubt.finding.code for doubt, _ in answered}
    told = (msg("No doubt %(code)s was found: its reason was not needed.", code=code) for code in sorted(unneeded))
    findings += [Finding("import.unneeded", Severity.NOTE, text, None, Where(file)) for text in told]
    return Weighed(tuple(findings), answered)


def keep(connection: Connection, weighed: Weighed, batch: int, at: str, actor: str) -> None:
    """The reasons on record, each with what it answers."""
    rows = [
        {"code": doubt.finding.code, "subject": doubt.subject, "reason": reason, "batch": batch, "at": at, "actor": actor} for doubt, reason in weighed.answered
    ]
    if rows:
        connection.execute(insert(justification), rows)


def _passed(doubt: Doubt, justified: Mapping[str, str]) -> Finding:
    finding = doubt.finding
    if finding.severity is not Severity.JUSTIFY:
        return finding
    if finding.code in justified:
        return replace(finding, severity=Severity.NOTE, hint=msg("Let pass, with the reason: %(reason)s", reason=justified[finding.code]))
    hint = finding.hint or msg('Is it right all the same? Say why: --justify %(code)s="REASON".', code=finding.code)
    return replace(finding, hint=hint)

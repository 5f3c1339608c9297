"""What an import brought that looks wrong, before it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store import audit
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import ALL, Doubt, Suspicion
from sdgcities.tracks.data.quality.held import indicators_of, series_of
from sdgcities.tracks.data.quality.judging import Judging, in_order
from sdgcities.tracks.data.quality.justified import Justified, read_justified
from sdgcities.tracks.data.quality.many import suspected
from sdgcities.tracks.data.quality.revisions import REPLACED, Revised
from sdgcities.tracks.data.quality.sources import garbled_text, other_office, undone
from sdgcities.tracks.data.quality.touched import Touched, touched
from sdgcities.tracks.data.quality.worded import Wording

CORRECTED, REVISED = "quality.corrected", "quality.revised"
OF_REVISIONS = frozenset((CORRECTED, REVISED, REPLACED))
"""What is told of figures that replace others: whoever corrects one by hand knows it."""


def doubts(connection: Connection, catalogue: Catalogue, batches: Sequence[int], file: str, brought: Touched | None = None) -> list[Doubt]:
    """The doubts about what these batches stored, in the transaction that stored it. `file` is named in each; `brought` is what they did, where it is known."""
    listed, where = checks(), Where(file=file)
    brought = brought or touched().read(connection, batches)
    judging = Judging(connection, catalogue, brought.series.get, date.fromisoformat(audit.now()[:10]), whole=False)
    found = [*_suspicions(connection, judging, brought, batches)]
    wording = Wording(judging.units, catalogue.level_name, read_justified(connection), where, _say_why)
    corrected = list(undone(connection, listed[CORRECTED], batches)) if brought.revised else []
    together = [wording.as_one(corrected)] if corrected else []
    revised = _revised(connection, judging, wording, batches) if brought.revised else []
    return [*wording.doubts(in_order(found, listed)), *together, *revised, *([_unchecked(where)] if brought.many else [])]


def _revised(connection: Connection, judging: Judging, wording: Wording, batches: Sequence[int]) -> list[Doubt]:
    """What is told and doubted of figures that replace others. No reason on record answers such a doubt: each import revises anew."""
    revised = Revised(connection, batches)
    found = list(revised.suspicions(checks()[REVISED]))
    doubted = replace(wording, justified=Justified({})).doubts(found)
    return [*revised.told(lambda code: judging.units[code].name if code in judging.units else code, wording.where), *doubted]


def _suspicions(connection: Connection, judging: Judging, brought: Touched, batches: Sequence[int]) -> Iterator[Suspicion]:
    if brought.many:
        yield from suspected(judging, brought)
    else:
        yield from judging.suspicions(series_of(connection, indicators_of(connection, brought.series)))
    if brought.revised:
        yield from other_office(connection, checks()["quality.other-office"], batches)
    yield from garbled_text(connection, checks()["quality.garbled"], brought.sources)


def _unchecked(where: Where) -> Doubt:
    """Nothing is silently unchecked."""
    text = msg("Many figures came in: each series was looked at by itself, and not beside other units, indicators, parts and wholes.")
    return Doubt(Finding("quality.unchecked", Severity.NOTE, text, msg("Do so afterwards: sdgcities data quality."), where), ALL)


def _say_why(check: Check, _subject: str) -> Message:
    if check.severity is Severity.NOTE:
        return Message(check.text)
    return msg('%(do)s If it is right all the same, say why: --justify %(code)s="REASON".', do=Message(check.text), code=check.id)

"""What an import brought that looks wrong, before it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store import audit
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import ALL, Doubt, Suspicion
from sdgcities.tracks.data.quality.held import Touched, indicators_of, series_of
from sdgcities.tracks.data.quality.judging import Judging, in_order
from sdgcities.tracks.data.quality.justified import read_justified
from sdgcities.tracks.data.quality.many import suspected
from sdgcities.tracks.data.quality.sources import garbled_text, other_office
from sdgcities.tracks.data.quality.worded import Wording

MOST_SERIES, MOST_FIGURES = 20_000, 100_000
"""Series and figures of an import that are held against each other, and against those of the same indicators from earlier imports."""


def doubts(connection: Connection, catalogue: Catalogue, batches: Sequence[int], file: str) -> list[Doubt]:
    """The doubts about what these batches stored, in the transaction that stored it. `file` is named in each."""
    listed, where = checks(), Where(file=file)
    least = int(listed["quality.same-years"].numbers["periods_3_digits"])
    brought = Touched((MOST_SERIES, MOST_FIGURES), least, listed["quality.jump"].numbers["factor"]).read(connection, batches)
    judging = Judging(connection, catalogue, brought.series.get, date.fromisoformat(audit.now()[:10]), whole=False)
    found = [*_suspicions(connection, judging, brought, batches)]
    wording = Wording(judging.units, catalogue.level_name, read_justified(connection), where, _say_why)
    return [*wording.doubts(in_order(found, listed)), *([_unchecked(where)] if brought.many else [])]


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

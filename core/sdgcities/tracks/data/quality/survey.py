"""The quality of all that a hub holds: what was looked at, and every doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sdgcities.findings import NOWHERE, Message, Severity, mark, msg
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.quality.checks import Check, checks
from sdgcities.tracks.data.quality.doubt import ALL, Doubt, Suspicion
from sdgcities.tracks.data.quality.held import EVERYTHING, series_of
from sdgcities.tracks.data.quality.judging import Judging, in_order
from sdgcities.tracks.data.quality.justified import Justified, read_justified
from sdgcities.tracks.data.quality.sources import garbled_text, other_office
from sdgcities.tracks.data.quality.worded import Wording

Progress = Callable[[int], None] | None
"""Takes in how many series were looked at since; None where nobody waits to hear it."""

DIMENSIONS = (mark("completeness"), mark("timeliness"), mark("plausibility"), mark("consistency"))


@dataclass(frozen=True, slots=True)
class Counted:
    """One dimension of quality: how many checks looked, the doubts that stand, the notes, and what a reason lets pass."""

    of: str
    checks: int
    doubts: int
    notes: int
    justified: int


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: doubts that stand, and those with a reason on record."""

    doubts: tuple[Doubt, ...]
    justified: tuple[Doubt, ...]

    def counts(self) -> list[Counted]:
        """By dimension of quality. Doubts are counted, never weighed into one figure."""
        listed = Counter(check.of for check in checks().values() if not check.only)
        standing = Counter((doubt.of, doubt.finding.severity) for doubt in self.doubts)
        passed = Counter(doubt.of for doubt in self.justified)
        return [Counted(of, listed[of], standing[of, Severity.JUSTIFY], standing[of, Severity.NOTE], passed[of]) for of in DIMENSIONS]


def survey(
    catalogue: Catalogue,
    *,
    unit: str | None = None,
    country: str | None = None,
    indicator: str | None = None,
    today: date | None = None,
    given: Justified | None = None,
    progress: Progress = None,
) -> Survey:
    """Look at everything that the hub holds; then tell of one unit, country or indicator where one is named.

    `given`: reasons that are held against the doubts instead of those on record.
    """
    wanted = {indicator} if indicator else None
    with catalogue.hub.database.reading() as connection:
        judging = Judging(connection, catalogue, lambda _: EVERYTHING, today or datetime.now(UTC).date(), progress=progress)
        found = list(judging.suspicions(series_of(connection, wanted)))
        found += other_office(connection, checks()["quality.other-office"], None)
        found += garbled_text(connection, checks()["quality.garbled"], None)
        wording = Wording(judging.units, catalogue.level_name, given or read_justified(connection), NOWHERE, _say_why)
    kept = [one for one in found if _asked(one, judging, unit, country, wanted)]
    told = wording.doubts(in_order(kept, checks()))
    return Survey(tuple(doubt for doubt in told if not doubt.justified), tuple(doubt for doubt in told if doubt.justified))


def _asked(one: Suspicion, judging: Judging, unit: str | None, country: str | None, indicators: Collection[str] | None) -> bool:
    """Whether it is about what was asked for; a doubt that is about several units is about each of them."""
    units = {code for spelled in one.units for code in spelled.split("=")}
    countries = {judging.units[code].country for code in units if code in judging.units}
    return (unit is None or unit in units) and (not countries or country in (None, *countries)) and (not indicators or one.indicator in {*indicators, ALL})


def _say_why(check: Check, subject: str) -> Message:
    if check.severity is Severity.NOTE:
        return Message(check.text)
    return msg('%(do)s If it is right: sdgcities data justify %(code)s "%(subject)s" --reason TEXT.', do=Message(check.text), code=check.id, subject=subject)

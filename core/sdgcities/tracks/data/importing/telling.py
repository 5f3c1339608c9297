"""What an import has to tell of one file: refused rows, rows that contradict each other, and what should be looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice

from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.model.profiles import SHEET
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.bulk import Loaded
from sdgcities.tracks.data.importing.checking import Checker
from sdgcities.tracks.data.reading.raw import Reader

SHOWN = 20
"""Findings of refused rows that a report carries; the rest are counted."""


def refused_rows(checker: Checker, *, accept_partial: bool) -> list[Finding]:
    """One finding for each of the first refused rows. Notes, where the good rows are kept without them."""
    findings = [finding for _, finding in islice(checker.refused, SHOWN)]
    if accept_partial and len(checker.refused) < checker.read:
        findings = [replace(finding, severity=Severity.NOTE) for finding in findings]
    if (more := len(checker.refused) - SHOWN) > 0:
        findings.append(Finding("import.more", Severity.NOTE, msg("%(n)s further rows can't be accepted.", n=more)))
    return findings


def duplicates(loaded: Loaded, reader: Reader) -> Iterator[Finding]:
    """Rows of the file that give the same observation."""
    for first, last in loaded.twice:
        message = msg("Rows %(first)s and %(last)s give the same observation.", first=first % SHEET, last=last % SHEET)
        hint = msg("Same unit, indicator, period and dimensions: take one of them out.")
        yield Finding("import.twice", Severity.BLOCK, message, hint, replace(reader.where(last, ""), column=None))


def to_look_at(catalogue: Catalogue, reader: Reader, checker: Checker, seen: Collection[str], file: str) -> Iterator[Finding]:
    """What may be right, and should be looked at: units that a whole file would have, other names, periods still to come, cells passed over."""
    where = Where(file=file)
    for level in reader.covers:
        units = [unit for unit in catalogue.places[reader.country].units.values() if unit.level == level and unit.valid_to is None]
        missing = [unit for unit in units if unit.id not in seen]
        if missing:
            named = ", ".join(unit.name for unit in missing[:5])
            text = msg(
                "%(n)s of the %(all)s units of the level %(level)s have no figure in the file, such as %(names)s.",
                n=len(missing),
                all=len(units),
                level=Message(catalogue.level_name(missing[0])),
                names=named,
            )
            yield Finding("import.incomplete", Severity.NOTE, text, msg("Is it an extract? A whole file has them all."), where)
    if other := checker.otherwise:
        named = "; ".join(f"{text} ({code} {catalogue.unit(code).name})" for code, text in list(other.items())[:5])
        text = nmsg(
            "%(n)s code stands beside another name than the unit's: %(names)s.",
            "%(n)s codes stand beside another name than the unit's, such as %(names)s.",
            len(other),
            names=named,
        )
        yield Finding("import.other-name", Severity.NOTE, text, msg("The code was taken: see that it is the right one."), where)
    if checker.to_come:
        text = msg("Figures are of periods still to come: %(periods)s.", periods=", ".join(sorted(checker.to_come)[:8]))
        yield Finding("import.to-come", Severity.NOTE, text, msg("Right for a projection; otherwise see the year."), where)
    if passed := checker.passed_over:
        text = nmsg(
            "%(n)s cell without a figure is of a unit that did not stand then.",
            "%(n)s cells without a figure are of units that did not stand then.",
            passed,
        )
        yield Finding("import.not-standing", Severity.NOTE, text, None, where)
    if not checker.read:
        yield Finding("import.nothing", Severity.BLOCK, msg("The file has a header and no rows."), None, where)

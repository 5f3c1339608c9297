"""Codes and ids of units: zeros that a spreadsheet took away, other spellings, systems with a slip in their name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sdgcities.findings import Finding, msg
from sdgcities.kit.doubts.finding import Row, and_more
from sdgcities.plugin.declared.problems import nearest

MOST_SHORT = 0.5
"""Codes of one length are those of a register only where at most half are shorter."""
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_ALIKE = 0.75


def doubtful_codes(rows: Sequence[Row], country: str) -> Iterator[Finding]:
    """Everything of ids and codes that is seldom meant."""
    yield from _lost_zeros(rows, country)
    yield from _lone_systems(rows)
    yield from _ids(rows, country)


def _lost_zeros(rows: Sequence[Row], country: str) -> Iterator[Finding]:
    """Codes of figures that are shorter than the others of their system and level, or than the figures in the id."""
    groups = defaultdict[tuple[str, str], list[tuple[Row, str]]](list)
    for row in rows:
        for system, code in row.unit.codes.items():
            groups[system, row.unit.level].append((row, code))
    for (system, level), held in groups.items():
        if not all(_DIGITS.fullmatch(code) for _, code in held):
            continue
        longest = max(len(code) for _, code in held)
        short = [(row, code) for row, code in held if len(code) < longest]
        lost = [(row, code) for row, code in held if _figures_of(row.unit.id, country) == code.zfill(len(code) + 1)]
        if lost or (short and len(short) <= MOST_SHORT * len(held)):
            row, code = (lost or short)[0]
            meant = _figures_of(row.unit.id, country) if lost else code.zfill(longest)
            words = {"system": system, "level": level, "code": code}
            problem = msg("%(system)s=%(code)s is shorter than the other codes of the level %(level)s, or than the figures in the id.", **words)
            hint = msg("Did a spreadsheet take the zeros away? Then write %(meant)s. %(more)s", meant=f"{system}={meant}", more=and_more(lost or short))
            yield row.note("codes", problem, hint)


def _figures_of(identifier: str, country: str) -> str:
    """The figures of an id of the country's letters and figures, with their zeros; empty where it is made otherwise."""
    rest = identifier.removeprefix(country).lstrip("-_.")
    return rest if rest != identifier and _DIGITS.fullmatch(rest) else ""


def _lone_systems(rows: Sequence[Row]) -> Iterator[Finding]:
    """A system that one row names, where the others of its level name one that is spelt nearly so."""
    used = Counter(system for row in rows for system in row.unit.codes)
    for row in rows:
        for system in (one for one in row.unit.codes if used[one] == 1):
            others = {other for one in rows if one.unit.level == row.unit.level for other in one.unit.codes} - set(row.unit.codes)
            if (near := nearest(system, others, _ALIKE)) and used[near] > 1:
                problem = msg("The system of codes %(system)s is named once, in this row.", system=system)
                yield row.block("codes", problem, msg("Did you mean %(name)s?", name=near))


def _ids(rows: Sequence[Row], country: str) -> Iterator[Finding]:
    """Ids without the country's letters, or with small ones, where most others have them."""
    lettered = [row for row in rows if row.unit.id.startswith(country)]
    if len(lettered) * 2 <= len(rows):
        return
    small = [row for row in rows if row.unit.id.upper().startswith(country) and not row.unit.id.startswith(country)]
    bare = [row for row in rows if row.unit.id[:1].isdigit()]
    if small:
        identifier = small[0].unit.id
        problem = msg("%(id)s has the country's letters in small; the other ids have capitals.", id=identifier)
        hint = msg("Write %(id)s, here and wherever the unit is named. %(more)s", id=country + identifier[len(country) :], more=and_more(small))
        yield small[0].block("id", problem, hint)
    if bare:
        problem = msg("%(id)s does not begin with %(country)s, as the other ids do.", id=bare[0].unit.id, country=country)
        yield bare[0].note("id", problem, msg("Did you mean %(id)s? %(more)s", id=country + bare[0].unit.id, more=and_more(bare)))

"""What is odd about the positions of a file as a whole, each with its count: no single row gives it away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.tracks.data.scan.geodesy import Floats
from sdgcities.tracks.data.scan.mapped_file import MappedFile
from sdgcities.tracks.data.scan.records import Records
from sdgcities.tracks.data.scan.words import limit


def odd_positions(records: Records, metres: Floats, file: MappedFile) -> Iterator[Finding]:
    """Positions that are inaccurate by the device's own word, have few decimals, are all one, or lie on one line."""
    total = len(records.rows)
    if not total:
        return
    if poor := int(np.sum(metres > limit("accuracy_metres"))):
        counts = {"n": poor, "all": total, "most": int(limit("accuracy_metres"))}
        told = msg("%(n)s of %(all)s positions are less accurate than %(most)s metres, as the device says.", **counts)
        yield _note("scan.accuracy", told, msg("To leave them out, write accuracy: with the column and the most metres."), file)
    if records.rounded >= limit("rounded_share") * total:
        counts = {"n": records.rounded, "all": total, "decimals": int(limit("decimals"))}
        told = msg("%(n)s of %(all)s positions have %(decimals)s decimals or fewer: they lie on a grid of about 110 metres or more.", **counts)
        yield _note("scan.rounded", told, msg("Ask for the positions as the device wrote them; small areas and short distances mean nothing so."), file)
    yield from _together(records, total, file)


def _together(records: Records, total: int, file: MappedFile) -> Iterator[Finding]:
    places, counts = np.unique(np.stack((records.latitude, records.longitude)), axis=1, return_counts=True)
    most = int(counts.max())
    if most >= limit("one_place_least") and most >= limit("one_place_share") * total:
        told = msg("%(n)s of %(all)s rows lie at one and the same position.", n=most, all=total)
        yield _note("scan.one-place", told, msg("Is it where they were typed instead of where they were seen?"), file)
    if total < limit("line_least") or places.shape[1] == 1:
        return
    for name, values in ((msg("latitude"), records.latitude), (msg("longitude"), records.longitude)):
        _, counts = np.unique(values, return_counts=True)
        if counts.max() >= limit("line_share") * total:
            told = msg("%(n)s of %(all)s positions have one and the same %(name)s.", n=int(counts.max()), all=total, name=name)
            yield _note("scan.line", told, msg("Was the column filled down in a spreadsheet?"), file)


def swapped(inside: int, otherwise: int, total: int, file: MappedFile) -> Iterator[Finding]:
    """Positions that lie in areas once latitude and longitude are exchanged, where hardly any does as they stand."""
    if total and otherwise >= limit("swapped_share") * total and inside < otherwise / 2:
        told = msg("%(n)s of %(all)s positions lie in an area when latitude and longitude are exchanged; as they stand, %(inside)s do.", n=otherwise,
                   all=total, inside=inside)  # fmt: skip
        yield _note("scan.swapped", told, msg("Exchange the two columns under coordinates."), file)


def _note(code: str, told: Message, hint: Message, file: MappedFile) -> Finding:
    return Finding(code, Severity.NOTE, told, hint, file.where())

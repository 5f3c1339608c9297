"""What is refused of a file before anything is counted: no rows, no coordinates, and columns that seem personal."""

from __future__ import annotations

from collections import Counter

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, msg
from sdgcities.intake.rings import EXPORT
from sdgcities.tracks.data.inspecting.asking import named
from sdgcities.tracks.data.scan.coordinates import find_coordinates
from sdgcities.tracks.data.scan.description import Scan
from sdgcities.tracks.data.scan.mapped_file import MappedFile, cells_of
from sdgcities.tracks.data.scan.personal import about_homes, suspects

LOOKED_AT = 5_000
"""Rows by which personal columns are told."""


def check_rows(file: MappedFile) -> None:
    """Refuse a file that names its columns, and has nothing in them."""
    if next(file.rows(), None) is None:
        raise refuse("scan.empty", msg("The file has the names of its columns, and no row below them."), msg("Export it again."), file.where())


def no_coordinates(file: MappedFile) -> Refused:
    """Why a file can't be placed, and what can be done all the same."""
    found = find_coordinates(file, cells_of(file, LOOKED_AT))
    if found.chosen:
        told = msg("The description does not say how rows are placed; the file has coordinates: %(names)s.", names=", ".join(found.chosen.columns))
        return refuse("scan.coordinates", told, msg("Write them under coordinates."), file.where())
    if faults := [one.fault for one in file.mapped if one.fault]:
        kind = Counter(one.kind for one in faults).most_common(1)[0][0]
        common = next(one for one in faults if one.kind == kind)
        return refuse("scan.coordinates", common.message, common.hint, file.where())
    if found.named and not found.projected:
        told = msg("%(names)s are called like coordinates, and hold no degrees that can be read.", names=" / ".join(found.named))
        return refuse("scan.coordinates", told, msg("Write degrees with a decimal point, such as 5.6037."), file.where())
    if found.projected:
        told = msg("The file has no degrees: %(names)s look like metres of a projected system.", names=", ".join(found.projected))
        return refuse("scan.coordinates", told, EXPORT, file.where())
    told = msg("The file has no coordinates.")
    hint = msg(
        "Where a column names units, write under units: column; otherwise ask for the file with its positions. Its columns are: %(names)s.",
        names=named(file.columns),
    )
    return refuse("scan.coordinates", told, hint, file.where())


def check_personal(file: MappedFile, scan: Scan) -> None:
    """Refuse to look at a column that seems personal, unless it is kept on purpose; and to show where people live."""
    placed_by = scan.coordinates.columns if scan.coordinates else ()
    sample = cells_of(file, LOOKED_AT)
    found = suspects(sample, placed_by)
    findings = []
    for one in found:
        if one.column in scan.answers and one.column not in scan.kept:
            hint = msg("Take it out of the description; or, if it must be used, say why: --keep %(column)s=REASON.", column=f'"{one.column}"')
            findings.append(Finding("scan.personal", Severity.BLOCK, one.told(), hint, file.where(column=one.column)))
    home = about_homes(file.columns, found)
    if scan.publish_points and home and home not in scan.kept:
        told = msg("The points may be where people live (%(column)s): a map of them shows homes.", column=home)
        hint = msg("Take publish_points out; or say why: --keep %(column)s=REASON.", column=f'"{home}"')
        findings.append(Finding("scan.homes", Severity.BLOCK, told, hint, file.where(column=home)))
    unknown = [name for name in scan.kept if name not in file.columns]
    findings += [Finding("scan.column", Severity.BLOCK, msg("The file has no column %(name)s.", name=name), None, file.where()) for name in unknown]
    if findings:
        raise Refused(findings)

"""Cells that a workbook shows as per cent hold ratios: whether the profile says what their figures are multiplied by."""

from __future__ import annotations

from collections.abc import Iterator

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, msg
from sdgcities.model.profiles import ImportProfile
from sdgcities.tracks.data.reading.columns import Columns, Figures
from sdgcities.tracks.data.reading.numbers import reader_of
from sdgcities.tracks.data.reading.raw import NUMBER
from sdgcities.tracks.data.reading.tables import Table


def check_ratios(table: Table, columns: Columns, profile: ImportProfile) -> None:
    """Raises Refused where such a column has no `scale`, or where some of its figures are shown as per cent and others are not.

    What a person sees in the workbook and what is stored in it differ by a hundred: neither is taken without being asked.
    """
    shown = {at for _, at in table.percent}
    if problems := [problem for figures in columns.figures if figures.at in shown for problem in _doubts(table, figures, profile)]:
        raise Refused(problems)


def _doubts(table: Table, figures: Figures, profile: ImportProfile) -> Iterator[Finding]:
    """What keeps one column from being read: at most one finding."""
    read, at = reader_of(profile.numbers), figures.at or 0
    cells = [(row, cells[at]) for row, cells, note in table.rows() if not note and NUMBER.fullmatch(read(cells[at]))]
    ratios = [(row, text) for row, text in cells if (row, at) in table.percent]
    plain = [(row, text) for row, text in cells if (row, at) not in table.percent and float(read(text))]
    if ratios and plain:
        problem = msg(
            "The workbook shows %(ratio)s in row %(row)s of this column as per cent, and %(plain)s here is shown as it is.",
            ratio=ratios[0][1],
            row=ratios[0][0],
            plain=plain[0][1],
        )
        hint = msg("One of the two is a hundred times too small or too large: ask the office, or give all cells of the column one format in the workbook.")
        yield Finding("value.ratio", Severity.BLOCK, problem, hint, table.where(plain[0][0], figures.column))
    elif ratios and not figures.scaled:
        problem = msg("The workbook shows these cells as per cent, and holds ratios: %(text)s here.", text=ratios[0][1])
        hint = msg(
            'Say in the profile, beside the column under values, what they are multiplied by: scale: "100" for an indicator in per cent, "1" for a ratio.'
        )
        yield Finding("value.ratio", Severity.BLOCK, problem, hint, table.where(ratios[0][0], figures.column))

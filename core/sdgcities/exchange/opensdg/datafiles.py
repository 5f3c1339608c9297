"""A data file of an indicator: a CSV whose rows say year, disaggregation and value, as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.exchange.opensdg.renaming import Renaming
from sdgcities.exchange.opensdg.repository import VALUE, YEAR
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.csv import read_cells, wrong_width

_OTHER_MARKS = {";": ";", "\t": "TAB", "|": "|"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """Header and rows as they stand, with the rows' numbers in the file; what the file has too much of is told."""

    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    lines: Sequence[int] = ()
    problems: tuple[Finding, ...] = ()


def read_data(file: Path, renaming: Renaming) -> DataFile:
    """The table in a file. Raises Refused where it can't be one of Open SDG: no Year, no Value, a row that is torn."""
    cells = read_cells(file, "utf-8-sig", ",")
    _, found = next(cells, (1, []))
    header = renaming.header(found)
    columns = _named(file, header)
    width, rows, lines, empty = len(columns), list[Sequence[str]](), list[int](), list[int]()
    remarks = list[tuple[int, str]]()
    for number, row in cells:
        if not any(row):
            empty.append(number)
            continue
        if len(row) < width and _is_remark(row):
            remarks.append((number, row[0].strip()))
            continue
        if len(row) < width or any(row[width:]):
            raise wrong_width(file, number, len(row), width)
        rows.append(row[:width])
        lines.append(number)
    return DataFile(columns, renaming.rows(columns, rows), lines, (*_problems(file, header, columns, empty), *_remarks(file, remarks)))


def _is_remark(row: Sequence[str]) -> bool:
    """Whether a row is nothing but a sentence in its first cell, such as "This is a non-statistical indicator": no figure that was torn."""
    return bool(row) and not any(row[1:]) and not any(sign.isdigit() for sign in row[0])


def _remarks(file: Path, remarks: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    if remarks:
        (row, text), *_ = remarks
        told = nmsg(
            "%(n)s row holds no figure, but a sentence: “%(text)s”.",
            "%(n)s rows hold no figure, but a sentence; the first is row %(row)s: “%(text)s”.",
            len(remarks),
            text=text[:80],
            row=row,
        )
        yield Finding(
            "opensdg.remark",
            Severity.NOTE,
            told,
            msg("It is passed over. Open SDG has a place for it: page_content in the metadata."),
            Where(str(file), row=row),
        )


def _named(file: Path, header: Sequence[str]) -> tuple[str, ...]:
    """The columns, without those at the end that have no name. Refused where one is needed and missing, or stands twice."""
    columns = list(header)
    while columns and not columns[-1].strip():
        columns.pop()
    names = [name.strip() for name in columns]
    where = Where(file=str(file), row=1)
    if lacking := [name for name in (YEAR, VALUE) if name not in names]:
        raise refuse("opensdg.column", *_lacking(lacking[0], names), where)
    if twice := next((name for name in names if name and names.count(name) > 1), ""):
        raise refuse("opensdg.column", msg("The column %(name)s stands twice.", name=twice), msg("Give every column its own name."), where)
    if "" in names:
        raise refuse("opensdg.column", msg("Column %(n)s has no name.", n=names.index("") + 1), msg("Give every column its own name."), where)
    return tuple(columns)


def _lacking(name: str, names: Sequence[str]) -> tuple[Message, Message]:
    """That a column is missing, and what seems to have become of it."""
    if mark := next((mark for mark in _OTHER_MARKS if any(mark in one for one in names)), ""):
        told = msg("The columns are parted by “%(mark)s”, not by commas.", mark=_OTHER_MARKS[mark])
        return told, msg("Save the file as CSV with commas between the columns and a decimal point in figures: Open SDG reads no other.")
    told = msg("The column %(name)s is missing.", name=name)
    if like := next((other for other in names if other.casefold() == name.casefold()), ""):
        return told, msg("It is called %(like)s: Open SDG asks for %(name)s, letter by letter.", like=like, name=name)
    return told, msg("A data file of Open SDG begins with Year and ends with Value.")


def _problems(file: Path, header: Sequence[str], columns: Sequence[str], empty: Sequence[int]) -> list[Finding]:
    """What Open SDG's own check would refuse, and what does no harm here."""
    found, where = list[Finding](), Where(file=str(file), row=1)
    if columns[0].strip() != YEAR:
        told = msg("The first column is %(name)s, not Year.", name=columns[0])
        found.append(Finding("opensdg.order", Severity.NOTE, told, msg("Open SDG's check asks for Year first."), where))
    if columns[-1].strip() != VALUE:
        told = msg("The last column is %(name)s, not Value.", name=columns[-1])
        found.append(Finding("opensdg.order", Severity.NOTE, told, msg("Open SDG's check asks for Value last."), where))
    if spare := len(header) - len(columns):
        told = nmsg("%(n)s column has no name and nothing in it.", "%(n)s columns have no name and nothing in them.", spare)
        found.append(Finding("opensdg.columns-empty", Severity.NOTE, told, msg("Delete it in the file."), where))
    if empty:
        told = nmsg("%(n)s row is empty, the first is row %(row)s.", "%(n)s rows are empty, the first is row %(row)s.", len(empty), row=empty[0])
        found.append(Finding("opensdg.rows-empty", Severity.NOTE, told, msg("Delete it in the file."), Where(file=str(file), row=empty[0])))
    return found

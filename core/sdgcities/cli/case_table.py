"""A table of cases in, the same table with the results of a method out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from sdgcities.cli.output import out
from sdgcities.cli.result_view import need_free, pairs, result_data, write_json
from sdgcities.cli.session import Session
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.formulas import quoted, unquoted
from sdgcities.methods.given import read_given, unknown
from sdgcities.methods.listed import calculate
from sdgcities.model.methods import Method, Quantity, Result

MAX_CASES, MAX_FINDINGS = 200_000, 20
_NUMBER = re.compile(r"[-+]?[0-9.]+([eE][-+]?[0-9]+)?")
_DELIMITERS = (";", "\t")
_TIMES = frozenset({"year", "period", "date"})
"""Columns that tell the cases of one city apart."""


@dataclass(frozen=True, slots=True)
class Case:
    """A row of the table."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worked:
    """A table with the result of each of its rows. `every` is what was given for all rows beside it."""

    path: Path
    header: tuple[str, ...]
    every: Mapping[str, str]
    rows: Sequence[tuple[Case, Result]]


def run_table(session: Session, method: Method, path: Path, given: Sequence[str], output: Path | None, *, as_json: bool) -> None:
    """Carry out a method on every row, and write or print the table with its results."""
    if output is not None:
        need_free(output, path)
    worked = work(session, method, path, given)
    if output is not None:
        write_table(session, method, worked, output, as_json=as_json)
    elif as_json:
        session.json(table_data(session, worked))
    else:
        out(_table(session, method, worked.header, worked.rows).rstrip("\n"))


def work(
    session: Session, method: Method, path: Path, given: Sequence[str], known: Collection[str] = (), fits: Callable[[Sequence[str]], None] | None = None
) -> Worked:
    """Carry out a method on every row. What is wrong in any row is told, and nothing is done; what can't be computed carries its reason.

    `known` are columns that are read otherwise; `fits` refuses a header that does not serve, before anything is computed.
    """
    every = pairs(given)
    header, cases = _cases(path)
    if fits is not None:
        fits(header)
    session.show_findings(_checked(method, path, header, cases, every, known))
    return Worked(path, header, every, list(zip(cases, _results(method, path, cases, every), strict=True)))


def write_table(session: Session, method: Method, worked: Worked, output: Path, *, as_json: bool = False) -> None:
    """The table with its results as CSV, or as JSON by the name of the file."""
    from sdgcities.writing import put

    if as_json or output.suffix.casefold() == ".json":
        write_json(output, table_data(session, worked))
    else:
        put(output, _table(session, method, worked.header, worked.rows).encode("utf-8-sig"))
    without = sum(1 for _, result in worked.rows if result.reason)
    session.say(msg("%(file)s: %(n)s rows, %(without)s of them not computable.", file=output, n=len(worked.rows), without=without))


def table_data(session: Session, worked: Worked) -> list[dict[str, object]]:
    """A result a row, as JSON has it."""
    return [{"row": case.row, **result_data(session, result)} for case, result in worked.rows]


def _cases(path: Path) -> tuple[tuple[str, ...], list[Case]]:
    header, delimiter = _header(path)
    cases: list[Case] = []
    for row, cells in read_rows(path, len(header), delimiter=delimiter):
        if len(cases) == MAX_CASES:
            raise refuse("calculate.rows", msg("More than %(n)s rows.", n=MAX_CASES), msg("Split the file."), Where(file=str(path)))
        cases.append(Case(row, dict(zip(header, (unquoted(cell.strip()) for cell in cells), strict=True))))
    if not cases:
        raise refuse("calculate.empty", msg("The file has no rows below the names of its columns."), where=Where(file=str(path)))
    return header, cases


def _header(path: Path) -> tuple[tuple[str, ...], str]:
    """The names of the columns and what divides them: spreadsheets of many countries write semicolons."""
    header = read_header(path)
    for delimiter in _DELIMITERS:
        if len(header) == 1 and delimiter in header[0]:
            return read_header(path, delimiter=delimiter), delimiter
    return header, ","


def _checked(method: Method, path: Path, header: Sequence[str], cases: Sequence[Case], every: Mapping[str, str], otherwise: Collection[str]) -> list[Finding]:
    """Refuses a table that lacks a column, and several cities where one is meant; notes columns that look like a slip."""
    at = Where(file=str(path), row=1)
    if strange := unknown(method, every):
        raise Refused(strange)
    if both := [name for name in every if name in header]:
        raise refuse("calculate.twice", msg("%(name)s is given twice: as a column and on the command line.", name=both[0]), None, at)
    if lacking := [one.id for one in method.given if one.required and not one.default and one.id not in {*header, *every}]:
        close = get_close_matches(lacking[0], header, n=1)
        hint = msg("Is it %(name)s? Give that column the name of the key.", name=close[0]) if close else msg("Add a column of that name.")
        raise refuse("calculate.column", msg("The table has no column %(name)s.", name=lacking[0]), hint, at)
    if method.one_city:
        _one_city(method, path, header, cases)
    known = [one.id for one in method.given]
    near = {name: close[0] for name in header if name not in (*known, *otherwise) and (close := get_close_matches(name.casefold(), known, n=1, cutoff=0.8))}
    return [
        Finding("calculate.unread", Severity.NOTE, msg("The column %(name)s is not read.", name=name), msg("Did you mean %(close)s?", close=close), at)
        for name, close in near.items()
    ]


def _one_city(method: Method, path: Path, header: Sequence[str], cases: Sequence[Case]) -> None:
    """Scores of several cities never stand side by side: rows differ by their time only."""
    known = {one.id for one in method.given}
    hint = msg("Take one city, a row for each year with a column year: scores of several cities never stand side by side.")
    for name in header:
        if name not in known and name.casefold() not in _TIMES and len({case.cells[name] for case in cases}) > 1:
            raise refuse("calculate.cities", msg("The column %(name)s tells rows of several kinds.", name=name), hint, Where(str(path), row=1, column=name))
    times = [name for name in header if name.casefold() in _TIMES]
    if len(cases) > 1 and len({tuple(case.cells[name] for name in times) for case in cases}) < len(cases):
        raise refuse("calculate.cities", msg("Rows can't be told apart by their year."), hint, Where(str(path), row=1))


def _results(method: Method, path: Path, cases: Sequence[Case], every: Mapping[str, str]) -> list[Result]:
    findings: list[Finding] = []
    results: list[Result] = []
    for case in cases:
        read = read_given(method, {**case.cells, **every}, _place(path, case.row, every))
        findings += read.findings
        if len(findings) >= MAX_FINDINGS:
            break
        if not findings:
            results.append(calculate(method.id, read.values))
    if findings:
        raise Refused(findings[:MAX_FINDINGS])
    return results


def _place(path: Path, row: int, every: Mapping[str, str]) -> Callable[[str], Where]:
    return lambda name: Where(column=name) if name in every else Where(file=str(path), row=row, column=name)


def _table(session: Session, method: Method, header: Sequence[str], rows: Iterable[tuple[Case, Result]]) -> str:
    outputs = [one.id for one in method.gives]
    ending = ("method", "version", "reason", "notes")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*map(quoted, header), *(f"result_{name}" if name in header else name for name in (*outputs, *ending))])
    for case, result in rows:
        reason = session.words(result.reason) if result.reason else ""
        notes = " ".join(session.words(note) for note in result.notes)
        cells = (_cell(result.outputs.get(name)) for name in outputs)
        writer.writerow([*map(_kept, case.cells.values()), *cells, result.name, result.version, quoted(reason), quoted(notes)])
    return text.getvalue()


def _kept(cell: str) -> str:
    """A cell of the table as it came: a number below zero is no formula."""
    return cell if _NUMBER.fullmatch(cell) else quoted(cell)


def _cell(value: Quantity) -> str:
    """An output as a cell, in the form in which a table of cases is written."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return quoted(",".join(f"{name}={_cell(part)}" for name, part in value.items()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return quoted(",".join(_cell(part) for part in value))
    return quoted(value) if isinstance(value, str) else f"{value:f}" if isinstance(value, Decimal) else repr(value)

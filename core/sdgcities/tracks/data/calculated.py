"""Results of a named method into the hub, by the way that every file takes: they stand on record under the method and its version."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.model.hub import Role
from sdgcities.model.methods import Gives, Method, Result
from sdgcities.model.statistics import Indicator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.computed import stored_as
from sdgcities.registry.people import Acting
from sdgcities.tracks.data.importing.request import Form, Report, Request
from sdgcities.tracks.data.importing.run import import_file
from sdgcities.tracks.data.reading.raw import Block, Raw, blocks_of
from sdgcities.tracks.data.reading.tidy import TidyRows

UNIT, PERIOD = "unit", "period"
STATUS, MISSING, SOURCE = "status", "missing_reason", "source"
PERCENT = "percent"
_PURE = frozenset(("ratio", "index", "number"))
"""Units of an indicator whose figure is a pure number."""
_UNSTORED = frozenset(("progress", "scores"))
"""Groups of methods whose results are no figures: progress is told anew from the figures, and scores never stand side by side."""


@dataclass(frozen=True, slots=True)
class Computed:
    """One row of a table of cases with its result."""

    row: int
    cells: Mapping[str, str]
    result: Result


@dataclass(frozen=True, slots=True)
class Storing:
    """What is to become of results: whose figures they are, out of which output (empty: the only one that can be), and from whom they come.

    `source` is written `office; table`; a column of that name goes before it. `said` is what held for every row beside the table.
    """

    indicator: str
    output: str
    source: str
    entered_by: Acting
    answers_for: Acting
    justified: Mapping[str, str]
    dry_run: bool = False
    said: str = ""


def storable(catalogue: Catalogue, method: Method, storing: Storing, path: Path, header: Collection[str]) -> None:
    """Refuses, before anything is computed, what could not be stored."""
    storing.entered_by.need(Role.OPERATOR)
    if method.group in _UNSTORED:
        hint = msg("Progress is told from the figures themselves: sdgcities data progress. Scores are never stored.")
        raise refuse("calculate.unstored", msg("What %(method)s gives is no figure of an indicator.", method=method.id), hint)
    indicator = catalogue.indicator(storing.indicator)
    if not [one for one in method.gives if factor(one, indicator)]:
        given = ", ".join(sorted({one.unit for one in method.gives if one.unit}))
        told = msg("%(code)s is in %(unit)s, and nothing that %(method)s gives is.", code=indicator.code, unit=indicator.unit, method=method.id)
        raise refuse("calculate.unit", told, msg("It gives: %(units)s. Name another indicator.", units=given))
    at = Where(file=str(path), row=1)
    if lacking := [name for name in (UNIT, PERIOD) if name not in header]:
        hint = msg("To be stored, each row says its place under unit, by its code, and its year under period.")
        raise refuse("calculate.column", msg("The table has no column %(name)s.", name=lacking[0]), hint, at)
    if SOURCE not in header and not storing.source.partition(";")[0].strip():
        hint = msg('Add --source "OFFICE; TABLE", or a column source.')
        raise refuse("source.empty", msg("It is not said whose figures went into the results."), hint)


def factor(one: Gives, indicator: Indicator) -> int:
    """By what an output is multiplied to be in the indicator's unit; 0 where it never is."""
    if one.unit == indicator.unit or (not one.unit and indicator.unit in _PURE):
        return 1
    return 100 if one.unit.startswith("fraction") and indicator.unit == PERCENT else 0


def store_results(catalogue: Catalogue, method: Method, path: Path, computed: Sequence[Computed], storing: Storing) -> Report:
    """Import the results as figures of an indicator. A row without a result is told, unless it says itself why there is none."""
    indicator = catalogue.indicator(storing.indicator)
    output = _output(method, indicator, computed, storing.output)
    kept = [one for one in computed if _figure(one.result, output) is not None or one.cells.get(MISSING)]
    rows_kept = {one.row for one in kept}
    left = [_without(one, path, method, output) for one in computed if one.row not in rows_kept]
    if not kept:
        raise refuse("calculate.no-figure", msg("No row has a result that could be stored: %(reason)s", reason=left[0].message), None, left[0].where)
    rows = ResultRows(path, catalogue, method, output, kept, storing)
    form = Form(stored_as(method.id, method.version), lambda _: False, lambda _file, _known: rows)
    request = Request(path, storing.entered_by, storing.answers_for, form.id, storing.dry_run, justified=storing.justified, forms=(form,))
    report = import_file(catalogue, request)
    return replace(report, findings=(*_otherwise(method, indicator), *left, *report.findings))


class ResultRows(TidyRows):
    """Rows of a table with their results, each at its own place in the file."""

    def __init__(self, path: Path, catalogue: Catalogue, method: Method, output: Gives, rows: Sequence[Computed], storing: Storing) -> None:
        given = {one.id for one in method.given}
        super().__init__(path, [name for name in rows[0].cells if name in catalogue.dimensions and name not in given])
        self._output, self._rows, self._storing = output, rows, storing
        self._factor = factor(output, catalogue.indicator(storing.indicator))

    def blocks(self) -> Iterator[Block]:
        """The results, in the order of the rows."""
        return blocks_of(map(self._raw, self._rows))

    def value_column(self, _key: Hashable) -> str:
        """The output that is the figure."""
        return self._output.id

    def no_figure(self, _text: str) -> Message:
        """Computed figures are numbers; one of more than 40 characters is too near zero to mean anything."""
        return msg("See what went into the row.")

    def _raw(self, one: Computed) -> Raw:
        storing, cells, value = self._storing, one.cells, _figure(one.result, self._output)
        text = "" if value is None else f"{value * self._factor:f}"
        dims = tuple(cells[name] for name in self._dims)
        return one.row, cells[UNIT], storing.indicator, cells[PERIOD], dims, text, cells.get(MISSING, ""), "", cells.get(STATUS, ""), self._origin(cells)

    def _origin(self, cells: Mapping[str, str]) -> str:
        """Whose figures went in; and what was said of all of them beside the table, for that stands in no file. Empty where no office is named."""
        office, _, table = (cells.get(SOURCE) or self._storing.source).partition(";")
        return "; ".join(part for part in (office.strip(), table.strip(), self._storing.said) if part) if office.strip() else ""


def _figure(result: Result, output: Gives) -> Decimal | None:
    """The output as an exact number; None where there is none."""
    value = result.outputs.get(output.id)
    return Decimal(str(value)) if isinstance(value, Decimal | float | int) else None


def _output(method: Method, indicator: Indicator, computed: Sequence[Computed], wanted: str) -> Gives:
    """The output that is the figure: the one that is named, or the only one in the indicator's unit."""
    fitting = {one.id: one for one in method.gives if factor(one, indicator)}
    if not wanted:
        numbers = [one for one in fitting.values() if any(_figure(row.result, one) is not None for row in computed)]
        numbers = numbers or list(fitting.values())[:1]  # nothing could be computed, and that will be told
        if len(numbers) == 1:
            return numbers[0]
        told = msg("%(method)s gives more than one figure in %(unit)s.", method=method.id, unit=indicator.unit)
        raise refuse("calculate.which", told, msg("Say which with --result: %(names)s.", names=", ".join(one.id for one in numbers)))
    if wanted not in fitting:
        told = msg(
            "%(method)s gives no %(name)s that %(code)s, in %(unit)s, could take.", method=method.id, name=wanted, code=indicator.code, unit=indicator.unit
        )
        raise refuse("calculate.which", told, msg("Say which with --result: %(names)s.", names=", ".join(fitting)))
    return fitting[wanted]


def _without(one: Computed, path: Path, method: Method, output: Gives) -> Finding:
    """A row that has no result, and why: it is left out, for nobody has said that this is the reason for a missing figure."""
    own = [note for note in one.result.notes if note.text not in method.notes]
    reason = one.result.reason or (own[0] if own else msg("What is given does not suffice for %(name)s.", name=output.id))
    hint = msg("It is left out. Where the figure can't exist, say so in a column missing_reason: not_applicable.")
    return Finding("calculate.no-figure", Severity.NOTE, reason, hint, Where(file=str(path), row=one.row))


def _otherwise(method: Method, indicator: Indicator) -> Iterator[Finding]:
    """A method of one SDG indicator for an indicator of another: right now and then, more often a slip."""
    sdg = method.id.removeprefix("sdg-")
    if method.id != sdg and sdg not in indicator.sdg:
        told = msg("%(code)s is no indicator of SDG %(sdg)s, of which %(method)s is the method.", code=indicator.code, sdg=sdg, method=method.id)
        yield Finding("calculate.other-sdg", Severity.NOTE, told, msg("See that it is the one you mean."))

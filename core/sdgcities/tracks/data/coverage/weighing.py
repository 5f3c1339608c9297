"""What a filled-in sheet says, held against what is on record now: somebody else may have written since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.schema import compile_schema, violations
from sdgcities.model.statistics import MissingReason
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.figures import Figure, current
from sdgcities.registry.submissions import find_form, latest_answers
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.answers import day, entries
from sdgcities.tracks.data.baseline import Gap, baselines
from sdgcities.tracks.data.coverage.returned import ANEW, Entered, Returned
from sdgcities.tracks.data.coverage.sheet import FORM, PLANNED
from sdgcities.tracks.data.coverage.typed import Given, figure, problem_at
from sdgcities.tracks.data.reading.bounds import check_bounds
from sdgcities.tracks.data.reading.raw import NUMBER, Problem, read_period

QUESTION = "baseline/gap-plans"
_REASONS = frozenset(reason.value for reason in MissingReason)


class Weighing:
    """What a sheet says, held against what is on record now: somebody else may have written since."""

    def __init__(self, catalogue: Catalogue, city: City, sheet: Returned) -> None:
        self.sheet, unit = sheet, city.unit.id
        self._indicators = catalogue.indicators[city.unit.country]
        view = RecordsView(catalogue)
        self._gaps: Mapping[str, Gap] = baselines(view, [unit])[unit].gaps
        with catalogue.hub.database.reading() as connection:
            self._held = {(one.indicator, str(one.period)): one for one in current(connection, [unit], total_only=True)}
            said = latest_answers(connection, QUESTION, [unit]).get(unit)
        self._plans = {one["indicator"]: _entry(one) for one in entries(said.value if said else None) if "indicator" in one}
        self._schema = compile_schema(find_form(catalogue, FORM).schema)
        self._found: list[Finding] = []
        self.figures: list[Given] = []
        self.planned: dict[str, int] = {}
        """The rows of the indicators whose reason or plan is new."""
        self.open: list[str] = []
        for row in sheet.rows:
            self._row(row)

    def findings(self) -> Iterable[Finding]:
        """What is wrong, and what the form does not accept."""
        yield from self._found
        codes = list(self._plans)

        def where(path: tuple[str | int, ...]) -> Where:
            code = codes[path[1]] if len(path) > 1 and isinstance(path[1], int) else ""
            return self.sheet.where(self.planned.get(code, 1), str(path[2]) if len(path) > 2 else "")  # noqa: PLR2004 - gaps, number, field

        if self.planned:
            hint = msg("Correct the cell, and take the sheet in again.")
            yield from (replace(one, hint=hint) for one in violations(self._schema, self.answers(), where))

    def answers(self) -> dict[str, object]:
        """The answers to the form: what was on record, with what the sheet says anew."""
        return {"gaps": [{"indicator": code, **{name: text for name, text in plan.items() if text}} for code, plan in self._plans.items()]}

    def _row(self, row: Entered) -> None:
        cells, line = row.cells, row.line
        reason = self.sheet.about.reasons.get(cells["reason"], cells["reason"])
        said = {**{name: cells[name] for name in PLANNED}, "reason": reason}
        new = tuple(said.values()) != line.planned
        if cells["value"]:
            if new and said["reason"] and said["reason"] != line.reason:
                self._fault(row, "reason", "value.both", msg("The row has a value and a reason for having none."), msg("Keep one of the two."))
            self._figure(row)
        elif lone := next((name for name in ("period", "office", "table") if cells[name]), ""):
            self._fault(
                row, lone, "gaps.half", msg("The row has no value, but says of what period or source it is."), msg("Write the value too, or empty the cell.")
            )
        elif new:
            self._plan(row, said)
        elif not all(line.planned[:2]):
            self.open.append(line.code)

    def _figure(self, row: Entered) -> None:
        code, period, value = row.line.code, self._period(row), self._value(row)
        held = self._held.get((code, period))
        if value and held is not None and held.value is not None:
            if not _same(held, value):
                told = msg("The hub holds %(value)s for %(code)s in %(period)s since the sheet was written.", value=held.value, code=code, period=period)
                self._fault(row, "value", "gaps.since", told, msg("Empty the row; a figure on record is changed by: sdgcities data correct."))
            return
        if not row.cells["office"]:
            told = msg("The row does not say where the figure comes from.")
            self._fault(row, "office", "source.empty", told, msg("Write the office that has the figure."))
        if value and not period:  # an import would find its bounds only when the period is corrected
            self._bounds(row, value)
        elif value:
            self.figures.append(Given(row.row, code, row.cells["period"], value, row.cells["office"], row.cells["table"]))

    def _period(self, row: Entered) -> str:
        """The period in the one spelling that records have; empty where it is none, which is told."""
        if not row.cells["period"]:
            self._fault(row, "period", "period.unreadable", msg("The row has a value and no period."), msg("Write the year, such as 2024."))
            return ""
        try:
            return str(read_period(row.cells["period"], "period"))
        except Problem as problem:
            self._found.append(problem_at(problem, self.sheet, row.row))
            return ""

    def _value(self, row: Entered) -> str:
        """The value with a decimal point; empty where it is none, which is told."""
        try:
            return figure(row, self._indicators[row.line.code].unit)
        except Problem as problem:
            self._found.append(problem_at(problem, self.sheet, row.row))
            return ""

    def _bounds(self, row: Entered, value: str) -> None:
        try:
            check_bounds(value, self._indicators[row.line.code], "value")
        except Problem as problem:
            self._found.append(problem_at(problem, self.sheet, row.row))

    def _plan(self, row: Entered, said: Mapping[str, str]) -> None:
        code, gap, plan = row.line.code, self._gaps.get(row.line.code), tuple(said.values())
        if gap is None:
            text = msg("%(code)s is no gap any more: what the sheet says of it is left out.", code=code)
            self._found.append(Finding("gaps.closed", Severity.NOTE, text, None, self.sheet.where(row.row, "reason")))
            return
        now = (gap.reason.value if gap.reason else "", gap.plan, gap.owner, gap.due)
        if now == plan:
            return
        if now != row.line.planned:
            self._fault(row, "plan", "gaps.since", msg("Somebody recorded another plan for %(code)s since the sheet was written.", code=code), ANEW)
        elif not any(plan):
            hint = msg("Write what holds instead; to keep what was there, leave the row as it was.")
            self._fault(row, "plan", "gaps.emptied", msg("What was on record for %(code)s was emptied.", code=code), hint)
        elif self._sound(row, said):
            self._plans[code] = dict(said)
            self.planned[code] = row.row

    def _sound(self, row: Entered, said: Mapping[str, str]) -> bool:
        before = len(self._found)
        if not said["reason"]:
            self._fault(row, "reason", "gaps.half", msg("The row says what will be done, but not why there is no value."), msg("Choose a reason."))
        elif said["reason"] not in _REASONS:
            words = ", ".join(self.sheet.about.reasons)
            self._fault(
                row,
                "reason",
                "gaps.reason",
                msg("“%(text)s” is no reason for a missing value.", text=said["reason"]),
                msg("Choose one of: %(words)s.", words=words),
            )
        if not said["plan"]:
            self._fault(row, "plan", "gaps.half", msg("The row says why there is no value, but not what will be done about it."), msg("Write a plan."))
        if said["due"] and day(said["due"]) is None:
            self._fault(row, "due", "gaps.day", msg("“%(text)s” is no day.", text=said["due"]), msg("Write it as 2027-06-30, or as a date of the spreadsheet."))
        return len(self._found) == before

    def _fault(self, row: Entered, column: str, code: str, message: Message, hint: Message) -> None:
        self._found.append(Finding(code, Severity.BLOCK, message, hint, self.sheet.where(row.row, column)))


def _entry(one: Mapping[str, str]) -> dict[str, str]:
    return {name: one.get(name, "") for name in PLANNED}


def _same(held: Figure, value: str) -> bool:
    return NUMBER.fullmatch(value) is not None and held.value == Decimal(value)

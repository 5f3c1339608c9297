"""How the sheet for a city's gaps is laid out: what writing it and reading it back must agree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sdgcities.findings import mark
from sdgcities.store import audit

LAYOUT = "1"
"""Raise it when an older sheet can't be read any more."""
ABOUT = "sdgcities"
"""The hidden sheet: what the workbook is, and what stood in it when it was written."""
FORM = "baseline-gaps"
"""The form whose answers the reasons and plans become."""

LOCKED = {
    "code": mark("Code"),
    "name": mark("Indicator"),
    "unit": mark("Unit"),
    "definition": mark("Definition"),
    "least": mark("Least possible"),
    "most": mark("Most possible"),
}
"""The columns that say what is asked, and their headers."""
OPEN = {
    "period": mark("Period"),
    "value": mark("Value"),
    "office": mark("Source: office"),
    "table": mark("Source: table or document"),
    "reason": mark("Why there is no value"),
    "plan": mark("What will be done"),
    "owner": mark("Office responsible"),
    "due": mark("By when"),
}
"""The columns to be filled in."""
COLUMNS = (*LOCKED, *OPEN)
PLANNED = ("reason", "plan", "owner", "due")
"""Those that are on record already where somebody said why and what is planned."""
STEPS = (
    mark("The next sheet lists the indicators for which the hub has no value of the city, one in a row. Fill in the yellow cells; the others are locked."),
    mark("Where there is a figure, write its period, the value, and the office and table it comes from. A period is written 2024, 2024-Q3 or 2024-07."),
    mark("Write the value as a number, in the unit shown, without the unit and without marks between the thousands."),
    mark("Where there is none, choose why, and write what will be done about it, which office is responsible and by when. A reason needs a plan."),
    mark("Leave a row as it is if nothing is known: it stays a gap."),
    mark("Save the workbook under any name and send it back. Don't copy the table into another workbook: this one says which city it is for."),
)
"""What whoever fills it in has to know."""


@dataclass(frozen=True, slots=True)
class Line:
    """One gap as it was written: the indicator in words of the reader's language, and what was on record of a plan; `reason` is the code."""

    code: str
    name: str
    unit: str
    definition: str
    least: str
    most: str
    reason: str
    plan: str
    owner: str
    due: str

    @property
    def planned(self) -> tuple[str, ...]:
        """Reason, plan, office and day."""
        return self.reason, self.plan, self.owner, self.due


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook is: for which city of which hub, by which version of the form; `reasons` are the words of the drop-down with their codes."""

    hub: str
    city: str
    form_version: str
    sheet: str
    reasons: Mapping[str, str]
    lines: Sequence[Line]
    layout: str = LAYOUT

    @property
    def digest(self) -> str:
        """Of all of it: a cell of the hidden sheet that was changed shows."""
        return audit.digest_of({**asdict(self), "lines": [asdict(line) for line in self.lines], "reasons": dict(self.reasons)})

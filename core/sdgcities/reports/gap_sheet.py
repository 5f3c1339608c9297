"""The gaps of a city as a workbook to be filled in and sent back, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import astuple, fields
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from sdgcities.errors import refuse
from sdgcities.findings import mark, msg
from sdgcities.i18n.languages import direction
from sdgcities.model.statistics import Indicator, MissingReason
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.submissions import find_form
from sdgcities.reports.reference import unit_name
from sdgcities.tracks.data.answers import day
from sdgcities.tracks.data.baseline import Gap
from sdgcities.tracks.data.coverage.sheet import ABOUT, COLUMNS, FORM, LOCKED, OPEN, STEPS, About, Line

Text = Callable[[str], str]

GUIDE, GAPS = mark("How to"), mark("Gaps")
_AS_TEXT = 49
"""The spreadsheet's own format of texts: what is typed stays as it is."""
_WIDTHS = {"code": 14, "name": 34, "unit": 16, "definition": 44, "least": 9, "most": 9, "period": 11, "value": 13, "reason": 22, "due": 12}
_FREE = {"format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
"""What a person may do beyond filling in."""
_WIDEST = Decimal(10) ** 15
"""Where an indicator has no bounds: the digits that a spreadsheet keeps."""
_TITLE, _WORDS = 32, 255
"""Characters of the title and the words of a warning, at most."""


def gap_sheet(catalogue: Catalogue, city: City, gaps: Mapping[str, Gap], text: Text, language: str) -> bytes:
    """The workbook with these gaps. Refused where there is none."""
    import xlsxwriter  # noqa: PLC0415 - only where one is written

    if not gaps:
        raise refuse("gaps.none", msg("%(city)s has no gaps: there is nothing to fill in.", city=city.unit.name))
    indicators = catalogue.indicators[city.unit.country]
    reasons = {text(reason.value.replace("_", " ")): reason.value for reason in MissingReason}
    lines = [_line(indicators[code], gap, text) for code, gap in gaps.items()]
    about = About(catalogue.hub.config.name, city.unit.id, find_form(catalogue, FORM).version, _sheet_name(text(GAPS)), reasons, lines)
    body = BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _guide(book, text, language, city)
    _Page(book, about, text, language).write(indicators)
    _about(book, about)
    book.close()
    return body.getvalue()


def _line(indicator: Indicator, gap: Gap, text: Text) -> Line:
    least, most = ("" if bound is None else f"{bound:f}" for bound in (indicator.minimum, indicator.maximum))
    asked = (indicator.code, text(indicator.name), text(unit_name(indicator.unit)), text(indicator.definition), least, most)
    return Line(*asked, gap.reason.value if gap.reason else "", gap.plan, gap.owner, gap.due)


def _sheet_name(name: str) -> str:
    """Without what the name of a sheet can't have."""
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:31].strip() or "Gaps"


def _guide(book: Any, text: Text, language: str, city: City) -> None:  # noqa: ANN401 - XlsxWriter has no types
    page = book.add_worksheet(_sheet_name(text(GUIDE)))
    page.hide_gridlines(2)
    page.set_column(0, 0, 100)
    if direction(language) == "rtl":
        page.right_to_left()
    page.write_string(0, 0, f"{city.unit.name} ({city.unit.id})", book.add_format({"bold": True}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "reading_order": 2 if direction(language) == "rtl" else 1})
    for row, step in enumerate(STEPS, start=2):
        page.write_string(row, 0, f"{row - 1}. {text(step)}", wrapped)
    page.protect("", _FREE)


class _Page:
    """The sheet with one gap a row."""

    def __init__(self, book: Any, about: About, text: Text, language: str) -> None:  # noqa: ANN401 - as above
        self._about, self._text = about, text
        self._page = book.add_worksheet(about.sheet)
        if direction(language) == "rtl":
            self._page.right_to_left()
        plain = {"text_wrap": True, "valign": "top"}
        self._head = book.add_format({**plain, "bold": True, "bg_color": "#DDE6EE"})
        self._locked = book.add_format({**plain, "num_format": _AS_TEXT, "font_color": "#404040"})
        free = {**plain, "locked": False, "bg_color": "#FFF8E1", "border": 1, "border_color": "#D0D0D0"}
        self._texts = book.add_format({**free, "num_format": _AS_TEXT})
        self._numbers = book.add_format({**free, "num_format": 0})
        self._days = book.add_format({**free, "num_format": "yyyy-mm-dd"})

    def write(self, indicators: Mapping[str, Indicator]) -> None:
        """Headers, rows and drop-downs."""
        for column, (name, header) in enumerate({**LOCKED, **OPEN}.items()):
            self._page.set_column(column, column, _WIDTHS.get(name, 28))
            self._page.write_string(0, column, self._text(header), self._head)
        for row, line in enumerate(self._about.lines, start=1):
            for column, cell in enumerate(astuple(line)[: len(LOCKED)]):
                self._page.write_string(row, column, cell, self._locked)
            self._open(row, line)
            self._number(row, indicators[line.code])
        self._choices(len(self._about.lines))
        self._page.freeze_panes(1, 2)
        self._page.protect("", _FREE)

    def _open(self, row: int, line: Line) -> None:
        """The cells to be filled in, with what is on record."""
        words = {code: word for word, code in self._about.reasons.items()}
        said = {"reason": words.get(line.reason, ""), "plan": line.plan, "owner": line.owner}
        for name in OPEN:
            column = COLUMNS.index(name)
            if name == "due" and (by := day(line.due)):
                self._page.write_datetime(row, column, datetime(by.year, by.month, by.day), self._days)  # noqa: DTZ001 - a day has no zone
            elif said.get(name):
                self._page.write_string(row, column, said[name], self._texts)
            else:
                self._page.write_blank(row, column, None, {"value": self._numbers, "due": self._days}.get(name, self._texts))

    def _number(self, row: int, indicator: Indicator) -> None:
        low, high = -_WIDEST if indicator.minimum is None else indicator.minimum, _WIDEST if indicator.maximum is None else indicator.maximum
        words = self._text("A number is needed here, in the unit of the row and within what is possible.")
        rule = {"validate": "decimal", "criteria": "between", "minimum": float(low), "maximum": float(high)}
        self._rule(row, row, "value", {**rule, "error_title": self._text("Value"), "error_message": words})

    def _choices(self, rows: int) -> None:
        last = len(self._about.reasons)
        self._rule(1, rows, "reason", {"validate": "list", "source": f"={ABOUT}!$D$1:$D${last}", "error_title": self._text("Why there is no value")})
        words = self._text("A day is needed here, such as 2027-06-30.")
        rule = {"validate": "date", "criteria": ">=", "value": datetime(2000, 1, 1)}  # noqa: DTZ001 - as above
        self._rule(1, rows, "due", {**rule, "error_title": self._text("By when"), "error_message": words})

    def _rule(self, first: int, last: int, name: str, rule: dict[str, Any]) -> None:
        cut = {key: str(rule[key])[:length] for key, length in (("error_title", _TITLE), ("error_message", _WORDS)) if key in rule}
        self._page.data_validation(first, COLUMNS.index(name), last, COLUMNS.index(name), {**rule, **cut})


def _about(book: Any, about: About) -> None:  # noqa: ANN401 - as above
    """Keys and values in the first columns, the words of the drop-down with their codes beside them, then each row as it was written."""
    page = book.add_worksheet(ABOUT)
    page.hide()
    pairs = {name: getattr(about, name) for name in ("layout", "hub", "city", "form_version", "sheet", "digest")}
    for row, (key, value) in enumerate(pairs.items()):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    for row, (word, code) in enumerate(about.reasons.items()):
        page.write_string(row, 3, word)
        page.write_string(row, 4, code)
    first = max(len(pairs), len(about.reasons)) + 1
    for column, field in enumerate(fields(Line)):
        page.write_string(first, column, field.name)
    for row, line in enumerate(about.lines, start=first + 1):
        for column, cell in enumerate(astuple(line)):
            page.write_string(row, column, cell)
    page.protect("", _FREE)

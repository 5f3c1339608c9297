"""A catalogue as a workbook, for translators who work in spreadsheets."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.languages import direction
from sdgcities.i18n.translator import Translator
from sdgcities.i18n.update import strings
from sdgcities.intake.po import DRAFT, review_of
from sdgcities.kit.desk import sheet
from sdgcities.kit.desk.catalogues import on_desk, state_of
from sdgcities.kit.desk.sheet import COLUMNS, TO_FILL_IN
from sdgcities.kit.desk.states import State
from sdgcities.kit.desk.texts import core_texts
from sdgcities.model.plugins import Manifest
from sdgcities.writing import put

if TYPE_CHECKING:
    from babel.messages.catalog import Message as Block

_LONGEST = 32_767
"""Characters of a cell."""
_AS_TEXT = 49
"""The spreadsheet's own format of texts: what is typed stays as it is."""
_FREE = {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True, "select_locked_cells": True, "select_unlocked_cells": True}
"""What a translator may do beyond filling in."""


def export(manifest: Manifest, language: str, target: Path, states: Collection[State] = ()) -> int:
    """Write the texts of a language, or those in some states, into a workbook, and tell how many they are. An older file is never written over."""
    if target.exists():
        hint = msg("Somebody may have filled it in: move it away, or name another one with -o.")
        raise refuse("locale.exists", msg("There is a file of this name already."), hint, Where(file=str(target)))
    _, _, merged = on_desk(manifest, language)
    blocks = [block for block in merged.catalogue if block.id and (not states or state_of(block) in states)]
    put(target, workbook(manifest, language, blocks))
    return len(blocks)


def workbook(manifest: Manifest, language: str, blocks: Collection[Block]) -> bytes:
    """The workbook with these texts."""
    import xlsxwriter  # noqa: PLC0415 - only where one is written

    body = BytesIO()
    book = xlsxwriter.Workbook(body, {"in_memory": True})
    reviewers = sorted({review[0] for block in blocks for comment in block.user_comments if (review := review_of(comment))})
    _guide(book, language, reviewers)
    _texts(book, language, blocks)
    about = book.add_worksheet(sheet.ABOUT)
    about.hide()
    for row, pair in enumerate((("layout", sheet.LAYOUT), ("plugin", manifest.name), ("language", language))):
        about.write_row(row, 0, pair)
    book.close()
    return body.getvalue()


def _guide(book: Any, language: str, reviewers: Collection[str]) -> None:  # noqa: ANN401 - XlsxWriter has no types
    """The steps in English and in the language, and lines for the names of reviewers."""
    page, text = book.add_worksheet(sheet.GUIDE), Translator(language, Catalogues()).text
    wrapped, own = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top", **_reading(language)})
    page.set_column(0, 1, 80)
    page.hide_gridlines(2)
    for row, step in enumerate(sheet.STEPS):
        page.write_string(row, 0, f"{row + 1}. {step}", wrapped)
        if text(step) != step:
            page.write_string(row, 1, f"{row + 1}. {text(step)}", own)
    page.write_string(_first_name() - 1, 0, "Reviewers", book.add_format({"bold": True}))
    field = book.add_format({"num_format": _AS_TEXT, "locked": False, "bg_color": "#FFF8E1", "border": 1})
    for number, name in enumerate((*reviewers, *[""] * sheet.NAMES)[: sheet.NAMES]):
        page.write_string(_first_name() + number, 0, name, field) if name else page.write_blank(_first_name() + number, 0, None, field)
    page.protect("", _FREE)


def _first_name() -> int:
    return len(sheet.STEPS) + 2


def _texts(book: Any, language: str, blocks: Collection[Block]) -> None:  # noqa: ANN401 - as above
    page = book.add_worksheet(sheet.TEXTS)
    if direction(language) == "rtl":
        page.right_to_left()
    plain = {"num_format": _AS_TEXT, "text_wrap": True, "valign": "top"}
    locked = book.add_format({**plain, "font_color": "#404040", "reading_order": 1})
    free = book.add_format({**plain, "locked": False, "bg_color": "#FFF8E1", "border": 1, "border_color": "#D0D0D0", **_reading(language)})
    head = book.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True, "valign": "top"})
    for column, (name, width) in enumerate(COLUMNS.items()):
        page.set_column(column, column, width, None, {"hidden": name == sheet.KEY})
        page.write_string(0, column, name, head)
    rows = [row for block in blocks for row in _rows(block, language)]
    for number, row in enumerate(rows, start=1):
        for column, (name, cell) in enumerate(zip(COLUMNS, row, strict=True)):
            _write(page, number, column, cell, free if name in TO_FILL_IN else locked)
    _choices(page, len(rows))
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), len(COLUMNS) - 1)
    page.protect("", _FREE)


def _write(page: Any, row: int, column: int, cell: str, form: object) -> None:  # noqa: ANN401 - as above
    """Always as text: `=1+1` and `00123` are no formula and no number."""
    if not cell:
        page.write_blank(row, column, None, form)
    elif len(cell) > _LONGEST or page.write_string(row, column, cell, form):
        raise refuse("locale.long", msg("A text is too long for a spreadsheet: %(text)s…", text=cell[:60]), msg("Divide it, or translate it in the PO file."))


def _choices(page: Any, rows: int) -> None:  # noqa: ANN401 - as above
    """The reviewers of the first sheet to choose from; any other name may be written too."""
    first, last = _first_name() + 1, _first_name() + sheet.NAMES
    column = list(COLUMNS).index(sheet.REVIEWER)
    source = f"='{sheet.GUIDE}'!$A${first}:$A${last}"
    page.data_validation(1, column, max(rows, 1), column, {"validate": "list", "source": source, "show_error": False})


def _rows(block: Block, language: str) -> Iterator[tuple[str, ...]]:
    review = next(filter(None, map(review_of, block.user_comments)), None)
    name, day = (review[0], review[1].isoformat()) if review else ("", "")
    shown = "; ".join([comment for comment in block.auto_comments if comment != DRAFT] + ([sheet.OF_CORE] if _also_of_core(block) else []))
    written = strings(block)
    for form in sheet.forms_of(block, language):
        number = str(form.index + 1) if form.numbers else ""
        text = written[form.index] if form.index < len(written) else ""
        yield form.english, shown, number, form.numbers, text, state_of(block).value, name, day, sheet.remark_of(block), sheet.key_of(block, form.index)


def _also_of_core(block: Block) -> bool:
    """Whether a text of the plugin is one of the core too: its translation is used there as well."""
    return bool(block.locations) and (block.id if isinstance(block.id, str) else block.id[0]) in core_texts()


def _reading(language: str) -> dict[str, int]:
    return {"reading_order": 2 if direction(language) == "rtl" else 1}

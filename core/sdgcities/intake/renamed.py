"""Files that are not what their names say: a web page named .xlsx, a PDF document sent as the table."""

from __future__ import annotations

from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.kinds import JSON, XML, kind_of
from sdgcities.intake.workbook import MAX_BYTES, Workbook, is_workbook, no_workbook

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xlsb", ".xls", ".ods")
_BY_NAME = {".json": JSON, ".geojson": JSON, ".topojson": JSON, ".xml": XML}
_SAVE = msg("Save the table in it as .xlsx or as CSV UTF-8, or ask its sender for the table itself.")


def renamed(path: Path) -> Refused | None:
    """What a file really is, where its name says something else or its content is that of no table; None where nothing tells."""
    try:
        if not is_workbook(path):
            return _other(path)
        Workbook(path)  # refuses what begins like one and is another document, locked or damaged
    except Refused as error:
        return error
    return None


def _other(path: Path) -> Refused | None:
    suffix, kind, where = path.suffix.casefold(), kind_of(path), Where(file=str(path))
    if suffix in WORKBOOKS:
        if kind is None and _is_text(path):
            hint = msg("If its lines are those of a table, give it a name that ends in .csv; else ask its sender for the workbook.")
            return refuse("workbook.kind", msg("This is a plain text, not a workbook."), hint, where)
        return no_workbook(path, kind)
    if kind is None or kind == _BY_NAME.get(suffix) or (suffix == ".xml" and _is_xml(path)):
        return None
    return refuse("file.kind", msg("This is %(kind)s, not a table of figures.", kind=kind), _hint(kind), where)


def _hint(kind: Message) -> Message:
    if kind in (JSON, XML):
        return msg("Give it a name that ends as the file is written: .json or .xml.")
    return _SAVE


def _is_text(path: Path) -> bool:
    from sdgcities.intake.encodings import detect  # noqa: PLC0415 - only where a workbook is none

    try:
        return bool(detect(path).candidates)
    except Refused:
        return False


def _is_xml(path: Path) -> bool:
    """Whether what looks like a web page is well-formed XML all the same: <table> may be anybody's word."""
    from sdgcities.intake.xml import load_xml  # noqa: PLC0415 - only where it is asked

    try:
        load_xml(path, MAX_BYTES)
    except Refused:
        return False
    return True

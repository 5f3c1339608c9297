"""Whether a file is SDMX, told by its beginning."""

from __future__ import annotations

import re
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.intake.files import MEGABYTE, opened

_BEGINNING = MEGABYTE // 16
_MESSAGE = re.compile(rb"sdmx\.org/resources/sdmxml/schemas/", re.IGNORECASE)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
FLOW_COLUMNS = ("DATAFLOW", "STRUCTURE")
"""How the first column of SDMX-CSV is called: in version 1.0, and since 2.0."""


def is_sdmx(path: Path) -> bool:
    """Whether a file is a message of SDMX-ML, of any version, or SDMX-CSV. What can't be read is neither."""
    try:
        with opened(path) as stream:
            head = stream.read(_BEGINNING)
    except Refused:
        return False
    for mark in _MARKS:
        head = head.removeprefix(mark)
    head = head.replace(b"\0", b"").lstrip()
    return bool(_MESSAGE.search(head)) if head.startswith(b"<") else _is_csv(head)


def delimiter_of(path: Path) -> str:
    """What stands between the columns of SDMX-CSV."""
    with opened(path) as stream:
        first = stream.read(_BEGINNING).split(b"\n", 1)[0]
    return next((mark for mark in ",;\t" if mark.encode() in re.sub(rb"\[.?\]", b"", first)), ",")


def is_message(path: Path) -> bool:
    """Whether a file that is SDMX is XML."""
    with opened(path) as stream:
        return b"<" in stream.read(64).replace(b"\0", b"")[:4]


def column_name(cell: str) -> str:
    """The id of a component in a header, where its label may follow (`SEX: Sex`) or a separator (`STRUCTURE[;]`)."""
    return re.split(r"[:\[]", cell, maxsplit=1)[0].strip()


def _is_csv(head: bytes) -> bool:
    first = head.split(b"\n", 1)[0].decode("utf-8", errors="ignore").strip()
    names = {column_name(cell.strip('" ')) for cell in re.split(r"[,;\t]", first)}
    return not names.isdisjoint(FLOW_COLUMNS) and {"OBS_VALUE", "TIME_PERIOD"} <= names

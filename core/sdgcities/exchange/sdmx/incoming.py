"""What a file of SDMX says, observation by observation, before anything is made of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.sdmx.official import AREA, MULTIPLIER, SERIES, TIME, UNIT, VALUE, official
from sdgcities.exchange.sdmx.recognising import column_name, delimiter_of
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import read_header, read_rows

NEEDED = (SERIES, AREA, TIME)
SAID = (UNIT, MULTIPLIER, "OBS_STATUS", "COMMENT_OBS", "TIME_DETAIL", "SOURCE_DETAIL")
"""The attributes that are read."""
_MEANT = frozenset((TIME, VALUE, *SAID, "CUST_BREAKDOWN_LB", *(one.id for one in official().dimensions)))
REST = frozenset(one.id for one in official().components) - _MEANT
"""Those that a hub has no place for; the label of a code is that of its list."""


class Incoming(NamedTuple):
    """One observation: the code of each dimension in the order of the structure, and what is said of it in the order of `SAID`; empty where nothing is.

    `rest` is what else is said of it, by attribute.
    """

    row: int
    key: tuple[str, ...]
    time: str
    value: str
    said: tuple[str, ...]
    rest: tuple[tuple[str, str], ...] = ()


@dataclass
class Heard:
    """What a file says of itself."""

    sender: str = ""
    unknown: set[str] = field(default_factory=set)
    """Columns or components that the structure has not."""
    lines: array[int] = field(default_factory=lambda: array("L"))
    """Of a message: the line in which each observation begins."""


_DIMENSIONS = tuple(one.id for one in official().dimensions)
KNOWN = frozenset(one.id for one in official().components)


def incoming(row: int, given: Mapping[str, str]) -> Incoming:
    """An observation by what its components say."""
    get = given.get
    key = tuple([get(name, "") for name in _DIMENSIONS])
    rest = tuple([(name, text) for name in REST & given.keys() if (text := given[name])])
    return Incoming(row, key, get(TIME, ""), get(VALUE, ""), tuple([get(name, "") for name in SAID]), rest)


def read_csv(path: Path, heard: Heard) -> Iterator[Incoming]:
    """The rows of SDMX-CSV 1.0 or 2.0; of cells with a label behind the code only the code."""
    delimiter = delimiter_of(path)
    header = read_header(path, delimiter=delimiter)
    names = [column_name(cell) for cell in header]
    labelled = [":" in cell for cell in header]
    for name in NEEDED:
        if name not in names:
            raise not_ours(path, name)
    about = {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION"}
    heard.unknown |= set(names) - KNOWN - about
    flow = next((names.index(name) for name in ("STRUCTURE_ID", "DATAFLOW") if name in names), None)
    action = names.index("ACTION") if "ACTION" in names else None
    for row, written in read_rows(path, len(header), delimiter=delimiter):
        if action is not None and written[action].strip()[:1].upper() == "D":
            where = Where(file=str(path), row=row, column="ACTION")
            raise refuse("sdmx.delete", msg("The row asks for figures to be deleted; nothing is ever deleted here."), msg("Take such rows out."), where)
        cells = [cell.partition(":")[0].strip() if label else cell.strip() for cell, label in zip(written, labelled, strict=True)]
        heard.sender = heard.sender or (cells[flow].partition(":")[0] if flow is not None else "")
        yield incoming(row, dict(zip(names, cells, strict=True)))


def not_ours(path: Path, name: str) -> Refused:
    """The refusal of data on another structure."""
    told = msg("This is SDMX, but not on the structure of the SDG indicators: it has no %(name)s.", name=name)
    return refuse("sdmx.structure", told, msg("Ask for the figures on the structure SDG of IAEG-SDGs, or for a plain table."), Where(file=str(path)))

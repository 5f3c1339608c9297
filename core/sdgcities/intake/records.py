"""Lists of objects, of JSON or XML, as a table: within the limits of every other table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeGuard

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import MAX_CELL, MAX_COLUMNS
from sdgcities.intake.json import value_at

Record = Mapping[str, object]
KEY = "*"
"""The last step of a pointer that stands for every key; and the column in which the rows have the key that they stood under."""


def records_at(data: object, pointer: str) -> Sequence[Record] | None:
    """The objects of the list at a JSON Pointer, where it ends in `/*` of the lists under all keys there; None where no such list is.

    `{"2021": [{"town": "Port"}], "2022": []}` has at `/*` one object: `{"*": "2021", "town": "Port"}`.
    """
    above, _, last = pointer.rpartition("/")
    if last != KEY:
        found = value_at(data, pointer)
        return found if is_list(found) else None
    under = value_at(data, above)
    return joined(under) if isinstance(under, Mapping) and all(is_list(one) and not any(KEY in record for record in one) for one in under.values()) else None


def joined(lists: Mapping[str, Sequence[Record]]) -> list[Record]:
    """The objects of lists under keys, each with its key."""
    return [{KEY: key, **record} for key, records in lists.items() for record in records]


def is_list(node: object) -> TypeGuard[Sequence[Record]]:
    """Whether it is a list of objects, an empty one too."""
    return isinstance(node, list) and all(isinstance(entry, Mapping) for entry in node)


def columns_of(records: Sequence[Record], file: str) -> tuple[str, ...]:
    """The keys of the objects, in the order in which they come. Refused where they are too many, or a text is too long, for a table."""
    names: dict[str, None] = {}
    for number, record in enumerate(records, start=1):
        names.update(dict.fromkeys(record))
        if len(names) > MAX_COLUMNS:
            hint = msg("Is this the right list? Each object is a row, and each of its keys a column.")
            raise refuse("table.columns", msg("More than %(n)s columns.", n=MAX_COLUMNS), hint, Where(file=file, row=number))
        for name, value in record.items():
            if isinstance(value, str) and len(value) > MAX_CELL:
                where = Where(file=file, row=number, column=name[:MAX_CELL])
                raise refuse("table.cell", msg("A cell has more than %(n)s characters.", n=MAX_CELL), msg("Take it out of the file."), where)
    return tuple(names)

"""A list of objects, of JSON or XML, as a table: within the limits of every other table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.csv import MAX_CELL, MAX_COLUMNS


def columns_of(records: Sequence[Mapping[str, object]], file: str) -> tuple[str, ...]:
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

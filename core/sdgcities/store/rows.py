"""Rows of the hub's tables: one more, or the one that is there already."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, insert, select


def append(connection: Connection, table: Table, row: Mapping[str, object]) -> int:
    """Write a row; its number."""
    new = connection.execute(insert(table).values(**row)).inserted_primary_key
    assert new is not None
    return int(new[0])


def known(connection: Connection, table: Table, key: Mapping[str, object], further: Mapping[str, object] | None = None) -> int:
    """The number of the row with this key; where there is none, it is written, with what further stands in it."""
    found = connection.execute(select(table.c.id).where(*(table.c[name] == value for name, value in key.items()))).scalar()
    return int(found) if found is not None else append(connection, table, {**key, **(further or {})})

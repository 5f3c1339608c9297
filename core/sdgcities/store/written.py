"""How texts are written into a hub's database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Text, TypeDecorator
from sqlalchemy.types import TypeEngine


class Written(TypeDecorator[str]):
    """A text. It compares and sorts by the codes of its characters on every database, whatever language the server speaks.

    PostgreSQL can't hold the character NUL, which a broken file may have in any cell: it is written as the sign for it on both.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text, in the order of its codes."""
        return Text(collation="C" if dialect.name == "postgresql" else None)

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's own
        """The text without NUL."""
        return value and value.replace("\0", "\N{SYMBOL FOR NULL}")

"""The digest over the rows of a load."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import repeat

from sdgcities.store.bulk.runs import Run


class Digest:
    """Over canonical rows in their order: the same rows give the same digest, however they are cut into runs and portions.

    Each column is digested by itself, and what rows one after the other have in common once with their number: a text of its own
    for each row would take four times as long.
    """

    def __init__(self) -> None:
        self._columns = tuple(hashlib.sha256() for _ in range(4))
        """Series and status; first day, last day, value or reason for having none."""
        self._head, self._rows = "", 0

    def take(self, runs: Iterable[tuple[str, Run]]) -> None:
        """Add rows, each run with its series in canonical spelling."""
        heads, starts, ends, values = list[str](), list[str](), list[str](), list[str]()
        for spelled, run in runs:
            _, missing, status, _, _ = run.says
            head = f"{spelled}{status}"
            if head != self._head:
                heads.append(f"{self._head}|{self._rows}")
                self._head, self._rows = head, 0
            self._rows += len(run.rows)
            starts += run.starts
            ends += run.ends
            values += run.figures if missing is None else repeat(missing, len(run.rows))
        for column, texts in zip(self._columns, (heads, starts, ends, values), strict=True):
            column.update("\n".join([*texts, ""]).encode())

    def told(self) -> str:
        """The digest, once every row was taken."""
        whole = hashlib.sha256(b"".join(column.digest() for column in self._columns))
        whole.update(f"{self._head}|{self._rows}".encode())
        return whole.hexdigest()

"""A stream some hundred at a time: what is done with a whole list costs a fraction of what it costs one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

PORTION = 240
"""As many as fit the processor's cache."""


def portions(stream: Iterator[T]) -> Iterator[list[T]]:
    """The same, in lists. Where the stream fails, what came before is given first, as if it had been read one by one."""
    while True:
        some: list[T] = []
        failed: Exception | None = None
        try:
            some.extend(islice(stream, PORTION))  # what came before a failure stays in the list
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised as soon as its turn has come
            failed = error
        if some:
            yield some
        if failed:
            raise failed
        if len(some) < PORTION:
            return

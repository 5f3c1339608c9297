"""How far something long has come, on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

SECONDS = 2.0
"""What is done within this time shows no bar."""


@contextmanager
def rows_read(label: str, *, wanted: bool) -> Iterator[Callable[[int], None] | None]:
    """A function that takes in how many rows were read since; it shows a bar once that takes long. None where nobody looks at a terminal."""
    if not (wanted and sys.stderr.isatty()):
        yield None
        return
    with ExitStack() as stack:
        bar: ProgressBar[int] | None = None
        read, begun = 0, time.monotonic()

        def told(rows: int) -> None:
            nonlocal bar, read
            read += rows
            if bar is None and time.monotonic() - begun > SECONDS:
                nothing: Iterator[int] = (row for row in list[int]())  # of no known length
                bar = stack.enter_context(click.progressbar(nothing, label=label, show_pos=True, file=sys.stderr))
                bar.update(read)
            elif bar is not None:
                bar.update(rows)

        yield told

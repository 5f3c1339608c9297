"""Options and types of arguments that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from sdgcities.cli.base import words

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output, nothing else.")
country = click.option("--country", metavar="C", help="One of the hub's countries: ISO code or plugin name; needed where there are several.")
author = click.option("--author", metavar="ID", help="Who answers for it; otherwise who acts.")


class _Path(click.Path):
    """A path. An empty one would mean the current folder: a variable that was not set."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> str | bytes | os.PathLike[str]:
        if value == "" and ctx:
            self.fail(words(ctx)("It must not be empty."), param, ctx)
        return super().convert(value, param, ctx)


PATH = _Path(path_type=Path, readable=False)
"""A file or folder; whoever opens it says in our own words why it can't be read."""
RECORD = click.IntRange(1, 2**63 - 1)
"""The number of a record; a larger one fits in no database."""

"""Options and types of arguments that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from sdgcities.cli.base import words
from sdgcities.findings import mark

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output, nothing else.")
country = click.option("--country", metavar="C", help="One of the hub's countries: ISO code or plugin name; needed where there are several.")
reason = click.option("--reason", metavar="TEXT", required=True, help="Why; kept on record.")
author = click.option("--author", metavar="ID", help="Who answers for it; otherwise who acts.")


class _Path(click.Path):
    """A path. An empty one would mean the current folder: a variable that was not set."""

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> str | bytes | os.PathLike[str]:
        if value == "" and ctx:
            self.fail(words(ctx)("It must not be empty."), param, ctx)
        return super().convert(value, param, ctx)


def day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """A day as ISO 8601 writes it, and in no other way."""
    if value is None:
        return None
    text = words(ctx)
    if not value:
        raise click.BadParameter(text("It must not be empty."), ctx, param)
    try:
        return date.fromisoformat(value if re.fullmatch("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}", value) else "")
    except ValueError as error:
        raise click.BadParameter(text("%(value)s is no day, such as 2024-12-31.") % {"value": value}, ctx, param) from error


def pairs(problem: str) -> Callable[[click.Context, click.Parameter, tuple[str, ...]], dict[str, str]]:
    """A callback that reads NAME=VALUE, given any number of times. `problem` tells what to write where a side is empty."""

    def read(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
        found = {name.strip(): value.strip() for name, _, value in (text.partition("=") for text in given)}
        if not all((*found.keys(), *found.values())):
            raise click.BadParameter(words(ctx)(problem), ctx, param)
        return found

    return read


_reasons = pairs(mark('Write the code of the doubt and the reason: CODE="REASON".'))
justify = click.option(
    "--justify", metavar="CODE=REASON", multiple=True, callback=_reasons, help="Why a doubt is let pass; kept on record. May be given again."
)
PATH = _Path(path_type=Path, readable=False)
"""A file or folder; whoever opens it says in our own words why it can't be read."""
RECORD = click.IntRange(1, 2**31 - 1)
"""The number of a record; a larger one fits in no database."""

"""What the commands that take in an office's list have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from sdgcities.cli.base import words

if TYPE_CHECKING:
    from sdgcities.kit.lists.office import Asked

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--plugin", metavar="PATH|NAME", default=".", show_default=True, help="The plugin: its folder or its name."),
    click.option("--sheet", metavar="NAME", help="The sheet of a workbook; otherwise the first."),
    click.option("--header-row", metavar="N", type=click.IntRange(1, 1000), help="The row with the names of the columns; otherwise it is looked for."),
    click.option("--encoding", metavar="NAME", default="utf-8", show_default=True, help="How the letters of a CSV file are stored, such as cp1252."),
    click.option("--dry-run", is_flag=True, help="Look at the list and write nothing."),
)


def of_list(command: F) -> F:
    """The options of a command that reads a list into a plugin."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def asked(file: Path, given: Mapping[str, object]) -> Asked:
    """What is to be read, and how. An encoding that doesn't exist is wrong usage."""
    from codecs import lookup

    from sdgcities.kit.lists.office import Asked

    encoding = str(given["encoding"])
    try:
        lookup(encoding)
    except LookupError as error:
        text = words(click.get_current_context())
        raise click.BadParameter(text("There is no encoding of that name, such as utf-8 or cp1252."), param_hint="--encoding") from error
    return Asked(file, cast("str | None", given["sheet"]), cast("int | None", given["header_row"]), encoding)


def pairs(given: Sequence[str], option: str) -> dict[str, str]:
    """NAME=VALUE as typed, by name. What has no = is wrong usage."""
    for one in given:
        if not one.partition("=")[0].strip() or "=" not in one:
            text = words(click.get_current_context())
            raise click.BadParameter(text("%(value)s has no name before =.") % {"value": one}, param_hint=option)
    return {name.strip(): value.strip() for name, _, value in (one.partition("=") for one in given)}

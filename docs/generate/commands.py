"""cli.md: every command with its arguments, options and example, as its own help says them."""

from __future__ import annotations

from collections.abc import Iterator

import click
from docs.generate.markdown import block, made_of, table

from sdgcities.cli.base import described
from sdgcities.cli.main import cli

ABOUT = """The program's own options may stand anywhere on the line. Every command has `--help`, in the language of `--lang`. Listings take
`--json`. Exit codes: 0 done, 1 refused or findings that block, 2 wrong usage, 3 the hub or a plugin it requires can't be used.
"""


def page() -> str:
    """The page."""
    context = click.Context(cli, info_name="sdgcities")
    first, *commands = _below(cli, context)
    return made_of("core/sdgcities/cli", "Commands", ABOUT, _options(*first), *(_section(*one) for one in commands))


def _below(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """A command, then those below it."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child
            yield from _below(child, click.Context(child, info_name=name, parent=context))


def _section(command: click.Command, context: click.Context) -> str:
    path = context.command_path.removeprefix("sdgcities ")
    does, example = described(command)
    if isinstance(command, click.Group):
        return f"## {path}\n\n{does}\n"
    level = "##" if " " not in path else "###"
    shown = block(" ".join(["Usage:", context.command_path, *command.collect_usage_pieces(context)]), "text")
    return "\n".join(filter(None, (f"{level} {path}\n", f"{does}\n", shown, _options(command, context), f"Example:\n\n{block(example)}")))


def _options(command: click.Command, context: click.Context) -> str:
    records = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
    rows = [(f"`{names}`", does) for names, does in filter(None, records)]
    return table(("option", "what it does"), rows) if rows else ""

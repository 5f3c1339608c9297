"""What the pages tell people to type exists: every command, option and choice."""

from __future__ import annotations

from contextlib import suppress

import click
import pytest

from sdgcities.cli.main import COMMANDS, _globals_first, cli

from .conftest import Shown, shown_commands

COMMAND_LINES = shown_commands()


def parse(shown: Shown) -> click.Context:
    """Parse without running. Raises click.UsageError for what does not exist."""
    command: click.Command = cli
    context = click.Context(cli, info_name="sdgcities")
    words = _globals_first(context, list(shown.words))
    while isinstance(command, click.Group):
        given, words, _ = command.make_parser(context).parse_args(words)
        for parameter in command.params:
            with suppress(click.exceptions.Exit):  # --version has said it
                parameter.handle_parse_result(context, given, [])
        if not words:
            return context
        found = command.get_command(context, words[0])
        if found is None:
            message = f"there is no command {words[0]!r}"
            raise click.UsageError(message)
        command, words = found, words[1:]
        context = click.Context(command, info_name=command.name, parent=context)
    try:
        return command.make_context(command.name, words, parent=context.parent)
    except click.MissingParameter:
        if shown.complete:
            raise
        return context


@pytest.mark.parametrize("shown", COMMAND_LINES, ids=str)
def test_a_command_that_is_shown_parses(shown: Shown) -> None:
    parse(shown)


@pytest.mark.parametrize("words", ["city jion", "data import --profil x file.csv", "milestone review one --approve --reason r", "init x"])
def test_a_command_that_does_not_exist_is_found_out(words: str) -> None:
    with pytest.raises(click.UsageError):
        parse(Shown("here", tuple(words.split()), complete=True))


@pytest.mark.parametrize("group", sorted(COMMANDS))
def test_every_group_of_commands_is_shown_somewhere(group: str) -> None:
    assert any(group in shown.words for shown in COMMAND_LINES if shown.page != "docs/reference/cli.md")

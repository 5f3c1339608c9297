"""Commands that load late, speak the reader's language in their help, and end in one line when something is refused."""

from __future__ import annotations

import inspect
import os
import re
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXAMPLE = "Example: "
"""What stands before the worked example, on the last line of a command's docstring."""
_UNUSABLE = 3
_EXTRA = re.compile(r"\[(?P<extra>[^\]]*)\]$")


def language_of(context: click.Context) -> str:
    """The language asked for: `--lang`, else the environment's, else English."""
    given = context.find_root().params.get("lang")
    environment = next((os.environ[name] for name in ("SDGCITIES_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en")
    name = str(given or re.split("[.@]", environment)[0]).replace("-", "_")
    return name if re.fullmatch("[A-Za-z]{2,3}(_[A-Za-z0-9]{2,8}){0,3}", name) and not name.startswith("en") else "en"


def words(context: click.Context) -> Callable[[str], str]:
    """The core's own texts in the reader's language: no hub is needed for them."""
    language = language_of(context)
    if language == "en":
        return str
    from sdgcities.i18n.catalogues import Catalogues
    from sdgcities.i18n.translator import Translator

    return Translator(language, Catalogues()).text


def reader_left() -> None:
    """Whoever read the output has read enough: no fault, and nothing more to write."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        os.dup2(nowhere, stream.fileno())


def described(command: click.Command) -> tuple[str, str]:
    """What a command does, in one paragraph, and its worked example."""
    does, _, example = inspect.cleandoc(command.help or "").partition(EXAMPLE)
    return " ".join(does.split()), example.strip()


class _Translated(click.Command):
    """Help in the reader's language; refusals in one line."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = words(ctx)
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), f"{text('Usage:')} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text, (does, example) = words(ctx), described(self)
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text(does))
        formatter.write(f"\n  {text('Example:')} {example}\n")  # never wrapped: it is there to be copied

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = words(ctx)
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        rows = [_in_words(text, option, record) for option in options if (record := option.get_help_record(ctx))]
        with formatter.section(text("Options")):
            formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click's parser leaves it out; the advice needs it
            raise

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            reader_left()
            ctx.exit(0)
        except Exception as fault:
            if ctx.find_root().params.get("verbose"):
                raise
            ctx.exit(ctx.obj.end(fault) if ctx.obj else _UNUSABLE)


class TranslatedCommand(_Translated):
    """A single command."""


class TranslatedGroup(_Translated, click.Group):
    """A group whose commands are modules of `package`, loaded when called, or functions of its own module."""

    command_class = TranslatedCommand

    def __init__(self, *args: Any, table: Mapping[str, str] | None = None, package: str = "sdgcities.cli", **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self._table, self._package = table or {}, package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Those of the table and those of the group's own module."""
        return sorted([*self._table, *super().list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, its module loaded if it has one."""
        if cmd_name not in self._table:
            return super().get_command(ctx, cmd_name)
        command = import_module(f"{self._package}.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        _Translated.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What each command does, in a line; those of the table are not loaded for it."""
        text = words(ctx)
        own = {name: described(command)[0] for name, command in self.commands.items()}
        with formatter.section(text("Commands")):
            formatter.write_dl([(name, text(line)) for name, line in sorted({**self._table, **own}.items())])


TranslatedGroup.group_class = TranslatedGroup


def _in_words(text: Callable[[str], str], option: click.Option, record: tuple[str, str]) -> tuple[str, str]:
    """An option as its help shows it: what it does, and click's remark at the end."""
    names, shown = record
    if "--help" in option.opts:
        return names, text("Show this message and exit.")
    does = option.help or ""
    if remark := _EXTRA.search(shown[len(does) :]):
        extra = remark["extra"].replace("default:", text("default:")).replace("required", text("required"))
        return names, f"{text(does)}  [{extra}]"
    return names, text(does)

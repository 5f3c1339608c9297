"""Commands that load late, speak the reader's language in their help, and end in one line when something is refused."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_UNEXPECTED = 3


def language_of(context: click.Context) -> str:
    """The language asked for: `--lang`, else the environment's, else English."""
    given = context.find_root().params.get("lang")
    environment = next((os.environ[name] for name in ("SDGCITIES_LANG", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "en")
    name = str(given or environment.partition(".")[0].replace("-", "_"))
    return "en" if name in ("C", "POSIX", "") or name.startswith("en") else name


def _words(context: click.Context) -> Callable[[str], str]:
    language = language_of(context)
    if language == "en":
        return str
    from sdgcities.i18n.catalogues import Catalogues  # noqa: PLC0415 - English help needs no catalogue
    from sdgcities.i18n.translator import Translator  # noqa: PLC0415

    return Translator(language, Catalogues()).text


class _Translated(click.Command):
    """Help in the reader's language; refusals in one line."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = _words(ctx)
        self.help = text(self.help or "")
        for parameter in self.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = text(parameter.help)
        super().format_help(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - whatever the command returns
        from sdgcities.errors import SdgCitiesError  # noqa: PLC0415 - not needed by --help

        try:
            return super().invoke(ctx)
        except SdgCitiesError as error:
            ctx.obj.show_findings(error.findings)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as fault:
            if ctx.find_root().params.get("verbose"):
                raise
            click.echo(f"sdgcities: unexpected fault ({type(fault).__name__}: {fault}). Run again with --verbose and report it.", err=True)
            ctx.exit(_UNEXPECTED)


class TranslatedCommand(_Translated):
    """A single command."""


class TranslatedGroup(_Translated, click.Group):
    """A group whose commands are modules of `sdgcities.cli`, loaded when called, or functions of its own module."""

    command_class = TranslatedCommand

    def __init__(self, *args: Any, table: Mapping[str, str] | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **kwargs)
        self._table = table or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*self._table, *super().list_commands(ctx)])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._table:
            return super().get_command(ctx, cmd_name)
        command = import_module(f"sdgcities.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        text = _words(ctx)
        own = {name: command.get_short_help_str(100) if not command.help else command.help.partition("\n")[0] for name, command in self.commands.items()}
        with formatter.section(text("Commands")):
            formatter.write_dl([(name, text(line)) for name, line in sorted({**self._table, **own}.items())])


TranslatedGroup.group_class = TranslatedGroup

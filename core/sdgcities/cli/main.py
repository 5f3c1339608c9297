"""`sdgcities`: finds the command, and turns what goes wrong into one line and an exit code."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from sdgcities import __version__
from sdgcities.cli.base import TranslatedGroup, reader_left, words

COMMANDS = {
    "actor": "Who may do what in the hub.",
    "audit": "Check the record of all that was done.",
    "calculate": "Methods by their names: what each computes, and its result for your figures.",
    "city": "Participating cities and their stage.",
    "contract": "The milestone contract, what a country adapted of it, and official lists.",
    "data": "Observations: in, shown, coverage and gaps.",
    "demo": "Build a sample hub from each plugin's real data and run the whole job, from import to report.",
    "doctor": "Tell what is wrong with the hub, its plugins and languages, and what cures it. Imports no plugin.",
    "evidence": "Documents that milestones ask for.",
    "form": "Forms and what cities submit.",
    "indicator": "The catalogue of indicators.",
    "init": "Make a new hub in DIR.",
    "locale": "Translate a plugin: its texts, their translations, who has reviewed them.",
    "milestone": "Assess, claim and review milestones.",
    "plugin": "Plugins: those that were found, and the desk of who writes one.",
    "privacy": "Erase personal data. What was done stays on record, without the person.",
    "programme": "Support modality and budget.",
    "report": "Reports for people.",
    "unit": "Administrative units: codes, names, validity, predecessors.",
    "upgrade": "Bring a hub that an older sdgcities made to this one: back it up, migrate it, say what changed.",
}
"""Each command lives in the module of its name, as `command`; the first line of its help stands here too, so that `--help` loads none of them."""

_GLOBAL = {"--lang": True, "--hub": True, "--plugins-dir": True, "--actor": True, "--verbose": False}
"""The options of the program itself, and whether each takes a value: they may stand anywhere on the line."""
_ONCE = "--plugins-dir"
"""Of two folders the second would be taken without a word."""
_WRONG_USAGE = 2


class Program(TranslatedGroup):
    """The whole program: what was typed wrongly ends in one line too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what is no text; let the program's own options stand anywhere."""
        for arg in args:
            if any("\ud800" <= letter <= "\udfff" for letter in arg):
                unreadable = f"Not UTF-8: {arg!a}"
                raise click.UsageError(unreadable, ctx)
        return super().parse_args(ctx, _globals_first(ctx, args))

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, *, standalone_mode: bool = True, **extra: Any) -> Any:  # type: ignore[override]  # noqa: ANN401 - click's own
        """Run the command and leave with its exit code; not standalone, as `demo` calls it, return the code."""
        if not standalone_mode:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        try:
            sys.exit(super().main(args, prog_name, standalone_mode=False, **extra) or 0)
        except click.UsageError as error:
            _told_wrong(error)
        except click.Abort:
            text = words(click.Context(cli))
            click.echo(f"\n✗ {text('Interrupted. What was not finished was not stored.')}", err=True)
            sys.exit(1)


def _globals_first(context: click.Context, args: list[str]) -> list[str]:
    """The program's own options before the command, wherever they were typed; what follows `--` stays."""
    first: list[str] = []
    rest: list[str] = []
    todo = list(args)
    while todo:
        arg = todo.pop(0)
        if arg == "--":
            return [*first, *rest, arg, *todo]
        name, equals, _ = arg.partition("=")
        (first if name in _GLOBAL else rest).append(arg)
        if name == _ONCE and any(word.partition("=")[0] == _ONCE for word in first[:-1]):
            text = words(context)
            raise click.UsageError(text("%(name)s can be given once: put the plugins' folders into one folder, and name that.") % {"name": name}, context)
        if _GLOBAL.get(name) and not equals:
            if not todo:
                raise click.BadOptionUsage(name, f"Option {name} requires an argument.", context)
            first.append(todo.pop(0))
    return [*first, *rest]


def _told_wrong(error: click.UsageError) -> NoReturn:
    if type(error).__name__ == "NoArgsIsHelpError":
        click.echo(error.format_message(), err=True)
        sys.exit(_WRONG_USAGE)
    from sdgcities.cli.output import tell
    from sdgcities.cli.usage import advice, wording

    context = error.ctx or click.Context(cli)
    text = words(context)
    tell("✗ " + " ".join(text(message.text) % message.params for message in (wording(error), advice(error))))
    sys.exit(_WRONG_USAGE)


@click.group("sdgcities", cls=Program, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sdgcities", help="Show the version and exit.")
@click.option("--lang", metavar="CODE", is_eager=True, help="Language of messages and reports, such as en, pt_PT or tr.")
@click.option("--hub", metavar="DIR", help="The hub's folder; otherwise the nearest one upwards.")
@click.option("--plugins-dir", metavar="DIR", help="A folder of plugins that are not installed.")
@click.option("--actor", metavar="ID", envvar="SDGCITIES_ACTOR", help="Who acts; otherwise the hub's only operator.")
@click.option("--verbose", is_flag=True, help="Show where an unexpected fault came from.")
@click.pass_context
def cli(context: click.Context, /, **given: Any) -> None:  # noqa: ANN401 - the options above
    """The tools of a national SDG Cities hub: data, milestones, recognition, reports.

    Example: sdgcities demo demo/
    """
    from sdgcities.cli.session import Session

    outer: Session | None = context.obj  # the demonstration runs commands of its own in one hub
    context.obj = outer.again(**given) if outer else Session(**given)
    if outer is None:
        context.call_on_close(context.obj.close)


def main() -> None:
    """Run the command line; bad input ends in one line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends a job meets the same line, and no half-made files
    try:
        cli.main(prog_name="sdgcities")
    except BrokenPipeError:
        reader_left()
        sys.exit(0)


if __name__ == "__main__":
    main()

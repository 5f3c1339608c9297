"""`sdgcities`: finds the command, and turns what goes wrong into one line and an exit code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from sdgcities import __version__
from sdgcities.cli.base import TranslatedGroup

COMMANDS = {
    "actor": "Who may do what in the hub.",
    "audit": "Check the record of all that was done.",
    "city": "Participating cities and their stage.",
    "contract": "The milestone contract and what a country adapted.",
    "data": "Observations: in, shown, coverage and gaps.",
    "demo": "Build a sample hub from real data and run the whole job.",
    "doctor": "What is wrong with the hub, and what cures it.",
    "evidence": "Documents that milestones ask for.",
    "form": "Forms and what cities submit.",
    "indicator": "The catalogue of indicators.",
    "init": "Make a new hub.",
    "milestone": "Assess, claim and review milestones.",
    "plugin": "The plugins that were found.",
    "privacy": "Erase personal data.",
    "programme": "Support modality and budget.",
    "report": "Reports for people.",
    "unit": "Administrative units: codes, names, validity.",
}
"""Each command lives in the module of its name, as `command`; its one-line help stands here so that `--help` loads none of them."""


@click.group(cls=TranslatedGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sdgcities")
@click.option("--lang", metavar="CODE", is_eager=True, help="Language of messages and reports, such as en, pt_PT or tr.")
@click.option("--hub", metavar="DIR", type=click.Path(path_type=Path), help="The hub's folder; otherwise the nearest one upwards.")
@click.option("--plugins-dir", metavar="DIR", type=click.Path(path_type=Path), help="A folder of plugins that are not installed.")
@click.option("--actor", metavar="ID", envvar="SDGCITIES_ACTOR", help="Who acts; otherwise the hub's only operator.")
@click.option("--verbose", is_flag=True, help="Show where an unexpected fault came from.")
@click.pass_context
def cli(context: click.Context, **given: object) -> None:
    """The tools of a national SDG Cities hub: data, milestones, recognition, reports.

    Example: sdgcities demo demo/
    """
    from sdgcities.cli.session import Session  # noqa: PLC0415 - --help needs none of it

    context.obj = Session(**given)  # type: ignore[arg-type]
    context.call_on_close(context.obj.close)


def main() -> None:
    """Run the command line; bad input ends in one line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(prog_name="sdgcities")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()

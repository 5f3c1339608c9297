"""`sdgcities doctor`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.session import Session


@click.command("doctor", cls=TranslatedCommand)
@click.option("--load", is_flag=True, help="Also try each plugin completely, in a process of its own with a time limit.")
@options.as_json
@click.pass_obj
def command(session: Session, *, load: bool, as_json: bool) -> None:
    """Tell what is wrong with the hub, its plugins and languages, and what cures it. Imports no plugin.

    Example: sdgcities doctor --load
    """
    from sdgcities.cli.examination import examine
    from sdgcities.findings import msg, nmsg

    findings, broken = examine(session, load=load)
    if as_json:
        session.json([session.finding_data(finding) for finding in findings])
    else:
        session.show_findings(findings)
        session.say(nmsg("%(n)s thing found.", "%(n)s things found.", len(findings)) if findings else msg("All is well."))
    if broken:
        click.get_current_context().exit(3)
    if any(finding.blocks for finding in findings):
        click.get_current_context().exit(1)

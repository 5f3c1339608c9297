"""`sdgcities plugin list`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from sdgcities.plugin.desk import Listed


@click.command("list", cls=TranslatedCommand)
@options.as_json
@click.pass_obj
def command(session: Session, *, as_json: bool) -> None:
    """List every plugin that was found, without importing any.

    Example: sdgcities plugin list
    """
    from sdgcities.plugin.desk import listed

    found, notes = listed(session.plugins_dir, session.failures_file, session.own_plugins)
    if as_json:
        session.json([_data(session, one) for one in found])
        return
    session.table(("Plugin", "Version", "Layer", "Countries", "Languages", "Found", "State"), [_row(session, one) for one in found])
    for failure in (failure for one in found for failure in one.failures):
        out(f"✗ {session.finding_line(failure.finding())}")
    session.show_findings(notes)


def _row(session: Session, one: Listed) -> tuple[str, ...]:
    """A plugin in the table; why it can't be used stands below it, in full."""
    manifest, state = one.manifest, session.text("can't be used") if one.failures else session.text("ok")
    about = (manifest.version, manifest.layer.value, " ".join(manifest.countries), " ".join(manifest.languages)) if manifest else ("", "", "", "")
    return (one.name, *about, session.word(one.origin), state)


def _data(session: Session, one: Listed) -> dict[str, object]:
    manifest = one.manifest
    return {
        "name": one.name,
        "version": manifest.version if manifest else None,
        "layer": manifest.layer.value if manifest else None,
        "countries": list(manifest.countries) if manifest else [],
        "languages": list(manifest.languages) if manifest else [],
        "maintainers": list(manifest.maintainers) if manifest else [],
        "origin": one.origin.value,
        "failures": [{"stage": failure.stage.value, "reason": session.words(failure.reason), "hint": session.words(failure.hint)} for failure in one.failures],
    }

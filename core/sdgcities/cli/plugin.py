"""`sdgcities plugin`."""

from __future__ import annotations

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("plugin", cls=TranslatedGroup)
def command() -> None:
    """The plugins that were found.

    Example: sdgcities plugin list
    """


@command.command("list")
@options.as_json
@click.pass_obj
def list_plugins(session: Session, as_json: bool) -> None:
    """List every plugin that was found, without importing any.

    Example: sdgcities plugin list
    """
    from sdgcities.plugin.desk import listed  # noqa: PLC0415 - commands import late

    found, notes = listed(session.plugins_dir, session.failures_file)
    if as_json:
        session.json(
            [
                {
                    "name": one.name,
                    "version": one.manifest.version if one.manifest else None,
                    "layer": one.manifest.layer.value if one.manifest else None,
                    "countries": list(one.manifest.countries) if one.manifest else [],
                    "languages": list(one.manifest.languages) if one.manifest else [],
                    "origin": one.origin.value,
                    "failures": [{"stage": failure.stage.value, "reason": session.words(failure.reason), "hint": session.words(failure.hint)} for failure in one.failures],
                }
                for one in found
            ]
        )
        return
    rows = []
    for one in found:
        manifest, state = one.manifest, session.words(one.failures[0].reason) if one.failures else session.text("ok")
        about = (manifest.version, manifest.layer.value, " ".join(manifest.countries), " ".join(manifest.languages)) if manifest else ("", "", "", "")
        rows.append((one.name, *about, one.origin.value, state))
    session.table(("Plugin", "Version", "Layer", "Countries", "Languages", "Found", "State"), rows)
    session.show_findings(notes)
    session.show_findings(failure.finding() for one in found for failure in one.failures)

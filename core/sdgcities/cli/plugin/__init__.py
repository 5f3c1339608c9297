"""`sdgcities plugin`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "indicators": "Take an office's list of indicators into a plugin.",
    "list": "List every plugin that was found, without importing any.",
    "units": "Take an office's list of administrative units into a plugin.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("plugin", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.plugin")
def command() -> None:
    """Plugins: those that were found, and the desk of who writes one.

    Example: sdgcities plugin list
    """

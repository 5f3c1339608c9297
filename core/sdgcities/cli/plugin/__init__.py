"""`sdgcities plugin`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "check": "Tell what is wrong or missing in a plugin, each with file and line. Works before it is installed, and runs none of its code.",
    "document": "Write the page about a plugin from its files: places, sources, indicators, forms, what it changes of the milestones.",
    "indicators": "Take an office's list of indicators into a plugin.",
    "list": "List every plugin that was found, without importing any.",
    "new": "Make a new plugin for a country, or a theme for every country, complete and ready to be filled.",
    "preview": (
        "Write the forms and a city's report as people will see them, with what is not translated or not reviewed marked. "
        "In every language the plugin declares, or in that of --lang alone."
    ),
    "quality": "Hold a plugin against every rule of the quality scale, also those that run it, and tell its level and what would raise it.",
    "test": "Run a plugin's own tests; of one that was installed without them, the contract tests.",
    "units": "Take an office's list of administrative units into a plugin.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("plugin", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.plugin")
def command() -> None:
    """Plugins: those that were found, and the desk of who writes one.

    Example: sdgcities plugin list
    """

"""`sdgcities contract`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "diff": "Every adaptation of the country C, side by side with the core. Works with or without a hub.",
    "load": "Load an official list from FILE: the SDGs, the UMF, or a new version of the contract. What it changes is shown first.",
    "show": "Show the tracks and milestones, or one MILESTONE with its criteria; in a hub, as the country adapted them.",
    "upgrade": "Go over to the contract of this release, or of FILE: what it would change for this hub is shown first.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("contract", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.contract")
def command() -> None:
    """The milestone contract, what a country adapted of it, and official lists.

    Example: sdgcities contract show
    """

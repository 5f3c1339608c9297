"""`sdgcities calculate`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "list": "List the methods: what each computes, its version and how settled it is.",
    "run": "Carry out a METHOD on one case, key=value, or on a table of cases.",
    "show": "Show one METHOD: what it is given, what it gives, its source.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("calculate", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.calculate")
def command() -> None:
    """Methods by their names: what each computes, and its result for your figures.

    Example: sdgcities calculate list
    """

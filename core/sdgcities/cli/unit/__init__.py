"""`sdgcities unit`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "alias": "Further names of units, as files write them: add one, list them, take one back.",
    "boundary": "Boundaries of units, for the maps of reports.",
    "find": "Find units whose name holds TEXT or whose code is TEXT.",
    "show": "Show one unit: names, codes, parent, validity, predecessors and successors, population.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("unit", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.unit")
def command() -> None:
    """Administrative units: codes, names, validity, predecessors.

    Example: sdgcities unit find ho
    """

"""`sdgcities data`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "batches": "List what was imported, newest first.",
    "coverage": "How many indicators of the national core have a value, for one CITY or for each.",
    "gaps": "The indicators of the national core without a value for a CITY: why, and what is planned.",
    "import": "Import a file of an office, or every CSV file of a folder. A finding that blocks stores nothing of its file.",
    "revert": "Take a BATCH back: its observations return to what stood before. Nothing is deleted.",
    "show": "Show the figures of one INDICATOR for a PLACE (code or name) and where each came from.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("data", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.data")
def command() -> None:
    """Observations: in, shown, coverage and gaps.

    Example: sdgcities data import ghanapop.csv
    """

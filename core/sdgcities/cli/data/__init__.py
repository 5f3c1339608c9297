"""`sdgcities data`: one module a verb, loaded when it is called."""

from __future__ import annotations

import click

from sdgcities.cli.base import TranslatedGroup

VERBS = {
    "batches": "List what was imported, newest first; show one BATCH in full; hold it against an OTHER.",
    "correct": "Correct one published figure, with a reason; the old one stays on record. Says what rested on it.",
    "coverage": "What has a value, of the national core, the UMF, the SDGs and by disaggregation: for one CITY, or the core for each.",
    "export": "Write observations as they stand now, of all PLACES or of those named, in a form that other software reads.",
    "gaps": "The indicators of the national core without a value for a CITY: why, what is planned, by whom and when.",
    "import": "Import a file of an office, or every table of a folder or ZIP archive as one batch. A finding that blocks stores nothing.",
    "inbox": "Take in a folder of files that offices sent, one by one, and write a receipt for each to send back: DIR/receipts.",
    "inspect": "Say what a file of an office looks like, with the evidence, and propose an import profile. Nothing is stored.",
    "justify": "Say why a doubt that `data quality` prints is none: its CODE and SUBJECT, with the reason. It stays listed, with the reason.",
    "progress": "How the indicators of a CITY have moved: base, newest value, target, status, and what would have to happen.",
    "publish": "Publish the reviewed figures of a CITY as a new edition: data, metadata, licence, digests and pages for people.",
    "quality": "Look at all figures, or those of one CITY: complete, in time, plausible, consistent? Doubts one by one; no score.",
    "revert": "Take a BATCH back: its observations return to what stood before. Nothing is deleted.",
    "review": "What would be published of a CITY, indicator by indicator, and what reviewers decided; with --accept or --return, decide.",
    "scan": "Look at a file that citizens mapped, or count it by area: points and polygons in CSV, GeoJSON, workbooks, KoboToolbox and ODK exports.",
    "show": "Show the figures of one INDICATOR for a PLACE (code or name) and where each came from; without INDICATOR, what there is.",
}
"""The first line of each verb's help, so that the group's own help loads none of them."""


@click.group("data", cls=TranslatedGroup, table=VERBS, package="sdgcities.cli.data")
def command() -> None:
    """Observations: in, shown, coverage and gaps.

    Example: sdgcities data import ghanapop.csv
    """

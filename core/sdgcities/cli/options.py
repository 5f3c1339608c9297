"""Options and types of arguments that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output, nothing else.")
country = click.option("--country", metavar="C", help="One of the hub's countries: ISO code or plugin name; needed where there are several.")
author = click.option("--author", metavar="ID", help="Who answers for it; otherwise who acts.")

PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; whoever opens it says in our own words why it can't be read."""
RECORD = click.IntRange(1, 2**63 - 1)
"""The number of a record; a larger one fits in no database."""

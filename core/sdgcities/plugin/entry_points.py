"""Which packages installed distributions name as plugins.

Reads the `entry_points.txt` files on `sys.path` itself: importing importlib.metadata alone costs as much as all the rest
of a listing, its look-up reads every distribution, and one damaged distribution spoils it for all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE, opened, read_text
from sdgcities.plugin.failures import Failure, Stage, failure_of

GROUP = "sdgcities.plugins"


class EntryPoint(NamedTuple):
    """`name = package` of the group."""

    name: str
    package: str


def entry_points() -> Iterator[EntryPoint | Failure]:
    """Those of every distribution on `sys.path`; a failure for each distribution whose file can't be read."""
    for folder in dict.fromkeys(sys.path):
        for metadata in _metadata_folders(folder):
            file = metadata / "entry_points.txt"
            try:
                yield from _points(file) if file.is_file() else ()
            except Refused as error:
                yield failure_of(metadata.stem, Stage.DISCOVER, error)


def _metadata_folders(folder: str) -> list[Path]:
    with suppress(OSError):  # an entry of sys.path may be a ZIP file, or not there
        return sorted(Path(folder, name) for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - a path for each of many names costs more than the rest
    return []


def _points(file: Path) -> Iterator[EntryPoint]:
    with opened(file) as stream:
        if GROUP.encode() not in stream.read(MEGABYTE):
            return
    section = ""
    for number, line in enumerate(read_text(file).splitlines(), start=1):
        text = line.strip()
        if text.startswith("["):
            section = text.strip("[] ")
        elif section == GROUP and text and not text.startswith(("#", ";")):
            name, equals, package = (part.strip() for part in text.partition("="))
            if not (name and equals and package):
                problem = msg("The entry points of the distribution can't be read.")
                raise refuse("plugins.entry", problem, msg("Install it again, or uninstall it."), Where(str(file), line=number))
            yield EntryPoint(name, package)

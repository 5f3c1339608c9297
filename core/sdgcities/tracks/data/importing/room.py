"""Whether the hub's disk has room for what a file would become, asked before the import begins."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Where, msg
from sdgcities.hub.hub import Hub
from sdgcities.intake.files import MEGABYTE

LEAST = 16 * MEGABYTE
"""What a small import needs: the journal of the transaction beside the tables."""
GROWTH = 5
"""Bytes that the database and its journal grow by for a byte of plain text, at most, while both hold them."""
PACKED = 40
"""The same for a workbook, whose text is packed."""
_PACKED = (".xlsx", ".xlsm", ".ods")


def need(paths: Iterable[Path]) -> int:
    """About how many bytes the figures of these files take while they are stored."""
    return LEAST + sum(path.stat().st_size * (PACKED if path.suffix.casefold() in _PACKED else GROWTH) for path in paths if path.is_file())


def too_little(hub: Hub, path: Path, paths: Iterable[Path], room: int | None) -> Refused | None:
    """The refusal, where there is not enough room; a database on a server has a disk of its own that is not looked at."""
    if hub.config.database:
        return None
    try:
        free = shutil.disk_usage(hub.folder).free if room is None else room
        needed = need(paths)
    except OSError:  # told by whoever reads the file
        return None
    if needed <= free:
        return None
    problem = msg("The import needs about %(needed)s MB on the hub's disk, which has %(free)s MB left.", needed=needed // MEGABYTE + 1, free=free // MEGABYTE)
    return refuse("import.room", problem, msg("Make room, or move the hub to a larger disk."), Where(file=str(path)))

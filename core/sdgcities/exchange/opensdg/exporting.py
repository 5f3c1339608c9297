"""A data repository of Open SDG: what its builder reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sdgcities.exchange.opensdg.leaving import leave
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Fill the folder."""
    leaving = leave(going)
    put_all(path, leaving.files)
    return leaving.findings


def put_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their path in a folder that no one else looks into yet."""
    for parent in {(folder / name).parent for name in files}:
        parent.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)

"""A proposed profile put where it was asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.tracks.data.inspecting.inspection import Inspection
from sdgcities.tracks.data.inspecting.proposal import profile_id, proposal
from sdgcities.tracks.data.inspecting.yaml_lines import UNDECIDED, written
from sdgcities.writing import put

_ID = re.compile(r"[a-z][a-z0-9_-]{0,79}")


def profile_text(inspection: Inspection, words: Callable[[Message], str] = str, name: str = "") -> str:
    """The proposed profile as YAML, its remarks in the reader's language; empty where no table of figures was found."""
    lines = proposal(inspection, name or profile_id(inspection.path.stem))
    return written(lines, words) if lines else ""


def put_profile(inspection: Inspection, path: Path, words: Callable[[Message], str] = str) -> int:
    """Write the proposed profile; how many places in it a person has to fill. Refused where a file stands there, or the name can't be that of a profile."""
    where = Where(file=str(path))
    if path.exists():
        raise refuse("inspect.exists", msg("The file is there already; nothing was written."), msg("Give another name, or take the file away first."), where)
    if path.suffix != ".yaml" or not _ID.fullmatch(path.stem):
        problem = msg("A profile can't have this name.")
        raise refuse(
            "inspect.name", problem, msg("Small letters, digits, - and _, beginning with a letter, and .yaml: %(name)s.yaml", name=profile_id(path.stem)), where
        )
    text = profile_text(inspection, words, path.stem)
    if not text:
        raise refuse("inspect.no-profile", msg("No table of figures was found in %(file)s: there is no profile to write.", file=inspection.path), where=where)
    put(path, text.encode("utf-8"))
    return undecided(text)


def undecided(text: str) -> int:
    """How many places of a profile a person has to fill."""
    return sum(line.partition("# ")[0].count(f'"{UNDECIDED}"') for line in text.splitlines() if not line.startswith("#"))

"""Hubs whose places a file is held against when it is inspected; one a country, only to be read."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sdgcities.hub.hub import Hub
from sdgcities.model.profiles import ImportProfile
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.tracks.data.inspecting.asking import asked
from sdgcities.tracks.data.inspecting.inspection import Inspection, inspect
from sdgcities.tracks.data.inspecting.reading import Reading
from sdgcities.tracks.data.inspecting.told import findings

_FOLDERS: list[TemporaryDirectory[str]] = []
"""Taken away when the tests are over."""


@cache
def catalogue(country: str) -> Catalogue:
    """The reference data of a hub of the country."""
    _FOLDERS.append(TemporaryDirectory(prefix="inspected-", ignore_cleanup_errors=True))
    folder = Path(_FOLDERS[-1].name) / "hub"
    found_hub(folder, Founding((country,), "national", (), None, "ama"), None)
    return Catalogue(Hub.open(folder))


def looked_at(country: str, path: Path, sheet: str = "") -> Inspection:
    return inspect(catalogue(country), path, sheet)


def table(inspection: Inspection) -> Reading:
    assert inspection.reading
    return inspection.reading


def codes(inspection: Inspection) -> set[str]:
    """What is said, without the room's own word before it."""
    return {finding.code.removeprefix("inspect.") for finding in findings(inspection)}


def questions(inspection: Inspection) -> set[str]:
    return {finding.code.removeprefix("inspect.") for finding in asked(findings(inspection))}


def said(inspection: Inspection, code: str) -> str:
    """The first statement of this code, in full."""
    found = next(finding for finding in findings(inspection) if finding.code == f"inspect.{code}")
    return f"{found.message} {found.hint or ''}".strip()


def shipped(country: str, profile: str) -> ImportProfile:
    return catalogue(country).hub.profiles.of(country)[profile]

"""The sample data of a plugin: `sample/demo.yaml` says what `sdgcities demo` does with one country."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from sdgcities.intake.schema import load_checked
from sdgcities.model.plugins import Manifest

FILE = "demo.yaml"
_SCHEMA = Path(__file__).with_name("demo.schema.json")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the demonstration does with one country; paths are those of the plugin's sample folder."""

    manifest: Manifest
    city: str
    files: tuple[Path, ...]
    forms: tuple[tuple[str, Path], ...]
    claim: str


def sample_of(manifest: Manifest) -> Sample | None:
    """The plugin's sample; None where it has none. Raises Refused where demo.yaml can't be read."""
    folder = manifest.path("sample")
    if folder is None:
        return None
    data = cast("dict[str, object]", load_checked(folder / FILE, _SCHEMA).data)
    files = tuple(folder / name for name in cast("list[str]", data["files"]))
    forms = tuple((entry["form"], folder / entry["file"]) for entry in cast("list[dict[str, str]]", data["forms"]))
    return Sample(manifest, str(data["city"]), files, forms, str(data["claim"]))

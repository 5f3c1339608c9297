"""codelists.yaml: dimensions of disaggregation with their codes."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sdgcities.intake.schema import load_checked
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.model.statistics import Dimension
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked


def read_dimensions(file: Path, manifest: Manifest) -> list[Dimension]:
    """The dimensions of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "codelists.schema.json")
    problems = Problems(file)
    found = []
    for number, entry in enumerate(cast("dict[str, list[Checked]]", document.data)["dimensions"]):
        where = document.where(("dimensions", number))
        source = source_of(manifest, entry["source"], problems, where)
        found.append(Dimension(entry["id"], entry["name"], entry["codes"], source, Status(entry["status"])))
    problems.twice((dimension.id, document.where(("dimensions", number))) for number, dimension in enumerate(found))
    problems.settle()
    return found

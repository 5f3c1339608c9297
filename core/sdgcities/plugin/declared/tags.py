"""tags.yaml: subjects that run across the tracks, and the indicators they are put on."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.model.statistics import Tag
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked

PUT_ON = ("sdg", "umf_cells", "indicators")
"""The keys that say on which indicators a tag is put."""


def read_tags(file: Path, manifest: Manifest) -> list[Tag]:
    """The tags of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "tags.schema.json")
    problems = Problems(file)
    found = []
    for number, entry in enumerate(cast("dict[str, list[Checked]]", document.data)["tags"]):
        source = source_of(manifest, entry["source"], problems, document.where(("tags", number, "source")))
        if not any(key in entry for key in PUT_ON):
            problem = msg("The tag %(id)s is put on nothing.", id=entry["id"])
            problems.at(document.where(("tags", number)), problem, msg("Say on what: sdg, umf_cells or indicators."))
        put_on = {key: tuple(entry.get(key, ())) for key in PUT_ON}
        found.append(Tag(entry["id"], entry["name"], entry["definition"], source, Status(entry["status"]), **put_on))
    problems.twice((tag.id, document.where(("tags", number))) for number, tag in enumerate(found))
    problems.settle()
    return found

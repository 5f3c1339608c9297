"""indicators.yaml: the indicators of a country."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

from sdgcities.findings import Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.schema import load_checked
from sdgcities.intake.yaml import Document
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.model.statistics import Aim, Direction, GlobalSeries, Indicator
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked

MAX_FILE = 8 * MEGABYTE
"""A repository of Open SDG may bring thousands of series, each an indicator of a thousand characters."""


def read_indicators(file: Path, manifest: Manifest, country: str) -> list[Indicator]:
    """The indicators of the file, as those of `country`. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "indicators.schema.json", MAX_FILE)
    entries = cast("dict[str, list[Checked]]", document.data)["indicators"]
    problems = Problems(file)
    found = [_indicator(entry, manifest, country, problems, partial(_place, document, number)) for number, entry in enumerate(entries)]
    problems.twice((indicator.code, document.where(("indicators", number))) for number, indicator in enumerate(found))
    problems.settle()
    return found


def _place(document: Document, number: int, key: str) -> Where:
    return document.where(("indicators", number, key))


def _indicator(entry: Checked, manifest: Manifest, country: str, problems: Problems, where: Callable[[str], Where]) -> Indicator:
    minimum, maximum = (None if entry.get(bound) is None else Decimal(entry[bound]) for bound in ("minimum", "maximum"))
    if minimum is not None and maximum is not None and minimum > maximum:
        problems.at(where("minimum"), msg("The minimum of %(code)s is above its maximum.", code=entry["code"]))
    return Indicator(
        code=entry["code"],
        country=country,
        name=entry["name"],
        definition=entry["definition"],
        unit=entry["unit"],
        direction=Direction(entry["direction"]),
        frequency=entry["frequency"],
        disaggregation=tuple(entry.get("disaggregation", ())),
        source=source_of(manifest, entry["source"], problems, where("source")),
        status=Status(entry["status"]),
        sdg=() if entry["sdg"] == "none" else tuple(entry["sdg"]),
        no_sdg_reason=entry.get("no_sdg_reason", ""),
        umf_cells=tuple(entry.get("umf_cells", ())),
        umf_code=entry.get("umf_code", ""),
        programmes=tuple(entry.get("programmes", ())),
        core=entry.get("core", bool(manifest.countries)),  # what belongs to the national core is for the country to say, not for a theme
        minimum=minimum,
        maximum=maximum,
        track=entry.get("track", "data"),
        method=entry.get("method", ""),
        aggregation=entry.get("aggregation", ""),
        sdmx=_sdmx(entry["sdmx"], manifest, problems, where("sdmx")) if "sdmx" in entry else None,
        aim=_aim(entry["progress"], manifest, problems, where("progress")) if "progress" in entry else None,
    )


def _sdmx(given: Checked, manifest: Manifest, problems: Problems, where: Where) -> GlobalSeries:
    """What the indicator is in the global structure; whether its codes are there is looked at when it goes out."""
    said = {key: given[key] for key in ("series", "unit_measure", "fixed", "codes", "nature") if key in given}
    unit_mult = str(given["unit_mult"]) if "unit_mult" in given else ""
    return GlobalSeries(source_of(manifest, given["source"], problems, where), Status(given["status"]), unit_mult=unit_mult, **said)


def _aim(given: Checked, manifest: Manifest, problems: Problems, where: Where) -> Aim:
    """By what progress is measured."""
    target, limit = (Decimal(str(given[key])) if key in given else None for key in ("target", "limit"))
    source = source_of(manifest, given["source"], problems, where)
    years = given.get("target_year"), given.get("base_year")
    return Aim(source, Status(given["status"]), target, *years, limit=limit, two_sided=given.get("two_sided", False))

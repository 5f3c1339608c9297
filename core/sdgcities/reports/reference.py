"""What every report needs to name things: units of measure, domains of the UMF, the goals. Data in YAML beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from sdgcities.intake.yaml import load_yaml

Entry = Mapping[str, object]


@cache
def _entries(file: str, key: str) -> Mapping[str, Entry]:
    data = cast("dict[str, list[Entry]]", load_yaml(Path(__file__).with_name(file)).data)
    return {str(entry["id"]): entry for entry in data[key]}


def unit_name(unit: str) -> str:
    """The English name of a unit of measure; of one that is not listed, its id in words."""
    entry = _entries("units_of_measure.yaml", "units").get(unit)
    return str(entry["name"]) if entry else unit.replace("_", " ")


def units_of_measure() -> Mapping[str, str]:
    """The English names of the units of measure that are listed, by id."""
    return {unit: str(entry["name"]) for unit, entry in _entries("units_of_measure.yaml", "units").items()}


def is_percent(unit: str) -> bool:
    """Whether values in this unit carry the sign of per cent."""
    return bool(_entries("units_of_measure.yaml", "units").get(unit, {}).get("percent"))


def umf_domains() -> Mapping[str, str]:
    """The English names of the UMF's domains, by number."""
    return {key: str(entry["name"]) for key, entry in _entries("umf.yaml", "domains").items()}


def umf_objective(cell: str) -> str:
    """The English name of the objective of a UMF cell; empty where there is no such objective."""
    return str(_entries("umf.yaml", "objectives").get(cell.partition(".")[2], {}).get("name", ""))


def goal_name(sdg: str) -> str:
    """The English name of the goal that an SDG indicator belongs to; empty where there is no such goal."""
    return str(_entries("sdg_goals.yaml", "goals").get(sdg.split(".", maxsplit=1)[0], {}).get("name", ""))


def goal_colour(sdg: str) -> str:
    """The colour of the goal that an SDG indicator belongs to."""
    return str(_entries("sdg_goals.yaml", "goals").get(sdg.split(".", maxsplit=1)[0], {}).get("colour", "#5c6670"))

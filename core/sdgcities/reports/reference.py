"""What every report needs to name things: units of measure. Data in YAML beside this module."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import cast

from sdgcities.intake.yaml import load_yaml

Entry = Mapping[str, object]


@cache
def _units() -> Mapping[str, Entry]:
    data = cast("dict[str, list[Entry]]", load_yaml(Path(__file__).with_name("units_of_measure.yaml")).data)
    return {str(entry["id"]): entry for entry in data["units"]}


def unit_name(unit: str) -> str:
    """The English name of a unit of measure; of one that is not listed, its id in words."""
    entry = _units().get(unit)
    return str(entry["name"]) if entry else unit.replace("_", " ")


def units_of_measure() -> Mapping[str, str]:
    """The English names of the units of measure that are listed, by id."""
    return {unit: str(entry["name"]) for unit, entry in _units().items()}


def never_adds_up(unit: str) -> bool:
    """Whether figures in this unit are shares, rates or means, which no sum makes sense of. Of a unit that is not listed nothing is known."""
    entry = _units().get(unit)
    return entry is not None and not entry.get("adds_up")


def is_percent(unit: str) -> bool:
    """Whether values in this unit carry the sign of per cent."""
    return bool(_units().get(unit, {}).get("percent"))

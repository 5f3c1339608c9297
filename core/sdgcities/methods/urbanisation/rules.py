"""The rules of an edition of the degree of urbanisation, from rules.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sdgcities.intake.yaml import load_yaml

STANDARD = "2024"
NO_CLASS = -1
"""The code of cells without a value in the population grid."""
_FOR_READERS = frozenset(("says", "status"))
POPULATED = "populated"
"""The majority rule that counts only neighbours with people or mostly land."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Contiguous cells of at least `density` people per km2 of land, `size` people in all; touching by their sides (4 neighbours) or corners too (8)."""

    density: float
    size: float
    neighbours: int


@dataclass(frozen=True, slots=True)
class Rules:
    """An edition of the rules; what each means stands in rules.yaml."""

    id: str
    built_share: float
    majority: str
    gap: int
    centre: Cluster
    cluster: Cluster
    dense: Cluster
    semi_dense: Cluster
    apart: int
    rural_cluster: Cluster
    low_density: float
    water_land: float
    units: str


@cache
def editions() -> Mapping[str, Rules]:
    """The editions by id, the standard one first."""
    return {row["id"]: _rules(row) for row in _document()["editions"]}


def classes(level: int) -> Mapping[int, str]:
    """What the codes of cells mean, the densest first."""
    return _said("classes", level)


def unit_classes(level: int) -> Mapping[int, str]:
    """What the codes of units mean, the densest first."""
    return _said("units", level)


def _said(part: str, level: int) -> Mapping[int, str]:
    return {row["code"]: row["text"] for row in _document()[part] if row["level"] == level}


def _rules(row: Mapping[str, Any]) -> Rules:
    fields: dict[str, Any] = {name: Cluster(**value) if isinstance(value, dict) else _plain(value) for name, value in row.items() if name not in _FOR_READERS}
    return Rules(**fields)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a cell of YAML holds
    return float(value) if isinstance(value, Decimal) else value


@cache
def _document() -> Mapping[str, Any]:
    document = load_yaml(Path(__file__).with_name("rules.yaml")).data
    assert isinstance(document, dict)
    return document

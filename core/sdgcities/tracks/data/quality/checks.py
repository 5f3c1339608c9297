"""The checks of quality as data: what each looks at, from where on it doubts, how much that weighs, and by whose word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.findings import Severity
from sdgcities.intake.schema import load_checked
from sdgcities.model.sources import Source, Status

CHECKS = Path(__file__).with_name("checks.yaml")
SCHEMA = Path(__file__).with_name("checks.schema.json")


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `of` is the dimension of quality; `does` says what it looks at, `text` what a person does about a doubt."""

    id: str
    of: str
    title: str
    severity: Severity
    does: str
    text: str
    reason: str
    numbers: Mapping[str, float]
    lists: Mapping[str, tuple[str, ...]]
    source: Source
    status: Status
    only: str = ""
    """`import`: it looks at figures that come in, and not at what the hub holds."""


@cache
def checks() -> Mapping[str, Check]:
    """Every check by its id, in the order of `checks.yaml`."""
    entries = cast("dict[str, list[dict[str, Any]]]", load_checked(CHECKS, SCHEMA).data)["checks"]
    return {entry["id"]: _check(entry) for entry in entries}


def _check(entry: Mapping[str, Any]) -> Check:
    limits: Mapping[str, object] = entry.get("limits", {})
    return Check(
        entry["id"],
        entry["of"],
        entry["title"],
        Severity(entry["severity"]),
        entry["does"],
        entry["text"],
        entry["reason"],
        {name: float(value) for name, value in limits.items() if isinstance(value, (int, Decimal))},
        {name: tuple(value) for name, value in limits.items() if isinstance(value, list)},
        Source(**entry["source"]),
        Status(entry["status"]),
        entry.get("only", ""),
    )

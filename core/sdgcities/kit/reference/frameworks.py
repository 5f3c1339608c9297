"""What indicators may be mapped to: the SDGs' indicators and targets, and codes of the UMF. The lists with their sources stand in `reference/`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sdgcities.intake.csv import read_header, read_rows

REFERENCE = Path(__file__).parent

Row = Mapping[str, str]


@cache
def _rows(name: str) -> Mapping[str, Row]:
    file = REFERENCE / name
    header = read_header(file)
    rows = (dict(zip(header, cells, strict=True)) for _, cells in read_rows(file, len(header)))
    return {row["code"]: row for row in rows}


def sdg_indicators() -> Mapping[str, Row]:
    """The global indicators by code, with target and title; `listed` says whether the code still stands."""
    return _rows("sdg_indicators.csv")


def sdg_targets() -> Mapping[str, Row]:
    """The targets by code, with goal and title."""
    return _rows("sdg_targets.csv")


def umf_codes() -> Mapping[str, Row]:
    """The codes of the Global Urban Monitoring Framework that were seen in a source; the framework has more."""
    return _rows("umf_codes.csv")

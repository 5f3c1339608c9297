"""Progress tables as statistics offices publish them beside their data: growth, ratio, score and status of every series come out again.

`sdg` and `cif` are indicator_calculation_components.yml of Statistics Canada's repositories sdg-data-donnees-odd @007ce50b and cif-data-donnees-cic
@0004afd1 (the Canadian Indicator Framework), `cases` the same file of tristanmenard/data @22664fb2, the cases that the author of the measure keeps.
Series with one value only, or the same twice, are left out; where a mean's own sub-indicators are not told, so is the mean.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from sdgcities.methods.progress import mean_progress, progress
from sdgcities.methods.series import Progress, Rule
from sdgcities.model.statistics import Direction

Row = dict[str, str]
WORDS = {
    "substantial_progress": "on_track",
    "moderate_progress": "acceleration_needed",
    "limited_progress": "limited",
    "deterioration": "deterioration",
    "target_achieved": "target_achieved",
}
"""Our category for each status in their words."""


def near(value: str) -> object:
    return pytest.approx(float(value), rel=1e-9, abs=1e-12)


with Path(__file__).with_name("published_progress.csv").open(encoding="utf-8", newline="") as file:
    ROWS: list[Row] = list(csv.DictReader(file))


def of(row: Row) -> Progress:
    base, current = ((int(row[f"{end}_year"]), Decimal(row[end])) for end in ("base", "current"))
    target, limit = (Decimal(row[name]) if row[name] else None for name in ("target", "limit"))
    return progress([base, current], Rule(Direction(row["direction"]), target, int(row["target_year"] or 2030), base[0], limit))


@pytest.mark.parametrize(("table", "series"), [("sdg", 172), ("cif", 120), ("cases", 42)])
def test_every_published_series_has_the_same_value_score_and_status(table: str, series: int) -> None:
    rows = [row for row in ROWS if row["table"] == table and row["series"] != "mean"]
    assert len(rows) == series
    for row in rows:
        found, where = of(row), (row["indicator"], row["series"])
        value = found.ratio if row["target"] else found.measured
        assert value == (near(row["value"]) if row["value"] else None), where
        assert found.score == near(row["score"]), where
        assert found.category == WORDS[row["status"]], where


def test_every_published_mean_has_the_same_score_and_status() -> None:
    groups: dict[tuple[str, str], dict[str, list[Progress]]] = defaultdict(lambda: defaultdict(list))
    means = [row for row in ROWS if row["series"] == "mean"]
    for row in ROWS:
        if row["series"] != "mean":
            groups[row["table"], row["indicator"]][row["group"] or row["series"]].append(of(row))
    assert len(means) == 34
    for row in means:
        found = mean_progress(groups[row["table"], row["indicator"]].values())
        assert found.score == near(row["score"]), row["indicator"]
        assert found.category == WORDS[row["status"]], row["indicator"]

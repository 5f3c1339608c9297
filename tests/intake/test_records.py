"""Lists of objects as tables: no wider, and no cell longer, than a table may be."""

from __future__ import annotations

import pytest

from sdgcities.errors import Refused
from sdgcities.intake.csv import MAX_CELL, MAX_COLUMNS
from sdgcities.intake.records import columns_of


def test_the_columns_are_the_keys_in_the_order_in_which_they_come() -> None:
    assert columns_of([{"b": 1, "a": 2}, {"c": None, "a": "x" * MAX_CELL}], "f.json") == ("b", "a", "c")


def test_keys_without_end_are_refused_at_the_row_that_is_too_much() -> None:
    with pytest.raises(Refused) as refused:
        columns_of([{f"k{number}": 1} for number in range(MAX_COLUMNS + 5)], "f.json")
    (finding,) = refused.value.findings
    assert (finding.code, finding.where.row) == ("table.columns", MAX_COLUMNS + 1)


def test_a_text_that_is_no_cell_is_refused_with_its_place() -> None:
    with pytest.raises(Refused) as refused:
        columns_of([{"unit": "Ho"}, {"unit": "x" * (MAX_CELL + 1)}], "f.json")
    (finding,) = refused.value.findings
    assert (finding.code, finding.where.row, finding.where.column) == ("table.cell", 2, "unit")

"""What would be a formula in a spreadsheet leaves as text and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.intake.formulas import quoted, unquoted


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_formula_gets_an_apostrophe(cell: str) -> None:
    assert quoted(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ho", "'t Gooi", "a=b", "1-2", "'"])
def test_plain_text_stays(cell: str) -> None:
    assert quoted(cell) == unquoted(cell) == cell


@given(st.text() | st.text("'=+-@\t\rx"))
def test_it_comes_back_as_it_was(cell: str) -> None:
    assert unquoted(quoted(cell)) == cell
    assert not quoted(cell).startswith(("=", "+", "-", "@", "\t", "\r"))

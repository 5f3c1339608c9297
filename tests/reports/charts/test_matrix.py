"""The matrix of the UMF: each cell as a drawing and as a table."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.reports.charts.seeing import ENGLISH, drawing, rows, said, speaking, texts_apart

from sdgcities.frameworks.lists import cells
from sdgcities.reports.charts.chart import Layout
from sdgcities.reports.charts.matrix import ACROSS, Known, umf_matrix

HELD = {"1.1": Known(3, 2, 1, 0), "5.4": Known(4, 0, 0, 3), "2.2": Known(0)}


def test_the_table_says_each_cell_in_words() -> None:
    chart = umf_matrix("UMF: Ho", HELD, ENGLISH)
    assert chart.table is not None
    assert chart.table.layout is Layout.MATRIX
    assert chart.table.headings == ("Domain", "1. Safe and peaceful", "2. Inclusive", "3. Resilient", "4. Sustainable")
    told = rows(chart)
    assert told[0] == ("1. Society", "with a value: 2 of 3; with a target: 1", "no indicator", "no indicator", "no indicator")
    assert told[4] == ("5. Governance and implementation", "no indicator", "no indicator", "no indicator", "with a value: 0 of 4; with a reason: 3")
    assert said(chart) == "UMF: Ho. 2 cells of 20 have indicators, 1 have a value for one of them at least. Each cell stands in the table."


def test_the_drawing_has_the_same_numbers() -> None:
    texts = [box.text for box in texts_apart(umf_matrix("UMF: Ho", HELD, ENGLISH))]
    assert "2/3" in texts
    assert "0/4" in texts
    assert texts.count("\N{EN DASH}") == 18
    for language in ("tr", "pt_PT", "ar"):
        texts_apart(umf_matrix("UMF: Ho", HELD, speaking(language)))


known = st.integers(0, 99).flatmap(lambda n: st.builds(Known, st.just(n), st.integers(0, n), st.integers(0, n), st.integers(0, n)))


@given(st.dictionaries(st.sampled_from(cells()), known))
def test_bars_are_as_long_as_their_shares(held: dict[str, Known]) -> None:
    chart = umf_matrix("UMF", held, ENGLISH)
    texts_apart(chart)
    bars = [float(one.attributes["width"]) for one in drawing(chart).all("rect") if one.attributes["fill"] != "none"]
    shares = [one.valued / one.indicators for one in (held.get(cell, Known(0)) for cell in cells()) if one.indicators]
    full = ACROSS - 16
    assert len(bars) == len(shares) + 1  # and the legend's
    assert all(abs(bar - share * full) <= 0.06 for bar, share in zip(bars[: len(shares)], shares, strict=True))


def test_a_heading_does_not_leave_its_number_on_a_line_of_its_own() -> None:
    for language in ("en", "tr", "pt_PT"):
        texts = [box.text for box in texts_apart(umf_matrix("UMF", {}, speaking(language)))]
        assert not [text for text in texts if text.rstrip(".").isdigit()], language

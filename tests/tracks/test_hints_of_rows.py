"""What an import says to do about a row, or the names of columns, that it refuses."""

from __future__ import annotations

import pytest
from tests.hub_fixtures import Desk


@pytest.mark.parametrize(
    ("row", "code", "hint"),
    [
        ({"indicator": "G\u041d-POP"}, "indicator.unknown", "cyrillic"),
        ({"sex": "\u041c"}, "dimension.code", "cyrillic"),
        ({"sex": "X"}, "dimension.code", "F, M"),
        ({"unit_measure": "number"}, "unit-measure", "Ask the office"),
        ({"value": ""}, "value.empty", "missing_reason"),
    ],
)
def test_every_refused_row_says_what_to_do(desk: Desk, row: dict[str, object], code: str, hint: str) -> None:
    report = desk.bring(desk.tidy({"indicator": "GH-POP", **row}))
    assert (report.blocked, report.findings[0].code) == (True, code)
    assert hint in str(report.findings[0].hint)


@pytest.mark.parametrize("name", ["figures.csv", "ghanapop.csv"], ids=["of no profile", "of a profile"])
def test_a_letter_that_is_not_what_it_looks_like_is_named_in_a_column_too(desk: Desk, name: str) -> None:
    path = desk.tidy({}, name=name)
    path.write_text(path.read_text(encoding="utf-8").replace("period", "per\u0456od", 1), encoding="utf-8")
    (finding,) = desk.bring(path).findings
    assert (finding.code, "U+0456 (i) cyrillic" in str(finding.hint)) == ("profile.letters", True)

"""`data quality` and `data justify` as a person meets them."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run

ROWS = ("91000", "92100", "93000", "15400", "95100", "96000")


def hub_with_a_jump(run: Run) -> None:
    assert run("init", ".", "--country", "ghana", "--operator", "ama").code == 0
    rows = [f"GH1408,GH-POP,{2010 + place},{value},Register" for place, value in enumerate(ROWS)]
    Path("people.csv").write_text("\n".join(["unit,indicator,period,value,source", *rows]) + "\n", encoding="utf-8")
    imported = run("data", "import", "people.csv")
    assert imported.code == 0, imported.err
    assert "15400" in imported.err


def test_a_doubt_is_listed_and_answered_by_what_is_printed(run: Run) -> None:
    hub_with_a_jump(run)
    listed = run("data", "quality", "Ho Municipal", "--indicator", "GH-POP", "--json").data
    assert [one["of"] for one in listed["summary"]] == ["completeness", "timeliness", "plausibility", "consistency"]
    doubt = next(one for one in listed["doubts"] if one["code"] == "quality.jump")
    assert (doubt["subject"], doubt["units"], doubt["periods"], doubt["reason"]) == ("GH1408 GH-POP 2012..2013", ["GH1408"], ["2012", "2013"], None)
    given = run("data", "justify", doubt["code"], doubt["subject"], "--reason", "Half of the register burnt.")
    assert (given.code, given.lines) == (0, ["On record: quality.jump for GH1408 GH-POP 2012..2013."])
    told = run("data", "quality")
    assert told.code == 0
    line = next(line for line in told.out.splitlines() if line.startswith("quality.jump"))
    assert line.startswith("quality.jump · Ho Municipal (GH1408), GH-POP, 2012..2013: 93000, then 15400: a jump")
    assert line.endswith("Half of the register burnt.")
    assert "justify" in run("audit", "show", "--last", "1").out


def test_what_can_not_be_asked_for_is_told_in_one_line(run: Run) -> None:
    hub_with_a_jump(run)
    for words in (("quality", "Atlantis"), ("quality", "--indicator", "XX"), ("justify", "quality.nonsense", "GH1408 GH-POP 2012", "--reason", "x")):
        ended = run("data", *words)
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.lines) == 1

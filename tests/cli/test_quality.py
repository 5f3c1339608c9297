"""`data quality` and `data justify` as a person meets them."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample"
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
    assert "doubt about figures answered" in run("audit", "show", "--last", "1").out


def test_a_negative_figure_is_no_option(run: Run) -> None:
    hub_with_a_jump(run)
    refused = run("data", "correct", "GH1408", "GH-POP", "2010", "-5", "--reason", "x")
    assert (refused.code, refused.lines[0].split(":")[0]) == (1, "✗ column value"), "less than is possible of people, and told so"
    assert run("data", "correct", "GH1408", "GH-POP", "2010", "--nonsense", "--reason", "x").code == 2


def test_what_can_be_added_up_stands_among_what_there_is(run: Run) -> None:
    assert run("init", ".", "--country", "ghana", "--operator", "ama").code == 0
    assert run("data", "import", SAMPLE / "ghanapop.csv").code == 0
    (one,) = run("data", "show", "GH13", "--json").data
    assert (one["indicator"], one["figures"], one["added_up"], one["latest"]["value"]) == ("GH-POP", 3, 3, "901502"), "the census has the same"
    assert run("data", "show", "GH13").out.splitlines()[1].endswith("Added up")


def test_what_can_not_be_asked_for_is_told_in_one_line(run: Run) -> None:
    hub_with_a_jump(run)
    for words in (("quality", "Atlantis"), ("quality", "--indicator", "XX"), ("justify", "quality.nonsense", "GH1408 GH-POP 2012", "--reason", "x")):
        ended = run("data", *words)
        assert (ended.code, ended.out) == (1, "")
        assert len(ended.lines) == 1


def test_a_reason_that_stands_for_a_figure_has_no_unit_of_measure(run: Run) -> None:
    hub_with_a_jump(run)
    assert run("data", "correct", "GH1408", "GH-POP", "2010", "--missing", "confidential", "--reason", "So asked.").code == 0
    shown = run("data", "show", "GH1408", "GH-POP", "--period", "2010").out.splitlines()[0]
    assert shown.endswith(": confidential")
    assert run("data", "show", "GH1408", "GH-POP", "--period", "2011").out.splitlines()[0].endswith(" persons")


def test_an_old_file_that_undoes_a_correction_needs_a_reason(run: Run) -> None:
    hub_with_a_jump(run)
    assert run("data", "correct", "GH1408", "GH-POP", "2011", "92101", "--reason", "Erratum.").code == 0
    file = next(Path().glob("*.csv"))
    stopped = run("data", "import", file)
    assert stopped.code == 1
    assert any("GH-POP, 2011: corrected to 92101 by " in line and "but 92100 in the file" in line for line in stopped.lines)
    assert run("data", "import", file, "--justify", "quality.corrected=The erratum was withdrawn.").code == 0


def test_a_subject_that_has_no_doubt_is_told_what_is_near(run: Run) -> None:
    hub_with_a_jump(run)
    wrong = run("data", "justify", "quality.jump", "GH1408 GH-POP 2021..2013", "--reason", "x")
    assert (wrong.code, len(wrong.lines)) == (1, 1)
    assert wrong.lines[0].endswith("The nearest: GH1408 GH-POP 2012..2013.")

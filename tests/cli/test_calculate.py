"""`sdgcities calculate`: named methods for one case or a table, told so that nobody has to guess."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from .conftest import Run

CASE = ("series=2015=20,2022=14", "direction=lower", "target=10")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


def test_methods_are_listed_in_groups(run: Run) -> None:
    ended = run("calculate", "list")
    assert ended.code == 0
    assert ended.out.index("Progress\n") < ended.out.index("cagr ") < ended.out.index("Scores of one city") < ended.out.index("cpi ")
    assert {"cagr", "cagr-mean", "goalposts", "cpi"} <= {one["name"] for one in run("calculate", "list", "--json").data}


def test_a_method_shows_what_it_takes_and_where_it_comes_from(run: Run) -> None:
    shown = run("calculate", "show", "cpi")
    assert shown.code == 0
    assert "gini_coefficient" in shown.out
    assert "[draft]" in shown.out
    assert "not confirmed" in shown.out
    assert run("calculate", "show", "cagr", "--json").data["source"]["office"] == "Open SDG"


def test_one_case_reads_as_sentences_with_units(run: Run) -> None:
    ended = run("calculate", "run", "cagr", *CASE)
    assert ended.code == 0
    assert "Growth observed: -4.97% per year." in ended.out
    assert "Category: on track." in ended.out
    assert ended.err == ""


def test_one_case_as_json(run: Run) -> None:
    data = run("calculate", "run", "cagr", *CASE, "--json").data
    assert list(data) == ["name", "version", "inputs", "outputs", "notes"]
    assert (data["name"], data["version"]) == ("cagr", "2.4")
    assert data["inputs"]["series"] == {"2015": 20, "2022": 14}
    assert data["outputs"]["ratio"] == pytest.approx(1.1000656589477, rel=1e-9)


def test_not_computable_is_an_answer(run: Run) -> None:
    ended = run("calculate", "run", "cagr", "series=2015=20", "direction=lower")
    assert ended.code == 0
    assert "Not computable: There is one value only" in ended.out
    data = run("calculate", "run", "cagr", "series=2015=20", "direction=lower", "--json").data
    assert data["outputs"] == {}
    assert data["reason"].startswith("There is one value only")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cgar",), "There is no method called cgar. Did you mean cagr?"),
        (("cagr",), "cagr needs: series, direction. Add series=…."),
        (("cagr", "series"), "“series” is no pair. Write KEY=VALUE"),
        (("cagr", *CASE, "tarjet=3"), "cagr takes no tarjet. Did you mean target?"),
        (("cagr", *CASE, "target=3"), "target is given twice."),
        (("cagr", "series=2015=1,5", "direction=lower"), "series: “5” belongs to no name. Write a point before decimals"),
        (("cagr", "series=2015=\x1b[31m", "direction=lower"), "series: “\\x1b[31m” is no number."),
        (("cagr", "series=2015=1e300,2016=1e-300", "direction=lower", "target=3,5"), "target: “3,5” is no number. Write a point before decimals: 3.5."),
        (("cagr", *CASE, "--input", "none.csv"), "none.csv: There is no such file."),
        (("cagr", *CASE, "-o", "."), ".: This is a folder. Name a file with -o."),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run: Run, words: tuple[str, ...], said: str) -> None:
    ended = run("calculate", "run", *words)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"✗ {said}"), ended.err
    assert len(ended.lines) == 1


@pytest.mark.parametrize("language", ["tr", "pt_PT"])
def test_a_decimal_comma_is_refused_in_every_language_and_decimals_are_shown_with_it(run: Run, language: str) -> None:
    refused = run("--lang", language, "calculate", "run", "cpi", "pm25=12,5")
    assert refused.code == 1
    assert "12.5" in refused.err
    assert "-4,97%" in run("--lang", "pt_PT", "calculate", "run", "cagr", *CASE).out


def test_numbers_of_any_size_are_shown(run: Run) -> None:
    ended = run("calculate", "run", "cagr", "series=2015=1e300,2016=2e300", "direction=higher")
    assert ended.code == 0
    assert "1E+300" in ended.out


def test_a_table_comes_back_with_the_results_beside_its_cells(run: Run) -> None:
    Path("cases.csv").write_text(
        'place,series,direction,target,remark\nA,"2015=20,2022=14",lower,10,=cmd()\nB,2015=20,lower,10,-5\nC,"2015=1,2020=3",higher,,\n', encoding="utf-8"
    )
    ended = run("calculate", "run", "cagr", "--input", "cases.csv", "-o", "done.csv")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err.startswith("done.csv: 3 rows, 1 of them not computable.")
    rows = rows_of(Path("done.csv").read_text(encoding="utf-8"))
    assert [row["place"] for row in rows] == ["A", "B", "C"]
    assert [row["category"] for row in rows] == ["on_track", "", "on_track"]
    assert [row["reason"][:12] for row in rows] == ["", "There is one", ""]
    assert {(row["method"], row["version"]) for row in rows} == {("cagr", "2.4")}
    assert [row["remark"] for row in rows] == ["'=cmd()", "-5", ""]
    printed = run("calculate", "run", "cagr", "--input", "cases.csv")
    assert rows_of(printed.out) == rows
    data = run("calculate", "run", "cagr", "--input", "cases.csv", "--json").data
    assert [(one["row"], "reason" in one) for one in data] == [(2, False), (3, True), (4, False)]


def test_a_column_may_be_given_for_all_rows_and_semicolons_divide_too(run: Run) -> None:
    Path("cases.csv").write_text("series;target_year\n2015=20,2022=14;2030\n", encoding="utf-8")
    ended = run("calculate", "run", "cagr", "--input", "cases.csv", "direction=lower", "target=10")
    (row,) = rows_of(ended.out)
    assert row["category"] == "on_track"


def test_bad_rows_are_told_by_file_row_and_column_and_nothing_is_written(run: Run) -> None:
    Path("cases.csv").write_text('series,direction,traget\n"2015=20,2022=14",lower,10\n"2015=20,5",up,\n', encoding="utf-8")
    ended = run("calculate", "run", "cagr", "--input", "cases.csv", "-o", "done.csv")
    assert ended.code == 1
    assert [line.split(". ")[0] for line in ended.lines] == [
        "· cases.csv, row 1: The column traget is not read",
        "✗ cases.csv, row 3, column series: “5” belongs to no name",
        "✗ cases.csv, row 3, column direction: “up” is not understood",
    ]
    assert not Path("done.csv").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The file is empty."),
        ("series,direction\n", "The file has no rows below the names of its columns."),
        ("serie,direction\n2015=3,lower\n", "The table has no column series. Is it serie?"),
        ("series,direction\n2015=3\n", "The row has 1 cells; the header has 2."),
    ],
)
def test_a_table_that_does_not_serve_is_refused(run: Run, text: str, said: str) -> None:
    Path("cases.csv").write_text(text, encoding="utf-8")
    ended = run("calculate", "run", "cagr", "--input", "cases.csv")
    assert (ended.code, ended.out) == (1, "")
    assert said in ended.err


def test_the_table_itself_is_never_written_over(run: Run) -> None:
    Path("cases.csv").write_text("series,direction\n2015=3,lower\n", encoding="utf-8")
    ended = run("calculate", "run", "cagr", "--input", "cases.csv", "-o", "cases.csv")
    assert ended.code == 1
    assert Path("cases.csv").read_text(encoding="utf-8") == "series,direction\n2015=3,lower\n"


def test_scores_never_stand_side_by_side(run: Run) -> None:
    Path("cities.csv").write_text("city,year,pm25\nX,2020,12\nY,2020,13\n", encoding="utf-8")
    ended = run("calculate", "run", "cpi", "--input", "cities.csv")
    assert (ended.code, ended.out) == (1, "")
    assert "scores of several cities never stand side by side" in ended.err
    Path("cities.csv").write_text("pm25\n12\n13\n", encoding="utf-8")
    assert run("calculate", "run", "cpi", "--input", "cities.csv").code == 1
    Path("cities.csv").write_text("city,year,pm25\nX,2020,12\nX,2021,13\n", encoding="utf-8")
    ended = run("calculate", "run", "cpi", "--input", "cities.csv")
    assert [row["scores"] for row in rows_of(ended.out)] == ["pm25=80.0", "pm25=70.0"]


def test_a_result_can_be_written_to_a_file(run: Run) -> None:
    ended = run("calculate", "run", "cagr", *CASE, "-o", "out/result.json")
    assert (ended.code, ended.out) == (0, "")
    assert '"version": "2.4"' in Path("out/result.json").read_text(encoding="utf-8")

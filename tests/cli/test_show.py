"""`data show` as a person meets it."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run


def hub_with(run: Run, row: str) -> None:
    assert run("init", ".", "--country", "turkiye", "--operator", "ama").code == 0
    Path("people.csv").write_text(f"unit,indicator,period,value,source\n{row}\n", encoding="utf-8")
    imported = run("data", "import", "people.csv")
    assert imported.code == 0, imported.err


def test_of_a_source_what_is_known_is_shown(run: Run) -> None:
    hub_with(run, "TR-01,TR-POP,2021,2263373,Register")
    assert run("data", "show", "TR-01", "TR-POP").out.splitlines()[1] == "    Register"


def test_a_figure_with_more_digits_than_a_computer_counts_with_is_shown(run: Run) -> None:
    long = "1234567890123456789012345678.12345"
    hub_with(run, f"TR-01-BB,TR-PHYSICIANS,2021,{long},Register\nTR-01-BB,TR-PHYSICIANS,2023,{long},Register")
    assert "1,234,567,890,123,456,789,012,345,678.12345" in run("data", "show", "TR-01-BB", "TR-PHYSICIANS").out
    assert run("city", "join", "TR-01-BB").code == 0
    for words in (("data", "progress", "TR-01-BB"), ("report", "city", "TR-01-BB")):
        ended = run(*words)
        assert ended.code == 0, ended.err


def test_another_place_of_that_name_that_has_figures_is_named(run: Run) -> None:
    """A metropolitan municipality goes by the name of its province."""
    hub_with(run, "TR-01,TR-POP,2021,2263373,Register")
    for words, command in ((("Adana", "TR-POP"), "TR-01 TR-POP"), (("Adana", "TR-POP", "--period", "2021"), "TR-01 TR-POP"), (("Adana",), "TR-01")):
        ended = run("data", "show", *words)
        assert ended.code == 1
        assert ended.lines[-1].endswith(f"TR-01 Adana (Province) has some: sdgcities data show {command}.")
    nobody = run("data", "show", "Bursa", "TR-POP")
    assert (nobody.code, "data show" in nobody.err, "sdgcities data batches" in nobody.err) == (1, False, True)

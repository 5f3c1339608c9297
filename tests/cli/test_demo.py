"""The demonstration shows the whole job, and changes nothing when it is run again."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sdgcities.cli.main import cli

from .conftest import Run, run_command


def counts(hub: Path) -> dict[str, int]:
    connection = sqlite3.connect(hub / "hub.db")
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    finally:
        connection.close()


def test_it_runs_the_whole_job_and_says_where_the_results_are(run: Run) -> None:
    ended = run("demo", "demo", "--country", "ghana")
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0] == f"$ cd {Path('demo', 'ghana')}"
    report = Path("demo", "ghana", "reports", "GH1408.en.html")
    assert ended.out.splitlines()[-1] == f"Done. Open the report in a browser: {report}"
    assert report.is_file()
    typed = re.findall(r"^\$ sdgcities (.*)$", ended.out, re.MULTILINE)
    assert {" ".join(shlex.split(words)[:2]) for words in typed} >= {
        "actor add",
        "city join",
        "data import",
        "data coverage",
        "milestone claim",
        "programme budget",
    }
    assert all(len(words) < 160 for words in typed)
    assert str(Path.cwd()) not in ended.out


def test_each_step_can_be_typed_by_hand(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = re.findall(r"^\$ sdgcities (.*)$", run("demo", "demo", "--country", "GH").out, re.MULTILINE)
    monkeypatch.chdir(Path("demo", "ghana"))
    for step in steps:
        words = shlex.split(step)
        cli.make_context("sdgcities", list(words))
        if words[:2] in (["data", "coverage"], ["milestone", "status"], ["data", "import"], ["contract", "diff"]):
            assert run_command(*words).code == 0


def test_run_again_it_changes_nothing(hub: Path) -> None:
    parent = hub.parent / "again"
    parent.mkdir()
    hub.rename(parent / "ghana")
    before = counts(parent / "ghana")
    ended = run_command("demo", parent, "--country", "ghana")
    assert ended.code == 0, ended.err
    assert counts(parent / "ghana") == before
    assert "13 files were imported before." in ended.err
    assert "data import" not in ended.out


def test_a_report_is_on_record_by_its_place_in_the_hub(hub: Path) -> None:
    with closing(sqlite3.connect(hub / "hub.db")) as connection:
        assert {file for (file,) in connection.execute("SELECT file FROM report_made")} == {"reports/GH1408.en.html", "reports/GH1408.ak.html"}
    assert run_command("report", "city", "GH1408", "-o", hub.parent / "elsewhere.html").code == 0
    with closing(sqlite3.connect(hub / "hub.db")) as connection:
        assert (str(hub.parent / "elsewhere.html"),) in connection.execute("SELECT file FROM report_made").fetchall()


def test_a_file_that_was_taken_back_is_imported_again(hub: Path) -> None:
    parent = hub.parent / "again"
    parent.mkdir()
    hub.rename(parent / "ghana")
    assert run_command("data", "revert", "1", "--hub", parent / "ghana").code == 0
    assert "data import sample/ghanapop.csv" in run_command("demo", parent, "--country", "ghana").out


def test_a_hub_in_use_is_left_alone(run: Run) -> None:
    assert run("init", "work/ghana", "--country", "ghana").code == 0
    ended = run("demo", "work")
    assert (ended.code, ended.out) == (1, "")
    assert "This folder is a hub in use, not a demonstration." in ended.err


def test_its_claims_are_marked_as_specimens(hub: Path) -> None:
    history = json.loads(run_command("milestone", "history", "--json").out)
    assert [claim["milestone"] for claim in history] == ["data/framework"]
    assert history[0]["steps"][-1]["reason"].startswith("Specimen of a review")
    assert "demonstration: true" in (hub / "hub.yaml").read_text(encoding="utf-8")

"""The whole story of a hub, as the people in it live it: operator, author, reviewer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from tests.databases import Databases

from .conftest import Run, run_command
from .test_help import AGREEMENT

CITY = "GH1408"


@pytest.fixture
def sample(demonstrated: Path) -> Path:
    return demonstrated / "sample"


@pytest.fixture
def new_hub(run: Run, databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Path:
    """On each kind of database, a hub with an operator, an author and two reviewers, and one city; the current folder."""
    assert run("init", "hub", "--country", "ghana", "--operator", "desk", *databases.options).code == 0
    monkeypatch.chdir("hub")
    for actor, *roles in (("planning", "author"), ("k.owusu", "reviewer"), ("both", "author", "reviewer")):
        given = [word for role in roles for word in ("--role", role)]
        assert run("actor", "add", actor, *given).code == 0
    assert run("city", "join", "Ho Municipal").err == "Ho Municipal (GH1408) is now at the stage: joining.\n"
    return Path.cwd()


def done(*words: object) -> str:
    """Run what must succeed; what it told."""
    ended = run_command(*words)
    assert ended.code == 0, ended.err
    return ended.err


@pytest.mark.usefixtures("new_hub")
def test_a_city_from_its_first_file_to_an_approved_milestone(sample: Path) -> None:
    told = done("data", "import", sample / "ghanapop.csv", "--author", "planning")
    lines = told.splitlines()
    assert lines[0].endswith("ghanapop.csv: 780 figures read: 780 stored, 0 here already, 0 refused (batch 1).")
    assert lines[1] == "780 figures of GH-POP for 260 places."
    assert "the hub holds all of them already. Nothing was stored." in done("data", "import", sample / "ghanapop.csv")
    coverage = run_command("data", "coverage", CITY).out.splitlines()
    assert coverage[1].split() == [CITY, "Ho", "Municipal", "joining", "1", "41", "0"]
    assert "no reason recorded yet" in run_command("data", "gaps", CITY).out
    assert "180,420 persons" in run_command("data", "show", "Ho Municipal", "GH-POP", "--period", "2021").out
    other = run_command("data", "show", CITY, "GH-POP", "--period", "2050")
    assert (other.code, other.lines) == (1, ["✗ The hub holds no figure of GH-POP for Ho Municipal in 2050. It holds figures of: 2021."])
    assert "_" not in run_command("indicator", "list").out, "a unit of measure by its id"

    Path("agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    assert "version 1 (submission 1)" in done("form", "submit", "participation-agreement", "--city", CITY, "--data", "agreement.yaml", "--author", "planning")
    Path("signed.pdf").write_bytes(b"%PDF-1.7 specimen")
    done("evidence", "add", CITY, "data/agreement", "agreement", "signed.pdf")
    assert "as attached" in run_command("evidence", "show", CITY).out

    refused = run_command("milestone", "claim", CITY, "data/framework", "--author", "both")
    assert (refused.code, refused.out) == (1, "")
    assert refused.lines
    assert all(line.startswith("✗ Not met: ") for line in refused.lines)
    assert "No claim was made yet." in run_command("milestone", "history").err

    done("form", "submit", "indicator-framework", "--city", CITY, "--data", sample / "indicator-framework.yaml", "--author", "planning")
    assert "Claim 1: data/framework for Ho Municipal." in done("milestone", "claim", CITY, "data/framework", "--author", "both")
    own = run_command("--actor", "both", "milestone", "review", "1", "--approve", "--reason", "I know it is good.")
    assert (own.code, own.err.count("\n")) == (1, 1)
    assert "both made or entered this claim and can't review it." in own.err
    assert run_command("--actor", "k.owusu", "milestone", "review", "1", "--approve", "--reason", " ").code == 1
    assert "is now: approved." in done("--actor", "k.owusu", "milestone", "review", "1", "--approve", "--reason", "Seen with the minutes.")
    history = run_command("milestone", "history", CITY).out
    assert "approved  k.owusu  Seen with the minutes." in history
    assert "data/framework" in history
    again = run_command("--actor", "k.owusu", "milestone", "review", "1", "--reject", "--reason", "Second thoughts.")
    assert (again.code, again.err.startswith("✗ Claim 1 was decided already: approved.")) == (1, True)

    assert "Wrote" in done("report", "city", CITY)
    assert CITY in Path("reports", f"{CITY}.en.html").read_text(encoding="utf-8")
    assert "the chain holds" in done("audit", "verify")


@pytest.mark.usefixtures("new_hub")
def test_a_batch_is_taken_back_and_nothing_is_lost(sample: Path) -> None:
    done("data", "import", sample / "ghanapop.csv")
    assert "Batch 1 was taken back by batch 2: 780 figures." in done("data", "revert", "1")
    gone = run_command("data", "show", CITY, "GH-POP")
    assert gone.code == 1
    assert "The hub holds no figure of GH-POP for Ho Municipal." in gone.err
    assert run_command("data", "revert", "1").code == 1
    batches = run_command("data", "batches", "--json").data
    assert [(batch["id"], batch["reverts"]) for batch in batches] == [(2, 1), (1, None)]
    assert "the chain holds" in done("audit", "verify")


def test_a_person_is_forgotten_and_the_record_stands(new_hub: Path, databases: Databases) -> None:
    done("actor", "add", "a.mensah", "--role", "author", "--name", "Ama Mensah", "--contact", "ama@example.org")
    assert "Ama Mensah" in run_command("actor", "list").out
    told = done("privacy", "erase", "a.mensah")
    assert "Erased 1 personal entry." in told
    assert "sdgcities privacy erase --submission N" in told
    assert "Ama" not in run_command("actor", "list").out
    assert "a.mensah" in run_command("actor", "list").out
    assert run_command("privacy", "erase", "a.mensah").code == 1
    assert "the chain holds" in done("audit", "verify")
    assert b"ama@example.org" not in databases.bytes_of(new_hub)


@pytest.mark.usefixtures("new_hub")
def test_a_submissions_people_are_forgotten() -> None:
    Path("agreement.yaml").write_text(AGREEMENT, encoding="utf-8")
    done("form", "submit", "participation-agreement", "--city", CITY, "--data", "agreement.yaml", "--author", "planning")
    assert "Erased 4 personal entries." in done("privacy", "erase", "--submission", "1")
    assert run_command("privacy", "erase", "--submission", "1").code == 1


@pytest.mark.usefixtures("new_hub")
def test_a_joined_city_is_moved_only_on_purpose() -> None:
    again = run_command("city", "join", CITY)
    assert (again.code, again.lines) == (1, ["✗ Ho Municipal (GH1408) takes part already, at the stage: joining. To move it to another stage, add --stage."])
    done("city", "join", CITY, "--stage", "active")
    assert run_command("city", "list", "--json").data[0]["stage"] == "active"


@pytest.mark.usefixtures("new_hub")
def test_roles_are_kept() -> None:
    for words in (
        ("city", "join", "GH0101", "--actor", "planning"),
        ("actor", "add", "x", "--role", "author", "--actor", "k.owusu"),
        ("milestone", "claim", CITY, "D2", "--author", "k.owusu"),
        ("city", "list", "--actor", "nobody"),
    ):
        ended = run_command(*words)
        if words[:2] == ("city", "list"):
            assert ended.code == 0, "reading needs no role"
        else:
            assert (ended.code, len(ended.lines)) == (1, 1)


def test_a_changed_record_is_found(new_hub: Path, databases: Databases) -> None:
    with databases.foreign(new_hub) as connection:
        databases.lift(connection, "audit")
        connection.execute("UPDATE audit SET actor = 'someone' WHERE seq = 2")
    told = run_command("audit", "verify")
    assert (told.code, told.out, told.lines) == (
        1,
        "",
        ["✗ The audit chain breaks at record 2: its content was changed. Someone changed the database by hand: restore it from a copy."],
    )
    shown = run_command("audit", "verify", "--json")
    assert (shown.code, shown.data) == (1, {"records": 2, "valid": False, "reason": "its content was changed"})
    assert run_command("doctor").code == 1


@pytest.mark.parametrize(("sql", "lacks"), [("DROP TRIGGER observation_no_update", "observation_no_update"), ("DROP TABLE city_stage", "city_stage, ")])
def test_a_database_whose_guards_were_taken_out_is_found(new_hub: Path, databases: Databases, sql: str, lacks: str) -> None:
    on = " ON observation" if "TRIGGER" in sql and databases.name == "postgresql" else ""
    with databases.foreign(new_hub) as connection:
        connection.execute(sql + on)
    for words in (["audit", "verify"], ["doctor"]):
        told = run_command(*words)
        assert told.code == 1
        assert f"The database lacks: {lacks}" in told.err
    assert json.loads(run_command("audit", "verify", "--json").out)["valid"] is False


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"countries": ["PT"]}, "✗ No plugin that hub.yaml names serves PT."),
        ({"languages": ["en", "zz"]}, "· There are no texts in zz yet"),
    ],
)
def test_doctor_tells_what_hub_yaml_promises_and_no_plugin_holds(new_hub: Path, now: dict[str, list[str]], said: str) -> None:
    file = new_hub / "hub.yaml"
    file.write_text(yaml.safe_dump({**yaml.safe_load(file.read_text(encoding="utf-8")), **now}), encoding="utf-8")
    assert said in run_command("doctor").err


@pytest.mark.usefixtures("new_hub")
def test_a_changed_document_is_found() -> None:
    Path("signed.pdf").write_bytes(b"%PDF-1.7 specimen")
    digest = json.loads(run_command("evidence", "add", CITY, "D1", "agreement", "signed.pdf", "--json").out)["sha256"]
    assert "All is well." in done("doctor")
    Path("evidence", digest).write_bytes(b"other")
    assert "changed or lost" in run_command("evidence", "show", CITY).out
    found = run_command("doctor")
    assert found.code == 1
    assert "The document signed.pdf was lost or changed after it was attached." in found.err


def test_the_hub_nearest_upwards_is_meant(new_hub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = new_hub / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert CITY in run_command("city", "list").out
    done("init", "hub in ünner", "--country", "PT")
    monkeypatch.chdir("hub in ünner")
    assert "No city takes part yet." in done("city", "list")
    assert CITY in run_command("city", "list", "--hub", new_hub).out


@pytest.mark.usefixtures("new_hub")
def test_a_figure_is_told_with_what_stands_behind_it(sample: Path) -> None:
    done("data", "import", sample / "basisghana_odf_communities.csv", "--author", "planning")
    summed = run_command("data", "show", CITY, "GH-ODF-TOILETS").out
    assert "2017: 47 facilities" in summed
    assert "row 52," in summed
    assert "The file's rows were added up to the place; the row is the first of them." in summed
    divided = run_command("data", "show", "GH1103", "GH-ODF-POP")
    assert divided.code == 1
    assert "It has figures of what the place was before: sdgcities data show GH-D254-EAST-GONJA GH-ODF-POP." in divided.err
    assert run_command("data", "show", "GH-D254-EAST-GONJA", "GH-ODF-POP").out.startswith("East Gonja (until 18/02/2019) · ")

"""Cities that pause, leave, are renamed and merge, as the person at the desk meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from sdgcities.cli.audit import ACTIONS
from sdgcities.hub.hub import Hub
from sdgcities.store.tables import audit

from .conftest import Ended, run_command

HO, HO_WEST = "GH1408", "GH1409"
REASON = ("--reason", "Notice, seen on paper.")
RENAME = ("city", "rename", HO, "Ho City", "--since", "2025-03-01", *REASON)
MERGE = ("city", "merge", HO, "--into", "Ho West", "--until", "2025-12-31", *REASON)


def done(*words: object) -> Ended:
    ended = run_command(*words)
    assert ended.code == 0, ended.err
    return ended


def refused(*words: object) -> str:
    """The one line of a refusal."""
    ended = run_command(*words)
    assert (ended.code, ended.out, len(ended.lines)) == (1, "", 1), ended
    return ended.lines[0]


@pytest.mark.usefixtures("hub")
def test_a_renamed_city_goes_by_its_new_name_everywhere() -> None:
    assert done(*RENAME).err == "GH1408 is called Ho City since 01/03/2025, formerly Ho Municipal.\n"
    assert "Ho City (formerly Ho Municipal)" in done("city", "list").out
    assert done("city", "show", "Ho Municipal").out.startswith(
        "Name                     Ho City (GH1408)\nFormerly                 Ho Municipal (until 28/02/2025)\n"
    )
    assert done("milestone", "status", HO).out.startswith("Ho City (GH1408) ")
    assert "Ho City" in done("data", "coverage").out
    assert done("city", "list", "--json").data[0]["former_names"] == [{"name": "Ho Municipal", "language": "", "until": "2025-02-28"}]
    done("report", "city", HO, "-o", "ho.html")
    page = Path("ho.html").read_text(encoding="utf-8")
    assert "<h1>Ho City</h1>" in page
    assert "Former name: Ho Municipal (until 28/02/2025)" in page


@pytest.mark.usefixtures("hub")
def test_a_name_in_one_language_is_shown_to_its_readers() -> None:
    done("city", "rename", HO, "Hɔ", "--language", "ak", "--since", "2025-03-01", *REASON)
    assert "Hɔ" in done("city", "list", "--lang", "ak").out
    assert "Hɔ" not in done("city", "list").out
    done("report", "city", HO, "-o", "ho.html", "--lang", "ak")
    assert "<h1>Hɔ</h1>" in Path("ho.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("hub")
def test_a_paused_city_is_listed_as_such() -> None:
    assert done("city", "pause", HO, *REASON).err == "Ho Municipal (GH1408) is paused. When it goes on: sdgcities city resume GH1408.\n"
    for words in (["city", "list"], ["city", "show", HO], ["milestone", "status"], ["data", "coverage"]):
        assert "paused" in done(*words).out, words
    assert "Say why" not in done("data", "gaps", HO).err, "it could not be sent in"
    assert done("city", "resume", HO).err == "Ho Municipal (GH1408) is now at the stage: active.\n"


@pytest.mark.usefixtures("hub")
def test_a_city_that_left_is_readable_by_its_name() -> None:
    assert done("city", "leave", HO, *REASON).err.endswith("It can come back: sdgcities city join GH1408.\n")
    for words in (["city", "show"], ["milestone", "status"], ["milestone", "history"], ["data", "gaps"], ["evidence", "show"], ["report", "city"]):
        done(*words, HO)
    assert "left" in done("city", "list").out
    assert done("data", "coverage", "--json").data == []
    assert "1 city that left or merged is not shown here." in done("data", "coverage").err
    done("city", "join", HO)
    assert done("data", "coverage", "--json").data[0]["stage"] == "joining"


@pytest.mark.usefixtures("hub")
def test_what_a_merged_city_did_is_shown_with_its_successor() -> None:
    done(*RENAME)
    assert done(*MERGE).err == "Ho City (GH1408) is part of Ho West (GH1409) after 31/12/2025.\n"
    assert "part of Ho West (GH1409) after 31/12/2025" in done("city", "list").out
    assert "1: data/framework, approved (as Ho City (GH1408) until 31/12/2025)" in done("city", "show", "Ho West").out
    assert "as Ho City (GH1408) until 31/12/2025 · data/framework" in done("milestone", "history", HO_WEST).out
    (claim,) = done("milestone", "history", HO_WEST, "--json").data
    assert (claim["city"], claim["merged_into"], claim["until"]) == (HO, HO_WEST, "2025-12-31")
    (before,) = done("city", "show", HO_WEST, "--json").data["predecessors"]
    assert (before["city"], before["claims"][0]["state"]) == (HO, "approved")
    assert {one["state"] for one in done("milestone", "status", HO_WEST, "--json").data} == {"open"}
    done("report", "city", HO_WEST, "-o", "west.html")
    page = Path("west.html").read_text(encoding="utf-8")
    assert "Before, until 31/12/2025: Ho City (GH1408)" in page
    assert "does not pass to its successor" in page
    assert "Came out of" in done("unit", "show", HO_WEST).out
    assert "No city of its own after 31/12/2025. Now part of: Ho West (GH1409)." in report(HO)


def report(city: str, *words: str) -> str:
    done("report", "city", city, "-o", "page.html", *words)
    return Path("page.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("hub")
def test_documents_are_shown_with_the_successor() -> None:
    Path("signed.pdf").write_bytes(b"%PDF-1.7 specimen")
    done("evidence", "add", HO, "D1", "agreement", "signed.pdf")
    done(*MERGE)
    assert "as Ho Municipal (GH1408) until 31/12/2025" in done("evidence", "show", HO_WEST).out
    assert done("evidence", "show", HO_WEST, "--json").data[0]["city"] == HO
    assert refused("evidence", "add", HO, "D1", "agreement", "signed.pdf").endswith("Use GH1409.")


@pytest.mark.usefixtures("hub")
def test_turkish_reads_all_of_it() -> None:
    done(*RENAME)
    done(*MERGE)
    for words in (
        ["city", "list"],
        ["city", "show", HO],
        ["city", "show", HO_WEST],
        ["milestone", "history", HO_WEST],
        ["milestone", "status", HO],
        ["audit", "show"],
    ):
        assert HO in done(*words, "--lang", "tr").out
    assert "31 Ara 2025" in report(HO_WEST, "--lang", "tr")


@pytest.mark.usefixtures("hub")
def test_every_step_is_on_record_in_words(hub: Path) -> None:
    for words in (("city", "pause", HO, *REASON), ("city", "resume", HO), RENAME, ("city", "leave", HO, *REASON), MERGE, ("city", "resume", HO, *REASON)):
        done(*words)
    shown = done("audit", "show", "--last", "7", "--json").data
    assert [one["action"] for one in shown] == [
        "city.pause", "city.resume", "city.rename", "city.leave", "city.stage", "city.merge", "city.resume",
    ]  # fmt: skip
    assert "city became part of another" in done("audit", "show").out
    assert "GH1408 → GH1409" in done("audit", "show").out
    done("audit", "verify")
    opened = Hub.open(hub)
    with opened.database.reading() as connection:
        assert set(connection.execute(select(audit.c.action)).scalars()) <= set(ACTIONS)
    opened.close()


def test_every_kind_of_record_has_its_words(checkout: Path) -> None:
    """Each action that the core records, as the code writes it."""
    core = checkout / "core" / "sdgcities"
    code = "\n".join(
        file.read_text(encoding="utf-8") for floor in ("registry", "recognition", "tracks/data", "programme") for file in (core / floor).rglob("*.py")
    )
    for name, action in re.findall(r'^([A-Z]+) = ("[a-z]+\.[a-z]+")$', code, re.MULTILINE):
        code = re.sub(rf"\b{name}\b", action, code)
    written = set(re.findall(r'audit\.record\([^"]*?"([a-z]+\.[a-z]+)"', code)) | set(re.findall(r'move\(connection, "([a-z.]+)"', code))
    written |= set(re.findall(r'action: str = "([a-z.]+)"', code)) | set(re.findall(r'write_batch\([^"]*?"([a-z.]+)"\)', code))
    assert written == set(ACTIONS)


HOSTILE = ["", "x" * 10_000, "\x1b[2J", "'; DROP TABLE city; --", "<script>", "../../etc", "%s%n", "Ho\nWest"]


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_refused_in_a_line_or_stay_harmless(text: str) -> None:
    refused("city", "merge", HO, "--into", text, *REASON)
    for verb in ("pause", "resume", "leave"):
        refused("city", verb, text, *([] if verb == "resume" else REASON))
    named = run_command("city", "rename", HO, text, "--since", "2025-03-01", *REASON)
    assert (named.code, len(named.lines)) in ((0, 1), (1, 1))
    paused = run_command("city", "pause", HO, "--reason", text)
    assert (paused.code, len(paused.lines)) in ((0, 1), (1, 1))
    for words in (["city", "list"], ["city", "show", HO], ["city", "list", "--json"], ["unit", "show", HO]):
        assert "\x1b" not in done(*words).out
    assert "<script>" not in report(HO).replace("&lt;script&gt;", "")
    done("audit", "verify")


@pytest.mark.usefixtures("hub")
def test_only_operators_do() -> None:
    for words in (RENAME, MERGE, ("city", "pause", HO, *REASON), ("city", "leave", HO, *REASON), ("city", "resume", HO)):
        assert "is not operator in this hub." in refused(*words, "--actor", "demo-reviewer")

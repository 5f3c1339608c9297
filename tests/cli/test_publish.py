"""Review and publication as people meet them: what was reviewed goes out, stays as it was, and says what later editions changed."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from .conftest import Ended, Run

OURS = "publish.licence=Figures of our own register."


@pytest.fixture
def hub(run: Run) -> Run:
    """A hub in which ama types, kofi answers, and esi reviews."""
    assert run("init", ".", "--country", "ghana", "--operator", "ama").code == 0
    assert run("actor", "add", "kofi", "--role", "author").code == 0
    assert run("actor", "add", "esi", "--role", "reviewer").code == 0
    assert run("city", "join", "GH1408").code == 0
    bring(run, ("2021", "_T", "180"), ("2021", "F", "176"), ("2021", "M", "4"))
    return run


def bring(run: Run, *rows: tuple[str, str, str], name: str = "people.csv", options: tuple[str, ...] = ()) -> None:
    lines = [f"GH1408,GH-POP,{period},{sex},{value},Register" for period, sex, value in rows]
    Path(name).write_text("\n".join(["unit,indicator,period,sex,value,source", *lines]) + "\n", encoding="utf-8")
    done = run("--actor", "ama", "data", "import", name, "--author", "kofi", *options)
    assert done.code == 0, done.err


def look(run: Run) -> str:
    """The files that would go out, in a new folder."""
    folder = f"look-{len(list(Path().glob('look-*')))}"
    assert run("data", "review", "GH1408", "-o", folder).code == 0
    return folder


def decide(run: Run, seen: str, *more: str, who: str = "esi") -> Ended:
    return run("--actor", who, "data", "review", "GH1408", "--accept", "--seen", seen, "--reason", "Checked against the register.", *more)


def accept(run: Run) -> None:
    done = decide(run, look(run))
    assert done.code == 0, done.err


def publish(run: Run, *more: str) -> Ended:
    return run("--actor", "ama", "data", "publish", "GH1408", "-o", "open", "--licence", "CC-BY-4.0", "--justify", OURS, *more)


def test_nothing_goes_out_unreviewed(hub: Run) -> None:
    refused = hub("--actor", "ama", "data", "publish", "GH1408", "-o", "open", "--licence", "CC-BY-4.0")
    assert (refused.code, Path("open").exists()) == (1, False)
    assert "data review GH1408 -o DIR, then --accept --seen DIR" in refused.err
    assert "GH-POP stays behind: no reviewer has decided on it" in refused.err


@pytest.mark.parametrize("who", ["ama", "kofi"])
def test_who_typed_or_answers_for_a_figure_reviews_none_of_it(hub: Run, who: str) -> None:
    assert hub("actor", "add", who, "--role", "reviewer").code == 0
    refused = decide(hub, look(hub), who=who)
    assert refused.code == 1
    assert "can't review them" in refused.err


def test_what_is_published_is_what_was_reviewed_and_hides_small_counts(hub: Run) -> None:
    (listed,) = hub("data", "review", "GH1408", "--json").data
    accept(hub)
    done = hub("--actor", "ama", "data", "publish", "GH1408", "-o", "open", "--licence", "CC-BY-4.0", "--justify", OURS)
    assert done.code == 0, done.err
    table = Path("open/edition-1/data/GH-POP.csv")
    assert hashlib.sha256(table.read_bytes()).hexdigest() == listed["sha256"]
    assert listed["hidden"] == 2
    rows = [line.split(",")[3:8] for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    assert rows == [["_T", "180", "persons", "A", ""], ["F", "", "persons", "A", "confidential"], ["M", "", "persons", "A", "confidential"]]
    for line in Path("open/edition-1/SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, _, path = line.partition("  ")
        assert hashlib.sha256(Path("open/edition-1", path).read_bytes()).hexdigest() == digest
    package = json.loads(Path("open/edition-1/datapackage.json").read_text(encoding="utf-8"))
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    page = Path("open/index.html").read_text(encoding="utf-8")
    assert "2 figures are hidden" in page
    assert 'href="edition-1/data/GH-POP.csv"' in page


def test_a_source_without_a_licence_needs_a_reason(hub: Run) -> None:
    accept(hub)
    refused = hub("--actor", "ama", "data", "publish", "GH1408", "-o", "open", "--licence", "CC-BY-4.0")
    assert (refused.code, Path("open").exists()) == (1, False)
    assert "--justify publish.licence" in refused.err


def test_a_later_change_is_a_new_edition_with_its_errata(hub: Run) -> None:
    accept(hub)
    assert publish(hub).code == 0
    assert "Nothing changed: edition 1 stands." in publish(hub).err
    first = Path("open/edition-1/data/GH-POP.csv").read_bytes()
    done = hub("--actor", "ama", "data", "correct", "GH1408", "GH-POP", "2021", "185", "--reason", "Five were counted late.", "--author", "kofi")
    assert done.code == 0, done.err
    stale = publish(hub)
    assert stale.code == 1
    accept(hub)
    assert publish(hub).code == 0
    assert Path("open/edition-1/data/GH-POP.csv").read_bytes() == first
    errata = Path("open/edition-2/errata.csv").read_text(encoding="utf-8").splitlines()
    assert errata[1:] == ["GH-POP,GH1408,2021,,180,185,Five were counted late."]
    assert "Five were counted late." in Path("open/errata.html").read_text(encoding="utf-8")
    assert hub("data", "publish", "GH1408", "-o", "open", "--check").code == 0


def test_a_published_file_that_was_changed_is_found(hub: Run) -> None:
    accept(hub)
    publish(hub)
    with Path("open/edition-1/data/GH-POP.csv").open("a", encoding="utf-8") as stream:
        stream.write("GH1408\n")
    refused = hub("data", "publish", "GH1408", "-o", "open", "--check")
    assert (refused.code, "edition 1" in refused.err) == (1, True)


def test_an_indicator_leaves_the_dataset_only_with_a_reason(hub: Run) -> None:
    Path("toilets.csv").write_text("unit,indicator,period,value,source\nGH1408,GH-ODF-TOILETS,2021,40,Register\n", encoding="utf-8")
    assert hub("--actor", "ama", "data", "import", "toilets.csv", "--author", "kofi").code == 0
    accept(hub)
    assert publish(hub).code == 0
    done = hub("--actor", "esi", "data", "review", "GH1408", "--indicator", "GH-ODF-TOILETS", "--return", "--reason", "The register was closed.")
    assert done.code == 0
    refused = publish(hub)
    assert refused.code == 1
    assert "--justify publish.withdrawn" in refused.err
    assert publish(hub, "--justify", "publish.withdrawn=The register was closed.").code == 0
    assert "GH-ODF-TOILETS" in Path("open/edition-2/errata.csv").read_text(encoding="utf-8")


def test_dry_run_writes_and_records_nothing(hub: Run) -> None:
    accept(hub)
    told = publish(hub, "--dry-run")
    assert told.code == 0
    assert not Path("open").exists()
    assert hub("data", "publish", "GH1408", "-o", "open", "--check").code == 1


def test_the_milestone_sees_it(hub: Run) -> None:
    def met() -> dict[str, object]:
        found = next(one for one in hub("milestone", "status", "GH1408", "--json").data if one["milestone"] == "data/publication")
        return {one["measure"]: one["met"] for one in found["criteria"] if one["measure"].startswith("data/")}

    assert met() == {"data/reviewed-share": False, "data/published-openly": False, "data/published-as-reviewed": False}
    accept(hub)
    publish(hub)
    assert met() == {"data/reviewed-share": True, "data/published-openly": True, "data/published-as-reviewed": True}


def test_a_decision_is_on_what_was_looked_at(hub: Run) -> None:
    unseen = hub("--actor", "esi", "data", "review", "GH1408", "--accept", "--reason", "Checked.")
    assert (unseen.code, "--seen DIR" in unseen.err) == (2, True)
    seen = look(hub)
    done = hub("--actor", "ama", "data", "correct", "GH1408", "GH-POP", "2021", "185", "--reason", "Five were counted late.", "--author", "kofi")
    assert done.code == 0, done.err
    refused = decide(hub, seen)
    assert refused.code == 1
    assert "GH-POP changed since it was looked at: 2 figures, such as 2021, which was 180 and is 185." in refused.err
    assert "Look again before you decide: sdgcities data review CITY -o DIR" in refused.err
    assert publish(hub).code == 1, "nothing was decided"
    assert decide(hub, look(hub)).code == 0
    assert publish(hub).code == 0


def test_what_is_said_of_an_indicator_is_looked_at_too(hub: Run) -> None:
    """In the folder the definition is another one, as if the plugin had been changed since; its digests are right."""
    seen = Path(look(hub))
    file, sums = seen / "indicators.csv", seen / "SHA256SUMS"
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    old = next(row["definition"] for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()) if row["code"] == "GH-POP")
    file.write_bytes(file.read_bytes().replace(old.encode(), b"Persons present on census night"))
    assert "indicators.csv: The file is not as the review wrote it" in decide(hub, str(seen)).err
    sums.write_text(sums.read_text(encoding="utf-8").replace(before, hashlib.sha256(file.read_bytes()).hexdigest()), encoding="utf-8")
    refused = decide(hub, str(seen))
    assert (refused.code, "What is said of GH-POP changed since it was looked at, or was in another language: definition." in refused.err) == (1, True)
    assert publish(hub).code == 1, "nothing was decided"


def test_new_figures_are_a_change_too(hub: Run) -> None:
    seen = look(hub)
    bring(hub, ("2022", "_T", "190"), name="later.csv")
    refused = decide(hub, seen)
    assert (refused.code, "new figures, or other marks or sources" in refused.err) == (1, True)


def test_what_was_not_looked_at_is_not_accepted(hub: Run) -> None:
    seen = look(hub)
    Path("toilets.csv").write_text("unit,indicator,period,value,source\nGH1408,GH-ODF-TOILETS,2021,40,Register\n", encoding="utf-8")
    assert hub("--actor", "ama", "data", "import", "toilets.csv", "--author", "kofi").code == 0
    refused = decide(hub, seen, "--indicator", "GH-ODF-TOILETS")
    assert (refused.code, "You did not look at: GH-ODF-TOILETS." in refused.err) == (1, True)
    assert decide(hub, seen).code == 0
    assert {one["indicator"]: one["goes_out"] for one in hub("data", "review", "GH1408", "--json").data} == {"GH-POP": True, "GH-ODF-TOILETS": False}


def test_a_folder_that_no_review_wrote_or_that_was_touched_is_refused(hub: Run) -> None:
    seen = look(hub)
    Path("other").mkdir()
    assert "A review wrote no files into this folder." in decide(hub, "other").err
    assert "A review wrote no files into this folder." in decide(hub, "nowhere").err
    file = Path(seen, "data", "GH-POP.csv")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    touched = decide(hub, seen)
    assert (touched.code, "saved by another program" in touched.err) == (1, True)


def corrected(run: Run, value: str) -> None:
    done = run("--actor", "ama", "data", "correct", "GH1408", "GH-POP", "2021", value, "--reason", "Counted late.", "--author", "kofi")
    assert done.code == 0, done.err
    accept(run)


@pytest.mark.parametrize("left", ["nothing", "the last edition"])
def test_whoever_lost_the_editions_goes_on(hub: Run, left: str) -> None:
    """The records give the figures of the lost editions, so that the errata say what changed; the pages say what is lost."""
    accept(hub)
    assert publish(hub).code == 0
    corrected(hub, "185")
    assert publish(hub).code == 0
    Path("open").rename("gone")
    if left == "the last edition":
        shutil.copytree("gone/edition-2", "open/edition-2")
    corrected(hub, "190")
    refused = publish(hub)
    assert (refused.code, "--justify publish.lost" in refused.err) == (1, True), refused.err
    assert not Path("open/edition-3").exists()
    assert publish(hub, "--justify", "publish.lost=The server burnt.").code == 0
    assert Path("open/edition-3/errata.csv").read_text(encoding="utf-8").splitlines()[1:] == ["GH-POP,GH1408,2021,,185,190,Counted late."]
    lost = ["1", "2"] if left == "nothing" else ["1"]
    rows = [line.split(",") for line in Path("open/edition-3/lost.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [(row[0], row[2]) for row in rows] == [(number, "The server burnt.") for number in lost]
    page = Path("open/errata.html").read_text(encoding="utf-8")
    assert page.count("Its files are lost: The server burnt.") == len(lost)
    checked = hub("data", "publish", "GH1408", "-o", "open", "--check", "--json")
    assert (checked.code, checked.data["lost"]) == (0, dict.fromkeys(lost, "The server burnt."))
    corrected(hub, "195")
    assert publish(hub).code == 0, "it is said once"
    assert Path("open/edition-4/lost.csv").is_file()
    assert "Its files are lost: The server burnt." in Path("open/errata.html").read_text(encoding="utf-8")


def test_a_lost_edition_is_published_again_though_nothing_changed(hub: Run) -> None:
    accept(hub)
    assert publish(hub).code == 0
    shutil.rmtree("open")
    assert publish(hub, "--justify", "publish.lost=The disk failed.").code == 0
    assert Path("open/edition-2/data/GH-POP.csv").is_file()
    assert len(Path("open/edition-2/errata.csv").read_text(encoding="utf-8").splitlines()) == 1, "nothing changed"


def test_an_edition_that_is_found_again_counts_again(hub: Run) -> None:
    accept(hub)
    assert publish(hub).code == 0
    Path("open").rename("kept")
    corrected(hub, "185")
    assert publish(hub, "--justify", "publish.lost=Mislaid.").code == 0
    Path("kept/edition-1").rename("open/edition-1")
    checked = hub("data", "publish", "GH1408", "-o", "open", "--check", "--json")
    assert (checked.data["editions"], checked.data["lost"]) == (2, {})

"""Wrong, empty, huge and hostile input: one clear line for each thing, nothing stored, never a traceback."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import Ended, Run, run_command

HEADER = "unit,indicator,period,value,source\n"
LONG = "X" * 9_000


def row(unit: str) -> bytes:
    return f"{HEADER}{unit},GH-POP,2021,1,x\n".encode()


def stored() -> tuple[int, ...]:
    """How much the hub of the current folder holds."""
    connection = sqlite3.connect("hub.db")
    try:
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("batch", "observation", "audit", "submission", "claim"))
    finally:
        connection.close()


def refused(*words: object) -> Ended:
    """Run in the hub of the current folder what must be refused and store nothing."""
    before = stored()
    ended = run_command(*words)
    assert (ended.code, ended.out) == (1, ""), ended.err
    assert stored() == before
    return ended


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (bytes(range(256)) * 20, "The text is not UTF-8."),
        (HEADER.encode() + b"\xff\xff,GH-POP,2021,1,x\n", "line 2: The text is not UTF-8."),
        (row("GH1408").decode().encode("utf-16"), "The text is not UTF-8."),
        (HEADER.encode(), "The file has a header and no rows."),
        (b"a,b\n1,2\n", "No profile fits this file"),
        (row("PT-11"), "row 2, column unit: “PT-11” is no unit known here."),
        (row("Ho Municipal"), "“Ho Municipal” is a name; a code is needed here. Of this name: Ho Municipal (GH1408, District in Volta)."),
        (row(" GH14 08 "), "row 2, column unit: “GH14 08” is no unit known here."),
        (row("GH1408\N{CITYSCAPE}"), "“GH1408\N{CITYSCAPE}” is no unit known here."),
        (row("\x1b[31mRED\x1b[0m<script>alert(1)</script>'; DROP TABLE unit;--"), "\\x1b[31mRED\\x1b[0m<script>alert(1)</script>'; DROP TABLE unit;--” is"),
        (row(LONG), "X…” is no unit known here."),
        (row(LONG * 2), "This is not valid CSV"),
        (row("İZMİR ılgaz"), "“İZMİR ılgaz” is no unit known here."),
        (row("GH1408").replace(b",1,", b",-5,"), "-5 is below 0, the least that GH-POP can be."),
        (row("GH1408").replace(b",1,", b",1e3,"), "“1e3” is not a number. Write digits with a decimal point, nothing else;"),
        (row("GH1408").replace(b"GH-POP", b"GH-XX"), "There is no indicator GH-XX."),
        (row("GH1408").replace(b"2021", b"21st"), "“21st” is no period."),
        (row("GH1408") + b"GH1408,GH-POP,2021,2,x\n", "Rows 2 and 3 give the same observation."),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, str) else "",
)
def test_a_file_that_can_not_be_taken(content: bytes, said: str) -> None:
    Path("in.csv").write_bytes(content)
    ended = refused("data", "import", "in.csv")
    finding, told = ended.lines
    assert finding.startswith("✗ in.csv")
    assert said in finding
    assert told == "in.csv: nothing was stored."
    assert "\x1b" not in ended.err
    assert len(finding) < 800


@pytest.mark.usefixtures("hub")
def test_a_path_that_is_no_file() -> None:
    Path("empty").mkdir()
    assert refused("data", "import", "gone.csv").lines[0] == "✗ gone.csv: There is no such file. Check the spelling of the path."
    assert refused("data", "import", "empty").lines[0].startswith("✗ empty: There is no table in it. Tables are files whose names end in: .csv, .tsv,")
    assert refused("form", "submit", "city-profile", "--city", "GH1408", "--data", "empty", "--author", "demo-author").lines[0].startswith("✗ empty: ")
    assert refused("evidence", "add", "GH1408", "D1", "agreement", "empty").lines[0].startswith("✗ empty: ")
    if hasattr(os, "mkfifo"):
        os.mkfifo("pipe.csv")
        assert refused("data", "import", "pipe.csv").lines[0] == "✗ pipe.csv: This is not a file that can be read. Give the path of a file."


@pytest.mark.usefixtures("hub")
def test_a_file_of_fifty_megabytes_is_read_and_refused() -> None:
    with Path("big.csv").open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        stream.writelines(["nowhere,GH-POP,2021,1,x\n" * 1000] * 2_100)
    ended = refused("data", "import", "big.csv")
    assert "can't be accepted." in ended.err
    assert len(ended.lines) < 30


@pytest.mark.usefixtures("hub")
def test_a_folder_says_for_each_file_what_became_of_it() -> None:
    Path("folder").mkdir()
    shutil.copy("sample/ghanapop.csv", "folder/GHANAPOP.CSV")
    Path("folder", "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    ended = run_command("data", "import", "folder")
    assert ended.code == 1
    assert f"{Path('folder/other.csv')}: nothing was stored." in ended.err
    assert ended.lines[-1] == "folder: nothing was stored of any file."
    ended = run_command("data", "import", "folder", "--accept-partial")
    assert f"{Path('folder/GHANAPOP.CSV')}: 780 figures read: the hub holds all of them already." in ended.err


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["unit", "find", "zzzz"], 'No unit here is called "zzzz". Try a part of the name.'),
        (["unit", "find", " "], 'No unit here is called " ".'),
        (["unit", "show", "nowhere"], "There is no unit nowhere. Look it up by name: sdgcities unit find TEXT."),
        (["unit", "alias", "add", "GH1408", "", "--reason", "r"], "The name and the reason must not be empty."),
        (["unit", "alias", "add", "GH1408", "x", "--reason", " "], "The name and the reason must not be empty."),
        (["unit", "alias", "add", "GH1408", "x", "--reason", "r", "--profile", "p"], "There is no profile p. Profiles: "),
        (["unit", "alias", "add", "GH1408", "hohoe municipal", "--reason", "r"], "is the name of Hohoe Municipal (GH1410)"),
        (["indicator", "show", "X"], "There is no indicator X."),
        (["city", "join", "nowhere at all"], "“nowhere at all” does not name one unit that can join. Units of these levels can join: "),
        (["city", "join", "Volta"], "Volta (GH14) is of the level Region. Units of these levels can join: "),
        (["city", "join", "Brong Ahafo"], "It passed into: Bono (GH03)"),
        (["city", "show", "Accra"], "Accra is no city of this hub. Cities of this hub: Ho Municipal (GH1408)."),
        (["city", "show", "\x1b]0;evil\x07"], "\\x1b]0;evil\\x07 is no city of this hub."),
        (["city", "show", "'; DROP TABLE city;--"], "'; DROP TABLE city;-- is no city of this hub."),
        (["data", "show", "GH1408", "GH-POP", "--period", "20x"], "“20x” is no period. Write 2021, 2021-S1 (half-year), 2021-Q3, 2021-07,"),
        (["data", "import", "sample/ghanapop.csv", "--profile", "p"], "There is no profile p. Profiles: "),
        (["data", "import", "sample/ghanapop.csv", "--author", "nobody"], "There is no actor nobody in this hub."),
        (["data", "revert", "999"], "There is no batch 999. See: sdgcities data batches."),
        (["form", "show", "x"], "There is no form x. Forms of this hub: "),
        (["form", "submit", "city-profile", "--city", "GH1408", "--data", "hub.yaml", "--author", "demo-author"], "hub.yaml, line 1: "),
        (["evidence", "add", "GH1408", "D1", "x", "hub.yaml"], "data/agreement asks for no evidence x. It asks for: "),
        (["evidence", "add", "GH1408", "D99", "x", "hub.yaml"], "There is no milestone D99."),
        (["milestone", "status", "--milestone", "D99"], "There is no milestone D99."),
        (["milestone", "claim", "GH1408", "D2", "--author", "demo-author"], "Claim 1 for data/framework is approved already."),
        (["milestone", "review", "7", "--approve", "--reason", "r", "--actor", "demo-reviewer"], "There is no claim 7."),
        (["actor", "add", "A B", "--role", "author"], "A B can't be an actor's id."),
        (["actor", "add", "demo-author", "--role", "author"], "demo-author has these roles already."),
        (["privacy", "erase", "nobody"], "There is no actor nobody in this hub."),
        (["contract", "show", "D99"], "There is no milestone D99."),
        (["contract", "diff", "xx"], "Or name a folder of plugins: --plugins-dir DIR."),
        (["programme", "budget", "--country", "PT"], "PT is not in this hub. Name one of: GH."),
        (["report", "city", "GH1408", "-o", "sample"], "sample: The report can't be written: "),
        (["init", ".", "--country", "GH"], "The folder is not empty. Choose a new folder for the hub."),
        (["init", "new", "--country", "xx"], "No plugin serves xx. There are: "),
        (["init", "new", "--country", "GH", "--operator", "A B"], "A B can't be an actor's id."),
        (["demo", "--country", "xx"], "No plugin has sample data for xx."),
        (["demo", "."], "This folder is a hub. Choose another folder for the demonstration."),
    ],
    ids=lambda value: " ".join(value).replace("\x1b", "ESC")[:60] if isinstance(value, list) else "",
)
def test_what_can_not_be_done(words: list[str], said: str) -> None:
    ended = refused(*words)
    assert said in ended.lines[0]
    assert all(line.startswith("✗ ") for line in ended.lines if "nothing was stored" not in line)
    assert "\x1b" not in ended.err
    assert not Path("new").exists()


@pytest.mark.usefixtures("hub")
def test_a_report_that_can_not_be_written_leaves_nothing_behind() -> None:
    Path("place").mkdir()
    refused("report", "city", "GH1408", "-o", "place")
    assert not list(Path().glob("place*.new"))


def test_reports_take_no_path_from_the_language(hub: Path) -> None:
    before = {path for path in hub.parent.rglob("*") if path.suffix == ".html"}
    assert run_command("report", "city", "GH1408", "--lang", "../../evil").code == 0
    new = {path for path in hub.parent.rglob("*") if path.suffix == ".html"} - before
    assert all(path.parent == hub / "reports" for path in new)


def test_outside_a_hub(run: Run) -> None:
    ended = run("city", "list")
    assert (ended.code, ended.out, len(ended.lines)) == (3, "", 1)
    assert "There is no hub here: no hub.yaml in this folder or above it." in ended.err
    assert "sdgcities init DIR --country C" in ended.err
    for words in ("contract show", "contract show D1", "contract show --country ghana", "contract diff ghana", "plugin list", "doctor", "doctor --load"):
        outside = run(*words.split())
        assert (outside.code, outside.out or outside.err) != (0, ""), words
        assert outside.code == 0, outside.err
    assert run("contract", "show", "D1", "--json").data["parameters"]["committee_members"]["in_force"] == 5
    assert run("contract", "show", "D1", "--country", "ghana", "--json").data["parameters"]["committee_members"]["in_force"] == 7


DAMAGED: dict[str, tuple[str, Callable[[bytes], bytes | None]]] = {
    "no database": ("hub.db", lambda _: None),
    "an empty database": ("hub.db", lambda _: b""),
    "a database of rubbish": ("hub.db", lambda _: bytes(range(256)) * 20),
    "a database cut short": ("hub.db", lambda content: content[:6_000]),
    "malformed YAML": ("hub.yaml", lambda _: b"{"),
    "bytes for YAML": ("hub.yaml", lambda _: b"\xff\xfe"),
    "an empty hub.yaml": ("hub.yaml", lambda _: b""),
    "YAML with anchors": ("hub.yaml", lambda _: b"a: &a [*a]\n"),
    "another shape": ("hub.yaml", lambda _: b"name: x\n"),
    "an unknown plugin": ("hub.yaml", lambda content: content.replace(b"- ghana", b"- atlantis")),
}


@pytest.mark.parametrize("way", DAMAGED)
def test_a_damaged_hub(hub: Path, way: str) -> None:
    name, spoil = DAMAGED[way]
    file = hub / name
    content = spoil(file.read_bytes())
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    for words in (["city", "list"], ["city", "list", "--lang", "tr"], ["data", "import", "sample/ghanapop.csv"], ["milestone", "status", "--json"]):
        ended = run_command(*words)
        assert (ended.code, ended.out) == (3, ""), (words, ended.err)
        assert all(line.startswith("✗ ") for line in ended.lines)
        assert "Traceback" not in ended.err
    assert run_command("plugin", "list").code == 0
    examined = run_command("doctor")
    assert examined.code == 3
    assert examined.lines[0].startswith("✗ ")
    assert run_command("doctor", "--json").data


def test_a_hub_that_is_a_file(run: Run) -> None:
    Path("file").write_text("x", encoding="utf-8")
    ended = run("city", "list", "--hub", "file")
    assert (ended.code, len(ended.lines)) == (3, 1)


def test_a_hub_whose_name_means_something_elsewhere(run: Run) -> None:
    for name in ("with blank", "Açores", "q#1%41", "İzmir ılgaz"):
        assert run("init", name, "--country", "ghana").code == 0
        assert run("city", "join", "GH1408", "--hub", name).code == 0
        assert "GH1408" in run("city", "list", "--hub", name).out


def test_what_is_in_the_way_is_named(hub: Path) -> None:
    shutil.rmtree("reports")
    (hub / "reports").write_text("in the way", encoding="utf-8")
    ended = refused("report", "city", "GH1408")
    assert ended.lines[0].startswith(f"✗ {Path('reports', 'GH1408.en.html')}: The report can't be written: ")
    (hub / "evidence").write_text("in the way", encoding="utf-8")
    blocked = run_command("evidence", "add", "GH1408", "D1", "agreement", "hub.yaml")
    assert (blocked.code, len(blocked.lines)) == (3, 1)
    assert blocked.err.startswith("✗ evidence: File exists")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
def test_a_hub_on_a_read_only_disk(hub: Path) -> None:
    for path in (hub, *hub.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        ended = run_command("city", "join", "GH0101")
        assert (ended.code, len(ended.lines)) == (3, 1)
        assert "See that you may write in the hub's folder, and that its disk is not full." in ended.err
    finally:
        for path in (hub, *hub.rglob("*")):
            path.chmod(0o755)


@pytest.mark.usefixtures("hub")
def test_a_language_without_texts_is_named_once() -> None:
    ended = run_command("city", "list", "--lang", "xx")
    assert ended.code == 0
    assert ended.lines == ["· The messages of this program are not in xx yet, so they are in English. Languages: en, ak, pt_PT, tr."]
    assert run_command("city", "list", "--lang", "en").err == ""
    assert run_command("city", "list", "--lang", "pt-PT").err == ""


@pytest.mark.usefixtures("hub")
def test_a_hostile_alias_stays_harmless() -> None:
    assert run_command("unit", "alias", "add", "GH1408", "Ho\x1b[2J<b>'--", "--reason", "so written").code == 0
    ended = run_command("unit", "show", "GH1408")
    assert "Ho\\x1b[2J<b>'--" in ended.out
    assert "\x1b" not in ended.out
    assert "\x1b" not in run_command("unit", "show", "GH1408", "--json").out

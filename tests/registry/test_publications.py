"""Reviews and editions on both databases: facts that stay, two at once, a publication that is stopped anywhere, and folders of every kind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

import pytest
from tests.cli.conftest import Ended, run_command
from tests.databases import Databases
from tests.hub_fixtures import HO, Desk

from sdgcities.exchange.publishing.folder import unfit
from sdgcities.hub.hub import Hub
from sdgcities.registry.publications import editions, reviews
from sdgcities.store.audit import verify

OURS = "publish.licence=Figures of our own register."
PROGRAM = """
import os, signal, sys
limit, folder, stop = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
from sdgcities.cli.main import cli
if limit:
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
seen = 0
def watch(event, given):
    global seen
    writes = event in ("os.rename", "os.mkdir") or event == "open" and isinstance(given[1], str) and given[1][0] in "wxar" and given[1] != "rb"
    if writes and stop and folder in str(given[0]):
        seen += 1
        if seen == stop:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
cli(sys.argv[4:], prog_name="sdgcities")
"""
HELD = """
import os, signal, sys
sys.addaudithook(lambda event, given: event == "os.rename" and str(given[1]).endswith("edition-1") and os.kill(os.getpid(), signal.SIGSTOP))
"""
"""Before it: the process stands still where it would put the edition in its place."""


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SDGCITIES_LANG", "SDGCITIES_ACTOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def reviewed(desk: Desk) -> Desk:
    """A hub in which esi accepted the figures that ama typed; closed."""
    assert not desk.bring(desk.tidy({"value": "180"}, {"sex": "F", "value": "176"}, {"sex": "M", "value": "4"})).blocked
    desk.hub.close()
    accepted(desk.folder)
    return desk


def words_of(hub: Path, path: Path, *more: str) -> list[str]:
    return ["--hub", str(hub), "--actor", "ama", "data", "publish", HO, "-o", str(path), "--licence", "CC-BY-4.0", "--justify", OURS, *more]


def publish(hub: Path, path: Path, *more: str) -> Ended:
    return run_command(*words_of(hub, path, *more))


def looked(hub: Path) -> Path:
    """The files that would go out, in a new folder."""
    folder = hub.parent / f"look-{len(list(hub.parent.glob('look-*')))}"
    assert run_command("--hub", hub, "data", "review", HO, "-o", folder).code == 0
    return folder


def accepted(hub: Path) -> None:
    done = run_command("--hub", hub, "--actor", "esi", "data", "review", HO, "--accept", "--seen", looked(hub), "--reason", "Checked.")
    assert done.code == 0, done.err


def process(words: Sequence[str], *, limit: int = 0, folder: Path | str = "", stop: int = 0) -> tuple[int, str]:
    program = [sys.executable, "-c", PROGRAM, str(limit), str(folder), str(stop), *words]
    done = subprocess.run(program, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stderr


def recorded(hub: Path) -> list[int]:
    with closing(Hub.open(hub)) as opened, opened.database.reading() as connection:
        assert verify(connection)[1] is None
        return [one.number for one in editions(connection, [HO])[HO]]


def unchanged(hub: Path, path: Path) -> bool:
    return run_command("--hub", hub, "data", "publish", HO, "-o", path, "--check").code == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no signal that nothing can catch there")
def test_wherever_a_publication_is_killed_the_next_one_ends_it(reviewed: Desk, databases: Databases, tmp_path: Path) -> None:
    outcomes = set()
    for stop in (*range(1, 18, 4), *range(18, 60)):
        hub, path = databases.copy(reviewed.folder, tmp_path / f"hub-{stop}"), tmp_path / f"open-{stop}"
        code, told = process(words_of(hub, path), folder=path, stop=stop)
        on_record, shown = recorded(hub), (path / "edition-1").exists()
        outcomes.add((bool(on_record), shown, (path / "index.html").exists()))
        assert on_record or not shown, "the folder shows no edition that is not on record"
        done = publish(hub, path)
        assert done.code == 0, (stop, done.err)
        assert recorded(hub) == [1]
        assert unchanged(hub, path)
        assert sorted(one.name for one in path.iterdir()) == ["edition-1", "errata.html", "index.html"]
        databases.remove(hub)
        if code == 0:
            break
        assert code == -9, told
    assert code == 0, "it was killed at every file"
    assert outcomes == {(False, False, False), (True, False, False), (True, True, False), (True, True, True)}


@pytest.mark.skipif(sys.platform == "win32", reason="no signal that nothing can catch there")
def test_an_edition_that_was_stopped_on_record_is_told_by_check(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    stop = next(stop for stop in range(20, 60) if process(words_of(reviewed.folder, path), folder=path, stop=stop)[0] == -9 and recorded(reviewed.folder))
    assert stop
    if not (path / "edition-1").exists():
        told = run_command("--hub", reviewed.folder, "data", "publish", HO, "-o", path, "--check")
        assert (told.code, "was stopped before its end. Run it again" in told.err) == (1, True)
    assert publish(reviewed.folder, path).code == 0
    assert unchanged(reviewed.folder, path)


def test_of_two_publishers_at_once_one_publishes_and_one_finds_it_there(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    with ThreadPoolExecutor() as both:
        ended = list(both.map(process, [words_of(reviewed.folder, path)] * 3))
    assert [code for code, _ in ended] == [0, 0, 0], ended
    assert sum("Published edition 1" in told for _, told in ended) == 1
    assert sum("edition 1 stands" in told for _, told in ended) == 2
    assert recorded(reviewed.folder) == [1]
    assert unchanged(reviewed.folder, path)


@pytest.mark.skipif(sys.platform == "win32", reason="no signal that holds a process there")
def test_while_an_edition_is_put_in_its_place_the_next_publisher_waits(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    words = ["0", "", "0", *words_of(reviewed.folder, path)]
    one = subprocess.Popen([sys.executable, "-c", HELD + PROGRAM, *words], stderr=subprocess.PIPE, encoding="utf-8")
    assert os.WIFSTOPPED(os.waitpid(one.pid, os.WUNTRACED)[1])
    two = subprocess.Popen([sys.executable, "-c", PROGRAM, *words], stderr=subprocess.PIPE, encoding="utf-8")
    with suppress(subprocess.TimeoutExpired):
        two.wait(5)
    os.kill(one.pid, signal.SIGCONT)
    told = [process.communicate()[1] for process in (one, two)]
    assert [one.returncode, two.returncode] == [0, 0], told
    assert unchanged(reviewed.folder, path)


def test_two_reviewers_at_once_both_stand_and_the_newest_counts(desk: Desk) -> None:
    assert not desk.bring(desk.tidy({"value": "180"})).blocked
    desk.hub.close()
    assert run_command("--hub", desk.folder, "--actor", "ama", "actor", "add", "yaw", "--role", "reviewer").code == 0
    deciding = ("data", "review", HO, "--accept", "--seen", str(looked(desk.folder)), "--reason", "Seen.")
    words = [["--hub", str(desk.folder), "--actor", who, *deciding] for who in ("esi", "yaw")]
    with ThreadPoolExecutor() as both:
        assert [code for code, _ in both.map(process, words)] == [0, 0]
    with closing(Hub.open(desk.folder)) as hub, hub.database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT actor FROM figure_review ORDER BY id").scalars().all()
        assert sorted(rows) == ["esi", "yaw"]
        assert reviews(connection, [HO])[HO]["GH-POP"].actor == rows[-1]
        assert verify(connection)[1] is None


@pytest.mark.skipif(sys.platform == "win32", reason="no way to fill the disk of one process there")
def test_a_full_disk_is_told_and_leaves_nothing(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    code, told = process(words_of(reviewed.folder, path, "--title", "T" * 50_000), limit=40_000)
    assert (code, "It can't be written: File too large." in told) == (1, True), told
    assert (recorded(reviewed.folder), path.exists()) == ([], False)
    assert publish(reviewed.folder, path).code == 0


def test_what_can_t_be_written_is_told(reviewed: Desk, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a file", encoding="utf-8")
    for path, told in ((file, "It is a file, and editions need a folder."), (file / "open", "It can't be written: Not a directory.")):
        done = publish(reviewed.folder, path)
        assert (done.code, told in done.err) == (1, True), done.err
    assert recorded(reviewed.folder) == []
    deep = tmp_path / "www" / "data" / "ho"
    assert publish(reviewed.folder, deep).code == 0
    assert unchanged(reviewed.folder, deep)


@pytest.mark.skipif(sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="who may do everything is kept from nothing")
def test_a_folder_that_can_only_be_read_is_told(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    path.mkdir(mode=0o500)
    done = publish(reviewed.folder, path)
    assert (done.code, "Permission denied" in done.err, recorded(reviewed.folder)) == (1, True, [])


def test_pages_that_can_t_be_written_are_written_by_the_next_run(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    assert publish(reviewed.folder, path).code == 0
    (path / "index.html").unlink()
    (path / "index.html").mkdir()
    done = publish(reviewed.folder, path)
    assert (done.code, "The edition is on record." in done.err) == (1, True)
    (path / "index.html").rmdir()
    assert publish(reviewed.folder, path).code == 0
    assert "edition-1/data/GH-POP.csv" in (path / "index.html").read_text(encoding="utf-8")


def test_the_hub_s_own_folders_are_refused(reviewed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = reviewed.folder
    for path in (hub, hub.parent, hub / "evidence", hub / "plugins" / "x", hub / "lists", hub / "backups"):
        done = publish(hub, path)
        assert (done.code, "Name a folder of its own" in done.err, recorded(hub)) == (1, True, []), done.err
    monkeypatch.chdir(hub)
    assert publish(hub, Path()).code == 1
    assert not [one for one in hub.rglob("*") if "edition" in one.name or one.suffix == ".html"]
    assert publish(hub, Path("open")).code == 0, "a folder of its own within the hub's"


def test_what_others_keep_in_the_folder_stays_theirs(reviewed: Desk, tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "open", tmp_path / "elsewhere"
    path.mkdir()
    elsewhere.mkdir()
    (elsewhere / "secret.txt").write_text("not ours", encoding="utf-8")
    (path / "logo.png").write_bytes(b"a picture")
    (path / "notes").mkdir()
    if sys.platform != "win32":
        (path / "linked").symlink_to(elsewhere)
        (path / "nowhere").symlink_to(tmp_path / "gone")
    before = {one: one.lstat().st_ino for one in path.iterdir()}
    assert publish(reviewed.folder, path).code == 0
    assert {one: one.lstat().st_ino for one in before} == before, "not so much as copied"
    assert not list(path.rglob("edition-1/**/secret.txt"))
    assert (elsewhere / "secret.txt").read_text(encoding="utf-8") == "not ours"


@pytest.mark.parametrize("name", ["index.html", "errata.html", "edition-1"])
def test_what_others_published_is_not_replaced(reviewed: Desk, tmp_path: Path, name: str) -> None:
    path = tmp_path / "open"
    path.mkdir()
    if name == "edition-1":
        (path / name).mkdir()
        (path / name / "data.csv").write_text("of another city", encoding="utf-8")
    else:
        (path / name).write_text("our ministry", encoding="utf-8")
    before = {one: one.read_bytes() for one in path.rglob("*") if one.is_file()}
    done = publish(reviewed.folder, path)
    assert (done.code, "Each city has a folder of its own" in done.err) == (1, True), done.err
    assert {one: one.read_bytes() for one in path.rglob("*") if one.is_file()} == before
    assert recorded(reviewed.folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_linked_folder_is_filled_where_it_lies(reviewed: Desk, tmp_path: Path) -> None:
    real, link = tmp_path / "www", tmp_path / "open"
    real.mkdir()
    link.symlink_to(real)
    assert publish(reviewed.folder, link).code == 0
    assert link.is_symlink()
    assert (real / "edition-1" / "data" / "GH-POP.csv").is_file()
    (real / "edition-2").symlink_to(tmp_path / "gone")
    reviewed_again(reviewed)
    refused = publish(reviewed.folder, link)
    assert (refused.code, "edition-2" in refused.err, recorded(reviewed.folder)) == (1, True, [1])


def reviewed_again(desk: Desk) -> None:
    words = ["data", "correct", HO, "GH-POP", "2021", "185", "--reason", "Counted late.", "--author", "kofi"]
    assert run_command("--hub", desk.folder, "--actor", "ama", *words).code == 0
    accepted(desk.folder)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system at hand")  # noqa: S108 - nothing is kept there
def test_the_folder_may_lie_on_another_file_system(reviewed: Desk) -> None:
    path = Path("/dev/shm") / f"sdgcities-{os.getpid()}-{reviewed.databases.name}"  # noqa: S108 - as above
    try:
        assert publish(reviewed.folder, path).code == 0
        assert unchanged(reviewed.folder, path)
    finally:
        shutil.rmtree(path, ignore_errors=True)


def test_the_list_of_digests_is_held_too(reviewed: Desk, tmp_path: Path) -> None:
    path = tmp_path / "open"
    assert publish(reviewed.folder, path).code == 0
    sums = path / "edition-1" / "SHA256SUMS"
    sums.write_text(sums.read_text(encoding="utf-8").upper(), encoding="utf-8")
    assert not unchanged(reviewed.folder, path)


def test_codes_that_name_no_file_everywhere_are_told(tmp_path: Path) -> None:
    assert unfit(["GH-POP", "CONS", "COM10", "A.1"], tmp_path) == []
    told = [str(one.message) for one in unfit(["NUL", "com1.2", "GH-Pop", "GH-POP"], tmp_path)]
    assert len(told) == 3
    assert "differ in capital letters alone" in told[0]


def test_the_hub_s_threshold_counts_in_review_and_publication_alike(reviewed: Desk, tmp_path: Path) -> None:
    path, file = tmp_path / "open", reviewed.folder / "hub.yaml"
    assert publish(reviewed.folder, path).code == 0
    file.write_text(file.read_text(encoding="utf-8") + "threshold: 200\n", encoding="utf-8")
    stale = publish(reviewed.folder, path)
    assert (stale.code, "it changed since it was reviewed" in stale.err) == (1, True)
    accepted(reviewed.folder)
    assert publish(reviewed.folder, path).code == 0
    assert (path / "edition-2" / "data" / "GH-POP.csv").read_text(encoding="utf-8").count("confidential") == 3
    assert "below 200" in (path / "index.html").read_text(encoding="utf-8")


def test_a_reviewer_sees_the_very_files(reviewed: Desk, tmp_path: Path) -> None:
    seen, path = tmp_path / "look" / "ho", tmp_path / "open"
    done = run_command("--hub", reviewed.folder, "data", "review", HO, "-o", seen)
    assert (done.code, "Look at them before you decide." in done.err) == (0, True)
    assert publish(reviewed.folder, path).code == 0
    shown = {one.relative_to(seen).as_posix(): one.read_bytes() for one in seen.rglob("*") if one.is_file() and one.name != "SHA256SUMS"}
    assert set(shown) == {"data/GH-POP.csv", "indicators.csv", "units.csv", "sources.csv", "codes.csv"}
    assert {name: (path / "edition-1" / name).read_bytes() for name in shown} == shown
    again = run_command("--hub", reviewed.folder, "data", "review", HO, "-o", seen)
    assert (again.code, "Name a new folder" in again.err) == (1, True)

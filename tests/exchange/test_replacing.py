"""A folder that an export fills again and again, beside what people keep in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree, which
from subprocess import run
from typing import Never

import pytest

from sdgcities.errors import Refused
from sdgcities.exchange.replacing import MARK, Filling

FIRST = {"config_data.yml": "languages: [en]\n", "data/indicator_1-1-1.csv": "Year,Value\n2020,1\n", "data/indicator_1-2-1.csv": "Year,Value\n2020,2\n"}
SECOND = {**FIRST, "data/indicator_1-1-1.csv": "Year,Value\n2020,1.5\n", "meta/1-1-1.yml": "indicator_number: 1.1.1\n"}
OTHERS = {".git/HEAD": "ref: refs/heads/main\n", ".github/workflows/build.yml": "on: push\n", "README.md": "Our data\n"}


def laid(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def export(folder: Path, files: Mapping[str, str], at: str = "2026-01-01", meanwhile: Callable[[], object] = list) -> list[str]:
    """What is told of it. `meanwhile`: what happens while it runs."""
    filling = Filling(folder, ("config_data.yml",))
    with filling.filled(at) as draft:
        laid(draft, files)
        meanwhile()
    return [str(one.message) for one in filling.findings()]


def refused(folder: Path, files: Mapping[str, str]) -> str:
    """Why, and nothing is other than before."""
    before = standing(folder)
    with pytest.raises(Refused) as caught:
        export(folder, files)
    assert standing(folder) == before
    return str(caught.value.findings[0].message)


def standing(folder: Path) -> dict[str, str]:
    """Every file but the mark."""
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*") if path.is_file() and path.name != MARK}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The working folder of a git repository."""
    return laid(tmp_path / "clone", OTHERS)


def test_a_working_folder_of_git_keeps_what_is_no_exports(clone: Path) -> None:
    assert export(clone, FIRST) == []
    assert standing(clone) == {**OTHERS, **FIRST}
    untouched = (clone / "data/indicator_1-2-1.csv").stat().st_mtime_ns
    assert export(clone, SECOND, "2026-01-02") == []
    assert standing(clone) == {**OTHERS, **SECOND}
    assert (clone / "data/indicator_1-2-1.csv").stat().st_mtime_ns == untouched
    record = (clone / MARK).read_bytes()
    assert export(clone, SECOND, "2026-01-03") == []
    assert (clone / MARK).read_bytes() == record, "there is nothing to commit"
    assert export(clone, {"config_data.yml": FIRST["config_data.yml"]}) == []
    assert standing(clone) == {**OTHERS, "config_data.yml": FIRST["config_data.yml"]}
    assert not (clone / "data").exists()


def test_a_folder_that_holds_an_export_alone_is_filled_anew(tmp_path: Path) -> None:
    export(tmp_path / "out", {**FIRST, "translations/es/data.yml": "Sex: Sexo\n"})
    export(laid(tmp_path / "out", {".DS_Store": "of the system"}), SECOND)
    assert standing(tmp_path / "out") == {**SECOND, ".DS_Store": "of the system"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"config_data.yml", "data", "meta", MARK, ".DS_Store"}, "nor is an empty folder left"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_is_saved_while_an_export_runs_stays(clone: Path) -> None:
    export(clone, FIRST)
    export(clone, SECOND, meanwhile=lambda: laid(clone, {"notes.txt": "mine"}))
    own = {"data/indicator_1-1-1.csv": "mine"}
    with pytest.raises(Refused, match=r"data/indicator_1-1-1.csv was changed since"):
        export(clone, FIRST, meanwhile=lambda: laid(clone, own))
    assert standing(clone) == {**OTHERS, **SECOND, "notes.txt": "mine", **own}


def test_a_folder_that_somebody_made_while_an_export_ran_stays(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="out"):
        export(tmp_path / "out", FIRST, meanwhile=lambda: laid(tmp_path / "out", {"mine.txt": "mine"}))
    assert standing(tmp_path / "out") == {"mine.txt": "mine"}


def test_of_two_exports_at_once_the_later_is_refused(clone: Path) -> None:
    export(clone, FIRST)
    with pytest.raises(Refused, match="Another export filled it at the same time"):
        export(clone, FIRST, meanwhile=lambda: export(clone, SECOND))
    assert standing(clone) == {**OTHERS, **SECOND}


def test_a_file_that_takes_the_place_of_another_on_the_disk_is_not_taken_for_it(clone: Path) -> None:
    export(clone, FIRST)
    filling = Filling(clone)
    with filling.filled("2026-01-02") as draft:
        (clone / "config_data.yml").unlink()  # before the other is written, so that it may get its number on the disk
        laid(draft, {**FIRST, "config_data.yml": "languages: [en, es]\n"})
    assert standing(clone)["config_data.yml"] == "languages: [en, es]\n"
    assert Filling(clone).before == clone


def test_git_sees_nothing_of_a_run_before_its_end(clone: Path) -> None:
    if not (git := which("git")):
        pytest.skip("there is no git")
    rmtree(clone / ".git")
    for words in (["init"], ["add", "."]):
        run([git, "-C", str(clone), *words], check=True, capture_output=True)
    seen = [git, "-C", str(clone), "status", "--porcelain"]
    before, during = run(seen, check=True, capture_output=True).stdout, list[bytes]()
    export(clone, FIRST, meanwhile=lambda: during.append(run(seen, check=True, capture_output=True).stdout))
    assert during == [before]


def test_the_record_of_an_export_below_is_a_file_like_others(tmp_path: Path) -> None:
    export(tmp_path / "out", FIRST)
    laid(tmp_path / "out", {f"below/{MARK}": "2026-01-01\n"})
    export(tmp_path / "out", SECOND)
    assert (tmp_path / "out" / "below" / MARK).exists()


def test_a_folder_that_cannot_be_looked_into_stops_the_export(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_path: str) -> Never:
        raise PermissionError(13, "closed")

    monkeypatch.setattr(os, "scandir", closed)
    with pytest.raises(PermissionError):
        Filling(clone.parent)


def test_a_file_that_no_export_wrote_is_in_the_way_unless_it_says_the_same(clone: Path) -> None:
    laid(clone, {"data/indicator_1-1-1.csv": "Year,Value\n1999,9\n", "data/indicator_1-2-1.csv": FIRST["data/indicator_1-2-1.csv"]})
    assert refused(clone, FIRST) == "data/indicator_1-1-1.csv is in the way, and no export wrote it: nothing was replaced."
    laid(clone, {"config_data.yml": "mine\n"})
    assert refused(clone, FIRST).startswith("2 files are in the way that no export wrote, such as config_data.yml, data/indicator_1-1-1.csv: nothing")
    (clone / "config_data.yml").unlink()
    (clone / "data/indicator_1-1-1.csv").unlink()
    export(clone, FIRST)
    assert standing(clone) == {**OTHERS, **FIRST}


def test_a_file_that_a_person_changed_is_named_and_stays(clone: Path) -> None:
    export(clone, FIRST)
    laid(clone, {"data/indicator_1-2-1.csv": "Year,Value\n2020,3\n"})
    assert Filling(clone).before is None, "what was changed is not built on"
    told = "data/indicator_1-2-1.csv was changed since an export wrote it: nothing was replaced."
    assert refused(clone, SECOND) == told
    assert refused(clone, {"config_data.yml": FIRST["config_data.yml"]}) == told, "nor is it taken out"
    assert export(clone, {**SECOND, "data/indicator_1-2-1.csv": "Year,Value\n2020,3\n"}) == [], "the hub says the same now"
    (clone / "data/indicator_1-2-1.csv").unlink()
    assert export(clone, SECOND) == []
    assert standing(clone) == {**OTHERS, **SECOND}


def test_settings_that_a_person_changed_stay_and_it_is_told_each_time(clone: Path) -> None:
    export(clone, FIRST)
    own = {"config_data.yml": "languages: [en, fr]\n"}
    laid(clone, own)
    for _ in range(2):
        assert export(clone, SECOND) == ["config_data.yml was changed by hand and stays."]
        assert standing(clone) == {**OTHERS, **SECOND, **own}
    (clone / "config_data.yml").unlink()
    assert export(clone, SECOND) == []
    assert standing(clone) == {**OTHERS, **SECOND}


def test_files_of_others_between_those_of_the_export_are_told(clone: Path) -> None:
    laid(clone, {"data/indicator_9-9-9.csv": "Year,Value\n"})
    assert export(clone, FIRST) == ["1 file stays that is not of this export: data/indicator_9-9-9.csv."]


def test_ends_of_lines_that_git_turned_are_no_change(clone: Path) -> None:
    export(clone, {**FIRST, "data/indicator_1-2-1.csv": "Year,Value\r\n2020,2\r\n"})
    laid(clone, {"data/indicator_1-1-1.csv": "Year,Value\r\n2020,1\r\n", "data/indicator_1-2-1.csv": "Year,Value\n2020,2\n"})
    export(clone, SECOND)
    assert standing(clone) == {**OTHERS, **SECOND}


def test_after_an_interrupt_the_next_export_knows_the_old_files_and_the_new_ones(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(clone, FIRST)
    replace, third = Path.replace, {name: text + "more\n" for name, text in SECOND.items()}

    def stopped(self: Path, target: Path) -> Path:
        if target.name == "indicator_1-2-1.csv":
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            export(clone, third)
    assert {name for name, text in standing(clone).items() if text.endswith("more\n")} == {"config_data.yml", "data/indicator_1-1-1.csv"}
    assert not list(clone.glob(".new-*"))
    assert export(clone, SECOND) == []
    assert standing(clone) == {**OTHERS, **SECOND}


def test_nothing_is_written_or_taken_out_through_a_link(clone: Path, tmp_path: Path) -> None:
    outside = laid(tmp_path / "outside", {"indicator_1-1-1.csv": FIRST["data/indicator_1-1-1.csv"]})
    try:
        (clone / "data").symlink_to(outside, target_is_directory=True)
    except OSError:
        pytest.skip("the system lets nobody make links")
    told = "data is in the way, and no export wrote it: nothing was replaced."
    assert refused(clone, FIRST) == told
    laid(clone, {MARK: "2026-01-01\n" + "0" * 64 + "  data/indicator_1-1-1.csv\n"})
    assert "was changed since" in refused(clone, {"config_data.yml": "x"})
    assert standing(outside) == {"indicator_1-1-1.csv": FIRST["data/indicator_1-1-1.csv"]}


@pytest.mark.parametrize("name", ["../outside.txt", "data/../../outside.txt", "..\\outside.txt", "/outside.txt", "C:outside.txt"])
def test_a_record_that_names_files_elsewhere_is_not_followed(clone: Path, name: str) -> None:
    outside = clone.parent / "outside.txt"
    outside.write_bytes(b"")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    laid(clone, {MARK: f"2026-01-01\n{empty}  {name}\n"})
    export(clone, FIRST)
    assert outside.exists()


@pytest.mark.parametrize("name", ["./{}", "data/../{}", "{}/", ".\\{}"])
def test_a_file_by_another_name_on_record_is_not_taken_out(clone: Path, name: str) -> None:
    export(clone, FIRST)
    record = (clone / MARK).read_text(encoding="utf-8").replace("  config_data.yml", "  " + name.format("config_data.yml"))
    laid(clone, {MARK: record})
    assert export(clone, FIRST) == []
    assert standing(clone) == {**OTHERS, **FIRST}
    assert export(clone, FIRST) == []


@pytest.mark.parametrize("line", ["  link", f"{sha256(OTHERS['.git/HEAD'].encode()).hexdigest()}  .git/HEAD", "<<<<<<< HEAD", "\0  \0"])
def test_a_line_of_the_record_that_no_export_wrote_says_nothing(clone: Path, line: str) -> None:
    try:
        (clone / "link").symlink_to("README.md")
    except OSError:
        pytest.skip("the system lets nobody make links")
    laid(clone, {MARK: f"2026-01-01\n{line}\n"})
    export(clone, FIRST)
    assert standing(clone) == {**OTHERS, **FIRST, "link": OTHERS["README.md"]}


def test_a_folder_of_a_person_where_a_file_is_to_be_is_in_the_way(clone: Path) -> None:
    laid(clone, {"config_data.yml/mine.txt": "mine"})
    assert refused(clone, FIRST) == "config_data.yml is in the way, and no export wrote it: nothing was replaced."


def test_a_read_only_file_of_a_person_stays(clone: Path) -> None:
    export(clone, FIRST)
    laid(clone, {"meta/1-1-1.yml": "mine\n"})
    (clone / "meta/1-1-1.yml").chmod(0o444)
    assert "is in the way" in refused(clone, SECOND)


def test_names_that_differ_in_capitals_alone_are_never_mixed_up(clone: Path) -> None:
    laid(clone, {"DATA/Indicator_1-1-1.csv": "mine\n"})
    with suppress(Refused):  # where the disk takes both for one
        export(clone, FIRST)
        export(clone, SECOND)
    assert "mine\n" in standing(clone).values()


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    try:
        (tmp_path / "out").symlink_to("out")
    except OSError:
        pytest.skip("the system lets nobody make links")
    with pytest.raises(OSError, match="out"):
        export(tmp_path / "out", FIRST)


def test_a_file_where_a_folder_is_to_be_is_in_the_way(clone: Path) -> None:
    laid(clone, {"data": "a file"})
    assert refused(clone, FIRST) == "data is in the way, and no export wrote it: nothing was replaced."


def test_a_folder_that_no_export_wrote_and_git_does_not_keep_is_left_alone(tmp_path: Path) -> None:
    mine = laid(tmp_path / "mine", {"letters/one.txt": "mine"})
    assert refused(mine, FIRST) == "No export wrote this folder, such as letters/one.txt: nothing was replaced."
    (tmp_path / "empty").mkdir()
    export(tmp_path / "empty", FIRST)
    assert standing(tmp_path / "empty") == FIRST


def test_the_folder_in_which_a_person_stands_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(tmp_path / "out", FIRST)
    monkeypatch.chdir(tmp_path / "out")
    export(Path(), SECOND)
    assert standing(Path()) == standing(tmp_path / "out") == SECOND

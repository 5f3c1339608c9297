"""The inbox: a folder of files that offices sent, taken in one by one, with a receipt for each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from .conftest import Run

SAMPLE = Path(__file__).parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample"
POPULATION, WATER = "ghanapop.csv", "indicator_6-2-1.csv"


@pytest.fixture
def inbox(run: Run) -> Path:
    """A hub with a folder beside it, in which nothing lies yet."""
    assert run("init", "hub", "--country", "GH").code == 0
    folder = Path("inbox").resolve()
    folder.mkdir()
    return folder


def in_hub(run: Run, *words: object) -> tuple[int, str, str]:
    ended = run("--hub", "hub", *words)
    return ended.code, ended.out, ended.err


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_file_is_taken_or_returned_with_a_receipt(run: Run, inbox: Path) -> None:
    for name in (POPULATION, WATER):
        shutil.copy(SAMPLE / name, inbox)
    (inbox / "letter é.pdf").write_bytes(b"%PDF-1.4")
    (inbox / "empty.xlsx").touch()
    (inbox / "~$open.xlsx").write_bytes(b"lock")
    code, _, said = in_hub(run, "data", "inbox", "inbox")
    assert code == 1
    assert said.splitlines()[-1] == "2 taken, 2 to be sent back."
    assert names(inbox / "taken") == [POPULATION, WATER]
    assert names(inbox / "returned") == ["empty.xlsx", "letter é.pdf"]
    assert names(inbox / "receipts") == ["empty.xlsx.txt", f"{POPULATION}.txt", f"{WATER}.txt", "letter é.pdf.txt"]
    assert names(inbox) == ["receipts", "returned", "taken", "~$open.xlsx"]


def test_a_receipt_says_what_came_in_and_where_it_shows_and_no_path_of_the_hub(run: Run, inbox: Path) -> None:
    shutil.copy(SAMPLE / POPULATION, inbox)
    assert in_hub(run, "data", "inbox", "inbox")[0] == 0
    lines = (inbox / "receipts" / f"{POPULATION}.txt").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "Receipt of SDG Cities: Ghana"
    assert lines[2:4] == [f"File: {POPULATION}", f"Digest (SHA-256): {sha256((SAMPLE / POPULATION).read_bytes()).hexdigest()}"]
    assert f"{POPULATION}: 780 figures read: 780 stored, 0 here already, 0 refused (batch 1)." in lines
    assert "780 figures of GH-POP for 260 places." in lines
    assert str(inbox) not in "\n".join(lines)


def test_what_is_to_be_mended_stands_in_the_receipt_of_a_returned_file(run: Run, inbox: Path) -> None:
    text = (SAMPLE / POPULATION).read_text(encoding="utf-8")
    assert "GH0101" in text
    (inbox / POPULATION).write_text(text.replace("GH0101", "XX0101"), encoding="utf-8")
    assert in_hub(run, "data", "inbox", "inbox")[0] == 1
    receipt = (inbox / "receipts" / f"{POPULATION}.txt").read_text(encoding="utf-8")
    assert "To be mended, then please send the file again:" in receipt
    assert f"- {POPULATION}, row " in receipt
    assert receipt.count("column district_pcode: “XX0101”") == 1, "a row of several figures is told once"
    assert in_hub(run, "data", "batches", "--json")[1].strip() == "[]"


def test_the_same_name_may_come_in_again(run: Run, inbox: Path) -> None:
    for _ in range(2):
        shutil.copy(SAMPLE / POPULATION, inbox)
        assert in_hub(run, "data", "inbox", "inbox")[0] == 0
    assert names(inbox / "taken") == ["ghanapop (2).csv", POPULATION]
    assert "the hub holds all of them already" in (inbox / "receipts" / "ghanapop.csv (2).txt").read_text(encoding="utf-8")


def test_an_archive_is_one_delivery_with_one_receipt(run: Run, inbox: Path) -> None:
    with ZipFile(inbox / "sent.zip", "w") as archive:
        archive.write(SAMPLE / POPULATION, POPULATION)
        archive.write(SAMPLE / WATER, WATER)
    code, out, _ = in_hub(run, "data", "inbox", "inbox", "--json")
    assert code == 0, out
    assert names(inbox / "taken") == ["sent.zip"]
    receipt = (inbox / "receipts" / "sent.zip.txt").read_text(encoding="utf-8")
    assert POPULATION in receipt
    assert WATER in receipt


def test_an_empty_inbox_is_said_and_a_missing_one_refused(run: Run, inbox: Path) -> None:
    assert in_hub(run, "data", "inbox", inbox) == (0, "", "No file waits in inbox.\n")
    code, _, said = in_hub(run, "data", "inbox", "nowhere")
    assert code == 1
    assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system itself refuses such a name")
def test_a_name_that_is_no_text_is_taken_in_and_written_as_far_as_it_can_be(run: Run, inbox: Path) -> None:
    shutil.copy(SAMPLE / WATER, inbox / os.fsdecode(b"indicator_6-2-1 \xe7.csv"))
    shutil.copytree(inbox, "kept")
    _, _, said = in_hub(run, "data", "inbox", "inbox")
    assert "itself" not in said
    (receipt,) = (inbox / "receipts").iterdir()
    assert receipt.name == "indicator_6-2-1 \ufffd.csv.txt"
    assert "indicator_6-2-1 \ufffd.csv" in receipt.read_text(encoding="utf-8")
    code, _, said = in_hub(run, "data", "import", "kept")
    assert (code, "already" in said) == (0, True)


def test_where_no_receipt_can_be_written_nothing_is_stored(run: Run, inbox: Path) -> None:
    shutil.copy(SAMPLE / WATER, inbox)
    (inbox / "receipts").write_text("a file where the folder should be", encoding="utf-8")
    code, _, said = in_hub(run, "data", "inbox", "inbox")
    assert (code, "receipts" in said, (inbox / WATER).exists()) == (1, True, True)
    assert in_hub(run, "data", "batches")[1] == ""


def test_two_at_one_inbox_share_its_files_and_neither_stumbles(run: Run, inbox: Path) -> None:
    assert run("--version").code == 0
    for number in range(10):
        (inbox / f"{number}.csv").write_text("rubbish\n1\n", encoding="utf-8")
    command = [sys.executable, "-m", "sdgcities.cli.main", "--hub", "hub", "data", "inbox", "inbox"]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") for _ in range(2)]
    ended = [one.communicate()[1].splitlines()[-1] for one in both]
    assert sum(int(line.split(", ")[1].split()[0]) for line in ended if "to be sent back" in line) == 10, ended
    assert all("to be sent back" in line or "No file waits" in line for line in ended), ended
    assert len(names(inbox / "returned")) == len(names(inbox / "receipts")) == 10


@pytest.mark.usefixtures("inbox")
def test_a_folder_that_is_not_there_is_told_in_the_reader_s_words(run: Run) -> None:
    code, _, said = in_hub(run, "data", "inbox", "elsewhere")
    assert (code, said) == (1, "✗ elsewhere: There is no such folder. Give the folder with the files that came in.\n")

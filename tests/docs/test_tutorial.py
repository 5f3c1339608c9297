"""The lesson is done as it is written: every file is saved, every command run, in the order of the page."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import ROOT

PAGE = ROOT / "docs" / "tutorial" / "your-first-plugin.md"
pytestmark = pytest.mark.slow

_MARK = re.compile(r"^<!-- (?P<does>runs|shows|write|add|replace|take out|delete|translate)(?:: (?P<what>.+))? -->$", re.MULTILINE)
_BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_BLOCKS = {"replace": 2, "delete": 0}


class Reader:
    """Somebody who follows the page in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.printed = ""

    def runs(self, _: str, commands: str) -> None:
        """Type a block of commands; each must succeed."""
        self.printed = ""
        for line in commands.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                self.folder = (self.folder / words[0]).resolve()
                continue
            assert program == "sdgcities"
            command = [sys.executable, "-m", "sdgcities.cli.main", *words]
            done = subprocess.run(command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
            assert done.returncode == 0, f"{line}\n{done.stdout}"
            self.printed += done.stdout

    def shows(self, _: str, excerpt: str) -> None:
        """Compare what is shown with what was printed; `...` stands for anything."""
        printed, position = _plain(self.printed), 0
        for part in (part for line in excerpt.splitlines() for part in line.split("...") if part.strip()):
            position = printed.find(_plain(part).strip(), position)
            assert position >= 0, f"{part!r} is not in\n{self.printed}"

    def write(self, file: str, text: str) -> None:
        """Save a file."""
        (self.folder / file).write_text(text, encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        """Write at the end of a file."""
        self.write(file, self._read(file) + text)

    def replace(self, file: str, old: str, new: str) -> None:
        """Put something in the place of what stands there once."""
        assert self._read(file).count(old) == 1, f"{file} has not once:\n{old}"
        self.write(file, self._read(file).replace(old, new))

    def take_out(self, file: str, old: str) -> None:
        """Take lines out."""
        self.replace(file, old, "")

    def delete(self, path: str) -> None:
        """Delete a file or a folder."""
        gone = self.folder / path
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()

    def translate(self, file: str, entries: str) -> None:
        """Fill in texts of a catalogue that are empty."""
        for entry in entries.strip().split("\n\n"):
            text = re.search(r'^msgid "(.+)"$', entry, re.MULTILINE)
            assert text
            self.replace(file, f'msgid "{text[1]}"\nmsgstr ""\n', f"{entry}\n")

    def _read(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def steps(page: str) -> Iterator[tuple[str, list[str]]]:
    """What the reader does, in order: the mark, and what it says with its blocks."""
    for mark in _MARK.finditer(page):
        blocks = [found[1] for found in _BLOCK.finditer(page, mark.end())][: _BLOCKS.get(mark["does"], 1)]
        yield mark["does"].replace(" ", "_"), [mark["what"] or "", *blocks]


def test_every_block_of_the_page_is_part_of_a_step() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert len(_BLOCK.findall(page)) == sum(len(said) - 1 for _, said in steps(page))


def test_the_lesson_works_as_it_is_written(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for does, said in steps(PAGE.read_text(encoding="utf-8")):
        step: Callable[..., None] = getattr(reader, does)
        step(*said)
    report = (tmp_path / "my-hub" / "reports" / "KE042.sw.html").read_text(encoding="utf-8")
    assert all(shown in report for shown in ("Kisumu", "Idadi ya watu", "Kenya National Bureau of Statistics"))
    form = (tmp_path / "kenya" / "preview" / "form-city-profile.sw.html").read_text(encoding="utf-8")
    assert "Jina la serikali ya kaunti" in form
    assert not re.search(r"Example (?:City|Region)", report)

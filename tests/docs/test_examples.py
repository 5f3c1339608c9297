"""What the pages show as output comes out, and what they tell people to run does run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, block

README, PLUGIN_FILES = ROOT / "README.md", ROOT / "docs" / "plugin-files.md"
pytestmark = pytest.mark.slow


def run(words: list[str], folder: Path) -> str:
    """What a command prints, on both streams. It must succeed."""
    command = [sys.executable, "-m", "sdgcities.cli.main", *words]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    return done.stdout


def run_all(lines: str, folder: Path) -> str:
    """Run a block of commands as a shell would; `cd` moves on."""
    told = ""
    for line in lines.splitlines():
        program, *words = shlex.split(line)
        if program == "cd":
            folder = folder / words[0]
        else:
            assert program == "sdgcities"
            told += run(words, folder)
    return told


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def test_the_excerpt_in_the_readme_is_what_the_demonstration_prints(tmp_path: Path) -> None:
    printed = plain(run(["--lang", "en", "demo", "demo", "--country", "ghana"], tmp_path))
    position = 0
    for line in block(README, "demo output").splitlines():
        if line.strip() != "...":
            position = printed.find(plain(line).strip(), position)
            assert position >= 0, line


def test_a_hub_of_ones_own_is_started_as_the_readme_says(tmp_path: Path) -> None:
    (tmp_path / "plugins").symlink_to(ROOT / "plugins")
    run_all(block(README, "runs"), tmp_path)
    hub = tmp_path / "my-hub"
    assert (hub / "reports" / "GH1408.en.html").is_file()
    told = run_all(block(README, "runs: own files"), hub)
    assert "The profile gss-open-sdg reads this file." in told
    assert (hub / "gaps.xlsx").is_file()


def test_the_example_plugin_loads_and_imports_its_table(tmp_path: Path) -> None:
    files = dict(re.findall(r"^`([^`]+)`:\n\n```\w+\n(.*?)^```$", PLUGIN_FILES.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
    assert len(files) == 10
    for name, text in files.items():
        path = tmp_path / ("plugins-of-mine" if "/" in name else "") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    told = run_all(block(PLUGIN_FILES, "runs: example"), tmp_path)
    assert "All is well." in told
    assert "5 → 7" in told
    assert "Port Clito · Population · 2024: 12,000 persons" in told
    told = run_all(block(PLUGIN_FILES, "runs: half-years"), tmp_path)
    assert "Port Clito · Population · second half of 2024 [Female]: 6,100 persons (status P)" in told

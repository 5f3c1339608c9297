"""The command line as a person meets it: words in, exit code and two streams out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sdgcities.cli.main import cli


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:  # noqa: ANN401 - whatever the command prints
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


Run = Callable[..., Ended]


def run_command(*words: object) -> Ended:
    """Run in this process; a fault of our own would be a traceback, and fails the test."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert "Traceback" not in result.stderr
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Ended(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("SDGCITIES_LANG", "SDGCITIES_ACTOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder."""
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return run_command


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration hub of Ghana, built once."""
    folder = tmp_path_factory.mktemp("demonstration")
    ended = run_command("demo", folder, "--country", "ghana")
    assert ended.code == 0, ended.err
    return folder / "ghana"


@pytest.fixture
def hub(demonstrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to do anything with; the current folder."""
    folder = tmp_path / "hub"
    shutil.copytree(demonstrated, folder)
    monkeypatch.chdir(folder)
    return folder

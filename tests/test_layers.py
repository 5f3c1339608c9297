"""The house stands as drawn: types and layers hold over the core, the plugins and the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent


def run(command: str, cwd: Path, *paths: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
    return subprocess.run([BIN / command], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_mypy_finds_nothing(checkout: Path) -> None:
    done = run("mypy", checkout)
    assert done.returncode == 0, done.stdout


def test_every_import_goes_downwards(checkout: Path) -> None:
    done = run("lint-imports", checkout)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "statement"),
    [
        ("core/sdgcities/model/upwards.py", "import sdgcities.intake"),
        ("core/sdgcities/i18n/sideways.py", "import sdgcities.store"),
        ("core/sdgcities/contract/outwards.py", "import yaml"),
        ("core/sdgcities/attic/__init__.py", ""),
        ("plugins/ghana/sdgcities_ghana/inwards.py", "import sdgcities.model"),
        ("plugins/ghana/sdgcities_ghana/abroad.py", "import sdgcities_portugal"),
    ],
)
def test_an_import_that_breaks_the_house_is_found(checkout: Path, tmp_path: Path, file: str, statement: str) -> None:
    for name in ("core", "plugins"):
        shutil.copytree(checkout / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    shutil.copy(checkout / "pyproject.toml", tmp_path)
    wrong = tmp_path / file
    wrong.parent.mkdir(exist_ok=True)
    wrong.write_text(statement + "\n", encoding="utf-8")
    done = run("lint-imports", tmp_path, tmp_path / "core", *(tmp_path / "plugins").iterdir())
    assert done.returncode == 1
    assert wrong.stem in done.stdout or wrong.parent.name in done.stdout

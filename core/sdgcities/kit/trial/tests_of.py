"""A plugin's own tests: where they are, and pytest on them in a process of its own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import msg
from sdgcities.kit.subject import Subject

CONTRACT = "PluginContract"
"""What the contract tests of a plugin are a subclass of."""
KIT = "sdgcities.testing.contract"
NOTHING_COLLECTED = 5
"""How pytest ends where it finds no test."""


def tests_folder(subject: Subject) -> Path | None:
    """The folder of the plugin's tests; None where it was installed without its sources, or has none."""
    folder = subject.project / "tests" if subject.project else None
    return folder if folder and next(folder.rglob("test_*.py"), None) else None


def contract_tests(folder: Path) -> Iterator[Path]:
    """The test modules that hold a subclass of PluginContract which pytest collects. They are read, not run."""
    for path in sorted({*folder.rglob("test_*.py"), *folder.rglob("*_test.py")}):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue  # pytest itself will say what is wrong with it
        if any(isinstance(node, ast.ClassDef) and node.name.startswith("Test") and any(map(_is_contract, node.bases)) for node in tree.body):
            yield path


def _is_contract(base: ast.expr) -> bool:
    return (base.id if isinstance(base, ast.Name) else base.attr if isinstance(base, ast.Attribute) else "") == CONTRACT


def need_pytest() -> None:
    """Refuse where pytest is not installed: hubs do without it."""
    if not find_spec("pytest"):
        raise refuse("tests.pytest", msg("Tests need pytest, which is not installed."), msg('Install it: pip install "sdgcities[testing]".'))


def words(subject: Subject, level: str | None = None) -> list[str]:
    """The command that runs the plugin's tests; of one without any, the contract tests on it."""
    folder = tests_folder(subject)
    chosen = [str(folder)] if folder else ["--pyargs", KIT, "--sdgcities-plugin", str(subject.folder)]
    chosen += ["--sdgcities-level", level] if level else []
    chosen += ["--sdgcities-plugins-dir", str(subject.plugins_dir.resolve())] if subject.plugins_dir else []
    return [sys.executable, "-m", "pytest", *chosen]


def surroundings() -> dict[str, str]:
    """The environment of a child that imports what we import, and leaves no compiled files beside the sources."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def run_shown(subject: Subject, level: str | None) -> int:
    """Run the tests, showing what pytest prints; its exit status. Raises Refused without pytest."""
    need_pytest()
    return subprocess.run(words(subject, level), cwd=subject.project or Path.cwd(), env=surroundings(), check=False).returncode  # noqa: S603 - pytest itself

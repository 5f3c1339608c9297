"""The Python of a plugin under `mypy --strict`, where mypy is installed."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from os import environ, pathsep
from pathlib import Path
from subprocess import DEVNULL, TimeoutExpired, run

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.i18n.catalogues import cache_folder
from sdgcities.kit.rule import Unchecked

LIMIT = 600.0
"""Seconds that the type checker has."""
_LINE = re.compile(r"(?P<file>.+?):(?P<line>[0-9]+):(?P<character>[0-9]+): error: (?P<problem>.*?)(?:  \[(?P<code>[a-z-]+)\])?")
_OPTIONS = ("--strict", "--config-file=", "--explicit-package-bases", "--show-column-numbers", "--no-error-summary", "--no-color-output", "--no-pretty")


def type_faults(package: Path) -> Iterator[Finding]:
    """What mypy finds in the modules of a package. Raises Unchecked where it can't be asked."""
    modules = sorted(package.rglob("*.py"))
    if not any(map(_has_code, modules)):
        return
    if find_spec("mypy") is None:
        raise Unchecked(msg("mypy is not installed here: pip install mypy."))
    path = pathsep.join([str(package.parent), *(place for place in environ.get("MYPYPATH", "").split(pathsep) if place)])
    command = [sys.executable, "-m", "mypy", *_OPTIONS, f"--cache-dir={cache_folder('mypy')}", *map(str, modules)]
    try:
        done = run(  # noqa: S603 - the type checker, on files of the plugin
            command, stdin=DEVNULL, capture_output=True, env={**environ, "MYPYPATH": path}, cwd=package.parent, timeout=LIMIT, check=False
        )
    except TimeoutExpired as error:
        raise Unchecked(msg("mypy did not come to an end within %(seconds)s seconds.", seconds=f"{LIMIT:g}")) from error
    output = done.stdout.decode("utf-8", "replace")
    found = [match for line in output.splitlines() if (match := _LINE.fullmatch(line.rstrip()))]
    if done.returncode and not found:
        told = (done.stderr.decode("utf-8", "replace") or output).strip().splitlines() or ["?"]
        raise Unchecked(msg("mypy could not look at it: %(problem)s", problem=told[-1][:200]))
    for match in found:
        file = Path(match["file"]) if Path(match["file"]).is_absolute() else package.parent / match["file"]
        where = Where(file=str(file), line=int(match["line"]), character=int(match["character"]))
        hint = msg("Correct the type, or the code; mypy calls it %(code)s.", code=match["code"] or "error")
        yield Finding("hooks.type", Severity.BLOCK, msg("mypy --strict: %(problem)s", problem=match["problem"]), hint, where)


def _has_code(module: Path) -> bool:
    """Whether a module does more than describe itself."""
    try:
        return any(not isinstance(node, ast.Expr) for node in ast.parse(module.read_bytes()).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # mypy tells what is wrong with it

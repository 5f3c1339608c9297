"""The generated pages are those that the code gives today, and every hook on them is exercised by a test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docs.generate import FOLDER, PAGES
from docs.generate.hooks import kind, signature

from sdgcities import api
from sdgcities.kit.quality import rules
from sdgcities.plugin.signatures import HOOKS

from .conftest import ROOT

HOOKS_PAGE = FOLDER / "hooks.md"


def sections(page: Path) -> dict[str, str]:
    """The text below each heading that is not the page's own."""
    parts = re.split(r"^##+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def exercised(file: Path) -> Iterator[str]:
    """The hooks that a test module calls, or implements in a plugin that it writes out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    yield from (function.attr if isinstance(function, ast.Attribute) else function.id for function in called if isinstance(function, ast.Attribute | ast.Name))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    yield from (hook for text in texts for hook in re.findall(r"^\s*def (sdgcities_\w+)\(", text, re.MULTILINE))
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and any("hookimpl" in ast.unparse(mark) for mark in function.decorator_list):
            yield function.name


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_the_one_that_is_made_today(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == PAGES[name](), "run make reference"


def test_every_hook_is_documented_with_its_exact_arguments() -> None:
    told = sections(HOOKS_PAGE)
    assert list(told) == list(HOOKS)
    for hook, text in told.items():
        assert f"@hookimpl\n{signature(hook)}: ...\n" in text
        assert text.split("```")[2].strip().lower().startswith(f"*{kind(hook)}, since plugin api ")


def test_the_signature_is_the_one_of_the_source() -> None:
    written = (ROOT / "core" / "sdgcities" / "plugin" / "specs.py").read_text(encoding="utf-8")
    assert [hook for hook in HOOKS if f"\n{signature(hook)}:\n" not in written] == []


def test_every_hook_is_exercised_by_a_test() -> None:
    modules = [file for folder in (ROOT / "tests", *(ROOT / "plugins").glob("*/tests")) for file in sorted(folder.rglob("*.py"))]
    seen = {name for file in modules for name in exercised(file)}
    assert {hook for hook in HOOKS if hook not in seen} == set()


def test_a_hook_that_is_only_mentioned_counts_as_not_exercised(tmp_path: Path) -> None:
    module = tmp_path / "test_it.py"
    module.write_text('NAME = "sdgcities_units"\nassert "sdgcities_forms" in dir()\n', encoding="utf-8")
    assert not set(HOOKS) & set(exercised(module))


def test_every_name_of_the_facade_is_documented() -> None:
    assert list(sections(FOLDER / "api.md")) == api.__all__


def test_every_rule_has_its_heading() -> None:
    told = sections(FOLDER / "rules.md")
    assert [title for title in told if title not in {"Bronze", "Silver", "Gold"}] == sorted((rule.id for rule in rules()), key=list(told).index)
    assert all(rule.page.partition("#")[2] in told for rule in rules())


@pytest.mark.parametrize("name", ["manifest.md", "files.md"])
def test_every_key_says_what_it_means(name: str) -> None:
    rows = re.findall(r"^\| `(\S+)` \|.*\| (.*) \|$", (FOLDER / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert rows
    assert [key for key, told in rows if not told.strip()] == []

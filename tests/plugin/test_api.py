"""What plugin authors rely on is documented exactly as it is."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sdgcities import plugin
from sdgcities.plugin import specs
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.plugins import Plugins
from sdgcities.plugin.signatures import HOOKS


def test_the_calls_have_the_arguments_of_the_hooks() -> None:
    calls = {name: tuple(inspect.signature(call).parameters)[1:] for name, call in vars(specs.HookCalls).items() if name.startswith(specs.PREFIX)}
    assert calls == HOOKS


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_says_when_it_is_called_what_none_means_and_since_when(hook: str) -> None:
    text = inspect.getdoc(getattr(specs, hook)) or ""
    assert "Called " in text
    assert "None" in text
    assert "Since API 1.0." in text


def test_the_example_of_the_docstring_works(tmp_path: Path) -> None:
    blocks = [inspect.cleandoc(block) for block in re.findall(r"(?:^ {4}.*\n|^\n)+", plugin.__doc__ or "", re.MULTILINE) if block.strip()]
    folder = tmp_path / "sdgcities_atlantis"
    folder.mkdir()
    (folder / "plugin.yaml").write_text(blocks[0], encoding="utf-8")
    (folder / "hooks.py").write_text(blocks[1], encoding="utf-8")
    plugins = Plugins.open(discover(tmp_path), ["atlantis"], ["XA"])
    assert plugins.units("XA")["XA01"].name == "Upper Island"


def test_what_authors_import_is_light() -> None:
    code = "import sys, sdgcities.plugin, sdgcities.api; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"pluggy", "sqlalchemy", "jsonschema", "jsonschema_rs", "babel", "jinja2", "yaml"} & set(loaded)

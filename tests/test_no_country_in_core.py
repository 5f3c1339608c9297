"""The core knows no country: what is a country's own stands in its plugin.

Where a proposed milestone names the place a practice was seen in, that is its source, and stays; so do examples of commands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel import Locale

from sdgcities.intake.yaml import load_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.discovery import discover

ROOT = Path(__file__).resolve().parents[1]
CORE = [ROOT / "core" / "sdgcities", ROOT / "templates"]
SOURCES = frozenset({"grounding", "reason", "rationale", "source"})
"""The keys of a data file that say where something comes from, and why it was proposed."""
COUNTRIES_BY_RULE = frozenset({"Kosovo"})
"""How lists of the United Nations have to write it, with its footnote, wherever it is listed."""


def names_and_codes(manifests: tuple[Manifest, ...]) -> re.Pattern[str]:
    """Names of every country, of what the plugins are about, and the plugins' codes of countries, currencies and languages."""
    territories = Locale("en").territories
    names = (
        {name for code, name in territories.items() if re.fullmatch(r"[A-Z]{2}", code)}
        - COUNTRIES_BY_RULE
        - {"World", "United Nations", "European Union", "Eurozone"}
    )
    names |= {manifest.title for manifest in manifests} | {"Turkey", "Ghanaian", "Portuguese", "Turkish", "Türkiye"}
    names |= {manifest.name for manifest in manifests} | {manifest.currency for manifest in manifests} | {"cedi", "cedis", "lira", "GH₵"}
    codes = [f"[\"']{code}[\"']" for manifest in manifests for code in manifest.countries]
    return re.compile("|".join([*(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names)), *codes]))


@pytest.fixture(scope="module")
def country() -> re.Pattern[str]:
    return names_and_codes(tuple(manifest for manifest in discover(None).manifests if manifest.countries))


def in_python(path: Path) -> Iterator[str]:
    """What a module says, but for the examples of its commands."""
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield f'"{re.sub(r"Example: .*", "", node.value, flags=re.DOTALL)}"'
        elif isinstance(node, ast.Name):
            yield node.id


def in_yaml(path: Path) -> Iterator[str]:
    todo: list[object] = [load_yaml(path).data]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            todo += [value for key, value in node.items() if key not in SOURCES]
            todo += list(node)
        elif isinstance(node, list):
            todo += node
        else:
            yield f'"{node}"'


def in_text(path: Path) -> Iterator[str]:
    yield path.read_text(encoding="utf-8")


READERS: dict[str, Callable[[Path], Iterator[str]]] = {".py": in_python, ".yaml": in_yaml, ".html": in_text, ".json": in_text}
FILES = [path for folder in CORE for path in sorted(folder.rglob("*")) if path.suffix in READERS and ".cache" not in path.parts]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_country_is_named(path: Path, country: re.Pattern[str]) -> None:
    found = {match[0] for text in READERS[path.suffix](path) for match in country.finditer(text)}
    assert found == set()


def test_the_search_finds_what_it_looks_for(country: re.Pattern[str], tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('if country == "GH":\n    name, money = "Portugal", "EUR"\n', encoding="utf-8")
    assert {match[0] for text in in_python(module) for match in country.finditer(text)} == {'"GH"', "Portugal", "EUR"}
    data = tmp_path / "data.yaml"
    data.write_text("currency: TRY\nreason: seen in Ghana\n", encoding="utf-8")
    assert {match[0] for text in in_yaml(data) for match in country.finditer(text)} == {"TRY"}

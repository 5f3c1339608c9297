"""Catalogues written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sdgcities.model.plugins import Layer, Manifest

Write = Callable[[str, str, str], Path]
Plugin = Callable[..., Manifest]


@pytest.fixture
def write_po(tmp_path: Path) -> Write:
    """Writes the catalogue of a language into <plugin>/locales and gives its path."""

    def write(plugin: str, language: str, body: str) -> Path:
        path = tmp_path / plugin / "locales" / language / "LC_MESSAGES" / "sdgcities.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n\n{body}', encoding="utf-8")
        return path

    return write


@pytest.fixture
def plugin(tmp_path: Path) -> Plugin:
    """A plugin's manifest, its catalogues in <name>/locales."""

    def build(
        name: str, layer: Layer = Layer.COUNTRY, currency: str = "", formats: dict[str, dict[str, str]] | None = None, countries: tuple[str, ...] = ()
    ) -> Manifest:
        paths = {"locales": "locales"}
        return Manifest(name, name, "1", (1, 0), layer, tmp_path / name, countries, currency=currency, paths=paths, formats=formats or {})

    return build

"""The pages that people read, and the commands in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", ROOT / "AGENTS.md", *sorted((ROOT / "docs").rglob("*.md")))

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_BLOCK_LINE = re.compile(r"^(?: {4})?(?:\$ )?(?:[A-Z_]+=\S+ )?(?:\S*[\\/])?sdgcities (?P<words>[a-z-].*)$", re.MULTILINE)
_INLINE = re.compile(r"`sdgcities ((?:-|[a-z])[^`]*)`")


@dataclass(frozen=True)
class Shown:
    """A command line as a page shows it. In running text its arguments may be left out."""

    page: str
    words: tuple[str, ...]
    complete: bool

    def __str__(self) -> str:
        return f"{self.page}: sdgcities {shlex.join(self.words)}"


def shown_commands() -> list[Shown]:
    """Every command line of the pages."""
    return [shown for page in PAGES for shown in _of(page)]


def block(page: Path, mark: str) -> str:
    """The fenced block below a comment."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert found, f"{page.name} has no block {mark!r}"
    return found[1]


def _of(page: Path) -> Iterator[Shown]:
    text = page.read_text(encoding="utf-8")
    name = page.relative_to(ROOT).as_posix()
    prose = _FENCED.sub("", text)
    for found in _BLOCK_LINE.finditer(text):
        yield Shown(name, tuple(shlex.split(found["words"])), complete=True)
    for found in _INLINE.finditer(prose):
        yield Shown(name, tuple(shlex.split(found[1])), complete=False)

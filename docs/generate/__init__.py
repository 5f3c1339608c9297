"""The pages of the reference that the code, the schemas and the rules tell. `make reference` writes them; a test holds them to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs.generate import commands, facade, hooks, rules
from docs.generate.schemas import files_page, manifest_page

FOLDER = Path(__file__).resolve().parents[1] / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands.page,
    "manifest.md": manifest_page,
    "files.md": files_page,
    "rules.md": rules.page,
    "hooks.md": hooks.page,
    "api.md": facade.page,
}

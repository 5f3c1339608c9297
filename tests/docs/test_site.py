"""The site can be read in a folder, without internet: links lead somewhere, nothing is loaded from elsewhere, search needs no server."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from .conftest import ROOT

pytestmark = pytest.mark.slow
LOADING = {"audio", "embed", "iframe", "img", "link", "object", "script", "source", "video"}


class Page(HTMLParser):
    """The links of a page, what it loads, and the places in it that a link can lead to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: set[str] = {""}
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.places.add(value)
            if name in {"href", "src"} and value:
                (self.loads if tag in LOADING else self.links).append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """The built pages by their file."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "sphinx", "--builder", "html", "--fail-on-warning", "--keep-going", "--quiet", str(ROOT / "docs"), str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert built.returncode == 0, built.stderr
    return {file: Page(file) for file in sorted(folder.rglob("*.html"))}


def folder_of(site: dict[Path, Page]) -> Path:
    return next(file.parent for file in site if file.name == "search.html")


def test_links_lead_to_a_page_and_a_place_on_it(site: dict[Path, Page]) -> None:
    lost = []
    for page in site.values():
        for link in page.links:
            if re.match(r"[a-z]+:", link):
                continue
            path, _, place = unquote(link).partition("#")
            there = (page.file.parent / path).resolve() if path else page.file
            if not there.is_file() or (there in site and place not in site[there].places):
                lost.append(f"{page.file.name}: {link}")
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(site: dict[Path, Page]) -> None:
    for page in site.values():
        assert page.loads
        assert [load for load in page.loads if "//" in load] == []
    for style in folder_of(site).rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"(?:@import|url\()\s*[\"']?(?:https?:)?//", text), style.name


def test_search_works_without_a_server(site: dict[Path, Page]) -> None:
    search = site[folder_of(site) / "search.html"]
    assert any("searchindex.js" in load for load in search.loads)
    index = (folder_of(site) / "searchindex.js").read_text(encoding="utf-8")
    assert index.startswith("Search.setIndex(")
    assert "tutorial/your-first-plugin" in index


def test_every_hook_and_rule_has_its_place(site: dict[Path, Page]) -> None:
    reference = folder_of(site) / "reference"
    for name in ("hooks", "rules"):
        text = (ROOT / "docs" / "reference" / f"{name}.md").read_text(encoding="utf-8")
        wanted = {title for title in re.findall(r"^##+ (\S+)$", text, re.MULTILINE) if title.islower()}
        assert wanted
        assert wanted <= site[reference / f"{name}.html"].places

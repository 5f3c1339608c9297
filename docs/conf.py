"""The documentation as a site: `make docs` builds it from the Markdown of this folder, offline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers.special import TextLexer

from sdgcities import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "sdgcities"
version = release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "generate"]
myst_heading_anchors = 4
nitpicky = True
highlight_language = "none"
smartquotes = False

html_theme = "furo"
html_title = f"sdgcities {version}"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # a page opened from a folder may not fetch the others


def setup(app: Sphinx) -> None:
    """Tables stand in the pages as CSV, which the highlighter has no colours for."""
    app.add_lexer("csv", TextLexer)

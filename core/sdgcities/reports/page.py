"""One page out of texts, charts and tables, which loads nothing: progress, scans and published datasets take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from sdgcities.errors import refuse
from sdgcities.findings import Where, msg
from sdgcities.reports import wording as words
from sdgcities.reports.charts.chart import Chart, Layout, Table
from sdgcities.reports.render import environment
from sdgcities.reports.signs import MARKS, finished
from sdgcities.reports.wording import Wording
from sdgcities.writing import put


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 2 begins a section, 3 a part of one."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `strong` sets it off as what a reader must not miss."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """One text below the other."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """Files that lie beside the page, one below the other: what each is called, its path from the page, and what is said of it."""

    files: tuple[tuple[str, str, str], ...]


Block = Links | Heading | Words | Listing | Chart | Table
_KINDS = {Links: "links", Heading: "heading", Words: "words", Listing: "listing", Chart: "chart", Table: "table"}


def write_page(path: Path, title: str, blocks: Sequence[Block], wording: Wording) -> None:
    """Write one HTML file with these blocks below a title: self-contained, the same bytes for the same blocks.

    Texts come in as the reader reads them: by `wording.message(msg(...))`, `wording.text(...)`. Raises Refused where the file can't be written.
    """
    put_page(path, page_of(title, blocks, wording).encode())


def put_page(path: Path, page: bytes) -> None:
    """Put a page in place. Raises Refused where it can't be written."""
    try:
        put(path, page)
    except OSError as error:
        problem = msg("The report can't be written: %(reason)s.", reason=error.strerror or str(error))
        raise refuse("report.unwritable", problem, msg("Name a file elsewhere: -o FILE."), Where(file=str(path))) from error


def page_of(title: str, blocks: Sequence[Block], wording: Wording) -> str:
    """The page as text."""
    page = (
        environment("reports")
        .get_template("page.html")
        .render(
            title=title,
            blocks=[(_KINDS[type(block)], block) for block in blocks],
            w=wording,
            words=words,
            _=wording.say,
            matrix=Layout.MATRIX,
            drawing=Markup,  # of our own drawings only: they escape the texts in them
        )
    )
    return finished(page, MARKS[wording.translator.direction])

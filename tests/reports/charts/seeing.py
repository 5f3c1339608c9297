"""What a reader gets of a chart: its drawing, looked at as boxes of text, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reports.reading import Element, read

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.intake.svg import check_svg
from sdgcities.reports.charts.chart import Chart
from sdgcities.reports.charts.palette import FONT_SIZE, LETTER
from sdgcities.reports.signs import MARKS, finished, visible
from sdgcities.reports.wording import Wording

ENGLISH = Wording(Translator("en", Catalogues(())), Formats("en"), {}, {})
TOLERANCE = 1.5


def speaking(language: str) -> Wording:
    return Wording(Translator(language, Catalogues(())), Formats(language), {}, {})


@dataclass(frozen=True)
class Box:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > TOLERANCE and down > TOLERANCE


def drawing(chart: Chart) -> Element:
    """The drawing as a browser shows it, after the project's own reader has taken it for a file from outside."""
    svg = finished(chart.svg, MARKS["ltr"])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "chart.svg"
        file.write_text(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1), encoding="utf-8")
        check_svg(file)
    assert not re.search(r"url\(|href| id=|\bnan\b|\binf\b|style=", svg)
    (found,) = read(svg).all("svg")
    return found


def boxes(element: Element, x: float = 0, y: float = 0) -> Iterator[Box]:
    """Where texts stand, at the width of an average letter."""
    for child in element.children:
        if not isinstance(child, Element):
            continue
        given = child.attributes
        if child.tag == "g" and "translate" in given.get("transform", ""):
            across, down = map(float, given["transform"].removeprefix("translate(").removesuffix(")").split())
            yield from boxes(child, x + across, y + down)
        elif child.tag == "text":
            size = float(given.get("font-size", FONT_SIZE))
            long = len(visible(child.text)) * LETTER * size / FONT_SIZE
            left = x + float(given.get("x", 0)) - {"end": long, "middle": long / 2}.get(given.get("text-anchor", ""), 0)
            line = y + float(given["y"])
            yield Box(child.text, left, line - 0.75 * size, left + long, line + 0.2 * size)
        else:
            yield from boxes(child, x, y)


def texts_apart(chart: Chart) -> list[Box]:
    """The texts of the drawing; they lie inside it and touch none of the others."""
    svg = drawing(chart)
    found = list(boxes(svg))
    width, height = float(svg.attributes["width"]), float(svg.attributes["height"])
    for box in found:
        assert box.left >= -1 - LETTER * 3, box  # a name is cut at an average letter: a little of it may lie beyond
        assert box.right <= width + TOLERANCE, (box, width)
        assert box.top >= -TOLERANCE, box
        assert box.bottom <= height + TOLERANCE, (box, height)
    assert [pair for pair in combinations(found, 2) if pair[0].touches(pair[1])] == []
    return found


def said(chart: Chart) -> str:
    return visible(f"{chart.title}. {chart.finding}")


def rows(chart: Chart) -> list[tuple[str, ...]]:
    assert chart.table is not None
    assert all(len(row) == len(chart.table.headings) for row in chart.table.rows)
    return [tuple(map(visible, row)) for row in chart.table.rows]

"""The UMF as a matrix: what a place knows of each domain and objective."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import escape

from sdgcities.findings import msg, nmsg
from sdgcities.frameworks.lists import domains, objectives
from sdgcities.reports.charts.chart import Chart, Layout, Table
from sdgcities.reports.charts.legend import Key, legend
from sdgcities.reports.charts.lines import shape_of
from sdgcities.reports.charts.palette import AROUND, AXIS, FONT_SIZE, INK, OWN, folded, svg
from sdgcities.reports.wording import Wording

FIRST, ACROSS, DOWN, HEAD = 132, 122, 62, 44
"""Pixels: of the domains' names, of a cell, and of the objectives' names."""
LETTERS = 16, 17
"""In a line of a domain's and of an objective's name."""
LARGE = 17
BAR = 6


@dataclass(frozen=True, slots=True)
class Known:
    """How many indicators are assigned to a cell, and how many of them have a value, a target, or a recorded reason why there is no value."""

    indicators: int
    valued: int = 0
    targets: int = 0
    reasons: int = 0


def umf_matrix(title: str, cells: Mapping[str, Known], wording: Wording) -> Chart:
    """Domains by objectives; `cells` by their code (1.1 to 5.4), those that are left out hold no indicator. `title` says of which place."""
    held = [cell for cell in cells.values() if cell.indicators]
    finding = wording.message(
        nmsg(
            "%(n)s cell of %(all)s has indicators, %(valued)s have a value for one of them at least. Each cell stands in the table.",
            "%(n)s cells of %(all)s have indicators, %(valued)s have a value for one of them at least. Each cell stands in the table.",
            len(held),
            all=len(domains()) * len(objectives()),
            valued=sum(cell.valued > 0 for cell in held),
        )
    )
    return Chart(title, finding, _drawn(cells, wording), _table(title, cells, wording))


def _table(title: str, cells: Mapping[str, Known], wording: Wording) -> Table:
    rows = []
    for domain, name in domains().items():
        told = (_told(cells.get(f"{domain}.{objective}"), wording) for objective in objectives())
        rows.append((f"{domain}. {wording.text(name)}", *told))
    heads = (f"{number}. {wording.text(name)}" for number, name in objectives().items())
    return Table(title, (wording.message(msg("Domain")), *heads), tuple(rows), Layout.MATRIX, frozenset(range(1 + len(objectives()))))


def _told(cell: Known | None, wording: Wording) -> str:
    if cell is None or not cell.indicators:
        return wording.message(msg("no indicator"))
    parts = [msg("with a value: %(valued)s of %(all)s", valued=cell.valued, all=cell.indicators)]
    parts += [msg("with a target: %(number)s", number=cell.targets)] if cell.targets else []
    parts += [msg("with a reason: %(number)s", number=cell.reasons)] if cell.reasons else []
    return "; ".join(map(wording.message, parts))


def _drawn(cells: Mapping[str, Known], wording: Wording) -> str:
    drawn = "".join(_heading(name, FIRST + place * ACROSS, HEAD - 8, LETTERS[1], up=True) for place, name in enumerate(_names(objectives(), wording)))
    for row, (domain, name) in enumerate(zip(domains(), _names(domains(), wording), strict=True)):
        drawn += _heading(name, 0, HEAD + row * DOWN + DOWN / 2, LETTERS[0], up=False)
        for column, objective in enumerate(objectives()):
            drawn += _cell(cells.get(f"{domain}.{objective}"), FIRST + column * ACROSS, HEAD + row * DOWN, wording)
    signs, across, down = legend(_keys(wording), 0, HEAD + len(domains()) * DOWN + 12)
    return svg(max(FIRST + len(objectives()) * ACROSS + 2, across), down, drawn + signs)


def _names(names: Mapping[str, str], wording: Wording) -> list[str]:
    return [f"{number}. {wording.text(name)}" for number, name in names.items()]


def _heading(name: str, x: float, y: float, letters: int, *, up: bool) -> str:
    """Up to three lines: the last of them at `y`, or all of them about it."""
    lines = folded(name, letters, 3 if not up else 2)
    top = y - (len(lines) - 1) * (FONT_SIZE + 1) / (1 if up else 2) + (0 if up else FONT_SIZE / 3)
    return "".join(f'<text x="{x + 2:.1f}" y="{top + place * (FONT_SIZE + 1):.1f}">{escape(line)}</text>' for place, line in enumerate(lines))


def _cell(cell: Known | None, x: float, y: float, wording: Wording) -> str:
    """A box with how many of its indicators have a value, as numbers and as a bar, then the targets and reasons."""
    drawn = f'<rect x="{x + 2}" y="{y + 2}" width="{ACROSS - 4}" height="{DOWN - 4}" fill="none" stroke="{AXIS}"/>'
    middle = x + ACROSS / 2
    if cell is None or not cell.indicators:
        return f'{drawn}<text x="{middle}" y="{y + DOWN / 2}" text-anchor="middle">\N{EN DASH}</text>'
    number = wording.formats.number
    drawn += f'<text x="{middle}" y="{y + 24}" text-anchor="middle" font-size="{LARGE}">{number(cell.valued)}/{number(cell.indicators)}</text>'
    drawn += f'<rect x="{x + 8}" y="{y + 30}" width="{ACROSS - 16}" height="{BAR}" fill="none" stroke="{OWN}"/>'
    drawn += f'<rect x="{x + 8}" y="{y + 30}" width="{(ACROSS - 16) * cell.valued / cell.indicators:.1f}" height="{BAR}" fill="{OWN}"/>'
    for left, sign, count in ((x + 14, _TARGET, cell.targets), (x + ACROSS / 2 + 8, _REASON, cell.reasons)):
        if count:
            drawn += f'<g transform="translate({left} {y + 48})">{sign}<text x="9" y="{FONT_SIZE / 3:.1f}">{number(count)}</text></g>'
    return drawn


_TARGET = f'<path d="M0 0{shape_of(3)}" fill="{AROUND[0]}"/>'
_REASON = f'<path d="M0 0{shape_of(0)}" fill="none" stroke="{INK}" stroke-width="1.5"/>'


def _keys(wording: Wording) -> tuple[Key, ...]:
    filled = f'<rect x="-12" y="-3" width="24" height="6" fill="none" stroke="{OWN}"/><rect x="-12" y="-3" width="14" height="6" fill="{OWN}"/>'
    return (
        Key(filled, wording.message(msg("indicators with a value / indicators assigned to the cell"))),
        Key(_TARGET, wording.message(msg("indicators with a target"))),
        Key(_REASON, wording.message(msg("indicators without a value for a recorded reason"))),
    )

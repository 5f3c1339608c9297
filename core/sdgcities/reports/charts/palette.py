"""Colours and measures that all drawings share.

Colours are told apart in print and by readers who see few colours (each line has its own mark and dash as well);
every colour has a contrast of at least 4.5 to 1 on white, since labels carry it too.
"""

from __future__ import annotations

from textwrap import wrap

from sdgcities.reports.signs import OPENING, shortened, signed, visible

INK, GRID, AXIS, OWN = "#1d2b38", "#dfe4e8", "#7c8790", "#005a9c"
AROUND = ("#a94500", "#333344", "#996666", "#552211")
"""Of the places a city lies in, by turns: the city's own colour is never one of them. They and it stay apart where red and green, or blue
and yellow, look alike."""
SHADES = ("#e4eff8", "#b3d2ea", "#75add8", "#3379b5", "#0b3f73")
"""From little to much, light to dark: told apart in grey too."""
WIDTH, FONT_SIZE, LABEL_WIDTH = 270, 13, 190
"""Pixels: of a plot, of letters, and the most that a name may take."""
LETTER = 7
"""Pixels of a letter on average: names are cut, and room is kept for values, by it."""
STYLE = f'font-family="sans-serif" font-size="{FONT_SIZE}" fill="{INK}"'


def svg(width: float, height: float, body: str) -> str:
    """A drawing of whole pixels around its body."""
    return f'<svg viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" {STYLE}>{body}</svg>'


def wide(text: str) -> float:
    """Pixels that a text takes, about."""
    return len(visible(text)) * LETTER


def folded(text: str, most: int, lines: int) -> list[str]:
    """A text over several lines of at most so many letters; what goes beyond the last line is cut. A sign around it stands around each line.

    Signs within it are kept where one line holds it all.
    """
    if len(visible(text)) <= most:
        return [text]
    found = wrap(visible(text), most, max_lines=lines, placeholder="…") or [""]
    return [signed(text[0], line) if text[:1] in OPENING else line for line in found]


def cut(text: str, beside: str = "") -> str:
    """A name, cut where it would take more than the room that `beside` leaves it; the table beside a drawing has it whole."""
    most = max(LABEL_WIDTH // LETTER - len(visible(beside)), 8)
    return shortened(text, most)

"""Colours and measures that all drawings share.

Colours are told apart in print and by readers who see few colours (each line has its own mark and dash as well);
every colour has a contrast of at least 4.5 to 1 on white, since labels carry it too.
"""

from __future__ import annotations

from sdgcities.reports.signs import shortened, visible

INK, GRID, AXIS, OWN = "#1d2b38", "#dfe4e8", "#7c8790", "#005a9c"
AROUND = ("#a94500", "#3c4a57", "#5a3d8a", "#00695c")
"""Of the places a city lies in, by turns: the city's own colour is never one of them."""
WIDTH, FONT_SIZE, LABEL_WIDTH = 270, 13, 190
"""Pixels: of a plot, of letters, and the most that a name may take."""
LETTER = 7
"""Pixels of a letter on average: names are cut, and room is kept for values, by it."""
STYLE = f'font-family="sans-serif" font-size="{FONT_SIZE}" fill="{INK}"'


def cut(text: str, beside: str = "") -> str:
    """A name, cut where it would take more than the room that `beside` leaves it; the table beside a drawing has it whole."""
    most = max(LABEL_WIDTH // LETTER - len(visible(beside)), 8)
    return shortened(text, most)

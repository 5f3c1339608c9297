"""Signs that texts carry through templates, which know nothing of languages, to the finished page, where they become markup.

A text nobody translated says so with its own language and direction; what is inserted beside other text is isolated from it,
so that neither turns the other round. Where no markup is possible, Unicode's isolates stand in its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

FOREIGN, DRAFT, INSERTED, OWN, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters, which Unicode keeps free for this: English for want of a translation, an unreviewed translation, what is inserted,
and a text that runs as the page does."""
OPENING = frozenset({FOREIGN, DRAFT, INSERTED, OWN})
"""Those that begin a text; the last ends it."""
Forms = Mapping[str, tuple[str, str]]
"""What stands before and after a text for each sign."""

_SIGN = re.compile("([\ufdd0-\ufdd4])")
_SPAN = re.compile("[\ufdd0-\ufdd3][^\ufdd0-\ufdd4]*\ufdd4")
_PIECES = re.compile(r"""(<style.*?</style>|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_SPOKEN = frozenset({"title", "aria-label", "alt", "placeholder", "data-label"})
"""Attributes that people read or hear."""
_PLAIN = re.compile(r"<(title|desc|option|textarea)\b")
"""Elements that hold text alone."""
_RIGHT = "\u0590-\u08ff\u200f\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
_FROM_THE_RIGHT, _FROM_THE_LEFT = re.compile(f"[{_RIGHT}]"), re.compile(rf"[^\W_{_RIGHT}]")
_WRITTEN = re.compile(r"[^\W_]")
_SENTENCES = re.compile(f"(?<=[.!?]){CLOSE}(\\s+){FOREIGN}")
"""Where one English sentence follows another: apart, they would run on in the page's direction."""
_STEERING = {code: f"\\x{code:02x}" for code in (*range(9), 11, 12, *range(14, 32), *range(127, 160))}
_STEERING |= {code: f"\\u{code:04x}" for code in range(0x202A, 0x202F)}
"""Control characters, and what turns the direction of all that follows: in a name they are data, and are spelt out."""
_STEERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")
_ISOLATES = {FOREIGN: ("\u2066", "\u2069"), INSERTED: ("\u2068", "\u2069")}


@dataclass(frozen=True, slots=True)
class Marks:
    """What the signs become: in text, in a drawing's text, and where text stands alone."""

    text: Forms
    drawing: Forms
    plain: Forms


MARKS = {
    "ltr": Marks(
        {FOREIGN: ('<bdi lang="en">', "</bdi>"), INSERTED: ("<bdi>", "</bdi>")},
        {INSERTED: _ISOLATES[INSERTED]},
        {INSERTED: _ISOLATES[INSERTED]},
    ),
    "rtl": Marks({FOREIGN: ('<bdi lang="en" dir="ltr">', "</bdi>"), INSERTED: ("<bdi>", "</bdi>")}, _ISOLATES, _ISOLATES),
}
"""Those of a report, by the direction of its page."""


def signed(sign: str, text: str) -> str:
    """The text between a sign and its end."""
    return f"{sign}{text}{CLOSE}"


def isolated(text: str, direction: str) -> str:
    """A text that is inserted into a page of this direction, where it could turn what stands beside it round."""
    risky = _WRITTEN if direction == "rtl" else _FROM_THE_RIGHT
    return signed(INSERTED, text) if risky.search(text) and not _isolated_already(text) else text


def _isolated_already(text: str) -> bool:
    if text[0] not in OPENING:
        return False
    depth = 0
    for place, sign in enumerate(text, start=1):
        depth += (sign in OPENING) - (sign == CLOSE)
        if not depth:
            return place == len(text)
    return False


def shown(value: object, direction: str) -> object:
    """A value that a template writes down: what stands between signs already says how it runs, and markup is left alone."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    against = _FROM_THE_LEFT if direction == "rtl" else _FROM_THE_RIGHT
    return isolated(value, direction) if against.search(_outside(value)) else value


def _outside(text: str) -> str:
    """What of a text stands between no signs."""
    found = 1 if CLOSE in text else 0
    while found:
        text, found = _SPAN.subn("", text)
    return text


def visible(text: str) -> str:
    """The text without signs."""
    return _SIGN.sub("", text)


def shortened(text: str, most: int) -> str:
    """The first letters of a text, `most` with the sign of omission, and the ends of the signs among them."""
    if len(visible(text)) <= most:
        return text
    kept, seen, depth = [], 0, 0
    for letter in text:
        if not _SIGN.match(letter):
            seen += 1
        if seen == most:
            break
        depth += (letter in OPENING) - (letter == CLOSE)
        kept.append(letter)
    return "".join(kept) + "…" + CLOSE * depth


def capitalised(text: str) -> str:
    """The first letter large, the others small."""
    first = next((place for place, letter in enumerate(text) if not _SIGN.match(letter)), 0)
    return text[:first] + text[first:].capitalize()


def finished(page: str, marks: Marks) -> str:
    """The page with its signs turned into markup where there is room for it, and without characters that steer."""
    if _STEERS.search(page):
        page = page.translate(_STEERING)
    if not _SIGN.search(page):
        return page
    done: list[str] = []
    within, drawing = "", False
    for piece in _PIECES.split(page):
        if piece.startswith("<"):
            drawing = piece.startswith("<svg") or (drawing and piece != "</svg>")
            if plain := _PLAIN.match(piece):
                within = plain[1]
            elif within and piece == f"</{within}>":
                within = ""
            done.append(_tag(piece, marks) if _SIGN.search(piece) else piece)
        elif within == "textarea":
            done.append(visible(piece))  # an answer as it was given
        else:
            done.append(_turned(piece, marks.plain if within else marks.drawing if drawing else marks.text))
    return "".join(done)


def _tag(tag: str, marks: Marks) -> str:
    def attribute(found: re.Match[str]) -> str:
        return f'{found[1]}="{_turned(found[2], marks.plain)}"' if found[1] in _SPOKEN else found[0]

    return visible(_ATTRIBUTE.sub(attribute, tag))


def _turned(text: str, forms: Forms) -> str:
    """A run of text with what its signs become, which nests; what is not ended ends with the run."""
    done: list[str] = []
    open_now: list[tuple[str, str]] = []
    for piece in _SIGN.split(_SENTENCES.sub(r"\1", text)):
        if piece in OPENING:
            outer = open_now[-1][0] if open_now else OWN
            turned = piece if piece != OWN or outer == OWN else INSERTED  # the page's own language amid another
            start, end = forms.get(turned, ("", "")) if (turned, outer) != (FOREIGN, FOREIGN) else ("", "")
            done.append(start)
            open_now.append((piece, end))
        elif piece == CLOSE:
            done.append(open_now.pop()[1] if open_now else "")
        else:
            done.append(piece)
    return "".join(chain(done, (end for _, end in reversed(open_now))))

"""Characters that nobody sees, and that change how a text reads: marks of direction, joiners out of place, private and other invisible ones.

And characters in codes that are not what they look like: letters of another alphabet, wide digits, other blanks and dashes.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

JOINERS = "\u200c\u200d"
_HIDDEN = frozenset({"Cf", "Co", "Cs", "Zl", "Zp"})
_VISIBLE = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
"""Signs of Arabic and Syriac that Unicode counts as formatting, and that are seen."""
_MARKS = "\u200e\u200f"
"""Left-to-right and right-to-left mark: between Arabic or Hebrew words and figures they are spelling, and can't turn other text round."""
_VIRAMA = 9
_JOINED = (
    (0x0600, 0x07FF),  # Arabic, Syriac, Thaana, N'Ko
    (0x0840, 0x0DFF),  # Mandaic, Arabic, the scripts of India and Sri Lanka
    (0x0F00, 0x109F),  # Tibetan, Myanmar
    (0x1780, 0x18AF),  # Khmer, Mongolian
    (0xA840, 0xABFF),  # Phags-pa, Javanese, Meetei Mayek
    (0xFB50, 0xFDFF),  # Arabic
    (0xFE70, 0xFEFC),  # Arabic
    (0x11000, 0x1193F),  # further scripts of India
    (0x1E900, 0x1E95F),  # Adlam
)
"""Scripts whose letters take another shape beside each other: there a joiner, or its absence, is spelling."""


def hidden_character(text: str) -> str:
    """The first hidden character of a text, as U+202E; empty where there is none."""
    if text.isascii():
        return ""
    for place, sign in enumerate(text):
        if unicodedata.category(sign) in _HIDDEN and sign not in _VISIBLE and not _joins(text, place) and not _marks(sign, text):
            return f"U+{ord(sign):04X}"
    return ""


def _joins(text: str, place: int) -> bool:
    """Whether a joiner stands between letters of a script that needs it, or after a vowel killer at a word's end."""
    before, after = text[:place][-1:], text[place + 1 : place + 2]
    return text[place] in JOINERS and _joined(before) and (_joined(after) or unicodedata.combining(before) == _VIRAMA)


def _marks(sign: str, text: str) -> bool:
    """Whether it is a mark of direction in a text with letters that run from the right."""
    return sign in _MARKS and any(unicodedata.bidirectional(letter) in {"R", "AL"} and unicodedata.category(letter)[0] == "L" for letter in text)


def _joined(sign: str) -> bool:
    return bool(sign) and unicodedata.category(sign)[0] in "LM" and any(low <= ord(sign) <= high for low, high in _JOINED)


_LOOK_ALIKES = Path(__file__).with_name("look_alikes.csv")
_SAME_LETTER = ("<wide>", "<narrow>", "<font>")
"""How Unicode marks another form of one and the same letter."""


def suspicious(code: str) -> str:
    """The first character of a code that is not what it looks like, as U+0430 (a) with what it looks like; empty where there is none.

    A word in letters of another alphabet is none, unless each of them looks like a Latin one.
    """
    if code.isascii():
        return ""
    if sign := hidden_character(code):
        return sign
    whole = not any(sign.isalpha() and not _is_latin(sign) and sign not in _look_alikes() for sign in code)
    for word in re.findall(r"\w+|\W", code):
        latin = any(map(_is_latin, word))
        for sign in word:
            if meant := _meant(sign) or (_look_alikes().get(sign, "") if latin or whole else ""):
                return f"U+{ord(sign):04X} ({meant})" if meant.strip() else f"U+{ord(sign):04X}"
    return ""


def _meant(sign: str) -> str:
    """The plain character that another blank, another form or another digit stands for; empty where it stands for itself."""
    if sign.isascii():
        return ""
    if unicodedata.category(sign) == "Zs":
        return " "
    if unicodedata.category(sign) == "Nd":
        return str(unicodedata.digit(sign))
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain.isascii() and unicodedata.decomposition(sign).startswith(_SAME_LETTER) else ""


def _is_latin(sign: str) -> bool:
    return sign.isalpha() and (sign.isascii() or unicodedata.name(sign, "").startswith("LATIN"))


@cache
def _look_alikes() -> Mapping[str, str]:
    with _LOOK_ALIKES.open(encoding="utf-8", newline="") as stream:
        return {row["sign"]: row["looks_like"] for row in csv.DictReader(stream)}

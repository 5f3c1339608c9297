"""Names made comparable: what a spreadsheet's typist may change without meaning another place."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

MAX_NAME = 200
MAX_COMPARED = 5_000
_SPELT_OUT = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ĸ": "k", "ŋ": "ng"})
"""Letters that are no accented ones to Unicode, and that a typist without them writes so; ß becomes ss by its case already."""


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Without case, accents and punctuation, one blank between words. A language's own casing is its plugin's to fold first."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_SPELT_OUT)
    kept = (character if unicodedata.category(character)[0] in "LNM" else " " for character in plain if not unicodedata.combining(character))
    return " ".join("".join(kept).split())


def suggest(name: str, names: Iterable[str], limit: int = 3) -> list[str]:
    """The names most like this one, best first. Among very many names only those with the same first letter are compared."""
    wanted = fold(name[:MAX_NAME])
    by_fold = {fold(candidate): candidate for candidate in names}
    if len(by_fold) > MAX_COMPARED:
        by_fold = {folded: candidate for folded, candidate in by_fold.items() if folded[:1] == wanted[:1]}
    return [by_fold[folded] for folded in difflib.get_close_matches(wanted, list(by_fold)[:MAX_COMPARED], n=limit, cutoff=0.6)]

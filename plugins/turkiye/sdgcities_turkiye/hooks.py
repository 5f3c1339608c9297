"""Turkish casing: I is the capital of ı, İ the capital of i, and typists confuse the four."""

from __future__ import annotations

import unicodedata

from sdgcities.plugin import hookimpl

_ONE_I = str.maketrans({"İ": "i", "I": "i", "ı": "i"})


@hookimpl
def sdgcities_fold_name(text: str, language: str) -> str | None:
    """One form for `istanbul`, `İSTANBUL`, `ISTANBUL` and `Istanbul`: dotted and dotless i count as one letter, as do ş and s."""
    if language != "tr":
        return None
    composed = unicodedata.normalize("NFKC", text).translate(_ONE_I)
    letters = unicodedata.normalize("NFKD", composed.casefold())
    return " ".join("".join(map(_kept, letters)).split())


def _kept(character: str) -> str:
    """Letters and digits stay, accents go, everything else parts words."""
    if unicodedata.combining(character):
        return ""
    return character if character.isalnum() else " "

"""Codes out of labels: the same label gives the same code at every import, whatever stands beside it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

LONGEST = 48
_DIGEST = 6


def code_of(label: str) -> str:
    """A code of capitals, digits and underscores. A label that has no Latin letters or is too long ends in a digest of itself."""
    return _shaped(label, "_").upper()


def slug_of(label: str) -> str:
    """The same in small letters with hyphens, a letter first."""
    slug = _shaped(label, "-").lower()
    return slug if slug[0].isalpha() else f"n{slug}"


def told_apart(code: str, label: str, taken: Container[str]) -> str:
    """The code of a label; where another label has that one already, with a digest."""
    if code not in taken:
        return code
    return f"{code}_{_digest(label)}" if code == code.upper() else f"{code}-{_digest(label).lower()}"


def _shaped(label: str, mark: str) -> str:
    plain = unicodedata.normalize("NFKD", label.replace("%", " percent ").replace("<", " below ").replace(">", " above ").replace("+", " plus "))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = re.findall(r"[A-Za-z0-9]+", letters)
    lost = sum(sign.isalnum() and not sign.isascii() for sign in letters)
    whole = mark.join(words)
    if whole and not lost and len(whole) <= LONGEST:
        return whole
    return mark.join(part for part in (whole[: LONGEST - _DIGEST - 1].strip(mark), _digest(label)) if part)


def _digest(label: str) -> str:
    return "X" + hashlib.sha256(label.encode()).hexdigest()[:_DIGEST].upper()

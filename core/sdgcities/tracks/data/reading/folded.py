"""Texts of a file made comparable with those of its profile: upper and lower case alike, every kind of blank one blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")


def collapsed(text: str) -> str:
    """Blanks and line breaks taken as one blank, none at the ends."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Collapsed, and without regard to case."""
    return collapsed(text).casefold()


def folding(given: Mapping[str, T]) -> dict[str, T]:
    """A map of texts that is asked by the folded text."""
    return {folded(text): value for text, value in given.items()}

"""Columns that say who a person is. They are left out unless a person keeps one on purpose and says why; what stands in them is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sdgcities.findings import Message, mark, msg
from sdgcities.tracks.data.inspecting.words import plain
from sdgcities.tracks.data.scan.words import called, column_words, holds

KINDS: Mapping[str, str] = {
    "person": mark("names of people"),
    "phone": mark("telephone numbers"),
    "mail": mark("mail addresses"),
    "identity": mark("numbers that people are known by"),
    "device": mark("the device of a person"),
    "user": mark("who collected the record"),
    "picture": mark("pictures, signatures or voices"),
    "address": mark("addresses"),
    "birth": mark("days of birth"),
}
"""What a personal column holds, in words that follow “may hold”."""
_LEAST = 0.5
_FEWEST = 5
_MAIL = re.compile(r"(?<=[^@\s])@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00|0)[1-9][0-9 ()/-]{7,17}")
_PICTURE = re.compile(r"\S+\.(?:jpe?g|png|heic|3gpp?|m4a|amr|mp4|wav)(?:\?\S*)?", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9][0-9]{10,13}")
_PHONE_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Suspect:
    """A column that may be personal: what it may hold, and what speaks for it; `word` is the word of its name, empty where its cells tell."""

    column: str
    kind: str
    word: str = ""
    cells: int = 0

    def told(self) -> Message:
        """What is said of the column."""
        return msg("%(column)s may hold %(what)s: %(because)s. It is left out.", column=self.column, what=Message(KINDS[self.kind]), because=self.because())

    def because(self) -> Message:
        """The reason, without a word of what stands in the column."""
        if self.word:
            return msg("its name says “%(word)s”", word=self.word)
        return msg("%(n)s of its cells look so", n=self.cells)


def suspects(sample: Mapping[str, Sequence[str]], placed_by: Sequence[str]) -> list[Suspect]:
    """The columns that may be personal, by name and by a sample of their cells. `placed_by` are the coordinates."""
    return [found for name, cells in sample.items() if name not in placed_by and (found := _suspect(name, cells))]


def about_homes(columns: Sequence[str], personal: Sequence[Suspect]) -> str:
    """The column by which the places may be where people live; empty where nothing says so."""
    words = column_words()
    named = next((name for name in columns if called(_base(name), words.homes) or holds(name, words.homes - words.alone)), "")
    return named or next((one.column for one in personal if one.kind in ("person", "phone", "identity", "birth") and not _vague(one)), "")


def _base(name: str) -> str:
    """A column without the word for a coordinate at its end: `home` of `_home_latitude`."""
    *before, last = plain(name.replace("_", " ")).split() or [""]
    return " ".join(before) if any(last in listed for listed in column_words().coordinates.values()) else name


def _vague(one: Suspect) -> bool:
    """Whether a name says no more than that it is one, or is of who collects: neither speaks for a home."""
    return one.word in column_words().collectors or (one.kind == "person" and one.word in column_words().alone)


def _suspect(name: str, cells: Sequence[str]) -> Suspect | None:
    return next(_by_name(name), None) or _by_cells(name, [cell for cell in cells if cell])


def _by_name(name: str) -> Iterator[Suspect]:
    """By the whole name first, then by words in it; a name of a place is none of a person."""
    words = column_words()
    for kind, listed in words.personal.items():
        if word := called(name, listed):
            yield Suspect(name, kind, word)
    for kind, listed in words.personal.items():
        word = holds(name, listed - words.alone)
        if word and not (kind == "person" and holds(name, words.of_places)):
            yield Suspect(name, kind, word)
    if holds(name, words.a_name) and not holds(name, words.of_places):
        yield Suspect(name, "person", "name")


def _by_cells(name: str, cells: Sequence[str]) -> Suspect | None:
    if called(name, column_words().identity):
        return None
    if count := sum(bool(_MAIL.search(cell)) for cell in cells):
        return Suspect(name, "mail", cells=count)  # one in a remark is enough: there is a person behind it
    for kind, matches in (("phone", _phone), ("picture", _PICTURE.fullmatch)):
        count = sum(bool(matches(cell)) for cell in cells)
        if count and count >= _LEAST * len(cells):
            return Suspect(name, kind, cells=count)
    numbers = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    alike = len({len(cell) for cell in numbers}) == 1 and len(set(numbers)) == len(numbers)
    return Suspect(name, "identity", cells=len(numbers)) if len(numbers) >= _FEWEST and len(numbers) == len(cells) and alike else None


def _phone(cell: str) -> bool:
    return bool(_PHONE.fullmatch(cell)) and sum(character.isdigit() for character in cell) >= _PHONE_DIGITS

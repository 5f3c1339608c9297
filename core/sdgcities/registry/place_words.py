"""Words that stand beside the name of a place and say what it is: `Município de Lisboa`, `Ashanti Region`. Data, by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import cast

from sdgcities.i18n.folding import fold
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.plugins import Level

FILE = Path(__file__).with_name("place_words.yaml")


@dataclass(frozen=True, slots=True)
class PlaceWord:
    """A word, folded, before or after a name. `level` is the id of the level it means; empty: it only helps to find close names."""

    word: str
    before: bool
    level: str

    def off(self, name: str) -> str:
        """The folded name without the word; empty where the word does not stand there, or nothing else does."""
        if self.before:
            return name.removeprefix(f"{self.word} ") if name.startswith(f"{self.word} ") else ""
        return name.removesuffix(f" {self.word}") if name.endswith(f" {self.word}") else ""


class PlaceWords:
    """The words of a country, found by the first or last word of a name."""

    def __init__(self, words: Iterable[PlaceWord] = ()) -> None:
        self.all = sorted(words, key=lambda one: (-len(one.word), one.word, one.before, one.level))
        self._after: dict[str, list[PlaceWord]] = defaultdict(list)
        self._before: dict[str, list[PlaceWord]] = defaultdict(list)
        for one in self.all:
            if one.before:
                self._before[one.word.partition(" ")[0]].append(one)
            else:
                self._after[one.word.rpartition(" ")[2]].append(one)

    def off(self, name: str) -> Iterator[tuple[str, str]]:
        """The folded name without each of the words that stand at its end or beginning, the longest first; with the level that the word means."""
        for one in chain(self._after.get(name.rpartition(" ")[2], ()), self._before.get(name.partition(" ")[0], ())):
            if bare := one.off(name):
                yield bare, one.level


def place_words(languages: Iterable[str], levels: Sequence[Level], folding: Callable[[str], str]) -> PlaceWords:
    """The words of these languages and of English for a country's levels, and the names of the levels themselves."""
    wanted = {"en", *(language.partition("_")[0] for language in languages)}
    own = {PlaceWord(folding(level.name), False, level.id) for level in levels}  # noqa: FBT003 - after the name
    return PlaceWords(own | {word for entry in _entries() if entry["language"] in wanted for word in _meant(entry, levels, folding)})


def _meant(entry: dict[str, str | list[str]], levels: Sequence[Level], folding: Callable[[str], str]) -> Iterator[PlaceWord]:
    """The word for each level that it means; for none of them where the country has no such level."""
    word, before = folding(str(entry["says"])), entry["stands"] == "before"
    wanted = {fold(one) for one in entry.get("levels", ())}
    meant = [level.id for level in levels if {fold(level.id), fold(level.name)} & wanted]
    yield from (PlaceWord(word, before, level) for level in meant or [""])


@cache
def _entries() -> tuple[dict[str, str | list[str]], ...]:
    return tuple(cast("dict[str, list[dict[str, str | list[str]]]]", load_yaml(FILE).data)["words"])

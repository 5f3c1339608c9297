"""Names close to one that no unit goes by, ranked: other places of that name, the name without its level, in another order, cut short, mistyped.

Nothing is taken for another name by this: it is told to the person who decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain

from sdgcities.i18n.folding import MAX_NAME
from sdgcities.model.places import Unit
from sdgcities.registry.place_words import PlaceWords

LEAST_ALIKE = 0.6
"""How alike two spellings must be, by difflib's ratio, to be told as close."""
LEAST_NEAR = 0.5
"""The same for a spelling that is one slip away: of two letters one is half."""
_COMPARED = 5
"""How many of the spellings that share most with a text are compared letter by letter."""
_CANDIDATES = 40
_SHORT = 6
"""Up to this length a spelling is known by its pairs of letters too: a slip in it spoils most of its threes."""
_SEVERAL = 2
_LEAST_WORD = 3


class Closest:
    """The names of a country's units, in the ways in which a person writes them wrongly. Names are folded."""

    def __init__(self, named: Mapping[str, Sequence[Unit]], words: PlaceWords) -> None:
        self._words = words
        self._nearly = {part for word in words.all if len(word.word) > _SHORT for part in _deletions(word.word)}
        self._named = named
        self._bare: dict[str, list[str]] = defaultdict(list)
        for name in named:
            self._bare[self._core(name)].append(name)
        self._spellings = list(self._bare)
        self._ordered = self._by(lambda spelling: " ".join(sorted(spelling.split())))
        self._initials = self._by(lambda spelling: "".join(word[0] for word in spelling.split()))
        self._holding = self._many(str.split)
        self._grams = self._many(_grams)
        self._sizes = [len(_grams(spelling)) for spelling in self._spellings]
        self._one_off = self._many(lambda spelling: {part for name in {spelling, *self._bare[spelling]} for part in _deletions(name)})

    def units(self, name: str, level: str = "", limit: int = 3) -> list[Unit]:
        """The units meant most likely, best first; of names that are as close, those of the level asked for and those that stand come first."""
        name = name[:MAX_NAME]
        found: dict[str, Unit] = {}
        for names in self._ways(name) if name else ():
            found |= {unit.id: unit for unit in self._ranked(names, level) if unit.id not in found}
            if any(level in ("", unit.level) for unit in found.values()):
                break
        return sorted(found.values(), key=lambda unit: level not in ("", unit.level))[:limit]

    def _ranked(self, names: Mapping[str, float], level: str) -> list[Unit]:
        units: dict[str, tuple[float, Unit]] = {}
        for known, likeness in names.items():
            for unit in self._named[known]:
                units[unit.id] = max(units.get(unit.id, (0, unit)), (likeness, unit), key=lambda one: one[0])
        return [unit for _, unit in sorted(units.values(), key=lambda one: (-one[0], unit_rank(one[1], level)))]

    def _ways(self, name: str) -> Iterator[dict[str, float]]:
        """Names with their likeness, by one way of writing a name wrongly after the other."""
        bare = self._nearly_core(name)
        yield {known: 1.0 if known == name else 0.9 for known in (name, *self._bare.get(bare, ())) if known in self._named}
        yield self._names(self._ordered.get(" ".join(sorted(bare.split())), ()))
        yield self._names(self._cut_short(bare))
        yield self._names(self._inside(bare), 0.8) | self._slips(name, bare)

    def _names(self, spellings: Iterable[str], likeness: float = 1.0) -> dict[str, float]:
        return {name: likeness for spelling in spellings for name in self._bare[spelling]}

    def _core(self, name: str) -> str:
        """The name without the words that say what it is."""
        return next((bare for bare, _ in self._words.off(name)), name)

    def _nearly_core(self, name: str) -> str:
        """The same where the word itself is mistyped, or stands at the other end."""
        bare, words = self._core(name), name.split()
        if bare != name or len(words) < _SEVERAL:
            return bare
        if not self._nearly.isdisjoint(_deletions(words[-1])):
            return " ".join(words[:-1])
        return " ".join(words[1:]) if not self._nearly.isdisjoint(_deletions(words[0])) else name

    def _cut_short(self, spelling: str) -> Iterator[str]:
        """Spellings of the same words of which some are cut short: `n sra da hora`, `v n de gaia`, `sta cruz`."""
        words = spelling.split()
        if len(words) < _SEVERAL:
            return
        for known in self._initials.get("".join(word[0] for word in words), ()):
            if known != spelling and all(map(_abbreviates, words, known.split())):
                yield known

    def _inside(self, spelling: str) -> list[str]:
        """Longer spellings that hold all the words: `kassena nankana west` of `kassena nankana`."""
        words = set(spelling.split()) if len(spelling) >= _LEAST_WORD else set()
        held = [self._holding.get(word, ()) for word in words]
        longer = set(held[0]).intersection(*held[1:]) if held else set()
        return [self._spellings[number] for number in sorted(longer)[:_CANDIDATES]]

    def _slips(self, name: str, bare: str) -> dict[str, float]:
        """Names with a letter too many, missing, changed or swapped; else those that share the most of their letters in threes."""
        near = {number for part in _deletions(bare) | _deletions(name) for number in self._one_off.get(part, ())}
        compared = SequenceMatcher(None, "", bare, autojunk=False)
        found: dict[str, float] = {}
        for number in near or self._sharing(bare):
            compared.set_seq1(self._spellings[number])
            if (ratio := compared.ratio()) >= (LEAST_NEAR if near else LEAST_ALIKE):
                found |= self._names([self._spellings[number]], ratio)
        return found

    def _sharing(self, spelling: str) -> list[int]:
        grams = _grams(spelling)
        shared = Counter(chain.from_iterable(self._grams.get(gram, ()) for gram in grams))
        if not shared:
            return []
        least, size = max(shared.values()) / 2, len(grams)
        likely = [(2 * count / (size + self._sizes[number]), number) for number, count in shared.items() if count > least]
        return [number for _, number in sorted(likely, reverse=True)[:_COMPARED]]

    def _by(self, key: Callable[[str], str]) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for spelling in self._spellings:
            if spelling:
                found[key(spelling)].append(spelling)
        return found

    def _many(self, keys: Callable[[str], Iterable[str]]) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, spelling in enumerate(self._spellings):
            for key in keys(spelling):
                found[key].append(number)
        return found


def unit_rank(unit: Unit, level: str = "") -> tuple[bool, bool, str, str]:
    """The order of units that a name means equally well: of the level asked for, standing, by name."""
    return bool(level) and unit.level != level, unit.valid_to is not None, unit.name, unit.id


def _deletions(spelling: str) -> set[str]:
    """The spelling, and what is left of it when one letter is taken out: two spellings that are one slip apart share one of them."""
    return {spelling, *(spelling[:place] + spelling[place + 1 :] for place in range(len(spelling)))}


def _grams(spelling: str) -> set[str]:
    """Threes of letters, with a blank before and after; of a short spelling also its pairs."""
    padded = f" {spelling} "
    threes = {padded[place : place + 3] for place in range(len(padded) - 2)}
    return threes | {padded[place : place + 2] for place in range(len(padded) - 1)} if len(spelling) <= _SHORT else threes


def _abbreviates(short: str, word: str) -> bool:
    """Whether the letters of `short` stand in `word` in this order, the first of them first: `sta` in `santa`, `n` in `nossa`."""
    letters = iter(word)
    return short[0] == word[0] and all(letter in letters for letter in short)

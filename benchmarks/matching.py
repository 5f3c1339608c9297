"""How long it takes to find which of some 1,400 real units 10,000 messy names mean, and to name the close ones where none is sure.

Names are those of the municipalities of one plugin's country; slips are drawn with a fixed seed. For each kind of slip: how often
the right unit is found outright or stands among the suggestions.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from datetime import date

from sdgcities.i18n.folding import fold
from sdgcities.model.places import Unit
from sdgcities.plugin.discovery import discover
from sdgcities.plugin.plugins import Plugins
from sdgcities.registry.places import Places, Sought, Unresolved

DAY = date(2024, 1, 1), date(2024, 12, 31)
BLOCK = 240
"""Names that an import has folded together."""
LETTERS = "abcdefghijklmnoprstuvyzçğıöşü"
DICE = random.Random(11)  # noqa: S311 - slips, not secrets


def _changed(name: str) -> str:
    place = DICE.randrange(len(name))
    return name[:place] + DICE.choice(LETTERS) + name[place + 1 :]


def _missing(name: str) -> str:
    place = DICE.randrange(len(name))
    return name[:place] + name[place + 1 :]


def _added(name: str) -> str:
    place = DICE.randrange(len(name) + 1)
    return name[:place] + DICE.choice(LETTERS) + name[place:]


def _swapped(name: str) -> str:
    place = DICE.randrange(len(name) - 1)
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


SLIPS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "words turned round": lambda name: " ".join(reversed(name.split())),
    "one letter changed": _changed,
    "one letter missing": _missing,
    "one letter too many": _added,
    "two letters swapped": _swapped,
    "two slips": lambda name: _changed(_missing(name)),
    "unknown": lambda name: "".join(DICE.sample(name + "qwx", len(name))),
}


def _means(places: Places, text: str, level: str) -> list[Unit]:
    """The unit found, or those told as close."""
    found = places.resolve(Sought(text, level=level), *DAY)
    return places.suggestions(text, level) if isinstance(found, Unresolved) else [found]


def main(plugin: str, country: str, level: str, count: int) -> None:
    """Match and print the figures."""
    plugins = Plugins.open(discover(None), [plugin], [country])
    language = next(manifest for manifest in plugins.manifests if country in manifest.countries).languages[0]
    every = plugins.units(country)
    units = {code: unit for code, unit in every.items() if unit.level == level}
    above = {code: unit for code, unit in every.items() if unit.level != level and not any(unit.parent == other for other in units)}
    levels = next(manifest for manifest in plugins.manifests if country in manifest.countries).levels
    places = Places(
        units | {code: above[code] for code in above if code in {unit.parent for unit in units.values()}},
        levels,
        lambda text: plugins.fold_name(text, language) or fold(text),
        lambda texts: plugins.fold_ahead(texts, language),
        (language,),
    )
    names = sorted(units.values(), key=lambda unit: unit.id)
    kinds = list(SLIPS)
    messy = [(kind := kinds[number % len(kinds)], SLIPS[kind](DICE.choice(names).name)) for number in range(count)]
    start, busy = time.perf_counter(), time.process_time()
    for at, (_, text) in enumerate(messy):
        if at % BLOCK == 0:
            places.fold_ahead(text for _, text in messy[at : at + BLOCK])
        places.resolve(Sought(text, level=level), *DAY)
    print(f"units {len(units)}  names {count}  seconds {time.perf_counter() - start:.2f}  CPU seconds {time.process_time() - busy:.2f}")
    for kind in kinds[:-1]:
        right = sum(unit in _means(places, SLIPS[kind](unit.name), level) for unit in names)
        print(f"  {kind:22} right one found or suggested: {right / len(names):.1%}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*(given[:3] or ["turkiye", "TR", "municipality"]), int(given[3]) if len(given) > 3 else 10_000)  # noqa: PLR2004 - plugin, country, level, count

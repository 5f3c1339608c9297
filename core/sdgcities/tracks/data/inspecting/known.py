"""What the hub knows, in the form that the columns of a table are held against."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import category

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.model.places import Unit
from sdgcities.model.statistics import Dimension, Indicator
from sdgcities.registry.places import Places
from sdgcities.tracks.data.inspecting.words import plain, words

if TYPE_CHECKING:
    from sdgcities.registry.catalogue import Catalogue


@dataclass(frozen=True)
class Known:
    """The places of one country, its indicators, and the dimensions of the hub, by the names they go by in every language of the hub."""

    country: str
    places: Places
    indicators: Mapping[str, Indicator]
    dimensions: Mapping[str, Dimension]
    spoken: Callable[[str], Iterable[str]] = lambda text: (text,)
    """A text of a plugin in every language there is."""

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, list[Unit]]]:
        """System of codes to code to the units that have it; `id` is the hub's own."""
        found: dict[str, dict[str, list[Unit]]] = defaultdict(lambda: defaultdict(list))
        for unit in self.places.units.values():
            for system, code in {**unit.codes, "id": unit.id}.items():
                found[system][code].append(unit)
        return {system: dict(codes) for system, codes in found.items()}

    @cached_property
    def indicator_names(self) -> Mapping[str, str]:
        """Name or code, as `spelled`, to the code of the indicator; a name that two indicators have is left out."""
        pairs = {(spelled(name), item.code) for item in self.indicators.values() for name in (*self.spoken(item.name), item.code)}
        times = Counter(name for name, _ in pairs)
        return {name: code for name, code in pairs if times[name] == 1}

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Dimension to folded label, code or word to code."""
        found = dict[str, Mapping[str, str]]()
        for name, dimension in self.dimensions.items():
            labels = {plain(word): code for code, label in dimension.codes.items() for word in (*self.spoken(label), code)}
            found[name] = {word: code for word, code in words().dimensions.get(name, {}).items() if code in dimension.codes} | labels
        return found

    @cached_property
    def dimension_names(self) -> Mapping[str, str]:
        """Folded name to the dimension."""
        return {plain(word): item.id for item in self.dimensions.values() for word in (*self.spoken(item.name), item.id)}

    @property
    def level_order(self) -> Mapping[str, int]:
        """Level to its depth; the country itself is the top."""
        return {"country": -1} | {level.id: depth for depth, level in enumerate(self.places.levels)}


def spelled(text: str) -> str:
    """A name of an indicator, folded; signs of money tell indicators apart and stay."""
    return " ".join([plain(text), *(sign for sign in text if category(sign) == "Sc")])


def measure_of(known: Known | None, text: str) -> str:
    """The hub's unit of measure that a text means; empty where it means none."""
    units = {item.unit for item in known.indicators.values()} if known else set[str]()
    return words().units_of_measure.get(text.casefold(), text if text in units else "")


def known_of(catalogue: Catalogue) -> list[Known]:
    """What the hub knows of each of its countries."""
    manifests = catalogue.hub.plugins.manifests
    catalogues = Catalogues(manifests)
    translators = [Translator(language, catalogues) for language in catalogues.languages()]

    def spoken(text: str) -> Iterable[str]:
        return dict.fromkeys((text, *(translator.text(text) for translator in translators)))

    return [Known(country, places, catalogue.indicators[country], catalogue.dimensions, spoken) for country, places in catalogue.places.items()]

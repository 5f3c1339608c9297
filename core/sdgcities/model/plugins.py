"""What a plugin's manifest says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sdgcities.model.sources import Source


class Layer(StrEnum):
    """Order of layers. Where several plugins answer and one answer counts, it is the later layer's.

    A code given by two plugins is an error in any layer, and so is a disagreement within one.
    """

    CORE = "core"
    THEME = "theme"
    COUNTRY = "country"
    HUB = "hub"

    @property
    def rank(self) -> int:
        """Its place in the order, the core first."""
        return list(Layer).index(self)


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a country's administrative hierarchy; `city` where its units can join the programme.

    `covers`: its units make up the whole of what they lie in, so that counts of them add up to it.
    """

    id: str
    name: str
    city: bool = False
    covers: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """A plugin's `plugin.yaml`. `paths` are relative to `folder`; `hooks` names a Python module, or is empty."""

    name: str
    title: str
    version: str
    api: tuple[int, int]
    layer: Layer
    folder: Path
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    currency: str = ""
    maintainers: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    hooks: str = ""
    waives: Mapping[str, str] = field(default_factory=dict)
    """Track to the reason why the plugin has nothing of its own for it."""

    def path(self, kind: str) -> Path | None:
        """The file or folder of a kind (`units`, `forms`, ...); None where the plugin has none."""
        return self.folder / self.paths[kind] if kind in self.paths else None

    def country_meant(self, text: str) -> str | None:
        """The one of its countries that a person means by an ISO code or by the plugin's name; None where they mean none."""
        if text.upper() in self.countries:
            return text.upper()
        return self.countries[0] if self.countries and text.casefold() == self.name else None

    def serves(self, country: str) -> bool:
        """Whether it may speak of the country; a plugin that declares no country serves every one."""
        return not self.countries or country in self.countries

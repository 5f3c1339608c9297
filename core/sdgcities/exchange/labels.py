"""Names and texts of what goes out, in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sdgcities.i18n.languages import language_chain
from sdgcities.model.places import Unit
from sdgcities.model.statistics import Dimension, Indicator


@dataclass(frozen=True, slots=True)
class Labels:
    """What codes are called. `text` gives a text of the core or of a plugin in the language; untranslated it stays English."""

    language: str
    text: Callable[[str], str]

    def unit(self, unit: Unit) -> str:
        """The place's name in the language, where it has one there."""
        return unit.called(language_chain(self.language))

    def indicator(self, indicator: Indicator) -> str:
        """The indicator's name."""
        return self.text(indicator.name)

    def code(self, dimension: Dimension, code: str) -> str:
        """A code of a dimension in words."""
        return self.text(dimension.codes[code]) if code in dimension.codes else code

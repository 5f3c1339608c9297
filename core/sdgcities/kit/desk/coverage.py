"""How far the catalogues of a plugin are, language by language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from sdgcities.i18n.languages import language_name
from sdgcities.kit.desk.core import core_strings
from sdgcities.kit.desk.states import State, String, strings_of
from sdgcities.model.plugins import Manifest


@dataclass(frozen=True, slots=True)
class Coverage:
    """One language: its name in the reader's language, and every text. `core` are the core's texts of reports and forms where it lacks some itself."""

    language: str
    name: str
    strings: Sequence[String]
    core: Coverage | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many texts there are, are translated, and are in each state. A draft is translated."""
        states = Counter(one.state for one in self.strings)
        order = (State.REVIEWED, State.UNREVIEWED, State.DRAFT, State.EMPTY)
        return {"texts": len(self.strings), "translated": len(self.strings) - states[State.EMPTY], **{state.value: states[state] for state in order}}

    @property
    def listed(self) -> Sequence[String]:
        """Every text, and those of the core that were brought into the catalogue."""
        return (*self.strings, *(one for one in (self.core.strings if self.core else ()) if one.catalogue))

    @property
    def percent(self) -> Decimal:
        """How much is translated; 100 only where nothing is left."""
        counts = self.counts
        share = Decimal(100) * counts["translated"] / counts["texts"] if counts["texts"] else Decimal(100)
        return share.quantize(Decimal("0.1"), ROUND_DOWN)

    def data(self) -> dict[str, object]:
        """As JSON shows it."""
        shown = {**self.counts, "percent": self.percent}
        core = {**self.core.counts, "percent": self.core.percent} if self.core else None
        return {"language": self.language, "name": self.name, **shown, "core": core}


def coverage_of(manifest: Manifest, reader: str) -> list[Coverage]:
    """Each language that needs a catalogue. Raises Refused for a file that can't be read."""
    return [_of(manifest, language, language_name(language, reader), strings) for language, strings in strings_of(manifest).items()]


def _of(manifest: Manifest, language: str, name: str, strings: Sequence[String]) -> Coverage:
    core = core_strings(manifest, language)
    return Coverage(language, name, strings, Coverage(language, name, core) if core else None)

"""What loads told of new series, for those who look at what came in: only where there was more do they ask the database."""

from __future__ import annotations

from dataclasses import dataclass, field

from sdgcities.store.bulk import Brought, Loaded
from sdgcities.tracks.data.importing.placing import Tally
from sdgcities.tracks.data.quality.touched import Touched, touched


@dataclass(slots=True)
class Seen:
    """What one load or several, one after the other, brought. Both are None where not everything that was stored was told of."""

    brought: Touched | None = field(default_factory=touched)
    tally: Tally | None = field(default_factory=Tally)

    def take(self, one: Brought) -> None:
        """Take in a series."""
        unit, indicator, _, dims = one.key
        if self.brought is not None:
            self.brought.take(one.series, (one.start, one.end), one.sources, one.figures, one.low, one.high)
        if self.tally is not None:
            self.tally.take(unit, indicator, dims, one.rows)

    def end(self, loaded: Loaded) -> None:
        """A load is over."""
        if not loaded.watched:
            self.forget()

    def forget(self) -> None:
        """Something was stored that was not told of, or told of and not stored."""
        self.brought = self.tally = None

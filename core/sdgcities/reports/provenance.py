"""Where the figures of a report come from, as numbered notes: figures of one file, batch and source share a note."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sdgcities.registry.figures import Figure


@dataclass(frozen=True, slots=True)
class Note:
    """One origin. `summed`: the file's rows were added up, and a row number names the first of them.

    `parts`: the figures were added up from those of so many parts of the place, which come from the notes `origins`.
    """

    number: int
    office: str
    table: str
    licence: str
    url: str
    file: str
    sha256: str
    batch: int
    profile: str
    at: str
    entered_by: str
    answers_for: str
    summed: bool
    parts: int = 0
    origins: tuple[int, ...] = ()


_NOWHERE = Note(0, "", "", "", "", "", "", 0, "", "", "", "", summed=False)
"""The origin of what stands in no file."""


@dataclass(slots=True)
class Notes:
    """Gives out the numbers, in the order in which origins are first met."""

    summing: frozenset[str]
    """Ids of the import profiles that add rows up."""
    _known: dict[tuple[object, ...], Note] = field(default_factory=dict)

    def number(self, figure: Figure) -> int:
        """The number of the note on a figure's origin."""
        if figure.parts:
            return self._of_sum(figure)
        key = (figure.office, figure.table, figure.licence, figure.url, figure.file, figure.file_sha256, figure.batch)
        if key not in self._known:
            rest = (figure.profile, figure.at, figure.entered_by, figure.answers_for, figure.profile in self.summing)
            self._known[key] = Note(len(self._known) + 1, *key, *rest)
        return self._known[key].number

    def _of_sum(self, figure: Figure) -> int:
        """The number of the note that says from what figures were added up."""
        origins = tuple(sorted({self.number(part) for part in figure.parts}))
        key = (len(figure.parts), origins)
        if key not in self._known:
            self._known[key] = replace(_NOWHERE, number=len(self._known) + 1, parts=len(figure.parts), origins=origins)
        return self._known[key].number

    def all(self) -> tuple[Note, ...]:
        """The notes so far, in order."""
        return tuple(self._known.values())

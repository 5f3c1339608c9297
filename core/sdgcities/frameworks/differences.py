"""What a newer list changes, code by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.frameworks.lists import Entry, Sdg, Umf


class Change(StrEnum):
    """What became of a code."""

    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    """What it stood for has another code now."""
    ENDED = "ended"
    RENAMED = "renamed"
    STATUS = "status"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Difference:
    """One code that differs: as it was, and as it will be; of a code that moved the entry that it is now. A code may differ in several ways."""

    change: Change
    code: str
    old: Entry | None
    new: Entry | None

    @property
    def vanishes(self) -> bool:
        """Whether the code no longer stands for what it stood for."""
        return self.change in (Change.REMOVED, Change.MOVED, Change.ENDED)


def differences(old: Sdg | Umf, new: Sdg | Umf) -> tuple[Difference, ...]:
    """Every difference, in the order of the new list; what it no longer has comes last."""
    return (*_in_new(old, new), *_gone(old, new))


def _in_new(old: Sdg | Umf, new: Sdg | Umf) -> Iterator[Difference]:
    for code, entry in new.entries.items():
        before = old.entries.get(code)
        if before is None:
            yield Difference(Change.ADDED, code, None, entry)
            continue
        found = {
            Change.ENDED: bool(entry.until) and entry.until != before.until,
            Change.RENAMED: entry.title != before.title,
            Change.STATUS: entry.status != before.status,
            Change.SOURCE: entry.source != before.source,
        }
        yield from (Difference(change, code, before, entry) for change, differs in found.items() if differs)


def _gone(old: Sdg | Umf, new: Sdg | Umf) -> Iterator[Difference]:
    by_title = {entry.title.casefold(): entry for entry in new.entries.values() if entry.code not in old.entries and entry.title}
    for code, before in old.entries.items():
        if code not in new.entries:
            now = by_title.get(before.title.casefold())
            yield Difference(Change.MOVED if now else Change.REMOVED, code, before, now)

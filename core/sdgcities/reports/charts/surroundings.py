"""What stands with every map and can't be left off: what is not on it, whose boundaries it shows, and the disclaimer of the United Nations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import escape

from sdgcities.findings import msg, nmsg
from sdgcities.reports.charts.chart import Origin
from sdgcities.reports.signs import visible
from sdgcities.reports.wording import STATUS, Wording

DISCLAIMER = msg(
    "The designations employed and the presentation of material on this map do not imply the expression of any opinion whatsoever on the part of"
    " the Secretariat of the United Nations concerning the legal status of any country, territory, city or area or of its authorities, or"
    " concerning the delimitation of its frontiers or boundaries."
)
_DAY = len("2024-12-31")


def map_notes(origins: Iterable[Origin], wording: Wording) -> tuple[str, ...]:
    """Whose boundaries these are, as of when, and the disclaimer."""
    return (*(_origin(origin, wording) for origin in dict.fromkeys(origins)), wording.message(DISCLAIMER))


def carried(notes: Iterable[str]) -> str:
    """The notes inside the drawing, for a map that is saved alone: part of the file, no part of the picture."""
    return f"<desc>{escape(' '.join(notes))}</desc>"


def off_the_map(names: Sequence[str], wording: Wording) -> tuple[str, ...]:
    """The names of units that no boundary is known for, in alphabetical order; nothing where there are none."""
    if not names:
        return ()
    told = wording.listed(alphabetical(names, wording))
    return (
        wording.message(
            nmsg(
                "Not on the map, since no boundary was found for it: %(names)s.",
                "%(n)s units are not on the map, since no boundaries were found for them: %(names)s.",
                len(names),
                names=told,
            )
        ),
    )


def alphabetical(names: Iterable[str], wording: Wording) -> list[str]:
    """In the order of the reader's language."""
    return sorted(names, key=lambda name: wording.formats.sort_key(visible(name)))


def _origin(origin: Origin, wording: Wording) -> str:
    source, date = origin.source, origin.date
    named = ". ".join(wording.name(part) for part in (source.office, source.table) if part)
    when = wording.day(date) if len(date) == _DAY else date
    parts = [
        wording.message(msg("Boundaries:")),
        f"{named}.",
        wording.message(msg("As of %(date)s.", date=when) if date else msg("The source states no date of the boundaries.")),
        wording.message(msg("Licence: %(licence)s.", licence=source.licence or wording.message(msg("not stated")))),
        wording.message(msg("Status: %(status)s.", status=STATUS[origin.status])),
    ]
    return " ".join(parts)

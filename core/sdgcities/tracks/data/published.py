"""The measures of the milestone `data/publication`: what was reviewed, and whether it was published as it was reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sdgcities.findings import msg
from sdgcities.model.hub import Edition, FigureReview, HubView
from sdgcities.model.milestones import Measure, Reading, Value

STATISTICS_ONLY = "statistics-office"
"""The parameter `reviewer` where the hub's own review does not count."""
_UNPUBLISHED = msg("Nothing was published yet: sdgcities data publish CITY -o DIR --licence L.")


def publication_measures() -> tuple[Measure, ...]:
    """All three."""
    return (
        Measure("data/reviewed-share", "Share of the indicators with a figure on which a reviewer decided", _reviewed),
        Measure("data/published-openly", "The figures are published as CSV with licence and date", _open),
        Measure("data/published-as-reviewed", "What is published has the digest that was reviewed", _as_reviewed),
    )


def _reviewed(view: HubView, cities: Sequence[str], arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    latest, reviews, only = view.latest(cities), view.reviews(cities), arguments.get("reviewer") == STATISTICS_ONLY
    return {city: _decided(set(latest.get(city, {})), reviews.get(city, {}), only=only) for city in cities}


def _decided(held: set[str], reviews: Mapping[str, FigureReview], *, only: bool) -> Reading:
    if not held:
        return Reading(None, (msg("The city has no figure yet."),))
    counted = {code for code, one in reviews.items() if not only or one.office == STATISTICS_ONLY}
    lacking = sorted(held - counted)
    missing = (msg("Not reviewed: %(codes)s. See: sdgcities data review CITY.", codes=", ".join(lacking)),) if lacking else ()
    return Reading(Decimal(len(held) - len(lacking)) / len(held), missing)


def _open(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    editions = view.editions(cities)
    return {city: Reading(value=True) if _newest(editions, city) else Reading(None, (_UNPUBLISHED,)) for city in cities}


def _as_reviewed(view: HubView, cities: Sequence[str], _arguments: Mapping[str, Value]) -> Mapping[str, Reading]:
    editions, reviews = view.editions(cities), view.reviews(cities)
    return {city: _same(_newest(editions, city), reviews.get(city, {})) for city in cities}


def _same(newest: Edition | None, reviews: Mapping[str, FigureReview]) -> Reading:
    if newest is None:
        return Reading(None, (_UNPUBLISHED,))
    other = sorted(code for code, digest in newest.indicators.items() if code not in reviews or reviews[code].sha256 != digest or not reviews[code].accepted)
    missing = (msg("Reviewed anew or returned since edition %(n)s: %(codes)s. Publish again.", n=newest.number, codes=", ".join(other)),) if other else ()
    return Reading(not other, missing)


def _newest(editions: Mapping[str, Sequence[Edition]], city: str) -> Edition | None:
    return editions[city][-1] if editions.get(city) else None

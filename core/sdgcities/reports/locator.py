"""The locator map of a city report with its words: what is marked, where the city lies, whose boundaries these are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sdgcities.findings import Message, msg, nmsg
from sdgcities.model.places import Unit
from sdgcities.reports.charts.chart import Origin
from sdgcities.reports.charts.mapping import Drawing, Shape, draw
from sdgcities.reports.charts.surroundings import map_notes
from sdgcities.reports.city import CityReport
from sdgcities.reports.figures import Place
from sdgcities.reports.locating import Location
from sdgcities.reports.wording import Wording


@dataclass(frozen=True, slots=True)
class Locator:
    """A map that shows where the city lies; `words` say the same as the drawing."""

    title: str
    words: str
    drawing: Drawing
    notes: tuple[str, ...]
    """Whose boundaries these are, and the disclaimer."""


def locator(report: CityReport, wording: Wording) -> Locator | None:
    """The map of a report; None where no boundary is known for the city or a place it lies in."""
    location = report.location
    if location is None:
        return None
    title = wording.message(msg("Map: %(country)s. Marked: %(place)s", country=wording.place(report.country), place=_marked(report, location, wording)))
    words = " ".join(wording.message(sentence) for sentence in _sentences(report, location, wording))
    shapes = [Shape(wording.place(one.unit), one.boundary.polygons) for one in location.outlines]
    shapes += [Shape(wording.place(one.unit), one.boundary.polygons, marked=True) for one in location.marked]
    drawing = draw(shapes)
    if drawing.inset:
        words = f"{words} {wording.message(msg('What lies far away stands in a frame of its own, at the same scale.'))}"
    return Locator(title, words, drawing, map_notes((Origin(*origin) for origin in location.origins), wording))


def _sentences(report: CityReport, location: Location, wording: Wording) -> Iterator[Message]:
    unit = report.city.unit
    above = wording.listed([*(_what(report, place, wording) for place in report.above), wording.place(report.country)])
    yield msg("%(city)s. Lies in: %(places)s.", city=wording.place(unit), places=above)
    marked = _marked(report, location, wording)
    if location.former:
        whole = _what(report, location.of, wording)
        yield msg("Marked: %(place)s, a former unit. Came out of it: %(whole)s.", place=marked, whole=whole)
    else:
        yield msg("Marked: %(place)s.", place=marked)
    if location.of.id != unit.id:
        yield msg("%(city)s: its own boundary is not on the map.", city=wording.place(unit))
    yield nmsg("%(n)s other unit is shown as an outline.", "%(n)s other units are shown as outlines.", len(location.outlines))


def _marked(report: CityReport, location: Location, wording: Wording) -> str:
    return wording.listed(_what(report, one.unit, wording) for one in location.marked)


def _what(report: CityReport, unit: Unit, wording: Wording) -> str:
    """A unit by its name with its level and, where it ended, until when it stood."""
    own = unit.id == report.city.unit.id
    return wording.whose(Place(unit, report.levels.get(unit.level, unit.level), own))

"""Units shaded by their value, in classes whose bounds are stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import cycle

from sdgcities.findings import Message, msg, nmsg
from sdgcities.reports.charts.chart import About, Area, Chart, Table
from sdgcities.reports.charts.classes import Class, equal_steps, quantiles
from sdgcities.reports.charts.hatching import Lines, hatched
from sdgcities.reports.charts.legend import Key, legend
from sdgcities.reports.charts.mapping import BORDER, MARGIN, PAPER, Shape, draw
from sdgcities.reports.charts.palette import SHADES, svg
from sdgcities.reports.charts.surroundings import alphabetical, carried, map_notes, off_the_map
from sdgcities.reports.signs import visible
from sdgcities.reports.wording import Wording

_SPREAD = {0: (), 1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
_SWATCH = ((-12, -6), (12, -6), (12, 6), (-12, 6))

FEW = 12
"""Units without a figure that are named in words; of more, the table says which."""


class Steps(StrEnum):
    """How classes are made: about equally many units in each, or equally wide ones between round numbers."""

    QUANTILES = "quantiles"
    EQUAL = "equal"


def choropleth(areas: Sequence[Area], unmatched: Sequence[str], about: About, wording: Wording, steps: Steps = Steps.QUANTILES) -> Chart:
    """The map with its legend; `unmatched` are the names of units with figures that no boundary was found for, which are listed below it.

    The table has the areas in alphabetical order: no ranking. At least one area needs a polygon.
    """
    drawn = [area for area in areas if area.polygons]
    values = [area.value for area in drawn if area.value is not None]
    classes = (quantiles(values) if steps is Steps.QUANTILES else equal_steps(values)) if values else ()
    title = wording.message(msg("%(indicator)s (%(unit)s)", indicator=about.title, unit=wording.unit(about.unit)))
    missing = [*unmatched, *(area.name for area in areas if not area.polygons)]
    notes = (*off_the_map(missing, wording), *map_notes(about.origins, wording))
    finding = " ".join(_finding(drawn, classes, steps, about, wording))
    return Chart(title, finding, _drawn(drawn, classes, about, notes, wording), _table(areas, title, about, wording), notes)


def shades(number: int) -> tuple[str, ...]:
    """As many colours as there are classes, as far apart as they can be."""
    return tuple(SHADES[place] for place in _SPREAD[number])


def swatch(fill: str) -> str:
    """A box of the legend in this colour."""
    return f'<rect x="-12" y="-6" width="24" height="12" fill="{fill}" stroke="{BORDER}"/>'


def _drawn(areas: Sequence[Area], classes: Sequence[Class], about: About, notes: Sequence[str], wording: Wording) -> str:
    colours, gaps = shades(len(classes)), _gaps(areas)

    def shape(area: Area) -> Shape:
        told = f"{area.name}: {_written(area, about, wording)}"
        fill = "" if area.value is None else next(colour for one, colour in zip(classes, colours, strict=True) if area.value in one)
        return Shape(area.name, area.polygons, fill=fill, hatched=None if area.value is not None else gaps[area.hidden, area.text], told=told)

    drawing = draw([shape(area) for area in areas])
    keys = [Key(swatch(colour), _range(one, about, wording)) for one, colour in zip(classes, colours, strict=True)]
    for (is_hidden, reason), lines in gaps.items():
        count = sum(area.value is None and (area.hidden, area.text) == (is_hidden, reason) for area in areas)
        told = (
            nmsg("%(value)s: %(n)s unit", "%(value)s: %(n)s units", count, value=reason)
            if reason
            else nmsg("no figure: %(n)s unit", "no figure: %(n)s units", count)
        )
        keys.append(Key(swatch(PAPER) + hatched([_SWATCH], lines=lines), wording.message(told)))
    signs, across, down = legend(keys, MARGIN, drawing.height)
    return svg(max(drawing.width, across), down, carried(notes) + drawing.body + signs)


def _gaps(areas: Sequence[Area]) -> dict[tuple[bool, str], Lines]:
    """The reasons why units have no figure, each with its lines: what is hidden is crossed out, and never looks like what was not measured."""
    found = dict.fromkeys((area.hidden, area.text) for area in areas if area.value is None)
    plain = cycle((Lines.RISING, Lines.FALLING))
    return {(is_hidden, reason): Lines.CROSSED if is_hidden else next(plain) for is_hidden, reason in sorted(found)}


def _without(names: Sequence[str], reason: str, wording: Wording) -> Message:
    """Which units have no figure, and why; of many, how many."""
    if len(names) > FEW:
        return (
            msg("Without a figure (%(reason)s): %(count)s units.", reason=reason, count=len(names))
            if reason
            else msg("Without a figure: %(count)s units.", count=len(names))
        )
    listed = wording.listed(names)
    return msg("Without a figure (%(reason)s): %(names)s.", reason=reason, names=listed) if reason else msg("Without a figure: %(names)s.", names=listed)


def _range(one: Class, about: About, wording: Wording) -> str:
    least, most = (_number(value, about, wording) for value in (one.least, one.most))
    if one.least == one.most:
        return wording.message(nmsg("%(value)s: %(n)s unit", "%(value)s: %(n)s units", one.count, value=least))
    if one.open:
        under = nmsg("%(least)s to less than %(most)s: %(n)s unit", "%(least)s to less than %(most)s: %(n)s units", one.count, least=least, most=most)
        return wording.message(under)
    return wording.message(nmsg("%(least)s to %(most)s: %(n)s unit", "%(least)s to %(most)s: %(n)s units", one.count, least=least, most=most))


def _finding(areas: Sequence[Area], classes: Sequence[Class], steps: Steps, about: About, wording: Wording) -> Iterator[str]:
    if classes:
        held = sum(one.count for one in classes)
        yield wording.message(nmsg("%(n)s unit has a figure.", "%(n)s units have a figure.", held))
        if len(classes) > 1:
            how = msg("about equally many units in each") if steps is Steps.QUANTILES else msg("equally wide")
            yield wording.message(msg("Classes, %(how)s:", how=how))
        yield f"{'; '.join(_range(one, about, wording) for one in classes)}."
    for gap in _gaps(areas):
        without = [area.name for area in areas if area.value is None and (area.hidden, area.text) == gap]
        yield wording.message(_without(alphabetical(without, wording), gap[1], wording))
    yield wording.message(msg("Units stand in alphabetical order in the table."))


def _table(areas: Sequence[Area], title: str, about: About, wording: Wording) -> Table:
    ordered = sorted(areas, key=lambda area: wording.formats.sort_key(visible(area.name)))
    rows = tuple((area.name, _written(area, about, wording)) for area in ordered)
    return Table(title, (wording.message(msg("Place")), wording.message(msg("Value"))), rows)


def _written(area: Area, about: About, wording: Wording) -> str:
    if area.text:
        return area.text
    return wording.message(msg("no figure")) if area.value is None else _number(area.value, about, wording)


def _number(value: Decimal, about: About, wording: Wording) -> str:
    return wording.isolated(wording.number(value, about.unit))

"""Units with their boundaries and the newest figure of each indicator, as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.tidy import written
from sdgcities.findings import Finding, Severity, Where, msg, nmsg
from sdgcities.model.places import Polygon, UnitBoundary
from sdgcities.registry.boundaries import DISCLAIMER, boundaries
from sdgcities.registry.figures import Observed
from sdgcities.writing import whole_file

_SHOWN = 8


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write one feature a unit. Units without a boundary get a feature without a place, and are told."""
    drawn = {code: boundary for country in going.catalogue.places for code, boundary in boundaries(going.catalogue, country).items()}
    without = sorted(code for code in going.units if code not in drawn)
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('{"type": "FeatureCollection",\n')
        stream.write(f'"note": {_json(going.label.text(DISCLAIMER))},\n"written": {_json(going.at)},\n"features": [')
        mark = "\n"
        for unit, ones in groupby(going.observations(), key=lambda one: one.unit):
            if unit in going.units:
                stream.write(mark + _feature(going, unit, list(ones), drawn.get(unit)))
                mark = ",\n"
        stream.write("\n]}\n")
    return [*_without(without, going, path), *_ended(sorted(set(going.unit_codes) - going.units.keys()), path)]


def _feature(going: Outgoing, code: str, ones: Sequence[Observed], boundary: UnitBoundary | None) -> str:
    unit = going.units[code]
    head: dict[str, object] = {"unit": code, "name": going.label.unit(unit), "level": unit.level}
    if boundary:
        head["boundary_source"] = "; ".join(part for part in (boundary.source.office, boundary.source.table) if part)
        head["boundary_status"], head["boundary_date"] = boundary.status.value, boundary.date
    figures = ", ".join(f"{_json(one.indicator)}: {_figure(one)}" for one in _newest(ones).values())
    geometry = _geometry(boundary.polygons) if boundary else "null"
    return f'{{"type": "Feature", "id": {_json(code)}, "properties": {_json(head)[:-1]}, "figures": {{{figures}}}}}, "geometry": {geometry}}}'


def _newest(ones: Sequence[Observed]) -> Mapping[str, Observed]:
    """The total of each indicator with the newest value; shares of men and of women stay in the other forms."""
    found: dict[str, Observed] = {}
    for one in ones:
        if not one.dims and one.value is not None and (one.indicator not in found or (one.end, one.start) >= (found[one.indicator].end, one.start)):
            found[one.indicator] = one
    return found


def _figure(one: Observed) -> str:
    """The value exactly as it was published: a number of JSON has as many digits as it needs."""
    origin = "; ".join(part for part in (one.office, one.table) if part)
    rest = {"unit_measure": one.unit_measure, "period": written(one.start, one.end, one.freq), "status": one.status, "source": origin}
    return f'{{"value": {_number(one.value or "")}, {_json(rest)[1:]}'


def _number(text: str) -> str:
    """The spelling that JSON has for an exact decimal."""
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text.removeprefix("+"))
    whole, dot, part = digits.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{dot + part if part else ''}"


def _geometry(polygons: Sequence[Polygon]) -> str:
    return _json({"type": "MultiPolygon", "coordinates": polygons})


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _ended(codes: Sequence[str], path: Path) -> Iterator[Finding]:
    if codes:
        names = ", ".join(codes[:_SHOWN]) + (", …" if len(codes) > _SHOWN else "")
        told = nmsg(
            "Left out, for no plugin of the hub gives the place any more: %(codes)s.",
            "Left out, for no plugin of the hub gives the places any more: %(codes)s.",
            len(codes),
            codes=names,
        )
        yield Finding("export.unknown", Severity.NOTE, told, None, Where(file=str(path)))


def _without(codes: Sequence[str], going: Outgoing, path: Path) -> Iterator[Finding]:
    if codes:
        names = ", ".join(going.label.unit(going.units[code]) for code in codes[:_SHOWN]) + (", …" if len(codes) > _SHOWN else "")
        told = nmsg("One unit has no boundary here: %(names)s.", "%(n)s units have no boundary here: %(names)s.", len(codes), names=names)
        yield Finding("export.no-boundary", Severity.NOTE, told, msg("Take boundaries in: sdgcities unit boundary import FILE."), Where(file=str(path)))

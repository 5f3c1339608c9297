"""GeoJSON of what people mapped: points and polygons with their answers, each read by itself, so that one bad feature spoils no other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import NOWHERE, Message, Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.geojson import identity, is_number, polygons_of, shapes_in
from sdgcities.intake.json import load_json
from sdgcities.intake.positions import Fault, Position, checked, fault
from sdgcities.intake.rings import wrong
from sdgcities.model.places import Polygon

MAX_FILE = 256 * MEGABYTE
_FLAT = 2
_NO_FEATURE = msg("The file holds no feature.")


@dataclass(frozen=True, slots=True)
class Mapped:
    """One feature: its number in the file, from 1, its answers as texts, and a point, or polygons, or what is wrong with it."""

    number: int
    answers: Mapping[str, str]
    point: Position | None = None
    polygons: tuple[Polygon, ...] = ()
    fault: Fault | None = None


def mapped_in(path: Path) -> list[Mapped]:
    """The features of a file, in its order. Raises Refused where it is no GeoJSON, or has none."""
    where = Where(file=str(path))
    found = [_mapped(number, shape) for number, shape in enumerate(shapes_in(load_json(path, MAX_FILE), where), start=1)]
    if not found:
        raise wrong("geojson.no-feature", _NO_FEATURE, where)
    return found


def _mapped(number: int, shape: Mapping[str, object]) -> Mapped:
    properties = cast("Mapping[str, object]", shape.get("properties") or {})
    answers = {name: as_answer(value) for name, value in properties.items()}
    if "id" not in answers and (own := identity(shape)):
        answers["id"] = own
    geometry = shape.get("geometry")
    if geometry is None:
        return Mapped(number, answers, fault=fault("missing"))
    drawn = cast("Mapping[str, object]", geometry) if isinstance(geometry, dict) else {}
    if drawn.get("type") in ("Polygon", "MultiPolygon"):
        try:
            return Mapped(number, answers, polygons=polygons_of(drawn, NOWHERE))
        except Refused as error:
            first = error.findings[0]
            return Mapped(number, answers, fault=Fault("outline", first.message, first.hint or Message("")))
    read = _point(drawn)
    return Mapped(number, answers, fault=read) if isinstance(read, Fault) else Mapped(number, answers, point=read)


def _point(geometry: Mapping[str, object]) -> Position | Fault:
    """A point, or several of which there is one."""
    place: object = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(place, list) and len(place) == 1:
        place = place[0]
    elif geometry.get("type") != "Point":
        return fault("trace")
    if not isinstance(place, list) or len(place) < _FLAT or not all(map(is_number, cast("Sequence[object]", place)[:_FLAT])):
        return fault("text")
    return checked(float(place[1]), float(place[0]))


def as_answer(value: object) -> str:
    """A value of JSON as a table would have it; lists, as collection software writes several answers, with blanks between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return " ".join(map(as_answer, value))
    return "" if isinstance(value, dict) else str(value)

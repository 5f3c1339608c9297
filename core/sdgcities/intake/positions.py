"""Positions as people and devices write them: degrees with a point, a comma or minutes; and what they are where they are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sdgcities.findings import Message, msg

LONGITUDE, LATITUDE = 180.0, 90.0
_METRES = 1000.0
"""Numbers as large as this are no degrees that somebody mistyped."""
_NUMBER = re.compile(r"[-+\u2212]?\d{1,3}(?:\.\d*)?|[-+\u2212]?\.\d+", re.ASCII)
_COMMA = re.compile(r"[-+\u2212]?\d{1,3},\d+", re.ASCII)
_LARGE = re.compile(r"[-+\u2212]?\d{4,9}(?:[.,]\d*)?", re.ASCII)
_MINUTES = re.compile(
    r"""(?P<before>[NSEWO])?\s*(?P<sign>[-+\u2212])?(?P<degrees>\d{1,3})\s*[\u00b0\u00ba:d ]\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*['\u2032\u2019:m ]?\s*
    (?:(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:["\u2033\u201d]|''|s)?)?\s*(?P<after>[NSEWO])?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_SIXTY = 60.0
_PAIR = re.compile(r"(?:POINT\s*(?:Z\s*|ZM\s*)?)?[(\[]?\s*(.*?)\s*[)\]]?", re.IGNORECASE | re.DOTALL)
_TOGETHER, _WHOLE = 2, 4
"""The fewest and most parts of a position in one text: latitude, longitude, altitude, accuracy."""


class Written(StrEnum):
    """How the degrees of a file are written."""

    POINT = "decimal-point"
    COMMA = "decimal-comma"
    MINUTES = "degrees-minutes"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row has no position: `kind` is one of the keys of `FAULTS`."""

    kind: str
    message: Message
    hint: Message


Position = tuple[float, float]
"""Latitude, longitude."""

_EXPORT = msg("Export the file again with degrees of WGS 84 (EPSG:4326).")
FAULTS: Mapping[str, tuple[Message, Message]] = {
    "missing": (msg("The row has no position."), msg("It can't be placed; nothing is made of it.")),
    "half": (msg("Only one of latitude and longitude is filled in."), msg("Complete it in the file; nothing is made of the row.")),
    "comma": (msg("The degrees are written with a decimal comma."), msg("If all of the file's are, write under coordinates: written: decimal-comma.")),
    "minutes": (msg("The degrees are written with minutes."), msg("If all of the file's are, write under coordinates: written: degrees-minutes.")),
    "zero": (msg("The position is 0, 0: what a device without a signal writes."), msg("Nothing is made of the row.")),
    "projected": (msg("The numbers are too large for degrees: these look like metres of a projected system."), _EXPORT),
    "swapped": (msg("The latitude is beyond 90: latitude and longitude seem to be swapped."), msg("If all of the file's are, exchange the two columns.")),
    "range": (msg("The position is outside the Earth."), msg("A latitude lies from -90 to 90, a longitude from -180 to 180.")),
    "text": (msg("What stands where degrees should be is no number."), msg("Write degrees with a decimal point, such as 5.6037.")),
    "trace": (msg("It is a line or an outline, not a point."), msg("Counted are points, and polygons of GeoJSON.")),
}
"""What is said of each kind of fault, and what to do."""


def fault(kind: str) -> Fault:
    """The fault of a kind."""
    return Fault(kind, *FAULTS[kind])


def how_written(text: str) -> Written | None:
    """In which way a text is written as degrees; None where in none."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return Written.POINT
    if _COMMA.fullmatch(text):
        return Written.COMMA
    return Written.MINUTES if _MINUTES.fullmatch(text) else None


def position(latitude: str, longitude: str, written: Written = Written.POINT) -> Position | Fault:
    """The position that two texts give. The same texts always give the same: a row is never read in another way than the file."""
    try:
        read = float(latitude), float(longitude)
    except ValueError:
        return _otherwise(latitude.strip(), longitude.strip(), written)
    if "_" in latitude or "_" in longitude:
        return fault("text")
    return checked(*read)


def checked(latitude: float, longitude: float) -> Position | Fault:
    """A position that is on the Earth, and not where devices without a signal say they are."""
    if -LATITUDE <= latitude <= LATITUDE and -LONGITUDE <= longitude <= LONGITUDE:
        return (latitude, longitude) if latitude or longitude else fault("zero")
    if latitude != latitude or longitude != longitude or abs(latitude) == float("inf") or abs(longitude) == float("inf"):  # noqa: PLR0124 - NaN
        return fault("text")
    if max(abs(latitude), abs(longitude)) > _METRES:
        return fault("projected")
    return fault("swapped") if abs(latitude) <= LONGITUDE and abs(longitude) <= LATITUDE else fault("range")


def parts_of(text: str) -> tuple[str, ...] | Fault:
    """Latitude, longitude and what follows, of a position in one text: `5.6 -0.2 30 4.5`, `(5.6, -0.2)`, `[5.6, -0.2]`; WKT has the longitude first."""
    text = text.strip()
    if not text:
        return fault("missing")
    if ";" in text.rstrip("; "):
        return fault("trace")
    inner = _PAIR.fullmatch(text.rstrip("; "))
    parts = inner[1].split() if inner else []
    if len(parts) == 1:
        parts = parts[0].split(",")
    parts = [part.strip(",") for part in parts]
    if not _TOGETHER <= len(parts) <= _WHOLE:
        return fault("text")
    if text[:5].upper() == "POINT":
        parts[:2] = parts[1::-1]
    return tuple(parts)


def _otherwise(latitude: str, longitude: str, written: Written) -> Position | Fault:
    """Texts that are no plain numbers."""
    if not latitude or not longitude:
        return fault("half" if latitude or longitude else "missing")
    if written is not Written.POINT:
        read = _READERS[written](latitude), _READERS[written](longitude)
        if read[0] is not None and read[1] is not None:
            return checked(read[0], read[1])
    kinds = how_written(latitude), how_written(longitude)
    if Written.MINUTES in kinds:
        return fault("minutes")
    if Written.COMMA in kinds and None not in kinds:
        return fault("comma")
    return fault("projected" if _LARGE.fullmatch(latitude) or _LARGE.fullmatch(longitude) else "text")


def _with_comma(text: str) -> float | None:
    plain = text.replace("\u2212", "-")
    return float(plain.replace(",", ".")) if _COMMA.fullmatch(plain) or _NUMBER.fullmatch(plain) else None


def _with_minutes(text: str) -> float | None:
    """Degrees, minutes and perhaps seconds. O is west in the languages of Latin."""
    found = _MINUTES.fullmatch(text)
    if found is None:
        return _with_comma(text)
    minutes, seconds = (float((found[name] or "0").replace(",", ".")) for name in ("minutes", "seconds"))
    side = (found["before"] or found["after"] or "").upper()
    if minutes >= _SIXTY or seconds >= _SIXTY:
        return None
    size = int(found["degrees"]) + minutes / _SIXTY + seconds / _SIXTY**2
    return -size if side in ("S", "W", "O") or found["sign"] in ("-", "\u2212") else size


_READERS: Mapping[Written, Callable[[str], float | None]] = {Written.COMMA: _with_comma, Written.MINUTES: _with_minutes}

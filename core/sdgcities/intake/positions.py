"""Positions as people and devices write them: degrees with a point, a comma or minutes; and what they are where they are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from sdgcities.findings import Message, msg
from sdgcities.intake.rings import EXPORT, LATITUDE, LONGITUDE, METRES

_NUMBER = re.compile(r"[-+\u2212]?\d{1,3}(?:\.\d*)?|[-+\u2212]?\.\d+", re.ASCII)
_COMMA = re.compile(r"[-+\u2212]?\d{1,3},\d+", re.ASCII)
_LARGE = re.compile(r"[-+\u2212]?(?:\d{4,9}|\d{1,3}(?:[ .'\u00a0\u202f]\d{3})+)(?:[.,]\d*)?", re.ASCII)
"""Metres, also with marks between the thousands."""
_UP, _ACROSS = "NSKG", "EWOLDB"
"""Letters of directions: north and south, also as kuzey and güney; east and west, also as leste, doğu and batı. O is west in
oeste, ouest and the like, and east in Ost: only the letters beside it, or a person, say which."""
_EAST, _NEGATIVE = "EL", "SGWB"
_DEGREES = re.compile(
    rf"""(?P<before>[{_UP}{_ACROSS}])?\s*(?P<sign>[-+\u2212])?
    (?:(?P<degrees>\d{{1,3}})\s*[\u00b0\u00ba:d ]\s*(?P<minutes>\d{{1,2}}(?:[.,]\d+)?)
      (?:\s*(?:['\u2032\u2019: ]|(?P<m>m))\s*(?P<seconds>\d{{1,2}}(?:[.,]\d+)?)\s*(?(m)s?|(?:["\u2033\u201d]|'')?))?\s*['\u2032\u2019m]?
    |(?P<plain>\d{{1,3}}(?:[.,]\d+)?)\s*(?P<mark>[\u00b0\u00ba])?)\s*(?P<after>[{_UP}{_ACROSS}])?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_TWO = re.compile(
    rf"(.*?\d.*?[{_UP}{_ACROSS}])[\s,;/]+(.*\d.*[{_UP}{_ACROSS}])|([{_UP}{_ACROSS}].*\d[^\s,;/]*)[\s,;/]+([{_UP}{_ACROSS}].*\d\S*)", re.IGNORECASE
)
"""Two numbers of degrees, each with its letter."""
_LONGEST = 60
"""Letters of such a text."""
_SIXTY = 60.0
_PAIR = re.compile(r"(?:POINT\s*(?:Z\s*|ZM\s*)?)?[(\[]?\s*(.*?)\s*[)\]]?", re.IGNORECASE | re.DOTALL)
_TOGETHER, _WHOLE = 2, 4
"""The fewest and most parts of a position in one text: latitude, longitude, altitude, accuracy."""


class Written(StrEnum):
    """How the degrees of a file are written."""

    POINT = "decimal-point"
    COMMA = "decimal-comma"
    MINUTES = "degrees-minutes"
    O_WEST = "degrees-minutes-o-west"
    O_EAST = "degrees-minutes-o-east"

    @property
    def lettered(self) -> bool:
        """Whether minutes and letters of directions may stand with the degrees."""
        return self in {Written.MINUTES, Written.O_WEST, Written.O_EAST}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row has no position: `kind` is one of the keys of `FAULTS`."""

    kind: str
    message: Message
    hint: Message


Position = tuple[float, float]
"""Latitude, longitude."""

FAULTS: Mapping[str, tuple[Message, Message]] = {
    "missing": (msg("The row has no position."), msg("It can't be placed; nothing is made of it.")),
    "half": (msg("Only one of latitude and longitude is filled in."), msg("Complete it in the file; nothing is made of the row.")),
    "comma": (msg("The degrees are written with a decimal comma."), msg("If all of the file's are, write under coordinates: written: decimal-comma.")),
    "minutes": (
        msg("The degrees are written with minutes or with letters of directions."),
        msg("If all of the file's are, write under coordinates: written: degrees-minutes."),
    ),
    "zero": (msg("The position is 0, 0: what a device without a signal writes."), msg("Nothing is made of the row.")),
    "letter": (
        msg("The letter O stands for west in some languages (oeste, ouest), for east in others (Ost)."),
        msg("Say which under coordinates: written: degrees-minutes-o-west, or degrees-minutes-o-east."),
    ),
    "projected": (msg("The numbers are too large for degrees: these look like metres of a projected system."), EXPORT),
    "swapped": (msg("The latitude is beyond 90: latitude and longitude seem to be swapped."), msg("If all of the file's are, exchange the two columns.")),
    "exchanged": (msg("The letters of directions say that latitude and longitude are exchanged."), msg("If all of the file's are, exchange the two columns.")),
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
    return Written.MINUTES if _degrees(text) else None


def by_letters(longitudes: Iterable[str]) -> Written:
    """How degrees with letters are written: O stands for the side that no other letter of the column stands for; open where both or none do."""
    sides = {_side(text) for text in longitudes}
    east, west = not sides.isdisjoint(_EAST), "W" in sides
    if "O" not in sides or east == west:
        return Written.MINUTES
    return Written.O_WEST if east else Written.O_EAST


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
    if max(abs(latitude), abs(longitude)) > METRES:
        return fault("projected")
    return fault("swapped") if abs(latitude) <= LONGITUDE and abs(longitude) <= LATITUDE else fault("range")


def parts_of(text: str) -> tuple[str, ...] | Fault:
    """Latitude, longitude and what follows, of a position in one text: `5.6 -0.2 30 4.5`, `(5.6, -0.2)`, `[5.6, -0.2]`; WKT has the longitude first."""
    text = text.strip()
    if not text:
        return fault("missing")
    if len(text) <= _LONGEST and (two := _TWO.fullmatch(text)) and all(map(_degrees, pair := [part for part in two.groups() if part])):
        return tuple(pair if _side(pair[0]) in _UP else pair[::-1])
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
    if written.lettered and (_side(latitude) in tuple(_ACROSS) or _side(longitude) in tuple(_UP)):
        return fault("exchanged")
    if written is Written.MINUTES and _side(longitude) == "O":
        return fault("letter")
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


def _degrees(text: str) -> re.Match[str] | None:
    """Degrees with minutes, a sign of degrees, or a letter of a direction; a plain number is none of these."""
    found = _DEGREES.fullmatch(text)
    return found if found and (found["degrees"] or found["mark"] or found["before"] or found["after"]) else None


def _side(text: str) -> str:
    """The letter of a direction that stands with degrees; empty where none does."""
    found = _degrees(text)
    return (found["before"] or found["after"] or "").upper() if found else ""


def _with_minutes(text: str, negative: str = _NEGATIVE) -> float | None:
    """Degrees, minutes and perhaps seconds, or degrees with a letter; `negative` are the letters of south and west."""
    found = _degrees(text)
    if found is None:
        return _with_comma(text)
    degrees, minutes, seconds = (float((found[name] or "0").replace(",", ".")) for name in ("degrees", "minutes", "seconds"))
    if minutes >= _SIXTY or seconds >= _SIXTY or (found["before"] and found["after"]):
        return None
    size = float((found["plain"] or "0").replace(",", ".")) + degrees + minutes / _SIXTY + seconds / _SIXTY**2
    return -size if _side(text) in tuple(negative) or found["sign"] in ("-", "\u2212") else size


_READERS: Mapping[Written, Callable[[str], float | None]] = {
    Written.COMMA: _with_comma,
    Written.MINUTES: _with_minutes,
    Written.O_EAST: _with_minutes,
    Written.O_WEST: partial(_with_minutes, negative=_NEGATIVE + "O"),
}

"""Data messages of SDMX-ML 2.1, generic or structure-specific, read element by element with limits on everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.sdmx.incoming import KNOWN, NEEDED, Heard, Incoming, incoming, not_ours
from sdgcities.exchange.sdmx.official import TIME, VALUE
from sdgcities.findings import Message, msg
from sdgcities.intake.files import MEGABYTE, read_bytes
from sdgcities.intake.xml import MAX_ATTRIBUTES, local, walk

MAX_BYTES = 256 * MEGABYTE
MAX_DEPTH = 20
MAX_OBSERVATIONS = 2_000_000
MAX_CHARACTERS = 10_000
"""Of one attribute."""
_KINDS = {"GenericData", "GenericTimeSeriesData", "StructureSpecificData", "StructureSpecificTimeSeriesData"}
_VERSION = re.compile(r"sdmx\.org/resources/sdmxml/schemas/v([0-9])_([0-9])/message$", re.IGNORECASE)
_SAVE = msg("Export it as SDMX-ML 2.1 data, generic or structure-specific, or as SDMX-CSV.")


def read_message(path: Path, heard: Heard) -> list[Incoming]:
    """Every observation of the message. Raises Refused with the line."""
    reading = _Reading(path, heard)
    del heard.lines[:]
    walk(path, read_bytes(path, MAX_BYTES), reading.begin, reading.end, reading.text, follow=reading.follow)
    return reading.found


class _Reading:
    """Gathers what is said of the data set, the series and the observation, each for as long as it is open."""

    def __init__(self, path: Path, heard: Heard) -> None:
        self.found: list[Incoming] = []
        self._path, self._heard = path, heard
        self._open: list[str] = []
        self._set: dict[str, str] = {}
        self._series: dict[str, str] = {}
        self._obs: dict[str, str] = {}
        self._keys: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._across = TIME
        self._specific = False
        self._line: Callable[[], int] = int
        self._begun = 0

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        space, own = local(name)
        if not self._open:
            self._specific = _check_kind(space, own)
        if len(self._open) >= MAX_DEPTH:
            raise _limit(msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH))
        if len(attributes) > MAX_ATTRIBUTES or any(len(text) > MAX_CHARACTERS for text in attributes.values()):
            raise _limit(msg("An element has more than %(n)s attributes, or one of more than %(long)s characters.", n=MAX_ATTRIBUTES, long=MAX_CHARACTERS))
        self._open.append(own)
        if "DataSet" not in self._open[:2]:
            self._head(own, attributes)
        elif own in ("DataSet", "Series", "Obs"):
            self._fresh(own, attributes)
        elif own == "Value":
            self._say(attributes.get("id", ""), attributes.get("value", ""))
        elif own == "ObsDimension":
            self._say(attributes.get("id", "") or self._across, attributes.get("value", ""))
        elif own == "ObsValue":
            self._say(VALUE, attributes.get("value", ""))

    def end(self, _: str) -> None:
        own = self._open.pop()
        if own == "Obs" and "DataSet" in self._open:
            self._take()
        elif own == "Series":
            self._series = {}

    def follow(self, line: Callable[[], int]) -> None:
        """Know the line that is being read."""
        self._line = line

    def text(self, text: str) -> None:
        """Texts stand in the header only; none of them is needed."""

    def _head(self, own: str, attributes: Mapping[str, str]) -> None:
        if own == "Sender":
            self._heard.sender = attributes.get("id", "")
        elif own == "Structure" and "dimensionAtObservation" in attributes and attributes["dimensionAtObservation"] != "AllDimensions":
            self._across = attributes["dimensionAtObservation"]

    def _fresh(self, own: str, attributes: Mapping[str, str]) -> None:
        """A new data set, series or observation; in a structure-specific message its attributes are what is said of it."""
        if str(attributes.get(_ACTION, attributes.get("action", ""))) == "Delete":
            raise refuse(
                "sdmx.delete", msg("The message asks for figures to be deleted; nothing is ever deleted here."), msg("Ask for a message with figures.")
            )
        said = {name: text for name, text in attributes.items() if "\n" not in name} if self._specific else {}
        if own == "DataSet":
            self._set = said
        elif own == "Series":
            self._series = said
        else:
            self._obs, self._begun = said, self._line()

    def _say(self, name: str, text: str) -> None:
        """What a generic message says, of whatever is open."""
        target = self._obs if "Obs" in self._open else self._series if "Series" in self._open else self._set
        target[name] = text

    def _take(self) -> None:
        given = {**self._set, **self._series, **self._obs}
        self._obs = {}
        if len(self.found) >= MAX_OBSERVATIONS:
            raise _limit(msg("The file has more than %(n)s observations.", n=MAX_OBSERVATIONS))
        for name in NEEDED:
            if name not in given:
                raise not_ours(self._path, name)
        self._heard.unknown.update(given.keys() - KNOWN)
        one = incoming(len(self.found) + 1, given)
        self.found.append(one._replace(key=self._keys.setdefault(one.key, one.key)))
        self._heard.lines.append(self._begun)


_ACTION = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific\naction"


def _check_kind(space: str, own: str) -> bool:
    """Whether the message is structure-specific. Refused, by its name, where it is none of 2.1 with data."""
    version = _VERSION.search(space)
    if version is None:
        raise refuse("sdmx.kind", msg("This is no message of SDMX: its first element is %(name)s.", name=own[:80]), _SAVE)
    number = f"{version[1]}.{version[2]}"
    if number != "2.1":
        raise refuse("sdmx.version", msg("This is SDMX-ML %(version)s (%(kind)s); 2.1 is read.", version=number, kind=own[:80]), _SAVE)
    if own == "Structure":
        raise refuse(
            "sdmx.kind", msg("This is a structure message: it says what figures mean, and holds none."), msg("Import the data message that belongs to it.")
        )
    if own not in _KINDS:
        raise refuse("sdmx.kind", msg("This is a message of SDMX without figures: %(kind)s.", kind=own[:80]), _SAVE)
    return own.startswith("StructureSpecific")


def _limit(problem: Message) -> Refused:
    return refuse("xml.limits", problem, msg("Split the file, or export less."))

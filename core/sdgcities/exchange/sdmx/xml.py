"""SDMX-ML 2.1: data as generic or structure-specific messages, and the structure itself. Written element by element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sdgcities.exchange.sdmx.hub_structure import OWN_VERSION
from sdgcities.exchange.sdmx.observations import LABEL, Key, Observation, Sending
from sdgcities.exchange.sdmx.official import STRUCTURE, TIME, UNIT, VALUE, official

NAMESPACE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}
_TEXT |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535), "�")
"""How a text stands in XML; characters that no XML may hold become the sign for that."""


class Xml:
    """Writes elements as they come."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._depth = stream, 0
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, str] | None = None) -> Iterator[None]:
        """An element with others in it."""
        self._line(f"<{name}{_attributes(attributes)}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{name}>")

    def empty(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element with attributes only."""
        self._line(f"<{name}{_attributes(attributes)}/>")

    def text(self, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
        """An element with a text."""
        self._line(f"<{name}{_attributes(attributes)}>{text.translate(_TEXT)}</{name}>")

    def _line(self, text: str) -> None:
        self._stream.write(f"{' ' * self._depth}{text}\n")


def _attributes(given: Mapping[str, str] | None) -> str:
    return "".join(f' {name}="{text.translate(_TEXT)}"' for name, text in (given or {}).items())


def header(xml: Xml, sending_id: str, prepared: str, agency: str) -> None:
    """What every message begins with."""
    xml.text("mes:ID", sending_id)
    xml.text("mes:Test", "false")
    xml.text("mes:Prepared", prepared)
    xml.empty("mes:Sender", {"id": agency})


def specific_namespace(agency: str) -> str:
    """The name of the schema that a structure-specific message is written by."""
    return f"urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure={agency}:{STRUCTURE}({OWN_VERSION}):ObsLevelDim:{TIME}"


def generic_series(xml: Xml, key: Key, observations: Sequence[Observation]) -> None:
    """A series of a generic message."""
    with xml.element("gen:Series"):
        with xml.element("gen:SeriesKey"):
            for component, code in zip(official().dimensions, key.codes, strict=True):
                xml.empty("gen:Value", {"id": component.id, "value": code})
        _generic_attributes(xml, _of_series(key))
        for one in observations:
            with xml.element("gen:Obs"):
                xml.empty("gen:ObsDimension", {"id": TIME, "value": one.time})
                if one.value is not None:
                    xml.empty("gen:ObsValue", {"value": one.value})
                _generic_attributes(xml, one.attributes())


def specific_series(xml: Xml, key: Key, observations: Sequence[Observation]) -> None:
    """A series of a structure-specific message."""
    codes = {component.id: code for component, code in zip(official().dimensions, key.codes, strict=True)}
    with xml.element("Series", {**codes, **_of_series(key)}):
        for one in observations:
            value = {} if one.value is None else {VALUE: one.value}
            xml.empty("Obs", {TIME: one.time, **value, **one.attributes()})


def _generic_attributes(xml: Xml, given: Mapping[str, str]) -> None:
    with xml.element("gen:Attributes"):
        for name, text in given.items():
            xml.empty("gen:Value", {"id": name, "value": text})


def _of_series(key: Key) -> dict[str, str]:
    return {UNIT: key.unit_measure, **({LABEL: key.label} if key.label else {})}


def write_data(sending: Sending, path: Path, *, specific: bool) -> None:
    """A data message of every series."""
    agency, kind = sending.structure.agency, "StructureSpecificData" if specific else "GenericData"
    spaces = {"xmlns:mes": f"{NAMESPACE}/message", "xmlns:com": f"{NAMESPACE}/common", "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance"}
    own = specific_namespace(agency)
    spaces |= {"xmlns:ss": f"{NAMESPACE}/data/structurespecific", "xmlns:own": own} if specific else {"xmlns:gen": f"{NAMESPACE}/data/generic"}
    of_set = {"ss:dataScope": "DataStructure", "xsi:type": "own:DataSetType", "ss:structureRef": STRUCTURE, "ss:action": "Information"}
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        xml = Xml(stream)
        with xml.element(f"mes:{kind}", spaces):
            with xml.element("mes:Header"):
                header(xml, f"{agency}_{sending.number}", sending.prepared, agency)
                of_structure = {"structureID": STRUCTURE, **({"namespace": own} if specific else {}), "dimensionAtObservation": TIME}
                with xml.element("mes:Structure", of_structure), xml.element("com:Structure"):
                    xml.empty("Ref", {"agencyID": agency, "id": STRUCTURE, "version": OWN_VERSION, "class": "DataStructure", "package": "datastructure"})
                xml.text("mes:DataSetAction", "Information")
            with xml.element("mes:DataSet", of_set if specific else {"structureRef": STRUCTURE, "action": "Information"}):
                for key, observations in sending.series():
                    (specific_series if specific else generic_series)(xml, key, observations)

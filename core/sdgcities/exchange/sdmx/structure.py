"""SDMX-ML 2.1, the structure message: the code lists with the hub's own codes, the global concepts, the hub's structure and its dataflow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.sdmx.hub_structure import FLOW, OWN_VERSION, HubStructure, OwnCode
from sdgcities.exchange.sdmx.observations import Sending
from sdgcities.exchange.sdmx.official import AGENCY, CONCEPTS, STRUCTURE, VALUE, VERSION, CodeList, Component, official
from sdgcities.exchange.sdmx.xml import NAMESPACE, Xml, header
from sdgcities.findings import Finding
from sdgcities.writing import whole_file


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write the structure of the hub, which is the same whatever was asked for."""
    sending = Sending(going)
    spaces = {"xmlns:mes": f"{NAMESPACE}/message", "xmlns:str": f"{NAMESPACE}/structure", "xmlns:com": f"{NAMESPACE}/common"}
    with whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as stream:
        xml = Xml(stream)
        with xml.element("mes:Structure", spaces):
            with xml.element("mes:Header"):
                header(xml, f"{sending.structure.agency}_{STRUCTURE}_{sending.number}", sending.prepared, sending.structure.agency)
            with xml.element("mes:Structures"):
                _structures(xml, sending.structure, going.labels)
    return ()


def _structures(xml: Xml, structure: HubStructure, labels: Sequence[Labels]) -> None:
    own = {(official().list_of(one.component).id, one.code): one for one in structure.own}
    with xml.element("str:Dataflows"), xml.element("str:Dataflow", _maintained(structure.agency, FLOW, OWN_VERSION)):
        _name(xml, "Sustainable Development Goals of cities")
        with xml.element("str:Structure"):
            xml.empty("Ref", {"agencyID": structure.agency, "id": STRUCTURE, "version": OWN_VERSION, "class": "DataStructure", "package": "datastructure"})
    with xml.element("str:Codelists"):
        for given in structure.lists.values():
            _list(xml, given, own, labels)
    with xml.element("str:Concepts"), xml.element("str:ConceptScheme", _maintained(AGENCY, CONCEPTS, VERSION)):
        _name(xml, "SDG concepts")
        for component in official().components:
            with xml.element("str:Concept", {"id": component.id}):
                _name(xml, component.name)
    with xml.element("str:DataStructures"), xml.element("str:DataStructure", _maintained(structure.agency, STRUCTURE, OWN_VERSION)):
        _name(xml, "SDG structure with codes of cities")
        with xml.element("str:DataStructureComponents"):
            _components(xml, structure)


def _list(xml: Xml, given: CodeList, own: Mapping[tuple[str, str], OwnCode], labels: Sequence[Labels]) -> None:
    with xml.element("str:Codelist", _maintained(given.agency, given.id, given.version)):
        _name(xml, given.name)
        for code, english in given.codes.items():
            with xml.element("str:Code", {"id": code}):
                added = own.get((given.id, code))
                names = {one.language.replace("_", "-"): added.called(one) for one in labels} if added else {}
                for language, name in (names or {"en": english}).items():
                    xml.text("com:Name", name or code, {"xml:lang": language})


def _components(xml: Xml, structure: HubStructure) -> None:
    dimensions = [one for one in official().components if one.kind in ("dimension", "time")]
    with xml.element("str:DimensionList", {"id": "DimensionDescriptor"}):
        for position, one in enumerate(dimensions, start=1):
            with xml.element("str:TimeDimension" if one.kind == "time" else "str:Dimension", {"id": one.id, "position": str(position)}):
                _represented(xml, one, structure)
    with xml.element("str:AttributeList", {"id": "AttributeDescriptor"}):
        for one in official().attributes:
            with xml.element("str:Attribute", {"id": one.id, "assignmentStatus": "Mandatory" if one.mandatory else "Conditional"}):
                _represented(xml, one, structure)
                _attached(xml, one)
    with xml.element("str:MeasureList", {"id": "MeasureDescriptor"}):
        for one in official().components:
            if one.kind == "measure":
                with xml.element("str:PrimaryMeasure", {"id": one.id}):
                    _represented(xml, one, structure)


def _represented(xml: Xml, one: Component, structure: HubStructure) -> None:
    with xml.element("str:ConceptIdentity"):
        whole = {"maintainableParentID": CONCEPTS, "maintainableParentVersion": VERSION, "agencyID": AGENCY}
        xml.empty("Ref", {**whole, "id": one.id, "class": "Concept", "package": "conceptscheme"})
    with xml.element("str:LocalRepresentation"):
        if not one.list:
            xml.empty("str:TextFormat", {"textType": one.text or "String"})
            return
        given = structure.lists[one.list]
        with xml.element("str:Enumeration"):
            xml.empty("Ref", {"agencyID": given.agency, "id": given.id, "version": given.version, "class": "Codelist", "package": "codelist"})


def _attached(xml: Xml, one: Component) -> None:
    with xml.element("str:AttributeRelationship"):
        if one.attached == "observation":
            with xml.element("str:PrimaryMeasure"):
                xml.empty("Ref", {"id": VALUE})
            return
        for dimension in official().dimensions:
            with xml.element("str:Dimension"):
                xml.empty("Ref", {"id": dimension.id})


def _maintained(agency: str, code: str, version: str) -> dict[str, str]:
    return {"agencyID": agency, "id": code, "version": version, "isFinal": "false", "isExternalReference": "false"}


def _name(xml: Xml, english: str) -> None:
    xml.text("com:Name", english, {"xml:lang": "en"})

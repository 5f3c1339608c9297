"""Makes the shipped lists of core/sdgcities/exchange/sdmx/official anew from the structure and the content constraints.

Example: python -m tests.exchange.sdmx_lists DATA/standards/sdmx
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any, cast

from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.xml import load_xml
from sdgcities.writing import put

SHIPPED = Path(__file__).parents[2] / "core" / "sdgcities" / "exchange" / "sdmx" / "official"
Item = dict[str, Any]


def compiled(folder: Path) -> dict[str, str]:
    """The text of each shipped file, made from the folder of the standard."""
    document = cast("Item", load_xml(folder / "IAEG-SDGs_SDG_1.0_dsd.xml"))["Structure"]["Structures"]
    lists = _several(document["Codelists"]["Codelist"])
    scheme = document["Concepts"]["ConceptScheme"]
    parts = document["DataStructures"]["DataStructure"]["DataStructureComponents"]
    names = {concept["@id"]: _name(concept) for concept in _several(scheme["Concept"])}
    constraints = folder / "sdmx_global_content_constraints.csv"
    header = read_header(constraints, encoding="utf-8-sig")
    return {
        "lists.csv": _table(("id", "agency", "version", "name"), ((one["@id"], one["@agencyID"], one["@version"], _name(one)) for one in lists)),
        "codes.csv": _table(("list", "code", "name", "indicator"), (row for one in lists for row in _codes(one))),
        "components.csv": _table(("id", "kind", "name", "list", "mandatory", "attached", "text"), _components(parts, names)),
        "constraints.csv": _table(header, (_tidied(row) for _, row in read_rows(constraints, len(header), encoding="utf-8-sig"))),
    }


def _components(parts: Item, names: dict[str, str]) -> Iterator[Sequence[str]]:
    for one in sorted(_several(parts["DimensionList"]["Dimension"]), key=lambda item: int(item["@position"])):
        yield (one["@id"], "dimension", names[one["@id"]], _enumeration(one), "yes", "", "")
    time, measure = parts["DimensionList"]["TimeDimension"], parts["MeasureList"]["PrimaryMeasure"]
    yield (time["@id"], "time", names[time["@id"]], "", "yes", "", _text(time))
    yield (measure["@id"], "measure", names[measure["@id"]], "", "", "", _text(measure))
    for one in _several(parts["AttributeList"]["Attribute"]):
        attached = "observation" if "PrimaryMeasure" in one["AttributeRelationship"] else "series"
        mandatory = "yes" if one["@assignmentStatus"] == "Mandatory" else ""
        yield (one["@id"], "attribute", names[one["@id"]], _enumeration(one), mandatory, attached, _text(one))


def _codes(one: Item) -> Iterator[Sequence[str]]:
    for code in _several(one["Code"]):
        notes = {note["AnnotationTitle"]: note["AnnotationText"]["#text"] for note in _several(code.get("Annotations", {}).get("Annotation", []))}
        yield (one["@id"], code["@id"], _name(code), notes.get("Indicator", ""))


def _enumeration(one: Item) -> str:
    given = one["LocalRepresentation"]
    return str(given["Enumeration"]["Ref"]["@id"]) if "Enumeration" in given else ""


def _text(one: Item) -> str:
    given = one["LocalRepresentation"].get("TextFormat")
    return str(given["@textType"]) if isinstance(given, dict) else ""


def _name(one: Item) -> str:
    """The English name."""
    return " ".join(next(name["#text"] for name in _several(one["Name"]) if name["@lang"] == "en").split())


def _tidied(row: Sequence[str]) -> list[str]:
    """The name as it stands; the codes without the blanks that some of their lists have."""
    return [row[0].strip(), row[1].strip(), *(";".join(code.strip() for code in cell.split(";") if code.strip()) for cell in row[2:])]


def _several(found: object) -> list[Any]:
    return found if isinstance(found, list) else [found]


def _table(header: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def main(folder: Path) -> None:
    """Write every file."""
    for name, text in compiled(folder).items():
        put(SHIPPED / name, text.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Wrong files that the rules of places must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

from tests.kit.sound import PACKAGE, spoilt, write
from tests.kit.wrong import Wrong, parametrized, sound, tell, verdict


def square(unit: str, longitude: float, latitude: float) -> str:
    """A further boundary, half a degree wide."""
    ends = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.5), (0.0, 0.0)]
    ring = [[longitude + across, latitude + along] for across, along in ends]
    return f',\n{{"type": "Feature", "properties": {{"unit": "{unit}"}}, "geometry": {{"type": "Polygon", "coordinates": [{ring}]}}}}'


OTHERS = square("XA0102", -29.5, 30.5) + square("XA-OLD-PORTS", -29.5, 31)
WRONG = [
    Wrong("units-valid", "units.csv", "XA0102,town,XA01,Port Leukippe", "XA0101,town,XA01,Port Leukippe", "4:id", "XA0101 stands twice"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,village,XA01", "4:level", "no level village"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,town,XA09", "4:parent", "no unit XA09"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,town,XA0101", "4:parent", "not of a level above"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01,Port Leukippe", "XA0102,town,XA01,", "4:name", "The name is missing"),
    Wrong("units-valid", "units.csv", "XA0102,town", "XA 0102,town", "4:id", "can't be a unit's id"),
    Wrong("units-valid", "units.csv", "register=0102", "register=0101", "4:codes", "register=0101 stands twice"),
    Wrong("units-valid", "units.csv", "pcode=XA0102;register=0102", "pcode=XA0102;register", "4:codes", "system=code"),
    Wrong("units-valid", "units.csv", "register=0102,2020-01-01", "register=0102,01/01/2020", "4:valid_from", "is not a date"),
    Wrong("units-valid", "units.csv", "2020-01-01,,,,8000", "2020-02-30,,,,8000", "4:valid_from", "is not a date"),
    Wrong("units-valid", "units.csv", "8000,2024", "8 000,2024", "4:population", "not a whole number"),
    Wrong("units-valid", "units.csv", "8000,2024,register", "8000,2024,census", "4:source", "no source census"),
    Wrong("units-valid", "units.csv", "register,draft,,false", "register,checked,,false", "4:status", "here stands checked"),
    Wrong("units-valid", "units.csv", "XA0102,town,", "XA0102,city,", "4:level", "There is no level city in plugin.yaml. There are: island, town."),
    Wrong("units-valid", "units.csv", ",split,", ",divided,", "5:change", "With successors"),
    Wrong("units-valid", "units.csv", "XA0101|XA0102,split", "XA0101|XA0199,split", "5:successors", "no other unit XA0199"),
    Wrong("units-valid", "units.csv", ",2019-12-31,XA0101", ",,XA0101", "5:valid_to", "its last day is missing"),
    Wrong("units-valid", "units.csv", "Twin Ports,,,,2019-12-31", "Twin Ports,,,2020-12-31,2019-12-31", "5:valid_to", "last day is before the first"),
    Wrong("units-valid", "units.csv", ",other_names,", ",names,", "1:names", "column names is not known"),
    Wrong("units-valid", "units.csv", "id,level,parent,name", "id,level,above,name", "1:above", "column above is not known"),
    Wrong("units-valid", "units.csv", ",other_names,", ",othernames,", "1:othernames", "Did you mean other_names"),
    Wrong("units-valid", "units.csv", "id,level,parent", "ID,Level,parent", "1:ID", "Did you mean id"),
    Wrong("units-valid", "units.csv", ",other_names,codes", ",,codes", "1", "Column 5, after name, has no name"),
    Wrong("units-valid", "units.csv", "id,level,parent", "Towns of Atlantis,,,,,,,,,,,,,,,\nid,level,parent", "1", "holds nothing but Towns of Atlantis"),
    Wrong("units-valid", "units.csv", "id,level,parent", "Towns of Atlantis\n\nid,level,parent", "1", "stand in row 3; they belong in the first"),
    Wrong(
        "units-valid", "aliases.csv", "scope,scope_id,name,within,unit,reason", "Scope,Scope ID,Name,Within,Unit,Reason", "1", "Did you mean scope, scope_id"
    ),
    Wrong("units-valid", "boundaries.geojson", '"unit": "XA01"}', '"unit": "XA01", "name": "North"}', "2", "Feature 1 (XA01): name is not known here"),
    Wrong("units-valid", "units.csv", "register,draft,,false", "register,draft,false", "4", "cells; the header has"),
    Wrong("units-valid", "units.csv", "Port Clito,Clito", '"Port Clito,Clito', "3", "a quotation mark is opened in this row and never closed"),
    Wrong("units-valid", "aliases.csv", "XA0101,So the table", "XA0199,So the table", "2:unit", "no unit XA0199"),
    Wrong("units-valid", "aliases.csv", "XA0101,So the table", "xa0101,So the table", "2:unit", "Did you mean XA0101"),
    Wrong("units-valid", "aliases.csv", "profile,register-population", "page,register-population", "2:scope", "Must be one of"),
    Wrong("units-valid", "aliases.csv", "profile,register-population", "profile,register-people", "2:scope_id", "is no profile of the plugin"),
    Wrong("units-valid", "aliases.csv", "source,Registry of Atlantis", "source,Registry", "3:scope_id", "is no source of the plugin"),
    Wrong("units-valid", "aliases.csv", "So the office calls it.", "", "3:reason", "The reason is missing"),
    Wrong("units-valid", "aliases.csv", "source,Registry of Atlantis", "source,", "3:scope_id", "name the office or the profile"),
    Wrong("units-valid", "boundaries.geojson", '"unit": "XA01"', '"unit": "XA09"', "2", "which is no unit"),
    Wrong("units-valid", "boundaries.geojson", '"source": "register"', '"source": "map"', "1", "no source map"),
    Wrong("units-valid", "boundaries.geojson", "[-30, 30], [-29, 30]", "[-30, 30], [290, 30]", "2", "Feature 1"),
    Wrong("units-valid", "boundaries.geojson", '"date": "2024"', '"date": "lately"', "1", "a year, month or day"),
    Wrong("units-valid", "boundaries.geojson", "]]]}}\n]}", "]]]}}\n]", "4:1", "a comma or a closing bracket is missing"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01,Port Leukippe", "XA0102,town,XA01,Port Clito", "4:name", "stands twice below"),
    Wrong("units-valid", "units.csv", "8000,2024", "8000,", "4:population_year", "A population needs its year"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,Town,XA01", "4:level", "Did you mean town"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,twon,XA01", "4:level", "Did you mean town"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,town,North Island", "4:parent", "did you mean XA01, North Island"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0102,town,xa01", "4:parent", "Did you mean XA01, North Island"),
    Wrong("units-valid", "units.csv", "8000,2024,register", "8000,2024,registre", "4:source", "Did you mean register"),
    Wrong("units-valid", "units.csv", "8000,2024,register", "8000,2024,", "4:source", "There is no source ''"),
    Wrong("units-valid", "units.csv", "8000,2024", "8000,22", "4:population_year", "22 is no year"),
    Wrong("units-valid", "units.csv", "8000,2024", "8000,20244", "4:population_year", "20244 is no year"),
    Wrong("units-valid", "units.csv", "8000,2024", "8000,2124", "4:population_year", "which is still to come"),
    Wrong("units-valid", "units.csv", "pcode=XA0102;register=0102", '"pcode=XA0102,register=0102"', "4:codes", "with ; between them"),
    Wrong("units-valid", "units.csv", "pcode=XA0102;register=0102", "pcode=XA0102;register=102", "4:codes", "write register=0102"),
    Wrong("units-valid", "units.csv", "pcode=XA0102;register=0102", "pcode=XA0102;registre=0102", "4:codes", "Did you mean register"),
    Wrong("units-valid", "units.csv", "XA-OLD-PORTS", "xa-OLD-PORTS", "5:id", "Write XA-OLD-PORTS"),
    Wrong("units-valid", "units.csv", "XA-OLD-PORTS,town", "0199,town", "5:id", "Did you mean XA0199"),
    Wrong("units-valid", "units.csv", "Port Leukippe", "#REF!", "4:name", "a formula or a fault"),
    Wrong("units-valid", "units.csv", "Port Leukippe", "=B4", "4:name", "a formula or a fault"),
    Wrong("units-valid", "units.csv", "Port Leukippe", "Port L�ukippe", "4:name", "has lost letters"),
    Wrong("units-valid", "units.csv", "Port Leukippe", "Port L???kippe", "4:name", "has lost letters"),
    Wrong("units-valid", "units.csv", "Port Leukippe", "Port LÃ©ukippe", "4:name", "Did you mean Port Léukippe"),
    Wrong("units-valid", "units.csv", "Port Clito,Clito", "Port Clito,Clito; Kleito", "3:other_names", "put | between them"),
    Wrong("units-valid", "units.csv", "Port Clito,Clito", "Port Clito,zz:Clito", "3:other_names", "zz is no code of a language"),
    Wrong("units-valid", "units.csv", "Port Clito,Clito", "Port Clito,EN:Clito", "3:other_names", "EN is no code of a language"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01", "XA0103,town,XA01,Port Atlas,,,,,,,,,register,draft,,\nXA0102,town,", "5:parent", "has no parent"),
    Wrong("units-valid", "units.csv", "register,draft,,false", "register,draft,,no", "4:attr:harbour", "is no true or false"),
    Wrong("units-valid", "units.csv", "attr:harbour", "attr:big harbour", "2:attr:big harbour", "Write attr:big_harbour"),
    Wrong("units-valid", "units.csv", "XA01,island,,North Island", "XAA,nation,,Atlantis", "2:id", "has the id XA and the level country"),
    Wrong("units-valid", "units.csv", "XA01,island,,North Island", "XA,nation,,Atlantis", "2:level", "has the id XA and the level country"),
    Wrong(
        "units-valid", "units.csv", "XA01,island,,North Island", "XB,country,,Lemuria", "6:13", "units.csv is of XB, plugin.yaml says XA", told_in="plugin.yaml"
    ),
    Wrong("units-valid", "aliases.csv", "The Quay", "The QuÃ©y", "3:name", "Did you mean The Quéy"),
    Wrong("units-valid", "aliases.csv", "The Port,,XA0101", "The Port,North,XA0101", "2:within", "the alias never holds"),
    Wrong(
        "units-valid",
        "aliases.csv",
        "source,Registry of Atlantis",
        "profile,register-population,The Port,,XA0102,Twice.\nsource,Registry of Atlantis",
        "3:name",
        "The Port means XA0101 and XA0102",
    ),
    Wrong("units-valid", "boundaries.geojson", "\n]}", OTHERS + square("XA0101", 30, -29.5) + "\n]}", "5", "seem to be swapped"),
    Wrong("units-valid", "boundaries.geojson", "\n]}", OTHERS + square("XA0101", 12, 47) + "\n]}", "5", "Is it the right place"),
    Wrong("units-of-country", "units.csv", "XA-OLD-PORTS", "XB-OLD-PORTS", "5:id", "XB-OLD-PORTS is no code of XA"),
    Wrong("units-of-country", "units.csv", "XA-OLD-PORTS", "KEN99", "5:id", "KEN99 is no code of XA"),
    Wrong("units-of-country", "units.csv", "iso_3166_2=XA-01", "iso_3166_2=KE-01", "2:codes", "iso_3166_2=KE-01"),
    Wrong("units-of-country", "units.csv", "iso_3166_2=XA-01", "iso_3166_2=01", "2:codes", "iso_3166_2=01"),
    Wrong("units-of-country", "units.csv", "pcode=XA0102", "pcode=TZ0102", "4:codes", "pcode=TZ0102"),
    Wrong("units-add-up", "units.csv", "8000,2024", "8001,2024", "2:population", "1 too many"),
    Wrong("units-add-up", "units.csv", "8000,2024", "7999,2024", "2:population", "1 too few"),
    Wrong("units-add-up", "units.csv", "20000,2024", "200,2024", "2:population", "19800 too many"),
]


def test_the_list_of_another_country_is_told_once(tmp_path: Path) -> None:
    package = sound(tmp_path)
    for file in (package / "units.csv", package / "aliases.csv"):
        file.write_text(file.read_text(encoding="utf-8").replace("XA", "KE"), encoding="utf-8")
    (finding,) = verdict(package, "units-of-country").findings
    assert str(finding.message) == "units.csv is of KE, plugin.yaml says XA."
    assert (Path(finding.where.file or "").name, finding.where.line) == ("plugin.yaml", 6)


def test_an_empty_id_is_told_and_not_what_follows_from_it(tmp_path: Path) -> None:
    country = "XA,country,,Atlantis,,,,,,,,,register,draft,,\n"
    write(tmp_path, spoilt("units.csv", "XA0102,town,XA01,Port Leukippe", f"{country},town,XA01,Port Atlas,,,,,,,,,register,draft,,\n,town,XA01,Port Leukippe"))
    findings = verdict(tmp_path / "atlantis" / PACKAGE, "units-valid").findings
    empty = [finding for finding in findings if finding.where.row in (4, 5, 6)]
    assert [(one.where.row, one.where.column, str(one.message)) for one in empty] == [
        (5, "id", "'' can't be a unit's id."),
        (6, "id", "'' can't be a unit's id."),
    ]


def test_an_unknown_level_is_told_and_not_what_follows_from_it(tmp_path: Path) -> None:
    write(tmp_path, spoilt("units.csv", "XA01,island,", "XA01,Island,"))
    findings = verdict(tmp_path / "atlantis" / PACKAGE, "units-valid").findings
    assert [(finding.where.row, finding.where.column) for finding in findings] == [(2, "level")]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)

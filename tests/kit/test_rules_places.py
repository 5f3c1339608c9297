"""Wrong files that the rules of places must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

from tests.kit.wrong import Wrong, parametrized, tell

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
    Wrong("units-valid", "units.csv", "register,draft,,false", "register,checked,,false", "4:status", "Must be one of"),
    Wrong("units-valid", "units.csv", ",split,", ",divided,", "5:change", "With successors"),
    Wrong("units-valid", "units.csv", "XA0101|XA0102,split", "XA0101|XA0199,split", "5:successors", "no other unit XA0199"),
    Wrong("units-valid", "units.csv", ",2019-12-31,XA0101", ",,XA0101", "5:valid_to", "its last day is missing"),
    Wrong("units-valid", "units.csv", "Twin Ports,,,,2019-12-31", "Twin Ports,,,2020-12-31,2019-12-31", "5:valid_to", "last day is before the first"),
    Wrong("units-valid", "units.csv", ",other_names,", ",names,", "1:names", "column names is not known"),
    Wrong("units-valid", "units.csv", "id,level,parent,name", "id,level,above,name", "1:above", "column above is not known"),
    Wrong("units-valid", "units.csv", "register,draft,,false", "register,draft,false", "4", "cells; the header has"),
    Wrong("units-valid", "units.csv", "Port Clito,Clito", '"Port Clito,Clito', "5", "CSV"),
    Wrong("units-valid", "aliases.csv", "XA0101,So the table", "XA0199,So the table", "2:unit", "no unit XA0199"),
    Wrong("units-valid", "aliases.csv", "profile,register-population", "page,register-population", "2:scope", "Must be one of"),
    Wrong("units-valid", "aliases.csv", "profile,register-population", "profile,register-people", "2:scope_id", "is no profile of the plugin"),
    Wrong("units-valid", "aliases.csv", "source,Registry of Atlantis", "source,Registry", "3:scope_id", "is no source of the plugin"),
    Wrong("units-valid", "aliases.csv", "So the office calls it.", "", "3:reason", "The reason is missing"),
    Wrong("units-valid", "aliases.csv", "source,Registry of Atlantis", "source,", "3:scope_id", "name the office or the profile"),
    Wrong("units-valid", "boundaries.geojson", '"unit": "XA01"', '"unit": "XA09"', "", "which is no unit"),
    Wrong("units-valid", "boundaries.geojson", '"source": "register"', '"source": "map"', "", "no source map"),
    Wrong("units-valid", "boundaries.geojson", "[-30, 30], [-29, 30]", "[-30, 30], [290, 30]", "", "Feature 1"),
    Wrong("units-valid", "boundaries.geojson", '"date": "2024"', '"date": "lately"', "", "a year, month or day"),
    Wrong("units-valid", "boundaries.geojson", "]]]}}\n]}", "]]]}}\n]", "4", "not valid JSON"),
    Wrong("units-valid", "units.csv", "XA0102,town,XA01,Port Leukippe", "XA0102,town,XA01,Port Clito", "4:name", "stands twice below"),
    Wrong("units-valid", "units.csv", "8000,2024", "8000,", "4:population_year", "A population needs its year"),
    Wrong("units-of-country", "units.csv", "XA-OLD-PORTS", "XB-OLD-PORTS", "5:id", "XB-OLD-PORTS is no code of XA"),
    Wrong("units-of-country", "units.csv", "XA-OLD-PORTS", "KEN99", "5:id", "KEN99 is no code of XA"),
    Wrong("units-of-country", "units.csv", "iso_3166_2=XA-01", "iso_3166_2=KE-01", "2:codes", "iso_3166_2=KE-01"),
    Wrong("units-of-country", "units.csv", "iso_3166_2=XA-01", "iso_3166_2=01", "2:codes", "iso_3166_2=01"),
    Wrong("units-of-country", "units.csv", "pcode=XA0102", "pcode=TZ0102", "4:codes", "pcode=TZ0102"),
    Wrong("units-add-up", "units.csv", "8000,2024", "8001,2024", "2:population", "1 too many"),
    Wrong("units-add-up", "units.csv", "8000,2024", "7999,2024", "2:population", "1 too few"),
    Wrong("units-add-up", "units.csv", "20000,2024", "200,2024", "2:population", "19800 too many"),
]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)

"""The register of units against the counts and totals that the offices state."""

from __future__ import annotations

from collections import Counter

Rows = list[dict[str, str]]


def of(rows: Rows, level: str) -> Rows:
    return [row for row in rows if row["level"] == level]


def people(rows: Rows) -> int:
    return sum(int(row["population"]) for row in rows)


def test_there_are_as_many_of_each_as_the_ministry_counts(rows: Rows) -> None:
    assert Counter(row["level"] for row in rows) == {"country": 1, "nuts2": 26, "province": 81, "district": 973, "municipality": 1407}
    kinds = Counter(row["attr:kind"] for row in of(rows, "municipality"))
    assert kinds == {"metropolitan": 30, "metropolitan-district": 519, "province-centre": 51, "district": 403, "town": 404}
    assert Counter(row["name"] for row in of(rows, "district")).most_common(1) == [("Merkez", 51)]


def test_the_population_adds_up(rows: Rows) -> None:
    assert people(of(rows, "country")) == people(of(rows, "province")) == people(of(rows, "district")) == 86_092_168


def test_a_metropolitan_municipality_has_its_province(rows: Rows) -> None:
    provinces = {row["id"]: row for row in of(rows, "province")}
    metropolitan = [row for row in of(rows, "municipality") if row["attr:kind"] == "metropolitan"]
    assert {row["parent"] for row in metropolitan} == {unit for unit, row in provinces.items() if row["attr:metropolitan"] == "true"}
    assert all(row["population"] == provinces[row["parent"]]["population"] for row in metropolitan)
    assert all(row["attr:metropolitan"] == "true" for row in metropolitan)
    assert {row["source"] for row in metropolitan} == {"tuik"}, "the population's, not the boundary's"
    assert all("Law 6360" in row["note"] for row in metropolitan)


def test_a_district_of_a_metropolis_is_its_municipality(rows: Rows) -> None:
    districts = {row["id"]: row for row in of(rows, "district")}
    inside = [row for row in of(rows, "municipality") if row["attr:kind"] == "metropolitan-district"]
    assert all(row["population"] == districts[row["parent"]]["population"] for row in inside)
    assert all(row["attr:metropolitan"] == "false" for row in inside)


def test_the_plate_stands_in_every_id(rows: Rows) -> None:
    assert all(row["id"].startswith(f"TR-{row['attr:plate']}") for row in rows if row["level"] not in {"country", "nuts2"})
    assert [row["codes"] for row in of(rows, "province")] == [f"iso_3166_2={row['id']};plate={row['attr:plate']}" for row in of(rows, "province")]
    assert {row["attr:plate"] for row in of(rows, "province")} == {f"{plate:02}" for plate in range(1, 82)}


def test_every_province_is_in_one_region(rows: Rows) -> None:
    regions = {row["id"]: row["name"] for row in of(rows, "nuts2")}
    members: dict[str, set[str]] = {unit: set() for unit in regions}
    for row in of(rows, "province"):
        members[row["parent"]].add(row["name"])
    assert members["TRB2"] == {"Bitlis", "Hakkari", "Muş", "Van"}
    assert {unit: set(name.partition("(")[2].rstrip(")").split(", ")) for unit, name in regions.items()} == members

"""Observations out as CSV, workbook, GeoJSON and Data Package, and in again."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.exchange.sdmx_isle import fill, indicators, sdmx_isle
from tests.hub_fixtures import HO, Desk
from tests.isle import MANIFEST, UNITS

from sdgcities.errors import Refused
from sdgcities.exchange import workbook
from sdgcities.exchange.datapackage import put_package
from sdgcities.exchange.formats import FORMATS
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.findings import Finding
from sdgcities.hub.hub import Hub
from sdgcities.intake.files import sha256_of
from sdgcities.intake.formulas import quoted
from sdgcities.registry.boundaries import boundaries
from sdgcities.registry.catalogue import Catalogue
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.run import import_file

ENGLISH = [Labels("en", str)]


def written(desk: Desk, form: str, path: Path, asked: Asked | None = None) -> list[Finding]:
    if FORMATS[form].folder:
        path.mkdir()
    with outgoing(desk.catalogue, asked or Asked(), ENGLISH) as going:
        return list(FORMATS[form].write(going, path))


def filled(desk: Desk) -> None:
    """Figures with decimals, a split, a reason for none, two sources and a revision."""
    rows = (
        {"value": "180420", "period": "2021"},
        {"value": "91000", "sex": "F", "period": "2021"},
        {"indicator": "GH-3.1.1", "unit": "GH", "value": "310.50", "period": "2017", "source": "Ghana Statistical Service; Survey, of 2017"},
        {"indicator": "GH-1.2.1", "unit": "GH", "value": "", "missing_reason": "not_published", "period": "2020"},
    )
    report = desk.bring(desk.tidy(*rows))
    assert report.batch is not None, report.findings
    assert desk.bring(desk.tidy({"value": "180421"}, name="later.csv")).stored == 1


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_tidy_file_has_the_columns_of_the_import_and_the_newest_revision(desk: Desk) -> None:
    filled(desk)
    path = desk.scratch / "out.csv"
    assert written(desk, "csv", path) == []
    rows = rows_of(path)
    assert list(rows[0]) == ["unit", "indicator", "period", "sex", "value", "unit_measure", "status", "missing_reason", "source"]
    told = {(row["unit"], row["indicator"], row["sex"]): (row["value"], row["missing_reason"], row["source"]) for row in rows}
    assert told[HO, "GH-POP", "_T"] == ("180421", "", "Municipal register")
    assert told[HO, "GH-POP", "F"] == ("91000", "", "Municipal register")
    assert told["GH", "GH-3.1.1", "_T"] == ("310.50", "", "Ghana Statistical Service; Survey, of 2017")
    assert told["GH", "GH-1.2.1", "_T"] == ("", "not_published", "Municipal register")


def test_what_was_exported_is_known_when_it_comes_back(desk: Desk) -> None:
    filled(desk)
    path = desk.scratch / "out.csv"
    written(desk, "csv", path)
    report = import_file(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi")))
    assert (report.rows_read, report.unchanged, report.stored, report.refused) == (4, 4, 0, 0)


def test_only_what_was_asked_for(desk: Desk) -> None:
    filled(desk)
    path = desk.scratch / "out.csv"
    written(desk, "csv", path, Asked((HO,), ("GH-POP",)))
    assert {(row["unit"], row["indicator"]) for row in rows_of(path)} == {(HO, "GH-POP")}
    with pytest.raises(Refused) as refused:
        written(desk, "csv", desk.scratch / "none.csv", Asked((HO,), ("GH-3.1.1",)))
    assert refused.value.findings[0].code == "export.nothing"
    assert not (desk.scratch / "none.csv").exists()


def test_a_workbook_has_numbers_with_their_decimals_and_codes_as_text(desk: Desk) -> None:
    filled(desk)
    path = desk.scratch / "out.xlsx"
    assert written(desk, "xlsx", path) == []
    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["About", "Data", "Indicators", "Units", "Codes", "Sources"]
    header, *rows = book.get_sheet_by_name("Data").to_python()
    figures = {(row[0], row[1], row[3]): row[header.index("value")] for row in rows}
    assert figures["GH", "GH-3.1.1", "_T"] == 310.5
    assert figures["GH", "GH-1.2.1", "_T"] == ""
    assert {row[2] for row in rows} == {"2017", "2020", "2021"}, "a period is a text"


def test_a_figure_with_more_digits_than_a_spreadsheet_keeps_stays_exact(desk: Desk) -> None:
    code = next(item.code for item in desk.catalogue.indicators["GH"].values() if item.maximum is None)
    assert desk.bring(desk.tidy({"indicator": code, "value": "1234567890123456.7"})).stored == 1
    (finding,) = written(desk, "xlsx", desk.scratch / "out.xlsx")
    assert finding.code == "export.digits"
    (_, row) = CalamineWorkbook.from_path(str(desk.scratch / "out.xlsx")).get_sheet_by_name("Data").to_python()
    assert row[3] == "1234567890123456.7"


def test_more_rows_than_a_sheet_has_are_refused_and_nothing_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(desk)
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(Refused) as refused:
        written(desk, "xlsx", desk.scratch / "out.xlsx")
    assert refused.value.findings[0].code == "export.rows"
    assert not [path for path in desk.scratch.iterdir() if "out" in path.name or path.suffix == ".new"]


def test_geojson_gives_the_newest_total_of_each_indicator(desk: Desk) -> None:
    filled(desk)
    assert desk.bring(desk.tidy({"value": "170000", "period": "2019"}, name="earlier.csv")).stored == 1
    path = desk.scratch / "out.geojson"
    (told,) = written(desk, "geojson", path)
    assert told.code == "export.no-boundary"
    data: Any = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    assert data["note"].startswith("The designations employed")
    by_unit = {feature["id"]: feature for feature in data["features"]}
    assert by_unit[HO]["properties"]["figures"]["GH-POP"]["value"] == 180421
    assert by_unit[HO]["properties"]["figures"]["GH-POP"]["period"] == "2021"
    assert str(by_unit["GH"]["properties"]["figures"]["GH-3.1.1"]["value"]) == "310.50", "to the last digit"


def test_a_unit_with_a_boundary_is_drawn(desk: Desk) -> None:
    unit = min(boundaries(desk.catalogue, "GH"))
    assert desk.bring(desk.tidy({"unit": unit, "value": "100", "period": "2010"})).stored == 1
    path = desk.scratch / "out.geojson"
    assert written(desk, "geojson", path) == []
    (feature,) = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert feature["properties"]["boundary_source"]


def test_a_data_package_describes_what_lies_beside_it(desk: Desk) -> None:
    filled(desk)
    folder = desk.scratch / "package"
    assert written(desk, "datapackage", folder) == []
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in package["resources"]}
    assert set(resources) == {"observations", "indicators", "units", "sources", "codes"}
    for one in resources.values():
        file = folder / one["path"]
        assert one["hash"] == f"sha256:{sha256_of(file)}"
        assert one["bytes"] == file.stat().st_size
        rows = rows_of(file)
        assert one["rows"] == len(rows)
        assert [field["name"] for field in one["schema"]["fields"]] == list(rows[0])
        keys = [tuple(row[name] for name in one["schema"]["primaryKey"]) for row in rows] if "primaryKey" in one["schema"] else []
        assert len(set(keys)) == len(keys)
    known = {row["code"] for row in rows_of(folder / "indicators.csv")}
    assert {row["indicator"] for row in rows_of(folder / "observations.csv")} == known
    fields = {field["name"]: field for field in resources["observations"]["schema"]["fields"]}
    assert {row["sex"] for row in rows_of(folder / "observations.csv")} <= set(fields["sex"]["constraints"]["enum"])


@pytest.mark.parametrize("office", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "'plain", "'=held", "''-held"])
def test_an_office_that_looks_like_a_formula_goes_out_as_text_and_comes_back_as_it_was(desk: Desk, office: str) -> None:
    assert desk.bring(desk.tidy({"value": "5.5", "source": quoted(f"{office}; =Table")})).stored == 1
    with outgoing(desk.catalogue, Asked(), ENGLISH) as going:
        assert [(one.office, one.table) for one in going.observations()] == [(office, "=Table")]
    path = desk.scratch / "out.csv"
    written(desk, "csv", path)
    (row,) = rows_of(path)
    assert row["source"][0] not in "=+-@"
    report = import_file(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi")))
    assert (report.unchanged, report.stored) == (1, 0), "the very same source"
    folder = desk.scratch / "package"
    written(desk, "datapackage", folder)
    assert all(cell[:1] not in "=+-@" or not cell for one in rows_of(folder / "sources.csv") for cell in one.values())
    written(desk, "xlsx", desk.scratch / "out.xlsx")
    (_, cells) = CalamineWorkbook.from_path(str(desk.scratch / "out.xlsx")).get_sheet_by_name("Data").to_python()
    assert cells[-1] == f"{office}; =Table", "a workbook says itself that it is a text"


def test_what_no_plugin_knows_any_more_goes_out_under_its_codes(tmp_path: Path) -> None:
    desk = sdmx_isle(tmp_path)
    fill(desk, {"unit": "N2", "value": "3"}, {"unit": "N2", "value": "2", "quay": "E"}, {"unit": "S1", "value": "7"})
    for name, text in {
        "plugin.yaml": MANIFEST,
        "units.csv": "".join(line for line in UNITS.splitlines(keepends=True) if not line.startswith(("N2", "N9"))),
        "indicators.yaml": indicators({"XA-PEOPLE": ("persons", "", "")}),
    }.items():
        (tmp_path / "plugins" / "isle" / name).write_text(text, encoding="utf-8")
    desk.hub.close()
    hub = Hub.open(tmp_path / "hub", tmp_path / "plugins")
    desk = replace(desk, hub=hub, catalogue=Catalogue(hub))
    assert written(desk, "csv", desk.scratch / "out.csv") == []
    assert [(row["unit"], row["quay"], row["value"]) for row in rows_of(desk.scratch / "out.csv")] == [("N2", "_T", "3"), ("N2", "E", "2"), ("S1", "_T", "7")]
    written(desk, "datapackage", desk.scratch / "package")
    assert ("quay", "E", "E") in {(row["dimension"], row["code"], row["name"]) for row in rows_of(desk.scratch / "package" / "codes.csv")}
    told = written(desk, "geojson", desk.scratch / "out.geojson")
    assert "Left out, for no plugin of the hub gives the place any more: N2." in [str(one.message) for one in told]
    (left,) = [one for one in written(desk, "sdmx-csv", desk.scratch / "out.sdmx") if one.code == "sdmx.left-out"]
    assert str(left.message).endswith("no plugin of the hub gives the place any more.")


@pytest.mark.parametrize(
    ("licence", "told"),
    [
        ("CC-BY-4.0", [{"name": "CC-BY-4.0"}]),
        ("CC BY 4.0", [{"name": "CC-BY-4.0", "title": "CC BY 4.0"}]),
        ("https://example.org/terms", [{"path": "https://example.org/terms"}]),
        ("©", [{"name": "other", "title": "©"}]),
        ("not stated", None),
        ("", None),
    ],
)
def test_a_licence_is_said_as_the_standard_allows(desk: Desk, licence: str, told: object) -> None:
    filled(desk)
    folder = desk.scratch / "package"
    folder.mkdir()
    with outgoing(desk.catalogue, Asked(), ENGLISH) as going:
        put_package(going, folder, {"name": "x", "title": "X", "licence": licence}, [])
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8")).get("licenses") == told

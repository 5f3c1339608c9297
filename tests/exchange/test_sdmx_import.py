"""Files of SDMX that others wrote, on the way of every import: national messages, tables, and hostile ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.exchange.sdmx_isle import SERIES, held, sdmx_isle, take
from tests.hub_fixtures import Desk
from tests.isle import UNITS

from sdgcities.exchange.sdmx.periods import read_time
from sdgcities.exchange.sdmx.recognising import is_sdmx
from sdgcities.model.places import UnitName
from sdgcities.tracks.data.importing.request import Report
from sdgcities.tracks.data.reading.raw import Problem

V21 = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
HEADER = """<message:Header><message:ID>IREF1</message:ID><message:Test>false</message:Test><message:Prepared>2021-06-27T18:08:25Z</message:Prepared>
 <message:Sender id="ISLESTAT"><message:Contact></message:Contact></message:Sender>
 <message:Structure structureID="S" %sdimensionAtObservation="TIME_PERIOD"><common:Structure>
 <Ref agencyID="IAEG-SDGs" id="SDG" version="1.4"></Ref></common:Structure></message:Structure>
 <message:DataSetAction>Information</message:DataSetAction></message:Header>"""
SPLITS = ("SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION", "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN")
KEY = {"FREQ": "A", "REPORTING_TYPE": "N", "REF_AREA": "XA_N1", **dict.fromkeys((*SPLITS, "DISABILITY_STATUS", "ACTIVITY", "PRODUCT"), "_T")}


def specific(*series: str, kind: str = "StructureSpecificData") -> str:
    """A structure-specific message as the SDMX Converter writes it for statistics offices."""
    spaces = f'xmlns:ss="{V21}/data/structurespecific" xmlns:ns1="urn:s" xmlns:message="{V21}/message" xmlns:common="{V21}/common"'
    return f"""<?xml version="1.0" ?>
<!--Created with SDMX Converter v7.9.5-->
<message:{kind} {spaces} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{HEADER % 'namespace="urn:s" '}
<message:DataSet ss:dataScope="DataStructure" xsi:type="ns1:DataSetType" ss:structureRef="S" ss:action="Information">
{"".join(series)}
</message:DataSet></message:{kind}>"""


def one(series: str, *observations: str, unit: str = "PT", **codes: str) -> str:
    """A series of such a message."""
    said = " ".join(f'{name}="{code}"' for name, code in {"SERIES": series, **KEY, **codes, "UNIT_MEASURE": unit}.items() if code)
    return f"<Series {said}>{''.join(f'<Obs {observation}></Obs>' for observation in observations)}</Series>\n"


def obs(time: str, value: str, status: str = "A", mult: str = "0", **said: str) -> str:
    """An observation of it."""
    return " ".join(
        f'{name}="{text}"' for name, text in {"TIME_PERIOD": time, "OBS_VALUE": value, "OBS_STATUS": status, "UNIT_MULT": mult, **said}.items() if text
    )


def generic(series: str, time: str, value: str) -> str:
    """A generic message as the same program writes it: the dimension of an observation is named in the header only."""
    key = "".join(f'<generic:Value id="{name}" value="{code}"></generic:Value>' for name, code in {**KEY, "SERIES": series}.items())
    return f"""<?xml version="1.0" ?>
<message:GenericData xmlns:generic="{V21}/data/generic" xmlns:common="{V21}/common" xmlns:message="{V21}/message">
{HEADER % ""}
<message:DataSet structureRef="S" action="Information"><generic:Series><generic:SeriesKey>{key}</generic:SeriesKey>
<generic:Attributes><generic:Value id="UNIT_MEASURE" value="PT"></generic:Value></generic:Attributes>
<generic:Obs><generic:ObsDimension value="{time}"></generic:ObsDimension><generic:ObsValue value="{value}"></generic:ObsValue>
<generic:Attributes><generic:Value id="OBS_STATUS" value="A"></generic:Value><generic:Value id="UNIT_MULT" value="0"></generic:Value></generic:Attributes>
</generic:Obs></generic:Series></message:DataSet></message:GenericData>"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return sdmx_isle(tmp_path)


def bring(desk: Desk, text: str, name: str = "national.xml", *, accept_partial: bool = False) -> Report:
    path = desk.scratch / name
    path.write_text(text, encoding="utf-8")
    return take(desk, path, accept_partial=accept_partial)


def figures(desk: Desk) -> set[tuple[str, str, str, str, str | None]]:
    return {(figure.unit, figure.indicator, figure.dims, str(figure.period), figure.value) for figure in held(desk)}


def told(report: Report) -> list[str]:
    return [str(finding.message) for finding in report.findings if finding.code != "sdmx.sender"]


def test_a_national_message_comes_in_with_its_city_observations(desk: Desk) -> None:
    text = specific(
        one("SI_POV_NAHC", obs("2015", "31"), obs("2016", "30.30"), URBANISATION="CITY"),
        one("SI_POV_NAHC", obs("2015", "35.2"), SEX="F", URBANISATION="U"),
        one("SI_POV_NAHC", obs("2015", "12"), CUST_BREAKDOWN="C02"),
        one("EN_LND_SLUM", obs("2018", "41.5", "E"), URBANISATION="U", REF_AREA="XA_S1"),
        one("SH_STA_MORT", obs("2019", "23.6"), SEX="F", unit="PER_100000_LIVE_BIRTHS"),
        one("SP_TRN_PUBL", obs("2019", "23.6"), obs("2020", "24")),
        one("_L_XA_TAX", obs("2019", "12.50", mult="3"), unit="CUR_LCU"),
    )
    report = bring(desk, text)
    assert (report.stored, report.refused) == (7, 0), told(report)
    assert figures(desk) == {
        ("N1", "XA-POOR", "", "2015", "31"),
        ("N1", "XA-POOR", "", "2016", "30.30"),
        ("N1", "XA-POOR", "sex=F;urbanisation=U", "2015", "35.2"),
        ("N1", "XA-POOR", "quay=W", "2015", "12"),
        ("S1", "XA-SLUM", "", "2018", "41.5"),
        ("N1", "XA-MOTHERS", "", "2019", "23.6"),
        ("N1", "XA-TAX", "", "2019", "12.50"),
    }
    assert {(figure.status, figure.office, figure.table) for figure in held(desk)} == {("A", "ISLESTAT", "SDMX"), ("E", "ISLESTAT", "SDMX")}
    assert told(report) == ["SP_TRN_PUBL is no indicator of the hub: 2 observations were passed over."]
    assert str(report.findings[0].hint) == "If one of XA-BUS is this series, declare it: sdmx at the indicator, in its plugin."


@pytest.mark.parametrize("kind", ["StructureSpecificData", "StructureSpecificTimeSeriesData"])
def test_both_names_of_a_structure_specific_message_are_read(desk: Desk, kind: str) -> None:
    assert bring(desk, specific(one("SI_POV_NAHC", obs("2015", "31")), kind=kind)).stored == 1


def test_a_generic_message_is_read_too(desk: Desk) -> None:
    assert bring(desk, generic("SI_POV_NAHC", "2015", "4.81")).stored == 1
    assert figures(desk) == {("N1", "XA-POOR", "", "2015", "4.81")}


def test_a_message_without_series_says_all_of_it_at_each_observation(desk: Desk) -> None:
    said = " ".join(f'{name}="{code}"' for name, code in {**KEY, "SERIES": "SI_POV_NAHC", "UNIT_MEASURE": "PT"}.items())
    assert bring(desk, specific(f"<Obs {said} {obs('2015', '31')}/>")).stored == 1


def test_what_is_said_of_the_whole_set_holds_for_each_observation(desk: Desk) -> None:
    text = specific(one("SI_POV_NAHC", obs("2015", "31"), REF_AREA="")).replace('ss:structureRef="S"', 'ss:structureRef="S" REF_AREA="XA_S1"')
    assert bring(desk, text).stored == 1
    assert figures(desk) == {("S1", "XA-POOR", "", "2015", "31")}


COLUMNS = ["SERIES", "REF_AREA", "SEX", "URBANISATION", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "UNIT_MULT", "OBS_STATUS"]
ROW = ["SI_POV_NAHC", "XA_N1", "F", "CITY", "2015", "31.50", "PT", "0", "A"]


@pytest.mark.parametrize(
    ("text", "office"),
    [
        (f"DATAFLOW,{','.join(COLUMNS)}\r\nIAEG-SDGs:DF_SDG_GLH(1.22),{','.join(ROW)}\r\n", "IAEG-SDGs"),
        (f"STRUCTURE,STRUCTURE_ID,ACTION,{','.join(COLUMNS)}\nDATAFLOW,KE1:DF_SDG(1.0),I,{','.join(ROW)}\n", "KE1"),
        (f"STRUCTURE[|];STRUCTURE_ID;ACTION;{';'.join(COLUMNS)}\nDATAFLOW;KE1:DF_SDG(1.0);I;{';'.join(ROW)}\n", "KE1"),
        (f"\ufeffDATAFLOW,{','.join(f'{one}: Label' for one in COLUMNS)}\nKE1:DF(1.0),{','.join(f'{one}: text' for one in ROW)}\n", "KE1"),
        (f"DATAFLOW,{','.join(COLUMNS)},SOURCE_DETAIL\nKE1:DF(1.0),{','.join(ROW)},Kenya Office; Table 3\n", "Kenya Office"),
    ],
)
def test_sdmx_csv_of_either_version_is_read(desk: Desk, text: str, office: str) -> None:
    assert bring(desk, text, "national.csv").stored == 1
    assert figures(desk) == {("N1", "XA-POOR", "sex=F", "2015", "31.50")}
    assert {figure.office for figure in held(desk)} == {office}


def test_a_file_that_does_not_say_whose_it_is_has_no_office(desk: Desk) -> None:
    """The word that stands in the first column is nobody's name."""
    found = told(bring(desk, f"STRUCTURE,ACTION,{','.join(COLUMNS)}\nDATAFLOW,I,{','.join(ROW)}\n", "national.csv"))
    assert found == ["Neither the file nor the row says where the figure comes from."]
    assert not held(desk)


def test_a_row_that_asks_for_deletion_is_refused(desk: Desk) -> None:
    text = f"STRUCTURE,STRUCTURE_ID,ACTION,{','.join(COLUMNS)}\nDATAFLOW,KE1:DF_SDG(1.0),D,{','.join(ROW)}\n"
    assert told(bring(desk, text, "national.csv")) == ["The row asks for figures to be deleted; nothing is ever deleted here."]
    message = specific(one("SI_POV_NAHC", obs("2015", "31"))).replace('action="Information"', 'action="Delete"')
    assert told(bring(desk, message)) == ["The message asks for figures to be deleted; nothing is ever deleted here."]
    assert not held(desk)


@pytest.mark.parametrize(
    ("series", "problem"),
    [
        (one("SI_POV_NAHC", obs("2015", "31"), REF_AREA="XA_X9"), "“XA_X9” is no unit known here."),
        (one("SI_POV_NAHC", obs("2015", "31"), unit="NUMBER"), "NUMBER is not the unit of XA-POOR, which is percent."),
        (one("_L_XA_TAX", obs("2015", "31", mult="6"), unit="CUR_LCU"), "CUR_LCU 10^6 is not the unit of XA-TAX, which is thousand_national_currency."),
        (one("SI_POV_NAHC", obs("2015", "31", "F")), "“F” is no status of an observation."),
        (one("SI_POV_NAHC", obs("2015", "31", "M")), "The row has a value and a reason for having none."),
        (one("SI_POV_NAHC", obs("2015", "")), "The cell is empty."),
        (one("SI_POV_NAHC", obs("2015", "INF")), "“INF” is not a number."),
        (one("SI_POV_NAHC", obs("2015-W05", "3")), "“2015-W05” is no period."),
        (one("SI_POV_NAHC", obs("2015", "3"), OCCUPATION="ISCO08_1"), "OCCUPATION=ISCO08_1 is no code of a dimension here."),
        (one("SI_POV_NAHC", obs("2015", "3"), SEX="_U"), "_U is no code of sex."),
        (one("SI_POV_NAHC", obs("2015", "3"), COMPOSITE_BREAKDOWN="_L_x-Y"), "Y is no code of x."),
    ],
)
def test_what_the_hub_does_not_know_is_refused_by_observation(desk: Desk, series: str, problem: str) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2001", "1")), series))
    assert report.batch is None
    assert problem in told(report)[0] or told(report) == [problem], told(report)
    text = specific(one("SI_POV_NAHC", obs("2001", "1")), series)
    assert (report.findings[0].where.line, report.findings[0].where.row) == (1 + text.splitlines().index(series.splitlines()[0]), None)
    assert bring(desk, specific(one("SI_POV_NAHC", obs("2001", "1")), series), accept_partial=True).stored == 1


def test_of_a_message_on_one_line_the_observation_is_told(desk: Desk) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2001", "1"), obs("2002", "x"))).replace("\n", ""))
    assert (report.findings[0].where.line, report.findings[0].where.row) == (None, 2)


def test_whose_figures_they_are_taken_for_is_told(desk: Desk) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2001", "1"), obs("2002", "2"), obs("2003", "3", SOURCE_DETAIL="The Office; Table 1"))))
    (note,) = [finding for finding in report.findings if finding.code == "sdmx.sender"]
    assert str(note.message) == "2 observations don't say where they come from: kept as of ISLESTAT, who sent the file."
    assert {figure.office for figure in held(desk)} == {"ISLESTAT", "The Office"}


def test_a_file_without_any_series_of_the_hub_is_no_success(desk: Desk) -> None:
    report = bring(desk, specific(one("SP_TRN_PUBL", obs("2015", "3")), one("SG_X", obs("2015", "3"))))
    assert (report.batch, report.blocked) == (None, True)
    assert told(report)[0] == "None of the series of this file is an indicator of the hub."


@pytest.mark.parametrize(
    ("status", "value", "comment", "kept", "missing"),
    [
        ("O", "", "", "A", "not_published"),
        ("O", "", "unreliable", "A", "unreliable"),
        ("L", "NaN", "", "A", "not_collected"),
        ("M", "", "", "A", "not_applicable"),
        ("Q", "", "", "A", "confidential"),
        ("V", "3", "", "P", None),
        ("I", "3", "", "E", None),
        ("N", "3", "", "U", None),
        ("", "3", "", "A", None),
    ],
)
def test_a_status_is_kept_as_what_the_hub_has_for_it(desk: Desk, status: str, value: str, comment: str, kept: str, missing: str | None) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2015", value, status, COMMENT_OBS=comment))))
    (figure,) = held(desk)
    assert (figure.status, figure.missing, figure.value) == (kept, missing, "3" if missing is None else None)
    assert len(told(report)) == (status in ("V", "I", "N"))


def test_an_area_may_be_an_alias_that_the_hub_added(desk: Desk) -> None:
    desk.catalogue.add_alias(desk.catalogue.unit("N1"), UnitName("KE_NBO"), "The office's code for the town", desk.person("ama"))
    assert bring(desk, specific(one("SI_POV_NAHC", obs("2015", "3"), REF_AREA="KE_NBO"))).stored == 1


def test_a_country_is_known_by_its_number_and_its_letters(tmp_path: Path) -> None:
    country = "XA,country,,Isle,,,,,iso_3166_1=XA;m49=024,office,draft\nN,shire,XA,Northshire,,,,,iso_3166_2=XA-N,office,draft"
    desk = sdmx_isle(tmp_path, units=UNITS.replace("N,shire,,Northshire,,,,,,office,draft", country))
    for year, area in enumerate(("24", "024", "XA", "XA-N"), start=2001):
        assert bring(desk, specific(one("SI_POV_NAHC", obs(str(year), "3"), REF_AREA=area))).stored == 1, area
    assert {figure.unit for figure in held(desk)} == {"XA", "N"}


def test_a_large_or_small_number_may_be_written_with_its_power_of_ten(desk: Desk) -> None:
    assert bring(desk, specific(one("_L_XA_TAX", obs("2015", "1.250E3", mult="3"), obs("2016", "5e-2", mult="3"), unit="CUR_LCU"))).stored == 2
    assert {figure.value for figure in held(desk)} == {"1250", "0.05"}


@pytest.mark.parametrize(
    ("time", "detail", "period"),
    [
        ("2021", "", "2021"), ("2021-A1", "", "2021"), ("2021-M07", "", "2021-07"), ("2021M07", "", "2021-07"), ("2021-Q3", "", "2021-Q3"),
        ("2021-S1", "", "2021-S1"), ("2021-07", "", "2021-07"), ("2021-07-15", "", "2021-07-15"), ("2021-07-15T00:00:00", "", "2021-07-15"),
        ("2010-01-01/P3Y", "", "2010/2012"),
        ("2010-01-01T00:00:00/P6M", "", "2010-S1"), ("2002", "2001-2003", "2001/2003"), ("2002", "2001/2003", "2001/2003"), ("2002", "survey of 2001", "2002"),
        ("2002", "2011-2013", "2002"), ("2019", "2019-03-01/2019-05-31", "2019-03-01/2019-05-31"), ("2015", "2015", "2015"),
    ],
)  # fmt: skip
def test_every_time_that_sdmx_has_a_name_for(time: str, detail: str, period: str) -> None:
    assert str(read_time(time, detail)) == period


@pytest.mark.parametrize("time", ["2021-W05", "2021-T1", "2021-D045", "", "9999-01-01/P999Y", "2021-02-30", "2010-01-31/P1M", "2021-07-15T13:00:00"])
def test_another_time_is_refused(time: str) -> None:
    with pytest.raises(Problem):
        read_time(time)


V20 = "http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"
SOUND = specific(one("SI_POV_NAHC", obs("2015", "3")))
BEGUN = f'<m:GenericData xmlns:m="{V21}/message">'
MANY = " ".join(f'b{n}="1"' for n in range(1_000_000))
NOT_OURS = "This is SDMX, but not on the structure of the SDG indicators: it has no %s."
V30 = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'<CompactData xmlns="{V20}"/>', "This is SDMX-ML 2.0 (CompactData); 2.1 is read."),
        (f'<m:GenericData xmlns:m="{V30}"/>', "This is SDMX-ML 3.0 (GenericData); 2.1 is read."),
        (f'<m:Structure xmlns:m="{V21}/message"/>', "This is a structure message: it says what figures mean, and holds none."),
        (f'<m:Error xmlns:m="{V21}/message"/>', "This is a message of SDMX without figures: Error."),
        (f'<m:GenericData xmlns:m="urn:x" xmlns:s="{V21}/message"/>', "This is no message of SDMX: its first element is GenericData."),
        (f'<!DOCTYPE x [<!ENTITY a "b">]>{BEGUN}&a;</m:GenericData>', "The file declares a document type (DOCTYPE), which could"),
        (f"{BEGUN}{'<a>' * 1000}", "Nested deeper than 20 levels."),
        (f"{BEGUN}<a {MANY}/>", "An element has more than 100 attributes, or one of more than 10000 characters."),
        (f'{BEGUN}<a b="{"1" * 2_000_000}"/>', "An element has more than 100 attributes, or one of more than 10000 characters."),
        (SOUND.replace("</Series>", ""), "This is not valid XML: the end of another element stands here."),
        (SOUND.replace("REF_AREA", "GEO"), NOT_OURS % "REF_AREA"),
        (specific("<Obs/>"), NOT_OURS % "SERIES"),
    ],
)  # fmt: skip
def test_a_message_that_is_none_of_ours_is_refused_in_one_line(desk: Desk, text: str, problem: str) -> None:
    report = bring(desk, text)
    assert (report.batch, len(report.findings)) == (None, 1)
    assert told(report)[0].startswith(problem)


def test_a_table_on_another_structure_is_refused(desk: Desk) -> None:
    report = bring(desk, "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE\nESTAT:X(1.0),A,PT,2020,3\n", "eurostat.csv")
    assert told(report) == [NOT_OURS % "SERIES"]


def test_what_the_structure_has_not_is_told(desk: Desk) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2015", "3", NOTE_2="x"))))
    assert told(report) == ["Passed over, for the structure has no such component: NOTE_2."]


def test_what_is_said_beside_the_figures_and_has_no_place_is_told(desk: Desk) -> None:
    beside = {"NATURE": "E", "COMMENT_OBS": "Of a sample.", "TIME_DETAIL": "2014, partly", "UPPER_BOUND": "4"}
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2015", "3", **beside), obs("2016", "4", NATURE="C"))))
    assert [str(finding.message) for finding in report.findings if finding.code == "sdmx.not-kept"] == [
        "Of one observation COMMENT_OBS has no place here and is not kept: “Of a sample.”.",
        "Of 2 observations NATURE has no place here and is not kept, such as “E”.",
        "Of one observation TIME_DETAIL has no place here and is not kept: “2014, partly”.",
        "Of one observation UPPER_BOUND has no place here and is not kept: “4”.",
    ]


def test_a_comment_that_is_the_reason_and_a_span_that_is_read_are_kept(desk: Desk) -> None:
    report = bring(desk, specific(one("SI_POV_NAHC", obs("2015", "", "O", COMMENT_OBS="unreliable"), obs("2019", "3", TIME_DETAIL="2018-2020"))))
    assert {(figure.start, figure.end): figure.missing for figure in held(desk)} == {
        ("2015-01-01", "2015-12-31"): "unreliable",
        ("2018-01-01", "2020-12-31"): None,
    }
    assert not [finding for finding in report.findings if finding.code == "sdmx.not-kept"]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_message_is_known_by_its_beginning_in_any_encoding(desk: Desk, codec: str) -> None:
    path = desk.scratch / "any.dat"
    path.write_bytes(specific(one("SI_POV_NAHC", obs("2015", "3"))).encode(codec))
    assert is_sdmx(path)
    assert take(desk, path).stored == 1
    for other in ("", "<html/>", "unit,indicator\n", "\n", "\0"):
        path.write_text(other, encoding="utf-8")
        assert not is_sdmx(path)
    assert not is_sdmx(desk.scratch)


def test_the_indicator_whose_fixed_codes_a_key_has_is_taken(tmp_path: Path) -> None:
    fixed = "{series: SI_POV_NAHC, fixed: {SEX: F}, source: office, status: official}"
    desk = sdmx_isle(tmp_path, {**SERIES, "XA-POORWOMEN": ("percent", "1.2.1", fixed)})
    assert bring(desk, specific(one("SI_POV_NAHC", obs("2015", "3")), one("SI_POV_NAHC", obs("2015", "4"), SEX="F"))).stored == 2
    assert figures(desk) == {("N1", "XA-POOR", "", "2015", "3"), ("N1", "XA-POORWOMEN", "", "2015", "4")}

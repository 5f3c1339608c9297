"""Which profile reads a file, and what a profile that reads it wrongly can do: nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.isle import isle, profile

from sdgcities.errors import HubUnusable
from sdgcities.model.statistics import MissingReason

INSPECT = "To see what the file looks like, and to have a profile proposed for it: sdgcities data inspect FILE."


def boats(desk: Desk, *rows: tuple[object, ...], columns: tuple[str, ...] = ("town", "boats"), name: str = "boats.csv") -> Path:
    return desk.table(name, columns, rows)


def codes(desk: Desk, path: Path, **how: str) -> list[str]:
    """The findings of a file that is refused; it leaves nothing behind."""
    before = desk.counts()
    report = desk.bring(path, **how)  # type: ignore[arg-type]
    assert report.blocked
    assert desk.counts() == before
    return [finding.code for finding in report.findings]


def test_the_only_profile_that_fits_is_taken(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("harbour", file='"boats*.csv"'), profile("yearbook", file='"year*.csv"'))
    assert desk.bring(boats(desk, ("Spring", 3))).profile == "harbour"
    assert desk.bring(boats(desk, ("Spring", 4), name="YEAR.csv")).profile == "yearbook"
    assert [str(figure.value) for figure in desk.figures("S3")] == ["4"]


def test_where_several_fit_they_are_named(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("harbour"), profile("yearbook"))
    path = boats(desk, ("Spring", 3))
    (finding,) = desk.bring(path).findings
    assert finding.code == "profile.several"
    assert "harbour, yearbook" in str(finding.message)
    assert desk.bring(path, profile="harbour").stored == 1


def test_where_none_fits_those_there_are_are_named(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", file='"year*.csv"'))
    (finding,) = desk.bring(boats(desk, ("Spring", 3), columns=("place", "ships"))).findings
    assert finding.code == "profile.none"
    assert finding.hint
    assert str(finding.hint) == f"Profiles: yearbook, tidy. {INSPECT}"
    assert codes(desk, boats(desk, ("Spring", 3)), profile="year") == ["profile.unknown"]


@pytest.mark.parametrize(
    ("name", "content", "code"), [("photo.xlsx", b"\xff\xd8\xff\xe0 no table", "workbook.kind"), ("map.geojson", b'{"a": "b", \n"c": 1}', "profile.none")]
)
def test_what_is_no_table_is_not_called_a_faulty_one(desk: Desk, name: str, content: bytes, code: str) -> None:
    path = desk.scratch / name
    path.write_bytes(content)
    assert codes(desk, path) == [code]


def test_a_text_that_is_not_in_utf_8_is_told_so(desk: Desk) -> None:
    path = desk.scratch / "table.csv"
    path.write_bytes("unit,indicator,period,value,source\nAğrı,x,2021,1,x\n".encode("cp1254"))
    assert codes(desk, path) == ["file.encoding"]


def test_a_file_of_the_right_name_is_told_which_columns_it_lacks(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", file='"year*.csv"'), profile("harbour", file='"boats*.csv"'))
    (finding,) = desk.bring(boats(desk, ("Spring", 3), columns=("town", "ships"))).findings
    assert finding.code == "profile.none"
    assert str(finding.message) == "The name is that of a file of the profile harbour, but it lacks the columns: boats."


def test_unknown_and_missing_columns_are_refused_by_name(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", units="[{column: town, level: town, within: shire}]", header="[town]"))
    report = desk.bring(boats(desk, ("Spring", 3, 1), columns=("town", "boats", "rafts")))
    assert [(finding.code, finding.message.params["name"]) for finding in report.findings] == [
        ("profile.column-missing", "shire"),
        ("profile.column-unknown", "rafts"),
    ]
    assert codes(desk, boats(desk, ("Spring", "S"), columns=("town", "shire"))) == ["profile.column-missing"]


def test_a_known_column_can_be_ignored(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", ignore="[rafts]"))
    assert desk.bring(boats(desk, ("Spring", 3, "x"), columns=("town", "boats", "rafts"))).stored == 1


def taking(desk: Desk, mark: str) -> Desk:
    """The hub with a profile that takes a figure for a mark of no figure. Files are refused for it; Python of a plugin may answer such a one."""
    (found,) = desk.catalogue.hub.plugins.profiles("XA").values()
    assert isinstance(found.missing, dict)
    found.missing[mark] = MissingReason.NOT_COLLECTED
    return desk


@pytest.mark.parametrize("mark", ["12", "0"])
def test_a_profile_that_takes_a_figure_for_a_missing_mark_is_refused(tmp_path: Path, mark: str) -> None:
    desk = isle(tmp_path, profile("yearbook", missing=f"{{'{mark}': not_collected}}"))
    with pytest.raises(HubUnusable, match=f"{mark} is a number: it can't be a mark of not_collected"):
        desk.bring(boats(desk, ("Spring", 12), ("Hill", 30)))


def test_a_figure_taken_for_a_missing_mark_is_found_out_by_the_total(tmp_path: Path) -> None:
    desk = taking(isle(tmp_path, profile("yearbook")), "12")
    report = desk.bring(boats(desk, ("Spring", 12), ("Hill", 30)))
    assert [finding.code for finding in report.findings] == ["reconcile.total", "reconcile.count"]
    assert str(report.findings[0].message) == "XA-BOATS adds up to 42 in the file, but to 30 in what would be stored."
    assert desk.counts()["observation"] == desk.counts()["series"] == 0


def test_a_zero_that_is_lost_is_found_out_by_the_count(tmp_path: Path) -> None:
    desk = taking(isle(tmp_path, profile("yearbook")), "0")
    assert codes(desk, boats(desk, ("Spring", 0), ("Hill", 30))) == ["reconcile.count"]


def test_refused_rows_are_part_of_the_reconciliation(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", aggregate="sum"))
    path = boats(desk, ("Spring", 1), ("Spring", 2), ("Nowhere", 39), ("Hill", "0.5"))
    assert codes(desk, path) == ["unit.unknown"]
    report = desk.bring(path, accept_partial=True)
    assert (report.stored, report.refused) == (2, 1)
    assert str(desk.figures("S3")[0].value) == "3"


def test_sums_are_exact(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", aggregate="sum"))
    large, small = "9" * 38, "0.00000000000000000000000000000000001"
    assert desk.bring(boats(desk, ("Spring", large), ("Spring", small), ("Hill", "0.00000001"))).stored == 2
    assert f"{desk.figures('S3')[0].value:f}" == f"{large}{small[1:]}"
    with desk.hub.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT value FROM observation WHERE value_num < 1").scalar() == "0.00000001"


def test_a_row_that_does_not_add_up_blocks_with_row_and_column(tmp_path: Path) -> None:
    given = profile(
        "yearbook",
        header="[town, boats, sail, motor]",
        crossfoot="{boats: [sail, motor]}",
        ignore="[sail, motor]",
        missing="{NA: not_collected}",
    )
    desk = isle(tmp_path, given)
    columns = ("town", "boats", "sail", "motor")
    assert desk.bring(boats(desk, ("Spring", "0.3", "0.1", "0.2"), ("Hill", 9, 1, "NA"), columns=columns)).stored == 2
    path = boats(desk, ("Spring", 3, 1, 2), ("Hill", 9, 1, 7), columns=columns)
    (finding,) = desk.bring(path, accept_partial=True).findings
    assert (finding.code, finding.where.row, finding.where.column) == ("reconcile.row", 3, "boats")
    assert str(finding.message) == "boats is 9, but sail + motor add up to 8."


def test_the_column_of_a_wrong_figure_is_its_own(desk: Desk) -> None:
    path = desk.table("ghanapop.csv", ["district_pcode", "female_pop", "male_pop", "total_pop"], [["GH0701", "5", "many", "9"]])
    finding, *_ = desk.bring(path).findings
    assert (finding.code, finding.where.row, finding.where.column) == ("value.number", 2, "male_pop")


def test_an_empty_cell_is_no_figure_and_no_reason(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook"))
    assert codes(desk, boats(desk, ("Spring", ""))) == ["value.empty"]


@pytest.mark.parametrize("name", ["indicator_99-9-9.csv", "indicator_.csv"])
def test_an_indicator_that_the_file_name_does_not_tell_is_refused(desk: Desk, name: str) -> None:
    path = desk.table(name, ["Year", "Value"], [["2017", "5"]])
    assert codes(desk, path) == ["profile.indicator"]


def test_a_code_that_the_profile_does_not_know_is_refused(desk: Desk) -> None:
    path = desk.table("indicator_1-2-1.csv", ["Year", "Location", "Value"], [["2017", "Suburban", "5"]])
    report = desk.bring(path)
    assert (report.findings[0].code, report.findings[0].where.column) == ("dimension.code", "Location")


@pytest.mark.parametrize("period", ["", "17", "2017/18", "2017-13", "2017-Q5", "next year"])
def test_a_period_that_is_none_is_refused(desk: Desk, period: str) -> None:
    report = desk.bring(desk.table("indicator_1-2-1.csv", ["Year", "Value"], [[period, "5"]]))
    assert (report.findings[0].code, report.findings[0].where.column) == ("period.unreadable", "Year")


AMBIGUOUS = "What is the mark: before the decimals, or between the thousands? Say it in the profile:"
FRENCH = {"header": "[town, Année]", "ignore": "[Année]", "values": "[{column: boats, indicator: XA-BOATS}]"}


def told(desk: Desk, content: bytes, name: str = "boats.csv", profile: str | None = None) -> tuple[str, str]:
    """The one finding of a file that is refused."""
    path = desk.scratch / name
    path.write_bytes(content)
    (finding,) = desk.bring(path, profile=profile).findings
    return str(finding.message), str(finding.hint)


@pytest.mark.parametrize("wanted", [None, "yearbook"])
@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_mark_between_the_columns_is_named(tmp_path: Path, mark: str, wanted: str | None) -> None:
    desk = isle(tmp_path, profile("yearbook"))
    found = "tabs" if mark == "\t" else f"“{mark}”"
    message, hint = told(desk, f"town{mark}boats\nSpring{mark}3\n".encode(), profile=wanted)
    assert message == f"The profile yearbook reads columns separated by “,”; in this file they are separated by {found}."
    assert hint == f'Correct the profile: delimiter: "{mark}".'.replace("\t", "\\t")


@pytest.mark.parametrize("wanted", [None, "yearbook"])
def test_a_text_in_another_encoding_than_the_profile_says_is_not_saved_anew(tmp_path: Path, wanted: str | None) -> None:
    desk = isle(tmp_path, profile("yearbook", **FRENCH))
    content = "town,Année,boats\nSpring,2021,3\n"
    message, hint = told(desk, content.encode("cp1252"), profile=wanted)
    assert message == "The profile yearbook reads the text as utf-8; its columns are found in this file when it is read as cp1252."
    assert hint == "Correct the profile: encoding: cp1252. Then see that letters with accents come out right."
    message, hint = told(desk, content.replace(",", ";").encode("cp1252"), profile=wanted)
    assert message == "The profile yearbook reads utf-8 with columns separated by “,”; this file is cp1252, separated by “;”."
    assert hint == 'Correct the profile: delimiter: ";" and encoding: cp1252.'


def test_the_other_way_round_and_far_below_the_names_of_the_columns(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **FRENCH, encoding="cp1252"), profile("harbour", file="'harbour*'"))
    assert "reads the text as cp1252; its columns are found in this file when it is read as utf-8." in told(desk, "town,Année,boats\nSpring,1,3\n".encode())[0]
    rows = b"Spring,3\n" * 4_000
    message, hint = told(desk, b"town,boats\n" + rows + b"H\xeell,4\n", name="harbour.csv")
    assert message == "The profile harbour reads the text as utf-8; its columns are found in this file when it is read as cp1252."
    assert "encoding: cp1252" in hint


def test_a_text_whose_encoding_nobody_knows_is_asked_for(tmp_path: Path) -> None:
    message, hint = told(isle(tmp_path, profile("yearbook")), b"T\xfcr\xe7e,boats\n")
    assert message == "The profile yearbook reads the text as utf-8, and that it is not."
    assert hint.startswith("Ask the office how the file was saved, and say so in the profile: encoding, one of utf-8, cp1252")


def test_a_renamed_file_is_known_by_its_columns(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", **FRENCH, encoding="cp1252", delimiter='";"', file="'year*.csv'"))
    content = "town;Année;boats\nSpring;2021;3\n"
    message, hint = told(desk, content.encode("cp1252"), name="Kopie.csv")
    assert message == "By its name no profile is for this file; its columns are those of: yearbook."
    assert hint == "Name the profile: --profile yearbook; or rename the file as the profile says: year*.csv."
    assert "in this file they are separated by “,”." in told(desk, content.replace(";", ",").encode("cp1252"), name="Kopie.csv")[0]
    assert told(desk, b"one,tw\xe9\n1,2\n", name="Kopie.csv") == (
        "The text is not UTF-8. Byte 6 is the first that is wrong.",
        f"Leave the file as it is and name its profile: --profile ID. Read another encoding: yearbook (cp1252). {INSPECT}",
    )


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("s.o.", 'If it stands for no figure, list it in the profile with the reason, such as: missing: {"s.o.": not_collected}.'),
        ("1 275 428", 'If the file writes its figures so, say it in the profile: numbers: {decimal: ",", thousands: " "}.'),
        ("1.275.428,5", 'If the file writes its figures so, say it in the profile: numbers: {decimal: ",", thousands: "."}.'),
        ("12,5 %", 'If the file writes its figures so, say it in the profile: numbers: {decimal: ",", thousands: " ", percent: true}.'),
        ("1,234", f'{AMBIGUOUS} numbers: {{decimal: ",", thousands: " "}} or numbers: {{thousands: ","}}.'),
        ("3 boats", "The profile reads figures written like 1234.5. A mark that stands for no figure is listed in it under missing."),
        ("9" * 41, "A figure has at most 40 characters."),
    ],
)
def test_what_is_no_figure_is_quoted_and_cured(tmp_path: Path, cell: str, hint: str) -> None:
    desk = isle(tmp_path, profile("yearbook"))
    (finding,) = desk.bring(boats(desk, ("Spring", cell))).findings
    assert (finding.code, str(finding.message), str(finding.hint)) == ("value.number", f"“{cell[:40]}” is not a number.", hint)


def test_zeros_that_a_spreadsheet_took_away(tmp_path: Path) -> None:
    desk = isle(tmp_path, profile("yearbook", units="[{column: town, by: no}]"), profile("filled", units="[{column: town, by: no, digits: 2}]"))
    path = boats(desk, ("4", 3))
    (finding,) = desk.bring(path, profile="yearbook").findings
    assert (finding.code, str(finding.message)) == ("unit.unknown", "“4” is no unit known here.")
    assert str(finding.hint) == "Did you mean 04 (Spring)? A spreadsheet takes zeros away; digits: 2 with the column in the profile puts them back."
    assert desk.bring(path, profile="filled").stored == 1
    assert [str(figure.value) for figure in desk.figures("S3")] == ["3"]


def test_names_have_no_number_of_digits(tmp_path: Path) -> None:
    with pytest.raises(HubUnusable, match="A name has no number of digits"):
        isle(tmp_path, profile("yearbook", units="[{column: town, digits: 2}]")).bring(tmp_path / "boats.csv")


@pytest.mark.parametrize(
    "content",
    [b'"place";"catch"\n"Spring";"7,1"\n', b"Boats of the isle,,\n,,\ntown,boats,\nSpring,7,\n", b'"Data","Boats",\n"town","boats",\n"Spring","7",\n'],
)
def test_of_an_office_file_nobody_hears_that_it_is_not_tidy(tmp_path: Path, content: bytes) -> None:
    desk = isle(tmp_path, profile("yearbook", file="'year*.csv'"))
    message, hint = told(desk, content, name="office.csv")
    assert message == "No profile fits this file: its name and its columns are those of none."
    assert hint.endswith("sdgcities data inspect FILE.")
    assert "has no name" in told(desk, b"unit,indicator,period,value,source,\nx,y,1,2,3,4\n", name="office.csv")[0]

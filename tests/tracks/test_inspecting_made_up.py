"""Tables as offices send them when they are at their worst: what is seen in each, and what is asked instead of assumed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from tests.tracks.inspected import codes, looked_at, questions, said, table

from sdgcities.errors import Refused
from sdgcities.tracks.data.inspecting.deciding import PeriodFrom, period_of
from sdgcities.tracks.data.inspecting.folders import listed
from sdgcities.tracks.data.inspecting.number_formats import common_style
from sdgcities.tracks.data.inspecting.putting import profile_text
from sdgcities.tracks.data.inspecting.reading import Role

from . import inspected

REGIONS = ("Ahafo", "Ashanti", "Bono", "Central", "Eastern", "Oti", "Savannah", "Volta")


def text(folder: Path, *lines: str, encoding: str = "utf-8", name: str = "office.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path


def book(folder: Path, *sheets: Sequence[Sequence[object]], hidden: Sequence[int] = (), percent: bool = False) -> Path:
    path = folder / "office.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        style = workbook.add_format({"num_format": "0.0%"}) if percent else None
        for number, rows in enumerate(sheets):
            sheet = workbook.add_worksheet(f"S{number + 1}")
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, cell, style if isinstance(cell, float) else None)
            if number in hidden:
                sheet.hide()
    return path


def ask_of_numbers(folder: Path, *cells: str) -> set[str]:
    rows = [f"{region};2021;{cell}" for region, cell in zip(REGIONS, cells, strict=False)]
    return questions(looked_at("GH", text(folder, "Region;Year;Value", *rows)))


def test_titles_stand_above_the_names(tmp_path: Path) -> None:
    found = looked_at(
        "GH", text(tmp_path, "Table 4. Households with water,,", "Source: Water Office,,", ",,", "Region,Year,Share", "Ahafo,2021,81.5", "Bono,2021,77.25")
    )
    layout = table(found).layout
    assert (layout.header_rows, layout.first_row) == ((4,), 5)
    assert [cell.row for cell in layout.titles] == [1, 2]
    assert "source: {office: Water Office}" in profile_text(found)


def test_two_rows_name_the_columns_together(tmp_path: Path) -> None:
    lines = ("Region,2020,,2021,", ",Female,Male,Female,Male", "Ahafo,100,101,102,103", "Bono,200,201,202,203", "Oti,300,301,302,303")
    found = looked_at("GH", text(tmp_path, *lines))
    layout = table(found).layout
    assert (layout.header_rows, layout.joined) == ((1, 2), True)
    assert layout.names == ("Region", "2020 | Female", "2020 | Male", "2021 | Female", "2021 | Male")
    assert 'header_join: " | "' in profile_text(found)


def test_the_lowest_filled_cell_names_a_column_where_that_is_enough(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Population,,", ",2019,2020,2021", "Ahafo,100,101,102", "Bono,200,201,202"))
    layout = table(found).layout
    assert (layout.header_rows, layout.joined) == ((1, 2), False)
    assert layout.names == ("Region", "2019", "2020", "2021")
    assert period_of(table(found)).found is PeriodFrom.COLUMNS


def test_footnotes_are_passed_over(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", "Ahafo,2021,81.5", "Bono,2021,77.25", ",,", "* provisional,,", "Source: the office,,"))
    layout = table(found).layout
    assert [cell.text for cell in layout.notes] == ["* provisional", "Source: the office"]
    assert layout.until == ""
    assert len(layout.body) == 2


def test_a_legend_of_several_columns_ends_the_table(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", "Ahafo,2021,81.5", "Bono,2021,77.25", ",,", "Signs,,", "x,not available,", "..,confidential,"))
    assert table(found).layout.until == "Signs"
    assert "until: Signs" in profile_text(found)


def test_a_number_of_one_mark_and_three_digits_is_asked(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region;Year;Value", "Ahafo;2021;4.371", "Bono;2021;5.120", "Oti;2021;12"))
    assert "number-format" in questions(found)
    assert "“4.371” is 4371 or 4.371: 2 cells are written so" in said(found, "number-format")
    assert 'numbers: {decimal: "???", thousands: "???"}' in profile_text(found)


@pytest.mark.parametrize(
    "cells", [("4.371", "5.12"), ("4.371", "1234.567"), ("4.371", "0.371"), ("4,371", "12,5"), ("1.234.567", "4.371"), ("1.234,5", "4.371")]
)
def test_another_cell_of_the_column_decides(tmp_path: Path, cells: tuple[str, str]) -> None:
    assert "number-format" not in ask_of_numbers(tmp_path, *cells)


def test_another_column_decides_nothing(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region;Year;A;B", "Ahafo;2021;4.371;1.5", "Bono;2021;5.120;2.5"))
    assert "number-format" in questions(found)
    assert common_style(table(found).numbers.values()) is None


def test_one_mark_for_both_is_a_contradiction(tmp_path: Path) -> None:
    assert "number-formats" in ask_of_numbers(tmp_path, "1.5", "1.234.567")
    assert "number-formats" in ask_of_numbers(tmp_path, "1.5", "1,5")


def test_numbers_of_a_workbook_are_numbers_and_its_texts_are_not(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Region", "Year", "Stored", "Typed"], ["Ahafo", 2021, 4.371, "4.371"], ["Bono", 2021, 5.12, "5.120"]]
    reading = table(looked_at("GH", book(tmp_path, rows)))
    stored, typed = (reading.numbers[reading.names.index(name)] for name in ("Stored", "Typed"))
    assert not stored.undecided
    assert set(typed.undecided) == {"."}


def test_decimal_commas_between_semicolons(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region;Year;Value", "Ahafo;2021;81,5", "Bono;2021;1.077,25", "Oti;2021;3,25"))
    assert found.sample.delimiter.mark == ";"
    assert 'numbers: {decimal: ",", thousands: "."}   # such as “1.077,25” in row 3, column Value' in profile_text(found)


def test_turkish_letters_in_an_old_encoding_are_asked(tmp_path: Path) -> None:
    lines = ("İl;Yıl;Değer", "Ağrı;2021;81,5", "Iğdır;2021;77,25", "Şırnak;2021;3,5", "Kırşehir;2021;9,5")
    found = looked_at("TR", text(tmp_path, *lines, encoding="cp1254"))
    assert set(found.sample.encodings) >= {"cp1252", "cp1254"}
    assert "encoding" in questions(found)
    assert 'encoding: "???"   # one of: ' in profile_text(found)


def test_years_as_columns(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,pop_2019,pop_2020,pop_2021", "Ahafo,1,2,3", "Bono,4,5,6"))
    assert [one.pattern for one in table(found).years] == ["pop_(?P<period>[0-9]{4})"]
    assert '- {columns: "pop_(?P<period>[0-9]{4})", indicator: "???"}' in profile_text(found)


def test_signs_of_per_cent(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region;Year;Value", "Ahafo;2021;%81,5", "Bono;2021;77,25%"))
    assert "percent-sign" in codes(found)
    assert 'numbers: {decimal: ",", percent: true}' in profile_text(found)


def test_cells_shown_as_per_cent_are_asked(tmp_path: Path) -> None:
    found = looked_at("GH", book(tmp_path, [["Region", "Year", "Value"], ["Ahafo", 2021, 0.815], ["Bono", 2021, 0.77]], percent=True))
    assert "ratio" in questions(found)
    assert 'scale: "???"' in profile_text(found)


def test_levels_mixed_in_one_column(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Place,Year,Value", "Ghana,2021,1.5", "Ahafo,2021,2.5", "Bono,2021,3.5", "Ho Municipal,2021,4.5", "Hohoe,2021,5.5"))
    (match,) = table(found).units.columns
    assert dict(match.levels) == {"country": 1, "region": 2, "district": 2}
    assert match.level == ""


def test_a_row_of_totals_is_told(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", "Ahafo,2021,1.5", "Bono,2021,2.5", "Total,2021,4"))
    assert "“Total” (4)" in said(found, "total-row")


def test_an_empty_first_column(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, ",Region,Year,Value", ",Ahafo,2021,1.5", ",Bono,2021,2.5"))
    assert said(found, "empty-columns") == "Column 1 is empty."
    assert table(found).names[table(found).units.columns[0].place] == "Region"


def test_a_column_of_figures_without_a_name_is_told_with_its_cell(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, ",Year,Value", "Ahafo,2021,1.5", "Bono,2021,2.5"))
    assert "“Ahafo” (2)" in said(found, "unnamed")
    assert "unnamed" in questions(found)


def test_a_table_on_its_side(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Year,Ahafo,Ashanti,Bono", "2019,1.5,2.5,3.5", "2020,1.6,2.6,3.6"))
    assert "transposed" in questions(found)
    assert "lies on its side" in said(found, "transposed")


def test_rows_that_differ_in_nothing_known_are_asked(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Partner,Value", "Ahafo,2021,a,1.5", "Ahafo,2021,b,2.5", "Bono,2021,a,2.5", "Bono,2021,b,3.5"))
    assert {"repeated", "column"} <= questions(found)
    assert 'aggregate: "???"' in profile_text(found)


def test_a_date_that_can_be_of_two_months_is_asked(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Date,Value", "Ahafo,03/04/2021,1.5", "Bono,05/06/2021,2.5"))
    assert {"dates", "period-days"} <= questions(found)
    told = looked_at("GH", text(tmp_path, "Region,Date,Value", "Ahafo,03/04/2021,1.5", "Bono,25/06/2021,2.5", name="told.csv"))
    assert "the day stands first" in said(told, "dates")
    assert "dates" not in questions(told)


def test_two_columns_that_could_be_the_unit_are_asked(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "From,To,Year,Value", "Ahafo,Bono,2021,1.5", "Bono,Oti,2021,2.5", "Oti,Ahafo,2021,3.5"))
    assert "unit-column" in questions(found)
    assert 'column: "???"' in profile_text(found)


def test_marks_for_no_figure_are_counted_and_asked(tmp_path: Path) -> None:
    found = looked_at(
        "GH",
        text(
            tmp_path,
            "Region,Year,Value",
            "Ahafo,2021,1.5",
            "Bono,2021,..",
            "Oti,2021,n/a",
            "Volta,2021,",
            "Central,2021,-",
            "Eastern,2021,x",
            "Savannah,2021,..",
        ),
    )
    missing = table(found).numbers[2].missing
    assert {mark: one.count for mark, one in missing.items()} == {"..": 2, "n/a": 1, "": 1, "-": 1, "x": 1}
    assert '  "..": "???"   # 2 cells, the first in row 3' in profile_text(found)


def test_texts_that_are_neither_figures_nor_marks_are_told(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", "Ahafo,2021,1.5", "Bono,2021,2.5", "Oti,2021,about five", "Volta,2021,3.5"))
    assert "“about five” (4)" in said(found, "unread")


def test_units_written_once_hold_for_the_rows_below(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", "Ahafo,2020,1.5", ",2021,2.5", "Bono,2020,3.5", ",2021,4.5"))
    assert "carried: [Region]" in profile_text(found)
    assert "blank-unit" not in questions(found)


def test_sheets_alike_are_read_along_and_hidden_ones_are_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Region", "Year", "Value"], ["Ahafo", 2021, 1.5], ["Bono", 2021, 2.5]]
    found = looked_at("GH", book(tmp_path, rows, rows, rows, [["Note"]], hidden=(2,)))
    assert "sheets: [S1, S2]" in profile_text(found)
    assert said(found, "hidden") == "These sheets are hidden: S3."
    assert table(looked_at("GH", found.path, "S3")).values
    with pytest.raises(Refused) as refusal:
        looked_at("GH", found.path, "S9")
    assert refusal.value.findings[0].code == "inspect.sheet"


def test_lost_zeros_of_codes_are_seen(tmp_path: Path) -> None:
    found = looked_at("PT", text(tmp_path, "Código;Ano;Valor", "101;2021;1,5", "102;2021;2,5", "1106;2021;3,5"))
    (match,) = table(found).units.columns
    assert (match.by, match.digits) == ("dico", 4)
    assert "digits: 4" in profile_text(found)


def test_short_numbers_are_not_taken_for_codes(tmp_path: Path) -> None:
    found = looked_at("TR", text(tmp_path, "Sıra;Yıl;Değer", "1;2021;1,5", "2;2021;2,5", "34;2021;3,5"))
    assert table(found).units.columns == ()
    assert {"no-units"} <= questions(found)


def test_the_sex_of_a_column_needs_its_counterpart(tmp_path: Path) -> None:
    chemistry = table(looked_at("GH", text(tmp_path, "Region,Year,F,Fe", "Ahafo,2021,1.5,2.5", "Bono,2021,2.5,3.5")))
    assert chemistry.headings == {}
    people = table(looked_at("GH", text(tmp_path, "Region,Year,pop_F,pop_M,pop_T", "Ahafo,2021,1,2,3", "Bono,2021,2,3,5", name="people.csv")))
    assert [dict(one.codes) for one in people.headings.values()] == [{"sex": "F"}, {"sex": "M"}]


@pytest.mark.parametrize("text_of_period", ["2019/20", "2019/2020", "2019-2020"])
def test_two_years_in_one_cell_are_asked(tmp_path: Path, text_of_period: str) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", f"Ahafo,{text_of_period},1.5", f"Bono,{text_of_period},2.5"))
    assert "period-range" in questions(found)
    assert f'periods: {{values: {{"{text_of_period}": "???"}}}}' in profile_text(found)


def test_quarters_are_asked_where_their_words_are_unknown(tmp_path: Path) -> None:
    found = looked_at("TR", text(tmp_path, "İl;Dönem;Değer", "Ağrı;2021 1. Çeyrek;1,5", "Van;2021 2. Çeyrek;2,5"))
    assert "period-parts" in questions(found)
    assert "1. Çeyrek" in profile_text(found)


def test_what_is_no_table_says_so(tmp_path: Path) -> None:
    prose = looked_at("GH", text(tmp_path, "Dear colleague", "the figures will come tomorrow", "yours"))
    assert questions(prose) >= {"no-table"}
    assert profile_text(prose) == ""


def test_a_tidy_file_needs_no_profile(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "unit,indicator,period,value,source", "GH01,GH-POP,2021,5,Office"))
    assert found.profile == "tidy"
    assert "sdgcities data import" in said(found, "fits")


def test_a_folder_is_listed_file_by_file(tmp_path: Path) -> None:
    text(tmp_path, "Region,Year,Value", "Ahafo,2021,1.5")
    text(tmp_path, "unit,indicator,period,value,source", "GH01,GH-POP,2021,5,Office", name="tidy.csv")
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 nothing")
    found = {one.file: one for one in listed(inspected.catalogue("GH"), tmp_path)}
    assert (found["tidy.csv"].profile, found["tidy.csv"].rows) == ("tidy", 2)
    assert found["office.csv"].profile == ""
    assert found["letter.pdf"].problem


def test_an_archive_is_listed_file_by_file(tmp_path: Path) -> None:
    text(tmp_path, "unit,indicator,period,value,source", "GH01,GH-POP,2021,5,Office", name="tidy.csv")
    with ZipFile(tmp_path / "sent.zip", "w") as archive:
        archive.write(tmp_path / "tidy.csv", "2021/tidy.csv")
    (one,) = listed(inspected.catalogue("GH"), tmp_path / "sent.zip")
    assert (one.file, one.format, one.profile) == ("2021/tidy.csv", "csv", "tidy")


def test_elements_of_xml_are_rows(tmp_path: Path) -> None:
    rows = "".join(f"<row><region>{region}</region><year>2021</year><value>{value}</value></row>" for region, value in (("Ahafo", "1.5"), ("Bono", "4.371")))
    found = looked_at("GH", text(tmp_path, f"<table><rows>{rows}</rows></table>", name="office.xml"))
    assert found.sheet
    assert found.sheet.pointer == "/table/rows/row"
    assert table(found).units.columns[0].share == 1
    assert 'format: xml\nrecords: "/table/rows/row"' in profile_text(found)


def test_of_a_large_file_the_beginning_is_looked_at_and_it_says_so(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Value", *(f"{REGIONS[n % 8]},{1900 + n % 100},{n}.5" for n in range(30_000))))
    assert said(found, "sample") == "The file is large: what follows is said of its first 20000 rows."
    assert table(found).numbers[2].figures == 19_999


def test_every_column_has_one_role(tmp_path: Path) -> None:
    found = looked_at(
        "GH",
        text(tmp_path, "no,Region,lat,lon,Year,Sex,Value", "1,Ahafo,7.1,-2.1,2021,Female,1.5", "2,Bono,7.2,-2.2,2021,Male,2.5", "3,Oti,7.3,0.2,2021,Male,2.5"),
    )
    roles = [table(found).roles[place] for place in range(7)]
    assert roles == [Role.KEY, Role.UNIT, Role.PLACE, Role.PLACE, Role.PERIOD, Role.DIMENSION, Role.VALUE]


def test_years_with_hardly_a_figure_name_their_columns_all_the_same(tmp_path: Path) -> None:
    rows = [f"{region},Rate,{value},,57.9" for region, value in zip(REGIONS, ("81.3", "", "", "", "", "", "", ""), strict=True)]
    found = looked_at("GH", text(tmp_path, "Region,Indicator,1988,1993,1998", *rows))
    assert (table(found).layout.header_rows, [year for one in table(found).years for year in one.years]) == ((1,), ["1988", "1998"])
    assert "no-header" not in questions(found)
    marks = [f'"{region}","..",{number}.4' for number, region in enumerate(REGIONS, start=61)]
    found = looked_at("GH", text(tmp_path, '"Access to electricity by Region and Year"', '""', '"Region","2017","2021"', *marks, name="bank.csv"))
    assert table(found).layout.header_rows == (3,)
    assert [table(found).names[place] for place in table(found).values] == ["2017", "2021"]


def test_of_two_encodings_the_one_is_looked_at_in_which_places_are_known(tmp_path: Path) -> None:
    lines = ["İl;İlçe;Yıl;Kadın;Erkek", "Adana;Aladağ;2023;7.661;8.194", "Balıkesir;Ayvalık;2023;37.956;37.170", "Muğla;Bodrum;2023;94.600;98.364"]
    found = looked_at("TR", text(tmp_path, *lines, encoding="cp1254"))
    assert "encoding" in questions(found)
    assert table(found).names == ("İl", "İlçe", "Yıl", "Kadın", "Erkek")
    assert "no other way makes more of it known" in said(found, "encoding")
    written = profile_text(found)
    assert 'encoding: "???"' in written
    assert "within: İl" in written
    assert "period: {column: Yıl}" in written


def test_why_a_text_is_not_tidy_is_not_said_of_an_office_file(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, '"Region";"Rate"', '"Ahafo";"7,1"', '"Bono";"11,9"'))
    assert said(found, "fits-none") == "No profile fits this file: its name and its columns are those of none."


def test_what_is_written_once_inside_a_group_is_carried_too(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Region", "District", "Sex", "Age", "Population"]]
    for region, district in (("Volta", "Ho Municipal"), ("Volta", "Keta Municipal"), ("Ashanti", "Kumasi Metropolitan")):
        for sex in ("Male", "Female"):
            rows += (
                [[region, district, sex, "0-14", 12], ["", "", "", "15-64", 34]] if sex == "Male" else [["", "", sex, "0-14", 13], ["", "", "", "15-64", 35]]
            )
    found = looked_at("GH", book(tmp_path, rows))
    assert "carried: [Region, District, Sex]" in profile_text(found)
    assert "repeated" not in questions(found)


def test_an_empty_cell_of_a_disaggregation_is_told_to_be_the_total(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Region,Year,Sex,Value", "Ahafo,2021,,1.5", "Ahafo,2021,Male,2.5", "Ahafo,2021,Female,3.5"))
    assert "carried" not in profile_text(found)
    assert "It is empty in 1 rows, the first is row 2: an import takes these for the total." in said(found, "dimension-blank")


def test_flags_and_units_of_measure_are_asked_and_not_passed_over(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "UNIT_MEASURE,Region,Year,OBS_VALUE,OBS_FLAG", "PC,Ahafo,2021,1.5,b", "PC,Bono,2021,2.5,", "PC,Oti,2021,3.5,P"))
    assert {"status", "measure-codes"} <= questions(found)
    written = profile_text(found)
    assert 'observation_status: {column: OBS_FLAG, codes: {b: "???", P: P}}' in written
    assert 'unit_measure: {column: UNIT_MEASURE, codes: {PC: "???"}}' in written
    called_unit = looked_at("GH", text(tmp_path, "Unit,Region,Year,Value", "PC,Ahafo,2021,1.5", "PC,Bono,2021,2.5", name="unit.csv"))
    assert "column" in questions(called_unit)
    settled = looked_at("GH", text(tmp_path, "Region,Year,Value,Flag", "Ahafo,2021,1.5,A", "Bono,2021,2.5,E", name="settled.csv"))
    assert "status" in codes(settled) - questions(settled)


def test_broken_letters_are_told(tmp_path: Path) -> None:
    broken = ["Município;2021", "Setúbal;12,5", "Évora;13,5", "Braga;14,5"]
    found = looked_at("PT", text(tmp_path, *(line.encode("utf-8").decode("cp1252") for line in broken)))
    assert "“MunicÃ­pio” was “Município” once" in said(found, "garbled")
    assert "garbled" not in codes(looked_at("PT", text(tmp_path, *broken, name="whole.csv")))


def test_a_table_of_the_world_names_one_unit(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "Country,2020,2021", "Ghana,85.9,86.3", "Portugal,100.5,100.5", "World,90.4,91.3", "Kosovo,99.5,99.5"))
    assert "1 of its 4 different texts mean a unit: Ghana." in said(found, "few-units")
    assert "rows: [{column: Country, only: [Ghana]}]" in profile_text(found)


def test_a_column_without_a_name_is_asked_in_the_profile(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, ",,2020,2021", "Ahafo,GH01,1.5,2.5", "Bono,GH03,3.5,4.5"))
    assert 'column: "???"' in profile_text(found)
    assert 'column: ""' not in profile_text(found)


def test_years_whose_cells_are_shown_as_per_cent_are_asked(tmp_path: Path) -> None:
    found = looked_at("GH", book(tmp_path, [["Region", "2020", "2021"], ["Ahafo", 0.815, 0.82], ["Bono", 0.77, 0.78]], percent=True))
    assert '- {columns: "(?P<period>[0-9]{4})", indicator: "???", scale: "???"}' in profile_text(found)


def test_a_year_that_a_name_has_twice_is_one_year(tmp_path: Path) -> None:
    """As the World Bank names the columns of what its data bank gives out."""
    found = looked_at("GH", text(tmp_path, "Region,2019 [YR2019],2020 [YR2020]", "Ahafo,81.5,82.1", "Bono,77.25,78", "Oti,50.5,51"))
    assert period_of(table(found)).found is PeriodFrom.COLUMNS
    assert '- {columns: "(?P<period>[0-9]{4}) \\\\[YR[0-9]{4}\\\\]"' in profile_text(found)
    assert "period" not in questions(found)


def test_a_year_of_figures_with_marks_behind_them_is_read_and_the_marks_are_asked(tmp_path: Path) -> None:
    """As Eurostat marks a break in a series in every row of a year: the year must not be passed over."""
    found = looked_at("GH", text(tmp_path, "Region\t2013 \t2014 ", "Ashanti\t81 \t1796 b", "Central\t77 \t2010 b", "Volta\t50 \t28 bp", name="office.tsv"))
    assert [one.years for one in table(found).years] == [("2013", "2014")]
    assert "ignore" not in profile_text(found)
    assert 'marks: {b: "???", bp: "???"}' in profile_text(found)
    assert said(found, "marks") == (
        "Marks stand behind figures, such as “1796 b”: “b” (2); “bp” (1). Say under marks what each means: A normal, P provisional, E estimated, U unreliable."
    )
    assert "unread" not in questions(found)


def test_several_things_in_one_column_are_told(tmp_path: Path) -> None:
    found = looked_at("GH", text(tmp_path, "indic_de,geo\\time\t2018\t2019", "CNMIGRAT,GH01\t81\t82", "CNMIGRAT,GH02\t77\t78", name="office.tsv"))
    assert "packed" in questions(found)
    assert "“,”" in said(found, "packed")


@pytest.mark.parametrize("cells", [("Ahafo, north", "Bono"), ("Ahafo,x", "Bono")])
def test_a_comma_in_some_cells_parts_nothing(tmp_path: Path, cells: tuple[str, str]) -> None:
    found = looked_at("GH", text(tmp_path, "name,place;Region;2021", f"{cells[0]};Ahafo;1", f"{cells[1]};Bono;2"))
    assert "packed" not in questions(found)


def test_a_column_with_some_units_names_no_indicators(tmp_path: Path) -> None:
    """A table of the regions of several countries, of which the hub knows one."""
    rows = [
        f"{place};{year};{value}" for place in ("Ansbach, Landkreis", "Greater Accra Region", "San Luis Potosi, R3") for year, value in ((2020, 1), (2021, 2))
    ]
    found = looked_at("GH", text(tmp_path, "Reference area;Year;Value", *rows))
    assert [match.place for match in table(found).units.few] == [0]
    assert (table(found).indicator, table(found).guessed) == (-1, False)


@pytest.mark.parametrize(("power", "asked"), [("0", False), ("3", True)])
def test_columns_that_say_how_sdmx_writes_figures_are_no_figures(tmp_path: Path, power: str, asked: bool) -> None:
    rows = [f"{region},2021,{10 + number}.5,{power},1" for number, region in enumerate(REGIONS)]
    found = looked_at("GH", text(tmp_path, "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT,DECIMALS", *rows))
    assert [table(found).names[place] for place in table(found).values] == ["OBS_VALUE"]
    assert "ignore: [UNIT_MULT, DECIMALS]" in profile_text(found)
    assert ("powers" in questions(found)) == asked

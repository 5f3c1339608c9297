"""The shapes that data repositories have: inputs and tables of other names, files in other forms, metadata in many files, and two repositories of one place."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.opensdg_samples import CONFIGURATION, SLUMS_META, repository
from tests.exchange.test_opensdg_in import reopened, taken
from tests.exchange.test_opensdg_in_small import stands, told
from tests.exchange.test_opensdg_out import contents, exported
from tests.hub_fixtures import Desk
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.exchange.opensdg.reading import read_repository
from sdgcities.exchange.opensdg.typed import number
from sdgcities.exchange.opensdg.values import figure_of

DATA = "data/indicator_11-1-1.csv"
MAPPED = CONFIGURATION.replace("data/*-*.csv\n", "data/*-*.csv\n    column_map: maps/columns.csv\n    code_map: maps/codes.csv\n")
MAPS = {
    "config_data.yml": MAPPED,
    "maps/columns.csv": "Text,Value\nTIME_PERIOD,Year\nOBS_VALUE,Value\nSEX,Sex\nSEX,Gender\nAREA,Kind\n",
    "maps/codes.csv": "Dimension,Text,Value\nSex,F,Female\nSex,_T,\nOther,M,Male\nKind,M,wrong\nKind,Town,City\nKind,Town,Village\n",
    DATA: "TIME_PERIOD,Units,SEX,AREA,OBS_VALUE\n2018,Percent,_T,,12.40\n2018,Percent,F,,12.0\n2018,Percent,_T,Town,3\n",
}


@pytest.fixture
def hub(tmp_path: Path) -> Desk:
    return isle(tmp_path / "isle")


def test_columns_and_labels_go_by_the_names_that_their_tables_give_them(hub: Desk, tmp_path: Path) -> None:
    report = taken(hub, repository(tmp_path / "r", MAPS), "N1")
    assert (report.stored, report.blocked) == (3, False), [str(one.message) for one in report.findings]
    assert stands(hub) == {
        ("N1", "N1-11-1-1", "2018", ""): "12.40",  # _T stands for an empty cell
        ("N1", "N1-11-1-1", "2018", "sex=F"): "12.0",
        ("N1", "N1-11-1-1", "2018", "opensdg-n1-kind=CITY"): "3",
    }
    assert not taken(hub, repository(tmp_path / "r", MAPS), "N1").stored


def test_what_is_renamed_goes_out_as_it_came_and_is_built_by_its_new_names(hub: Desk, tmp_path: Path) -> None:
    source = repository(tmp_path / "r", MAPS)
    taken(hub, source, "N1")
    exported(reopened(hub), tmp_path / "out")
    assert contents(tmp_path / "out") == contents(source)
    exported(reopened(hub), tmp_path / "built", "opensdg-site")
    built = json.loads((tmp_path / "built" / "en" / "data" / "11-1-1.json").read_bytes())
    assert built == {
        "Year": [2018, 2018, 2018],
        "Units": ["Percent"] * 3,
        "Sex": [None, "Female", None],
        "Kind": [None, None, "City"],
        "Value": [12.4, 12.0, 3.0],
    }


def test_labels_that_are_numbers_are_known_by_their_number(tmp_path: Path) -> None:
    codes = {"maps/codes.csv": "Dimension,Text,Value\nKind,01,North\nKind,2,South\n", DATA: "Year,Kind,Value\n2018,1,5\n2018,02,6\n2018,,7\n"}
    assert [row[1] for row in read_repository(repository(tmp_path / "n", MAPS | codes)).indicators["11-1-1"].rows] == ["North", "South", ""]
    mixed = codes | {"maps/codes.csv": "Dimension,Text,Value\nKind,1,North\nKind,A,South\n"}  # one that is a text makes all of them texts
    assert [row[1] for row in read_repository(repository(tmp_path / "m", MAPS | mixed)).indicators["11-1-1"].rows] == ["1", "02", ""]


@pytest.mark.parametrize(
    ("files", "file", "said"),
    [
        ({"maps/codes.csv": ""}, "config_data.yml", "code_map names maps/codes.csv, which is not in the repository."),
        (
            {"config_data.yml": MAPPED.replace("maps/codes.csv", "../codes.csv")},
            "config_data.yml",
            "../codes.csv, which is not in the repository.",
        ),
        (
            {"config_data.yml": MAPPED.replace("maps/codes.csv", "https://x.org/a.csv")},
            "config_data.yml",
            "a.csv, which is not in the repository.",
        ),
        ({"maps/columns.csv": "From,To\nA,B\n"}, "columns.csv", "The table that column_map names lacks the column Text."),
        ({"maps/codes.csv": "Text,Value\nA,B\n"}, "codes.csv", "The table that code_map names lacks the column Dimension."),
    ],
)
def test_a_table_that_cannot_be_followed_keeps_the_repository_out(hub: Desk, tmp_path: Path, files: dict[str, str], file: str, said: str) -> None:
    (tmp_path / "codes.csv").write_text("Dimension,Text,Value\nSex,F,Female\n", encoding="utf-8")
    report = taken(hub, repository(tmp_path / "r", MAPS | files), "N1")
    assert [(Path(str(one.where.file)).name, said in str(one.message)) for one in told(report, "opensdg.map")] == [(file, True)]
    assert report.blocked


def test_every_input_of_data_is_read_and_the_last_one_with_rows_counts(hub: Desk, tmp_path: Path) -> None:
    second = "  - class: InputCsvData\n    path_pattern: data/**/*-*.csv\n  - class: InputYamlMeta\n    path_pattern: indicator"
    files = {
        "config_data.yml": CONFIGURATION.replace("  - class: InputYamlMeta\n    path_pattern: indicator", second),
        DATA: "Year,Value\n2018,1\n",
        "data/indicator_1-2-1.csv": "Year,Value\n2018,2\n",
        "data/subset/indicator_11-1-1.csv": "Year,Value\n2018,3\n",
        "data/subset/indicator_1-2-1.csv": "Year,Value\n",
        "data/subset/indicator_1-3-1.csv": "Year,Value\n2018,4\n",
        "data/subset/old/indicator_1-4-1.csv": "Year,Value\n2018,5\n",
        "data/indicator_1_5_1.csv": "Year,Value\n2018,6\n",
    }
    report = taken(hub, repository(tmp_path / "r", files), "N1")
    assert {key[1]: value for key, value in stands(hub).items()} == {"N1-11-1-1": "3", "N1-1-2-1": "2", "N1-1-3-1": "4"}
    passed, several = (str(one.message) for one in told(report, "opensdg.configuration"))
    assert passed.endswith("and are not read, such as: data/indicator_1_5_1.csv, data/subset/old/indicator_1-4-1.csv.")
    assert several == "2 indicators have data files of several inputs, such as: 1-2-1, 11-1-1."


def test_two_files_of_one_indicator_are_not_chosen_between(hub: Desk, tmp_path: Path) -> None:
    report = taken(hub, repository(tmp_path / "r", {"data/11-1-1.csv": "Year,Value\n2018,1\n"}), "N1")
    assert [str(one.message) for one in report.findings if one.blocks] == ["data/11-1-1.csv and data/indicator_11-1-1.csv are both of the indicator 11-1-1."]


def test_a_pattern_that_finds_nothing_is_told_with_what_lies_there(hub: Desk, tmp_path: Path) -> None:
    report = taken(hub, repository(tmp_path / "r", {"config_data.yml": CONFIGURATION.replace("data/*-*.csv", "csv/*-*.csv")}), "N1")
    assert ["data/indicator_11-1-1.csv" in str(one.message) for one in told(report, "opensdg.configuration")] == [True]
    assert [str(one.message) for one in report.findings if one.blocks] == ["No indicator of the repository has a figure."]


def test_inputs_that_are_no_list_are_told(tmp_path: Path) -> None:
    config = "inputs:\n  class: InputCsvData\ntranslations:\n  - class: TranslationInputSdgTranslations\n    source: https://x.org/a.git\n"
    assert [str(one.message) for one in read_repository(repository(tmp_path / "r", {"config_data.yml": config})).problems] == [
        "inputs is no list with a hyphen before each entry: Open SDG's defaults are taken.",
        "The translations TranslationInputSdgTranslations are no files of the repository: they are not taken in.",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfYear,Sex,Value\n2018,Female,12.5\n",
        b"Year,Sex,Value\r\n2018,Female,12.5\r\n",
        b"Year,Sex,Value\r2018,Female,12.5\r",
        b'"Year","Sex","Value"\n"2018.0","Female"," 12.5"',
        b"Sex,Value,Year\nFemale,12.5,2018\n,n/a,2018\n,,2019\n",
        b"Year , Sex ,Value,,\n2018,Female,12.5,,\n,,,,\n",
        b"Year,Units,Sex,Value\n2018,,Female,12.5\n",
        b"Year,Sex,Value\n2018,Female,12.5\n2018,Female,12.50\n",
    ],
)
def test_one_figure_however_its_file_is_written(hub: Desk, tmp_path: Path, content: bytes) -> None:
    folder = repository(tmp_path / "r", {"translations/es/data.yml": ""})
    (folder / DATA).write_bytes(content)
    assert taken(hub, folder, "N1").stored == 1
    assert stands(hub) == {("N1", "N1-11-1-1", "2018", "sex=F"): "12.5"}


@pytest.mark.parametrize(
    ("content", "code", "row", "column", "said"),
    [
        (b"Year;Sex;Value\n2018;;12,5\n", "opensdg.column", 1, None, "The columns are parted by “;”, not by commas."),
        (b"Year\tValue\n2018\t12.5\n", "opensdg.column", 1, None, "The columns are parted by “TAB”, not by commas."),
        (b"year,Value\n2018,1\n", "opensdg.column", 1, None, "The column Year is missing."),
        ("Year,Región,Value\n2018,Á,1\n".encode("latin-1"), "encoding", None, None, "The text is not UTF-8."),
        ("Year,Value\n2018,1\n".encode("utf-16"), "encoding", None, None, "The text is not UTF-8."),
        (b"Year,Value\n2018,<0.1\n", "value.number", 2, "Value", "“<0.1” is not a number."),
        (b"Year,Value\n2018,..\n", "value.number", 2, "Value", "“..” is not a number."),
        (b"Year,Value\n2017,1\n2018,-\n", "value.number", 3, "Value", "“-” is not a number."),
        (b"Year,Value\n2018,1 234\n", "value.number", 2, "Value", "“1 234” is not a number."),
        (b'Year,Value\n2018,"12,5"\n', "value.number", 2, "Value", "“12,5” is not a number."),
        (b"Year,Value\n2018,1e400\n2019,2\n", "value.number", 2, "Value", "The figure has 401 characters when it is written out: 1000000000000000"),
        (b"Year,Value\n2019,2\n2018,0." + b"3" * 60 + b"\n", "value.number", 3, "Value", "The figure has 62 characters when it is written out: 0.333333"),
        (b"Year,Value\n,5\n", "period.unreadable", 2, "Year", "The row has a value and no year."),
        (b"Year,Value\nlatest,5\n", "period.unreadable", 2, "Year", "“latest” is no year or period."),
        (b"Year,Sex,Value\n2018,F,5\n2018,F,6\n", "opensdg.contradiction", 2, "Value", "Rows 2, 3 give several values"),
    ],
)
def test_what_open_sdg_could_not_draw_is_one_line(hub: Desk, tmp_path: Path, content: bytes, code: str, row: int | None, column: str | None, said: str) -> None:
    folder = repository(tmp_path / "r", {"data/indicator_1-1-1.csv": "Year,Value\n2018,1\n"})
    (folder / DATA).write_bytes(content)
    report = taken(hub, folder, "N1")
    (found,) = [one for one in report.findings if one.blocks]
    assert (found.code.rpartition(".")[2] if code == "encoding" else found.code, found.where.row, found.where.column) == (code, row, column)
    assert (Path(str(found.where.file)).name, str(found.message)[: len(said)]) == ("indicator_11-1-1.csv", said)
    assert (report.stored, report.batch) == (0, None)


_DIGITS = st.text("0123456789", min_size=1, max_size=20)


@given(st.sampled_from(["", "-", "+"]), _DIGITS, st.one_of(st.just(""), _DIGITS), st.one_of(st.none(), st.integers(-12, 12)))
def test_the_figure_is_the_number_that_the_file_says(sign: str, before: str, after: str, power: int | None) -> None:
    """To the last digit that a computer's number can tell; what a CSV reader makes of up to 15 digits is the same number."""
    text = f"{sign}{before}{'.' if after else ''}{after}{'' if power is None else f'e{power}'}"
    figure = figure_of(text)
    assert Decimal(figure) == Decimal(text)
    assert repr(float(figure)) == repr(float(text))
    if len(before) + len(after) <= 15:  # so many digits every reader takes exactly
        assert repr(number(text)) == repr(float(figure))


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_the_figure_of_a_number_that_a_computer_printed_is_that_number(value: float) -> None:
    assert float(figure_of(repr(value))) == value


def test_metadata_are_joined_field_by_field_and_translations_of_every_folder_kept(tmp_path: Path) -> None:
    config = CONFIGURATION.replace("git: true\n", "git: true\n    metadata_mapping: {Title of the chart: graph_title}\n")
    files = {
        "config_data.yml": config,
        "meta/11-1-1.yml": SLUMS_META.replace("graph_title", "Title of the chart"),
        "indicator-config/es/11-1-1.yml": "graph_title: Gráfico\nunit: de los hogares\n",
        "meta/es/11-1-1.yml": "unit: por ciento\n",
        "meta/fr/11-1-1.yml": "Title of the chart: Bidonvilles\n",
        "translations/regional/es/data.yml": "North: Norte\n",
    }
    found = read_repository(repository(tmp_path / "r", files))
    metadata = found.indicators["11-1-1"].metadata
    assert metadata["graph_title"] == "Slums"
    assert metadata["es"] == {"graph_title": "Gráfico", "unit": "por ciento"}
    assert metadata["fr"] == {"graph_title": "Bidonvilles"}
    assert found.translated("North", "es") == "Norte"
    assert "meta/fr/11-1-1.yml" in found.files


def _full(folder: Path, times: int, name: str) -> Path:
    """A repository of the same indicators as every other."""
    data = {f"data/indicator_1-{n}-1.csv": "Year,Value\n" + "".join(f"{2000 + year},{n * times + year}.{times}\n" for year in range(9)) for n in range(1, 9)}
    texts = {f"meta/1-{n}-1.yml": f"indicator_name: {name} {n}\n" for n in range(1, 9)}
    return repository(folder, {**data, **texts})


def test_another_repository_with_the_same_indicators_needs_a_reason(hub: Desk, tmp_path: Path) -> None:
    taken(hub, _full(tmp_path / "r", 3, "Share"), "N1")
    other = _full(tmp_path / "other", 7, "Number")  # one indicator of the template is in both as it was
    before = stands(hub)
    assert [one.code for one in taken(hub, other, None).findings] == ["opensdg.unit"]  # its indicators alone don't say whose it is
    report = taken(hub, other, "N1")
    assert [(one.code, str(one.message)) for one in report.findings if one.severity == "justify"] == [
        ("opensdg.other", "The hub has a repository of N1 with the same indicators: only 3 of its 75 figures are in this one. It would take its place.")
    ]
    assert (report.batch, stands(hub)) == (None, before)


def test_a_later_edition_is_no_other_repository(hub: Desk, tmp_path: Path) -> None:
    taken(hub, _full(tmp_path / "r", 3, "Share"), "N1")
    revised = _full(tmp_path / "revised", 7, "Share")  # every figure is revised, the metadata stand
    assert taken(hub, revised, None, dry_run=True).stored == 72
    renamed = _full(tmp_path / "renamed", 3, "Anew")  # all metadata are written anew, and a year is added
    for file in renamed.glob("data/indicator_1-*.csv"):
        file.write_text(file.read_text(encoding="utf-8") + "2020,5\n", encoding="utf-8")
    assert taken(hub, renamed, None).stored == 8


def test_a_link_that_leads_out_of_the_repository_is_not_followed(hub: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("indicator_name: secret\n", encoding="utf-8")
    folder = repository(tmp_path / "r")
    try:
        (folder / "meta" / "1-1-1.yml").symlink_to(tmp_path / "secret.yml")
    except OSError:
        pytest.skip("this system makes no links for this user")
    with pytest.raises(Refused) as refused:
        read_repository(folder)
    assert (refused.value.findings[0].code, refused.value.findings[0].where.file) == ("opensdg.outside", str(folder / "meta" / "1-1-1.yml"))
    assert [one.code for one in taken(hub, folder, "N1").findings] == ["opensdg.outside"]

"""What is said of the statistics offices' own files, held against what a person sees in them and against the profiles that read them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import pytest
from tests.tracks.inspected import catalogue, codes, looked_at, questions, shipped, table

from sdgcities.errors import Refused
from sdgcities.tracks.data.inspecting.cells import STORED, column_of, is_figure
from sdgcities.tracks.data.inspecting.number_formats import common_style
from sdgcities.tracks.data.inspecting.putting import profile_text
from sdgcities.tracks.data.reading.numbers import reader_of
from sdgcities.tracks.data.reading.profiled import ProfiledFile
from sdgcities.tracks.data.reading.raw import Totals


@dataclass(frozen=True)
class Seen:
    """A file and what has to be seen in it. `unit` is column and systems, empty where the hub knows no place of the file."""

    country: str
    file: str
    profile: str = ""
    encoding: str = ""
    delimiter: str = ""
    header: tuple[int, ...] = (1,)
    first: int = 2
    unit: tuple[str, ...] = ()
    level: str = ""
    marks: str = ""
    """The decimal mark and the mark between thousands that the file itself proves."""
    wide: bool = False
    years: tuple[str, str] = ("", "")
    period: str = ""
    dimensions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


GSS, LA = "ghana/indicators/gss_open_sdg/indicator_", "opensdg/los-angeles/data/indicator_"
FILES = (
    Seen("GH", "ghana/admin/ghanapop.csv", "ghanapop", encoding="utf-8", delimiter=",", unit=("district_pcode", "pcode"), level="district", wide=True),
    Seen("GH", "ghana/admin/gha_admpop_2022.xlsx", "gha-admpop", unit=("ADM2_PCODE", "pcode"), level="district", wide=True, period="year"),
    Seen(
        "GH",
        "ghana/indicators/basisghana_odf_communities.csv",
        "basisghana-odf",
        encoding="utf-8",
        delimiter=",",
        unit=("district", "name"),
        level="district",
        wide=True,
        asks=("repeated", "missing", "period", "units-unknown"),
    ),
    Seen(
        "GH",
        f"{GSS}1-2-1.csv",
        "gss-open-sdg",
        encoding="utf-8",
        delimiter=",",
        unit=("Geography", "name"),
        level="region",
        marks=".",
        period="Year",
        dimensions=("urbanisation",),
    ),
    Seen(
        "GH",
        f"{GSS}3-1-1.csv",
        "gss-open-sdg",
        encoding="utf-8",
        delimiter=",",
        unit=("Geography", "name"),
        level="region",
        marks=".",
        period="Year",
        asks=("column", "blank-unit"),
    ),
    Seen("GH", f"{GSS}4-a-1.csv", "gss-open-sdg", encoding="utf-8", delimiter=",", unit=("Geography", "name"), level="region", marks=".", period="Year"),
    Seen(
        "GH",
        f"{GSS}8-5-2.csv",
        "gss-open-sdg",
        encoding="utf-8",
        delimiter=",",
        unit=("Geography", "name"),
        level="region",
        marks=".",
        period="Year",
        dimensions=("urbanisation", "sex", "age"),
        asks=("repeated", "blank-unit"),
    ),
    Seen("GH", f"{GSS}9-2-2.csv", "gss-open-sdg", encoding="utf-8", delimiter=",", unit=("District", "name"), level="district", marks=".", period="Year"),
    Seen(
        "GH",
        f"{LA}1-1-1.csv",
        "",
        encoding="utf-8",
        delimiter=",",
        marks=".",
        period="Year",
        dimensions=("age", "sex"),
        asks=("no-units", "dimension-codes", "column", "indicator"),
    ),
    Seen("GH", f"{LA}1-5-2.csv", "", encoding="utf-8", delimiter=",", marks=".", period="Year", asks=("no-units", "period-range")),
    Seen("GH", "multi/city_scan/wasteskips_blantyre.csv", "", encoding="utf-8", delimiter=",", asks=("no-units", "period", "indicator")),
    Seen(
        "GH",
        "multi/city_scan/kwale_kenya_water_samples.csv",
        "",
        encoding="utf-8",
        delimiter=",",
        marks=".",
        wide=True,
        period="date",
        asks=("no-units", "period-days"),
    ),
    Seen("GH", "multi/city_scan/wpdx_sample_tanzania.csv", "", encoding="cp1252", delimiter=",", asks=("no-units", "period-column")),
    Seen("GH", "multi/sdsn_european_cities_sdg_index_2019.csv", "", encoding="utf-8", delimiter=",", marks=".", wide=True, asks=("no-units", "period")),
    Seen(
        "PT",
        "portugal/indicators/icnf_incendios1980.csv",
        "icnf-fires",
        encoding="utf-8",
        delimiter=",",
        unit=("concelho", "name"),
        level="municipio",
        marks=".",
        wide=True,
        period="ano",
        asks=("repeated", "units-unknown"),
    ),
    Seen(
        "PT",
        "portugal/indicators/ine_censos2021_dinamicas_territoriais_MN.csv",
        "ine-census2021",
        encoding="cp1252",
        delimiter=";",
        header=(2,),
        first=4,
        unit=("Código territorial", "dico", "nuts2013"),
        marks=",",
        wide=True,
        asks=("missing",),
    ),
    Seen(
        "PT",
        "portugal/indicators/PORDATA_2019_Estimativas-a-31-12.csv",
        "pordata-regions",
        encoding="utf-8",
        delimiter=",",
        unit=("Anos", "name"),
        level="municipio",
        marks="| ",
        wide=True,
        years=("1981", "2019"),
        asks=("missing",),
    ),
    Seen(
        "PT",
        "portugal/indicators/PORDATA_2019_Estimativas-a-31-12_concelhos.csv",
        "pordata-concelhos",
        encoding="utf-8",
        delimiter=",",
        unit=("Anos", "name"),
        level="municipio",
        wide=True,
        years=("1981", "2019"),
        asks=("units-ambiguous",),
    ),
    Seen(
        "PT",
        "portugal/indicators/PORDATA_2019_Densidade-populacional.xlsx",
        "pordata-workbook",
        header=(12,),
        first=13,
        unit=("Anos", "name"),
        level="municipio",
        wide=True,
        years=("2001", "2019"),
    ),
    Seen(
        "PT",
        "portugal/indicators/ine_saldo_migratorio_2011_2022.json",
        "ine-net-migration",
        header=(0,),
        first=1,
        unit=("codigonuts", "nuts2013"),
        wide=True,
        years=("2011", "2022"),
    ),
    Seen(
        "PT",
        "portugal/admin/DistritosConcelhosFreguesias_CAOP2013_Populacao_Censos2011.json",
        "",
        header=(0,),
        first=1,
        unit=("Freguesia_FR", "dicofre"),
        level="freguesia",
        asks=("period",),
    ),
    Seen(
        "PT",
        "portugal/admin/Concelhos_CAOP2018.csv",
        "",
        encoding="utf-8",
        delimiter=";",
        header=(),
        first=1,
        unit=("???", "dico"),
        level="municipio",
        asks=("no-header", "no-figures"),
    ),
    Seen(
        "PT",
        "portugal/admin/concelhos.csv",
        "",
        encoding="utf-8",
        delimiter=",",
        unit=("nome_concelho", "name"),
        level="municipio",
        asks=("no-figures", "units-unknown"),
    ),
    Seen(
        "TR",
        "turkiye/admin/yuzolcumu_ilce.csv",
        "hgm-ilce",
        encoding="utf-8",
        delimiter=";",
        unit=("ilceID", "district_no"),
        level="district",
        asks=("period",),
    ),
    Seen("TR", "turkiye/admin/provinces_202403.csv", "", encoding="utf-8", delimiter=",", unit=("provinceID", "plate"), level="province", wide=True),
    Seen("TR", "turkiye/admin/districts_2025.json", "", header=(0,), first=1, unit=("id", "district_no"), level="district", asks=("nested",)),
    Seen(
        "TR",
        "turkiye/indicators/TRB2_tuik_gostergeler_2010_2023.xlsx",
        "tuik-trb2",
        unit=("il", "name"),
        level="province",
        period="yil",
        asks=("units-unknown", "missing", "indicator"),
    ),
    Seen(
        "TR",
        "turkiye/indicators/tuik_2023_illerin_sosyoekonomik_seviye_skoru.xls",
        "tuik-ses",
        header=(4, 5),
        first=6,
        unit=("İller Provinces", "name"),
        level="province",
        wide=True,
        asks=("total-row",),
    ),
)
WHOLLY = ("ghanapop", "ine-census2021", "pordata-regions", "pordata-workbook", "ine-net-migration", "hgm-ilce", "tuik-ses")
"""Whose files leave nothing open but the indicators, the office, the period and the reasons."""
SHIPPED = [seen for seen in FILES if seen.profile]


def name(seen: Seen) -> str:
    return Path(seen.file).name


@pytest.mark.parametrize("seen", FILES, ids=name)
def test_a_real_file_is_told_as_it_is(seen: Seen, real_data: Path) -> None:
    started = perf_counter()
    found = looked_at(seen.country, real_data / seen.file)
    reading = table(found)
    assert perf_counter() - started < 10, "two seconds on an idle computer"
    assert found.profile == seen.profile
    assert (found.sample.encodings[:1] or ("",))[0].removesuffix("-sig") == seen.encoding
    assert found.sample.delimiter.mark == seen.delimiter
    assert (reading.layout.header_rows, reading.layout.first_row) == (seen.header, seen.first)
    first = reading.units.columns[0] if reading.units.columns else None
    assert (((reading.names[first.place], *first.systems) if first else ()), first.level if first else "") == (seen.unit, seen.level)
    assert reading.wide is seen.wide
    assert {year for one in reading.years for year in one.years} >= set(filter(None, seen.years))
    assert (reading.names[reading.period] if reading.period >= 0 else "") == seen.period
    assert {one.dimension for one in reading.dimensions.values()} >= set(seen.dimensions)
    style = common_style(reading.numbers.values())
    proven = {mark for one in reading.numbers.values() for mark in (*one.decimal, *one.thousands)}
    assert style
    assert proven == set(seen.marks.replace("|", ""))
    assert questions(replace(found, profile="")) >= set(seen.asks)


@pytest.mark.parametrize("seen", SHIPPED, ids=name)
def test_what_is_proposed_is_what_the_shipped_profile_says(seen: Seen, real_data: Path) -> None:
    found, profile = looked_at(seen.country, real_data / seen.file), shipped(seen.country, seen.profile)
    reading, layout = table(found), profile.layout
    assert found.sample.format == layout.format
    if layout.format == "csv":
        assert (found.sample.encodings[0].removesuffix("-sig"), found.sample.delimiter.mark) == (layout.encoding, layout.delimiter)
    if layout.format == "json":
        assert found.sheet
        assert found.sheet.pointer == layout.records
    else:
        assert (reading.layout.header_rows, reading.layout.first_row) == (layout.header_rows, layout.first_row)
    columns = [column for column in profile.units if column.column in reading.names]
    assert [reading.names[match.place] for match in reading.units.columns] in ([column.column for column in columns], [columns[0].column])
    first = reading.units.columns[0]
    assert set(first.systems) <= set(columns[0].by)
    assert columns[0].level in ("", first.level)
    if told := columns[0].level_column:
        assert reading.units.levels
        spelled = dict(reading.units.levels.values)
        assert spelled == {text: level for text, level in told.values.items() if text in spelled}
    assert not profile.period_column or reading.names[reading.period] == profile.period_column


@pytest.mark.parametrize("seen", SHIPPED, ids=name)
def test_figures_are_read_as_the_shipped_profile_reads_them(seen: Seen, real_data: Path) -> None:
    reading, profile = table(looked_at(seen.country, real_data / seen.file)), shipped(seen.country, seen.profile)
    style = common_style(reading.numbers.values())
    assert style
    proposed, theirs = reader_of(style), reader_of(profile.numbers)
    texts = [text for place in reading.values for _, text in column_of(reading.body, place) if is_figure(text) and STORED not in text]
    assert texts
    assert [text for text in texts if proposed(text) != theirs(text)] == []


def test_a_text_that_is_half_in_one_encoding_is_refused_with_the_place(real_data: Path) -> None:
    with pytest.raises(Refused) as refusal:
        looked_at("GH", real_data / "multi" / "projects" / "wash_investments_mdb.csv")
    assert refusal.value.findings[0].code == "file.encoding"


@pytest.mark.parametrize(("file", "code"), [("ghana/admin/gha.topo.json", "inspect.map"), ("turkiye/admin/tr-cities.geojson", "inspect.map")])
def test_a_map_is_told_to_be_one(file: str, code: str, real_data: Path) -> None:
    with pytest.raises(Refused) as refusal:
        looked_at("GH", real_data / file)
    assert refusal.value.findings[0].code == code


def test_what_a_profile_answers_is_not_asked(real_data: Path) -> None:
    found = looked_at("GH", real_data / "ghana" / "admin" / "ghanapop.csv")
    assert questions(found) == set()
    assert "fits" in codes(found)


def test_every_file_of_the_city_platform_is_looked_at_without_a_wrong_word(real_data: Path) -> None:
    """Of another country's city nothing is known here: no unit is found in it, and every figure is written with a point."""
    paths = sorted((real_data / "opensdg" / "los-angeles" / "data").glob("*.csv"))
    assert len(paths) > 200
    for path in paths:
        found = looked_at("GH", path)
        reading = table(found)
        assert reading.units.columns == (), path.name
        assert reading.layout.header_rows == (1,), path.name
        assert all("," not in one.decimal for one in reading.numbers.values()), path.name


def filled_in(text: str, indicator: str) -> str:
    """A proposed profile as a person might fill it in; which indicator it is does not matter to how the file is read."""
    reasons = text.replace('": "???"   # ', '": not_published   # ')
    return (
        reasons.replace('indicator: "???"', f"indicator: {indicator}")
        .replace('office: "???"', "office: An office")
        .replace('constant: "???"', 'constant: "2021"')
    )


@pytest.mark.parametrize("seen", [seen for seen in SHIPPED if seen.profile in WHOLLY], ids=name)
def test_filled_in_it_reads_the_very_figures_that_the_shipped_profile_reads(seen: Seen, real_data: Path, tmp_path: Path) -> None:
    path, hub = real_data / seen.file, catalogue(seen.country).hub
    file = tmp_path / "proposed.yaml"
    file.write_text(filled_in(profile_text(looked_at(seen.country, path), name="proposed"), next(iter(hub.plugins.indicators(seen.country)))), encoding="utf-8")
    proposed, theirs = (ProfiledFile(path, profile).totals() for profile in (hub.profiles.read(file), shipped(seen.country, seen.profile)))
    assert sum_of(proposed) == sum_of(theirs)


def sum_of(totals: Totals) -> tuple[int, Decimal]:
    return sum(count for count, _ in totals.values()), sum((total for _, total in totals.values()), Decimal(0))

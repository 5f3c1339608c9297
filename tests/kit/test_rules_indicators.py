"""Wrong files that the rules of indicators, dimensions and import profiles must tell, each with its place and the words that help."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kit.sound import spoilt, write
from tests.kit.wrong import Wrong, parametrized, sound, tell, verdict

PROFILES, POPULATION = "profiles-valid", "profiles/register-population.yaml"


def aimed(direction: str, progress: str, place: str, words: str) -> Wrong:
    """The indicator of this direction, with what its progress is measured by."""
    said = f"direction: {direction}\n    progress: {{{progress}, source: register, status: draft}}"
    return Wrong("progress-reachable", "indicators.yaml", f"direction: {direction}", said, place, words)


def sent(sdmx: str, place: str, words: str) -> Wrong:
    """The share of people in informal housing, with what it is said to be in the global structure."""
    return Wrong("sdmx-valid", "indicators.yaml", "unit: percent", f"unit: percent\n    sdmx: {{{sdmx}, source: register, status: draft}}", place, words)


WRONG = [
    sent("series: EN_LND_SLUMS", "23:5", "there is no series EN_LND_SLUMS in the global structure"),
    sent("series: EN_LND_SLUM, unit_measure: NUMBER", "23:5", "EN_LND_SLUM has UNIT_MEASURE PT, not NUMBER"),
    sent("series: EN_LND_SLUM, fixed: {SEX: X}", "23:5", "X is no code of CL_SEX"),
    sent("series: EN_LND_SLUM, fixed: {GENDER: F}", "23:5", "GENDER is no dimension that splits figures"),
    sent('series: EN_LND_SLUM, codes: {sex=W: "SEX=F"}', "23:33", "sex=W at sdmx of XA-11.1.1 is no code of a dimension"),
    sent("series: SH_STA_MORT, unit_measure: PER_100000_LIVE_BIRTHS", "23:12", "is of SDG indicator 3.1.1, and XA-11.1.1 of 11.1.1, 11.3"),
    Wrong("indicators-valid", "indicators.yaml", "    track: finance\n", "", "33:5", "which track"),
    Wrong("indicators-valid", "indicators.yaml", "track: finance", "track: money", "37:5", "Must be one of"),
    Wrong("indicators-valid", "indicators.yaml", "    unit: persons\n", "", "2:5", "unit is missing"),
    Wrong("indicators-valid", "indicators.yaml", "unit: percent", "unit: percent\n    aggregation: sum", "23:5", "shares, rates and means are never added up"),
    Wrong("indicators-valid", "indicators.yaml", "unit: persons", "unit: persons\n    aggregation: mean", "8:5", "Must be one of: sum; here stands mean."),
    Wrong(PROFILES, POPULATION, "missing:", "aggregate: sum\nmissing:", "12:19", "whose rule does not allow it"),
    Wrong("indicators-valid", "indicators.yaml", "    direction: higher\n", "", "33:5", "direction is missing"),
    Wrong("indicators-valid", "indicators.yaml", "direction: higher", "direction: up", "39:5", "lower, neutral; here stands up."),
    Wrong("indicators-valid", "indicators.yaml", "maximum: 100", "maximum: 33,5", "30:5", "here stands 33,5. Write a point before the decimals: 33.5."),
    Wrong("indicators-valid", "indicators.yaml", "direction: higher", f"direction: {'up' * 50}", "39:5", f"here stands {'up' * 40}…."),
    Wrong("indicators-valid", "indicators.yaml", "name: Population", "name:", "3:5", "Must be of type text; here stands nothing."),
    Wrong(
        "indicators-valid",
        "indicators.yaml",
        "source: register\n    status: draft\n  - code: XA-11.1.1",
        "source: registry\n    status: draft\n  - code: XA-11.1.1",
        "15:5",
        "no source registry",
    ),
    Wrong("mappings-exist", "indicators.yaml", "unit: percent", "unit: per_cent", "22:5", "The nearest are percent, "),
    Wrong(
        "mappings-exist",
        "indicators.yaml",
        "    umf_code:",
        "    core: false\n    umf_code:",
        "1:1",
        "national core: 14; the milestone data/framework asks for at least 15.",
    ),
    Wrong("indicators-valid", "indicators.yaml", "direction: higher", "direction: higher\n    frequency: A", "41:5", "stands twice"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: XA-POP", "33:5", "XA-POP stands twice"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: XA TAX", "33:5", "without blanks"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: 17", "33:5", "quotation marks"),
    Wrong(
        "indicators-valid",
        "indicators.yaml",
        "    no_sdg_reason: A count of people; it is the base of many indicators.\n",
        "",
        "2:5",
        "no_sdg_reason is missing",
    ),
    Wrong("indicators-valid", "indicators.yaml", "A count of people; it is the base of many indicators.", "TODO", "12:5", "no reason for it"),
    Wrong("indicators-valid", "indicators.yaml", 'sdg: ["17.1.1"]', "sdg: 17.1", "42:5", "Must be of type text or list"),
    Wrong("indicators-valid", "indicators.yaml", 'sdg: ["17.1.1"]', "sdg: [17.1]", "42:11", "quotation marks"),
    Wrong("indicators-valid", "indicators.yaml", 'sdg: ["17.1.1"]', "sdg: []", "42:5", "Something must stand here"),
    Wrong("indicators-valid", "indicators.yaml", 'sdg: ["17.1.1"]', 'sdg: ["SDG 17"]', "42:11", "an SDG indicator such as"),
    Wrong("indicators-valid", "indicators.yaml", 'umf_cells: ["2.4"]', 'umf_cells: ["6.1"]', "43:17", "a cell of the UMF"),
    Wrong("indicators-valid", "indicators.yaml", "    minimum: 0\n    maximum: 100", "    minimum: 200\n    maximum: 100", "29:5", "above its maximum"),
    Wrong("indicators-valid", "indicators.yaml", "maximum: 100", 'maximum: "100"', "30:5", "Must be of type number"),
    Wrong(
        "indicators-valid",
        "indicators.yaml",
        "definition: Taxes and fees that the town collects itself, per person.",
        "definition: TODO",
        "35:5",
        "has no definition",
    ),
    Wrong("indicators-valid", "indicators.yaml", "    method: Taxes", "    metod: Taxes", "36:5", "Did you mean method"),
    Wrong("indicators-valid", "indicators.yaml", "frequency: A\n    disaggregation: []", "frequency: yearly\n    disaggregation: []", "40:5", "Must be one of"),
    Wrong("indicators-valid", "indicators.yaml", "disaggregation: [sex, quarter]", "disaggregation: [sex, sex]", "10:5", "An entry stands twice"),
    Wrong("indicators-valid", "indicators.yaml", "disaggregation: [sex, quarter]", "disaggregation: sex", "10:5", "Must be of type list"),
    Wrong("indicators-valid", "indicators.yaml", "indicators:\n", "indicator:\n", "1:1", "indicators is missing"),
    Wrong("indicators-valid", "indicators.yaml", "  - code: XA-POP", "  code: XA-POP", "3:9", "not valid YAML"),
    Wrong("indicators-valid", "indicators.yaml", "track: finance", "track: finances", "37:5", "Did you mean finance"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: TAX", "33:5", "Did you mean XA-TAX"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: KE-TAX", "33:5", "Did you mean XA-TAX"),
    Wrong("indicators-valid", "indicators.yaml", "code: XA-TAX", "code: xa-TAX", "33:5", "Did you mean XA-TAX"),
    Wrong("indicators-valid", "plugin.yaml", "  register:\n", "  registry:\n", "15:5", "It is named in", "indicators.yaml"),
    Wrong("mappings-exist", "indicators.yaml", '"11.1.1"', '"11.1.9"', "26:11", "no indicator or target 11.1.9"),
    Wrong("mappings-exist", "indicators.yaml", '"11.3"', '"11.z"', "26:21", "no indicator or target 11.z"),
    Wrong("mappings-exist", "indicators.yaml", '"17.1.1"', '"18.1.1"', "42:11", "no indicator or target 18.1.1"),
    Wrong("mappings-exist", "indicators.yaml", '"17.1.1"', '"8.9.2"', "42:11", "until 2020"),
    Wrong("mappings-exist", "indicators.yaml", 'umf_code: "1.1.3"', 'umf_code: "5.4.9"', "28:5", "none of the UMF codes"),
    Wrong("mappings-exist", "indicators.yaml", "unit: persons", "unit: person", "7:5", "The nearest are persons, "),
    Wrong("mappings-exist", "indicators.yaml", "unit: persons", "unit: zebras", "7:5", "docs/reference/files.md#units-of-measure lists all"),
    Wrong("mappings-exist", "indicators.yaml", "disaggregation: [sex, quarter]", "disaggregation: [sex, quater]", "10:27", "Did you mean quarter"),
    Wrong("mappings-exist", "indicators.yaml", "disaggregation: [sex, quarter]", "disaggregation: [gender, quarter]", "10:22", "no dimension gender"),
    Wrong("codelists-valid", "codelists.yaml", "id: quarter", "id: sex", "2:5", "core has a dimension sex"),
    Wrong("codelists-valid", "codelists.yaml", "id: quarter", "id: Quarter of town", "2:5", "a letter first"),
    Wrong("codelists-valid", "codelists.yaml", "{OLD: Old quarter, NEW: New quarter}", "{}", "4:5", "Something must stand here"),
    Wrong("codelists-valid", "codelists.yaml", "{OLD: Old quarter, NEW: New quarter}", "[OLD, NEW]", "4:5", "keys with values"),
    Wrong("codelists-valid", "codelists.yaml", "OLD: Old quarter", "OLD: 1", "4:13", "quotation marks"),
    Wrong("codelists-valid", "codelists.yaml", "source: register", "source: office", "2:5", "no source office"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "id: register-population", "id: population", "1:1", "is not the file's name"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "country: XA", "country: XB", "3:1", "does not declare"),
    Wrong(
        "profiles-valid",
        "profiles/register-population.yaml",
        "{column: all, indicator: XA-POP}",
        "{column: all, indicator: XA-POPP}",
        "12:19",
        "no indicator XA-POPP",
    ),
    Wrong("profiles-valid", "profiles/register-population.yaml", "dimensions: {sex: F}", "dimensions: {sex: W}", "13:53", "W is no code of sex"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "dimensions: {sex: M}", "dimensions: {gender: M}", "14:51", "no dimension gender"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "level: town", "level: village", "9:5", "no level village"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "period: {column: year}\n", "", "11:5", "which period"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "units:\n  - {column: town, level: town}\n", "", "1:1", "which unit a row belongs to"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "not_collected", "missing", "15:11", "Must be one of"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "header: [town, year, women, men, all]", "header: town, year", "7:1", "Must be of type list"),
    Wrong("profiles-valid", "profiles/register-population.yaml", "crossfoot:", "crosfoot:", "16:1", "Did you mean crossfoot"),
    Wrong(PROFILES, POPULATION, '"..": not_collected', '"0": not_collected', "15:11", "0 is a number"),
    Wrong(PROFILES, POPULATION, '"..": not_collected', "0: not_collected", "15:11", "0 is a number"),
    Wrong(PROFILES, POPULATION, '"..": not_collected', '"-99.9": confidential', "15:11", "may only mean not_applicable"),
    Wrong(PROFILES, POPULATION, "missing:", 'numbers: {decimal: ",", thousands: ","}\nmissing:', "15:1", "have the same mark"),
    Wrong(PROFILES, POPULATION, "missing:", 'numbers: {thousands: "."}\nmissing:', "15:1", "have the same mark"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"data/population_*.csv"', "6:1", "Write the name alone: population_*.csv"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"population_*.xlsx"', "6:1", "Write format: xlsx"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"population_*.csv"\nformat: xlsx', "7:1", "Write format: csv"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"population_*.csv"\nsheets: [Towns]', "7:1", "sheets is of the format xlsx"),
    Wrong(PROFILES, POPULATION, "{column: women,", "{column: womenn,", "13:6", "Did you mean women"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", 'period: {column: year, constant: "2024"}', "10:1", "column, constant can't stand together"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {}", "10:1", "Write exactly one of: column, constant, title"),
    Wrong(PROFILES, POPULATION, "header: [town, year, women, men, all]", "header: town", "7:1", "Write [town], or - town on a line of its own"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {column: yaer}", "10:10", "Did you mean year"),
    Wrong(PROFILES, POPULATION, "all: [women, men]", "all: [womn, men]", "16:19", "Did you mean women"),
    Wrong(PROFILES, POPULATION, "{column: town, level: town}", "{column: twon, level: town}", "9:6", "Did you mean town"),
    Wrong(PROFILES, POPULATION, "{column: town, level: town}", "{column: town, level: twon}", "9:5", "Did you mean town"),
    Wrong(PROFILES, POPULATION, "{column: town, level: town}", "{column: town, by: registre}", "9:20", "Did you mean register"),
    Wrong(
        PROFILES, POPULATION, "indicator: XA-POP, dimensions: {sex: M}", "indicator: XA-POP, dimensions: {sex: F}", "14:5", "women and men hold the same figure"
    ),
    Wrong(PROFILES, POPULATION, "file:", "version: 2\nfile:", "6:1", "quotation marks"),
    Wrong(PROFILES, POPULATION, "missing:", "same: {town: [Stadt], year: [stadt]}\nmissing:", "15:23", "another spelling of two columns"),
    Wrong(PROFILES, POPULATION, "missing:", 'header_join: " | "\nmissing:', "15:1", "only one row with names"),
    Wrong(PROFILES, POPULATION, "missing:", "carried: [women]\nmissing:", "15:1", "none is ever carried down"),
    Wrong(PROFILES, POPULATION, "missing:", "carried: [twon]\nmissing:", "15:11", "Did you mean town"),
    Wrong(PROFILES, POPULATION, "missing:", "rows: [{column: town}]\nmissing:", "15:8", "Write either only or except"),
    Wrong(PROFILES, POPULATION, "missing:", "rows: [{column: yaer, except: [Total]}]\nmissing:", "15:9", "Did you mean year"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {pattern: '([0-9]{4})'}\nmissing:", "15:11", "The groups of the pattern must be year"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {pattern: '(?P<year>[0-9]{4}'}\nmissing:", "15:11", "is not a pattern"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {pattern: '(?P<year>([0-9]+ ?)+)x'}\nmissing:", "15:11", "can run away"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {file: '(?=a)(a|a)*b'}", "10:1", "nobody can say whether it ends"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {pattern: '(?P<year>[0-9]{4})', parts: {Jan: '01'}}\nmissing:", "15:42", "finds no part"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {parts: {Jan: '01'}}\nmissing:", "15:1", "pattern"),
    Wrong(PROFILES, POPULATION, "missing:", "periods: {values: {last: '20'}}\nmissing:", "15:20", "20 is not a period"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {file: '[0-9]{4}'}", "10:1", "no group: ( ) around the period"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {sheet: '([0-9]{4})'}", "10:1", "only a workbook has sheets"),
    Wrong(PROFILES, POPULATION, "missing:", "marks: {'1': P}\nmissing:", "15:9", "could be a part of the figure"),
    Wrong(PROFILES, POPULATION, "missing:", "marks: {'*': provisional}\nmissing:", "15:9", "Must be one of: A, P, E, U"),
    Wrong(PROFILES, POPULATION, "missing:", "observation_status: {column: flag}\nmissing:", "15:1", "codes is missing"),
    Wrong(PROFILES, POPULATION, "missing:", "constants: {sex: F}\nmissing:", "14:5", "told once more here"),
    Wrong(PROFILES, POPULATION, "missing:", "constants: {gender: F}\nmissing:", "15:13", "no dimension gender"),
    Wrong(
        PROFILES, POPULATION, "{column: all, indicator: XA-POP}", "{column: all, indicator: XA-POP, unit: percent}", "12:38", "is the unit of measure of none"
    ),
    Wrong(PROFILES, POPULATION, "{column: all, indicator: XA-POP}", "{column: all, indicator: XA-POP, scale: '0'}", "12:5", "multiplied by 0 is lost"),
    Wrong(PROFILES, POPULATION, "missing:", "unit_measure: {column: unit, codes: {P: person}}\nmissing:", "15:38", "Did you mean persons"),
    Wrong(PROFILES, POPULATION, "period: {column: year}", "period: {column: []}", "10:10", "Something must stand here"),
    Wrong(PROFILES, POPULATION, "missing:", "unit_measure: {column: unit, codes: {P: {scale: '1000'}}}\nmissing:", "15:38", "unit is missing"),
    Wrong(PROFILES, POPULATION, "missing:", "same: {yaer: [Jahr]}\nmissing:", "15:8", "Did you mean year"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"population_*.xml"', "6:1", "Write format: xml"),
    Wrong(PROFILES, POPULATION, '"population_*.csv"', '"population_*.csv"\nrecords: /a', "7:1", "records is of the format json / xml"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "blank_unit: XA", "blank_unit: XA99", "10:1", "no unit XA99"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "housing: XA-11.1.1", "housing: XA-11.1.2", "13:10", "no indicator XA-11.1.2"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "indicators: [XA-POP]", "indicators: [XA-POPULATION]", "21:47", "no indicator XA-POPULATION"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "codes: {Old: OLD, New: NEW}", "codes: {Old: OLD, New: NEU}", "16:5", "NEU is no code of quarter"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "dimension: quarter", "dimension: district", "16:5", "no dimension district"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "whole: island", "whole: region", "21:5", "no level region"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "(?P<sex>F|M)_", "(?P<sex>F|M_", "18:5", "is not a pattern"),
    Wrong("profiles-valid", "profiles/register-survey.yaml", "{sex: {F: F, M: M}}", "{sex: {F: F, M: X}}", "19:13", "X is no code of sex"),
    aimed("higher", "target: -1", "40:16", "The target of XA-TAX is -1, below its minimum 0"),
    aimed("higher", "target: 10, limit: -5", "40:28", "The limit of XA-TAX is -5, below its minimum 0"),
    aimed("lower", "target: 100.5", "24:16", "The target of XA-11.1.1 is 100.5, above its maximum 100"),
    aimed("neutral", "target: 9000", "9:5", "Write direction: higher or lower, or take progress out"),
    aimed("neutral", "base_year: 2010", "9:5", "neither way is better"),
    aimed("lower", "two_sided: true", "24:16", "XA-11.1.1 is two-sided, which is best at 1, and its unit is percent"),
    aimed("higher", "target: 10, target_year: 2014", "40:28", "is for 2014, and its progress counts from 2015 on"),
    aimed("higher", "target: 10, target_year: 2020, base_year: 2020", "40:28", "is for 2020, and its progress counts from 2020 on"),
    aimed("higher", "target: 10, base_year: 2031", "40:28", "unsaid, they are 2015 and 2030"),
    Wrong(
        "indicators-documented",
        "indicators.yaml",
        "    method: Taxes and fees in the closed accounts of the year, divided by the people of the register.\n",
        "",
        "33:5",
        "how its figure is made",
    ),
    Wrong(
        "indicators-documented",
        "indicators.yaml",
        "Taxes and fees in the closed accounts of the year, divided by the people of the register.",
        "TODO",
        "36:5",
        "how its figure is made",
    ),
    Wrong(
        "indicators-documented",
        "indicators.yaml",
        "definition: Taxes and fees that the town collects itself, per person.",
        "definition: Own revenue per person.",
        "35:5",
        "repeats its name",
    ),
]


@parametrized(WRONG)
def test_what_is_wrong_is_told_with_its_place(wrong: Wrong, tmp_path: Path) -> None:
    tell(wrong, tmp_path)


@pytest.mark.parametrize(
    ("direction", "progress"),
    [
        ("higher", "target: 0, target_year: 2016"),
        ("lower", "target: 0, limit: 0"),
        ("lower", "target: 100, target_year: 2016, base_year: 2010"),
        ("neutral", "target: 1, two_sided: true"),
    ],
)
def test_what_can_be_reached_is_not_told(direction: str, progress: str, tmp_path: Path) -> None:
    wrong = aimed(direction, progress, "", "")
    package = sound(tmp_path)
    write(tmp_path, spoilt(wrong.file, wrong.old, wrong.new))
    assert verdict(package, wrong.rule).findings == ()

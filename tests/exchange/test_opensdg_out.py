"""Repositories of Open SDG out of a hub: what came in goes out as it came, and figures of our own as Open SDG reads them."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest
import yaml
from tests.exchange.opensdg_samples import CONFIGURATION, SLUMS, repository
from tests.exchange.test_opensdg_in import reopened, taken
from tests.hub_fixtures import HO, Desk
from tests.isle import MANIFEST, isle, profile

from sdgcities.exchange.formats import FORMATS
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.opensdg.described import yaml_of
from sdgcities.exchange.opensdg.reading import read_repository
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.findings import Finding
from sdgcities.registry.catalogue import Catalogue

TURKISH = {"Population": "Nüfus", "Sex": "Cinsiyet", "Female": "Kadın"}


def exported(
    catalogue: Catalogue, folder: Path, form: str = "opensdg", asked: Asked | None = None, languages: tuple[str, ...] = ("en", "es"), before: Path | None = None
) -> list[Finding]:
    folder.mkdir()
    labels = [Labels(language, _turkish if language == "tr" else str) for language in languages]
    with outgoing(catalogue, asked or Asked(), labels) as going:
        going.before = before
        return list(FORMATS[form].write(going, folder))


def _turkish(text: str) -> str:
    return TURKISH.get(text, text)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_los_angeles_goes_out_as_it_came(tmp_path: Path, real_data: Path) -> None:
    source = real_data / "opensdg" / "los-angeles"
    desk = isle(tmp_path)
    assert taken(desk, source, "N1", accept_partial=True).stored == 5533
    found = exported(reopened(desk), tmp_path / "out")
    came, went = contents(source), contents(tmp_path / "out")
    assert went.keys() <= came.keys()
    assert {name.split("/")[0] for name in came.keys() - went.keys()} <= {"README.md", "data", "meta", "translations"}  # notes and pictures
    assert not [name for name in came.keys() - went.keys() if read_repository(source).files.get(name)]
    assert {name for name in went if went[name] != came[name]} == {"data/indicator_4-1-2.csv"}
    assert [(one.code, str(one.message)) for one in found] == [
        ("opensdg.other", "2 rows are left out, for the hub holds no figure of them: 43, 49."),
    ]
    before, after = (read_repository(folder).indicators["4-1-2"].rows for folder in (source, tmp_path / "out"))
    assert len(before) - len(after) == 2  # the two that contradict each other
    assert all(row in before for row in after)


def test_figures_that_the_hub_corrected_or_got_elsewhere_stand_in_the_file(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    assert taken(desk, repository(tmp_path / "in"), "N1").stored == 3
    catalogue = reopened(desk)
    desk.catalogue = catalogue
    rows: list[dict[str, object]] = [
        {"unit": "N1", "indicator": "N1-11-1-1", "period": "2018", "value": "12.41", "source": "Town register"},
        {"unit": "N1", "indicator": "N1-11-1-1", "period": "2020", "value": "11.30"},
        {"unit": "N1", "indicator": "N1-11-1-1", "period": "2020", "sex": "F", "value": "11.5"},
        {"unit": "S1", "indicator": "N1-11-1-1", "period": "2020", "value": "7"},
    ]
    report = desk.bring(desk.tidy(*rows))
    assert report.batch is not None, [str(one.message) for one in report.findings]
    found = exported(catalogue, tmp_path / "out")
    assert (tmp_path / "out" / "data" / "indicator_11-1-1.csv").read_text(encoding="utf-8").splitlines() == [
        *SLUMS.replace("12.40", "12.41").splitlines(),
        "2020,Percent,,11.30",
        "2020,Percent,Female,11.5",
    ]
    assert [str(one.message) for one in found] == [
        "1 value is another than in the file that came.",
        "3 rows were not in the file that came.",
        "1 figure is left out: the file has no column for its place or disaggregation.",
    ]


def test_a_repository_without_changes_comes_out_byte_for_byte_and_a_part_of_it_when_asked(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    others = {"data/indicator_1-2-1.csv": "Year,Value\n2019,3\n", "meta/1-2-1.yml": "indicator_number: 1.2.1\n", "meta/es/1-2-1.yml": "indicator_name: Uno\n"}
    source = repository(tmp_path / "in", others)
    taken(desk, source, "N1")
    catalogue = reopened(desk)
    assert exported(catalogue, tmp_path / "out") == []
    assert contents(tmp_path / "out") == contents(source)
    exported(catalogue, tmp_path / "part", asked=Asked((), ("N1-11-1-1",)))
    assert contents(source).keys() - contents(tmp_path / "part").keys() == others.keys()
    (finding,) = exported(catalogue, tmp_path / "turkish", languages=("en", "tr"))
    assert finding.code == "opensdg.language"


def test_metadata_that_the_configuration_names_in_each_language_go_out_once(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    named = CONFIGURATION.replace("translations:\n", "  - class: InputYamlMeta\n    path_pattern: meta/es/*-*.yml\ntranslations:\n")
    source = repository(tmp_path / "in", {"config_data.yml": named, "meta/es/11-1-1.yml": "indicator_name: Barrios\n"})
    taken(desk, source, "N1")
    assert exported(reopened(desk), tmp_path / "out") == []
    assert contents(tmp_path / "out") == contents(source)


@pytest.mark.parametrize("header", ["Year ,Units,Sex,Value", "Year,Units,Sex, Value"])
def test_blanks_in_a_header_stop_no_site(tmp_path: Path, header: str) -> None:
    desk = isle(tmp_path)
    odd = {"data/indicator_11-1-1.csv": SLUMS.replace("Year,Units,Sex,Value", header), "data/indicator_1-2-1.csv": "Year,Sex\n2019,Female\n"}
    taken(desk, repository(tmp_path / "in", odd), "N1", accept_partial=True)
    exported(reopened(desk), tmp_path / "site", "opensdg-site")
    assert (tmp_path / "site" / "en" / "data" / "11-1-1.csv").read_text(encoding="utf-8").startswith("Year,Units,Sex,Value\n2018,Percent,,12.4\n")
    assert json.loads((tmp_path / "site" / "en" / "data" / "1-2-1.json").read_text(encoding="utf-8")) == []


def test_own_figures_go_out_as_open_sdg_reads_them(desk: Desk) -> None:
    rows = (
        {"value": "180420"},
        {"sex": "F", "value": "91000"},
        {"unit": "GH", "value": "30832019"},
        {"indicator": "GH-3.1.1", "unit": "GH", "value": "310.50", "period": "2017", "status": "P"},
        {"indicator": "GH-1.2.1", "unit": "GH", "value": "", "missing_reason": "not_published", "period": "2020"},
    )
    assert desk.bring(desk.tidy(*rows)).batch is not None
    out = desk.scratch / "out"
    assert exported(desk.catalogue, out, languages=("en", "tr")) == []
    tables = {path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines())) for path in (out / "data").iterdir()}
    assert tables == {
        "indicator_gh-pop": [
            ["Year", "Sex", "Place", "GeoCode", "Value"],
            ["2021", "", "", "", "30832019"],
            ["2021", "", "Ho Municipal", HO, "180420"],
            ["2021", "Female", "Ho Municipal", HO, "91000"],
        ],
        "indicator_3-1-1": [["Year", "Observation status", "Value"], ["2017", "P", "310.50"]],
    }
    config = yaml.safe_load((out / "config_data.yml").read_text(encoding="utf-8"))
    assert config["languages"] == ["en", "tr"]
    settings = yaml.safe_load((out / "indicator-config" / "3-1-1.yml").read_text(encoding="utf-8"))
    assert (settings["indicator_number"], settings["sdg_goal"], settings["target_id"], settings["graph_type"]) == ("3.1.1", "3", "3.1", "line")
    texts = yaml.safe_load((out / "meta" / "3-1-1.yml").read_text(encoding="utf-8"))
    assert (texts["indicator_name"], texts["computation_units"]) == ("Maternal mortality ratio", "Per 100000 live births")
    assert yaml.safe_load((out / "indicator-config" / "gh-pop.yml").read_text(encoding="utf-8"))["standalone"] is True
    assert yaml.safe_load((out / "translations" / "tr" / "data.yml").read_text(encoding="utf-8")) == {"Sex": "Cinsiyet", "Female": "Kadın"}
    assert yaml.safe_load((out / "meta" / "tr" / "gh-pop.yml").read_text(encoding="utf-8"))["indicator_name"] == "Nüfus"
    read = read_repository(out)
    assert not read.problems
    fields = {field.name for field in read.schema}
    assert {"reporting_status", "graph_type", "indicator_number"} <= fields


TWINS = """\
indicators:
  - {code: XA-BOATS, name: Boats, definition: Boats., unit: number, direction: higher, frequency: A, disaggregation: [hull, use], aggregation: sum, \
sdg: [14.b.1], source: office, status: draft, progress: {target: 9, source: office, status: draft}}
"""
TWIN_CODES = """\
dimensions:
  - {id: hull, name: Kind, codes: {W: Plain, S: Plain, X: None}, source: office, status: draft}
  - {id: use, name: Kind, codes: {Y: "Yes", N: "No"}, source: office, status: draft}
"""


def test_series_columns_and_labels_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twins = TWINS + TWINS.partition("\n")[2].replace("XA-BOATS", "XA-SHIPS")
    desk = isle(
        tmp_path, profile("yearbook"), {"plugin.yaml": f"{MANIFEST}codelists: codelists.yaml\n", "indicators.yaml": twins, "codelists.yaml": TWIN_CODES}
    )
    rows = [
        {"unit": "N1", "indicator": indicator, "hull": hull, "use": use, "value": value}
        for value, (indicator, hull, use) in enumerate(product(("XA-BOATS", "XA-SHIPS"), "WSX", "YN"))
    ]
    assert desk.bring(desk.tidy(*rows)).batch is not None
    exported(desk.catalogue, tmp_path / "out", languages=("en", "no"))
    table = list(csv.reader((tmp_path / "out" / "data" / "indicator_14-b-1.csv").read_text(encoding="utf-8").splitlines()))
    assert table[0] == ["Year", "Series", "Kind (hull)", "Kind (use)", "Value"]
    assert {row[1] for row in table[1:]} == {"Boats (XA-BOATS)", "Boats (XA-SHIPS)"}
    assert {row[2] for row in table[1:]} == {"Plain (W)", "Plain (S)", "None (X)"}
    assert len({tuple(row[:-1]) for row in table[1:]}) == len(rows)
    settings = yaml.safe_load((tmp_path / "out" / "indicator-config" / "14-b-1.yml").read_text(encoding="utf-8"))
    assert [one["series"] for one in settings["progress_calculation_options"]] == ["Boats (XA-BOATS)", "Boats (XA-SHIPS)"]
    assert yaml.safe_load((tmp_path / "out" / "config_data.yml").read_text(encoding="utf-8"))["languages"] == ["en", "no"], "Norwegian, not a denial"


def test_texts_that_yaml_reads_as_something_else_stay_texts() -> None:
    texts: dict[str, object] = {"No": "Nei", "yes": "ja", "Null": "08", "Kvinner": "a\x92b\x85c\u2028d", "1-1": "no"}
    assert yaml.safe_load(yaml_of(texts)) == texts


def test_what_open_sdg_gets_of_ours_comes_in_again_to_the_last_digit(tmp_path: Path, desk: Desk) -> None:
    rows = ({"value": "180420.10"}, {"sex": "F", "value": "91000.0"}, {"indicator": "GH-3.1.1", "value": "310.50", "period": "2017"})
    assert desk.bring(desk.tidy(*rows)).batch is not None
    exported(desk.catalogue, desk.scratch / "out", asked=Asked((HO,)))
    other = isle(tmp_path / "other")
    report = taken(other, desk.scratch / "out", "N1")
    assert (report.stored, report.refused) == (3, 0), [str(one.message) for one in report.findings]
    exported(reopened(other), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(desk.scratch / "out")


def test_the_site_has_the_files_of_each_language(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    taken(desk, repository(tmp_path / "in"), "N1")
    site = tmp_path / "site"
    exported(reopened(desk), site, "opensdg-site")
    assert {path.name for path in site.iterdir()} == {"en", "es", "untranslated", "digests.json"}
    assert (site / "es" / "data" / "11-1-1.csv").read_text(encoding="utf-8") == (
        "Year,Units,Sexo,Value\n2018,Percent,,12.4\n2018,Percent,Mujeres,12.0\n2018,Households,,1000.0\n2019,Percent,,\n"
    )
    comb = json.loads((site / "en" / "comb" / "11-1-1.json").read_text(encoding="utf-8"))
    assert comb["data"]["Value"] == [12.4, 12.0, 1000.0, None]
    assert comb["data"]["Year"] == [2018, 2018, 2018, 2019]
    assert comb["edges"] == []
    assert [row["Value"] for row in json.loads((site / "en" / "headline" / "11-1-1.json").read_text(encoding="utf-8"))] == [12.4, 1000.0, None]
    meta = json.loads((site / "en" / "meta" / "all.json").read_text(encoding="utf-8"))["11-1-1"]
    assert (meta["graph_title"], meta["sdg_goal"], meta["progress_calculation_options"][0]["target"]) == ("Slums", "11", 2.5)
    reporting = json.loads((site / "en" / "stats" / "reporting.json").read_text(encoding="utf-8"))
    assert reporting["goals"] == [{"goal": 11, **reporting["overall"]}]
    assert reporting["overall"]["statuses"][0] == {"status": "complete", "translation_key": "status.complete", "count": 1, "percentage": 100.0}


def test_the_site_says_how_far_indicators_are_split_also_where_some_are_kept(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    expected = "---\nindicator_number: 1.2.1\nexpected_disaggregations: [Sex, {a: b}]\n"
    other = {"data/indicator_1-2-1.csv": "Year,Units,Sex,Value\n2019,Percent,Female,3\n", "meta/1-2-1.yml": expected, "meta/1-3-1.yml": expected}
    taken(desk, repository(tmp_path / "in", other), "N1")
    catalogue = reopened(desk)
    exported(catalogue, tmp_path / "first", "opensdg-site")
    desk.catalogue = catalogue
    desk.bring(desk.tidy({"unit": "N1", "indicator": "N1-11-1-1", "period": "2018", "value": "12.5", "source": "Town register"}))
    exported(catalogue, tmp_path / "second", "opensdg-site", before=tmp_path / "first")
    for site, language in product(("first", "second"), ("en", "es", "untranslated")):
        found = json.loads((tmp_path / site / language / "stats" / "disaggregation.json").read_text(encoding="utf-8"))
        assert {one["status"]: one["count"] for one in found["overall"]["statuses"]} == {"complete": 0, "inprogress": 1, "notstarted": 1, "notapplicable": 1}
        assert [one["goal"] for one in found["goals"]] == [1, 11]


def test_a_site_is_made_anew_only_where_something_changed(tmp_path: Path) -> None:
    desk = isle(tmp_path)
    other = {"data/indicator_1-2-1.csv": "Year,Value\n2019,3\n", "meta/1-2-1.yml": "indicator_number: 1.2.1\npublished: true\n"}
    source = repository(tmp_path / "in", other)
    taken(desk, source, "N1")
    catalogue = reopened(desk)
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    exported(catalogue, first, "opensdg-site")
    exported(catalogue, second, "opensdg-site", before=first)
    assert contents(second) == contents(first)
    desk.catalogue = catalogue
    report = desk.bring(desk.tidy({"unit": "N1", "indicator": "N1-1-2-1", "period": "2019", "value": "3.1", "source": "Open SDG data repository"}))
    assert report.batch is not None, [str(one.message) for one in report.findings]
    exported(catalogue, third, "opensdg-site", before=second)
    exported(catalogue, tmp_path / "fourth", "opensdg-site")
    assert contents(third) == contents(tmp_path / "fourth")
    changed = {name for name, content in contents(third).items() if content != contents(second)[name]}
    assert (
        changed
        == {
            "digests.json",
            *(f"{language}/{name}" for language in ("en", "es", "untranslated") for name in ("headline/all.json", "zip/all_indicators.zip")),
            *(f"{language}/{kind}/1-2-1.{end}" for language in ("en", "es", "untranslated") for kind in ("data", "headline") for end in ("csv", "json")),
            *(f"{language}/comb/1-2-1.json" for language in ("en", "es", "untranslated")),
        }
        | {f"{language}/zip/all_indicators.json" for language in ("en", "es", "untranslated")} & changed
    )
    assert Decimal(str(json.loads((third / "en" / "data" / "1-2-1.json").read_text(encoding="utf-8"))["Value"][0])) == Decimal("3.1")


@pytest.mark.parametrize("form", ["opensdg", "opensdg-site"])
def test_every_form_says_what_it_left_out(tmp_path: Path, form: str, real_data: Path) -> None:
    desk = isle(tmp_path)
    taken(desk, real_data / "opensdg" / "los-angeles", "N1", accept_partial=True)
    (finding,) = exported(reopened(desk), tmp_path / "out", form)
    assert finding.where.file == "data/indicator_4-1-2.csv"

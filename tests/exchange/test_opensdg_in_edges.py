"""What repositories hold at the edges: settings for progress that have no place in a hub, addresses that are none, thousands of series."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.exchange.opensdg_samples import CONFIGURATION, SLUMS, repository
from tests.exchange.test_opensdg_in import lost, reopened, taken
from tests.hub_fixtures import Desk
from tests.isle import isle

from sdgcities.exchange.opensdg.reading import read_repository
from sdgcities.exchange.opensdg.recognising import recognised
from sdgcities.registry.figures import observed

DATA, OPTIONS = "data/indicator_11-1-1.csv", "indicator-config/11-1-1.yml"


@pytest.fixture
def hub(tmp_path: Path) -> Desk:
    return isle(tmp_path / "isle")


def progress_told(desk: Desk, folder: Path, options: str) -> list[str]:
    """What an import says of settings for progress."""
    report = taken(desk, repository(folder, {OPTIONS: f"auto_progress_calculation: true\nprogress_calculation_options:{options}\n"}), "N1")
    assert report.stored + report.unchanged == 3
    return [str(one.message) for one in report.findings if one.code == "opensdg.progress"]


def test_settings_for_progress_that_the_hub_does_not_use_are_told_once(hub: Desk, tmp_path: Path) -> None:
    plain = "\n  - {series: '', unit: Percent, direction: negative, target: 2.50, target_year: 2030, base_year: '2015', limit: 0, progress_thresholds: {}}"
    assert progress_told(hub, tmp_path / "r", plain) == []
    thresholds = "\n  - {unit: Percent, progress_thresholds: {high: 0.01, med: 0, low: -0.01}}\n  - {direction: upwards, base_year: 1066, target: about 3}"
    assert progress_told(hub, tmp_path / "r", thresholds) == [
        "1 indicator has settings for progress that are kept and not used here (progress_thresholds, direction, base_year, target): 11-1-1."
    ]
    assert "high: 0.01" in (hub.folder / "plugins" / "opensdg-n1" / "opensdg" / OPTIONS).read_text(encoding="utf-8")
    assert "(progress_calculation_options)" in progress_told(hub, tmp_path / "r", " {target: 3}")[0]


def test_the_target_of_a_group_is_not_the_target_of_all(hub: Desk, tmp_path: Path) -> None:
    group = "\n  - {unit: Percent, disaggregation: [{field: Sex, value: Female}], direction: negative, target: 1}"
    assert "(disaggregation)" in progress_told(hub, tmp_path / "r", group)[0]
    aim = reopened(hub).indicators["XA"]["N1-11-1-1"].aim
    assert aim is not None
    assert aim.target is None
    progress_told(hub, tmp_path / "r", f"{group}\n  - {{unit: Percent, direction: negative, target: 2}}")
    aim = reopened(hub).indicators["XA"]["N1-11-1-1"].aim
    assert aim is not None
    assert str(aim.target) == "2"


@pytest.mark.parametrize("number", ['"1e99999999"', '"-1e-99999999"', "1e60", '"1.00000000000000000000000000000000000000001"', ".inf", "nan"])
def test_a_number_without_measure_is_no_target_and_no_year(hub: Desk, tmp_path: Path, number: str) -> None:
    told = progress_told(hub, tmp_path / "r", f"\n  - {{direction: negative, base_year: {number}, target: {number}}}")
    assert "(base_year, target)" in told[0]
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].direction == "lower"


@pytest.mark.parametrize("url", ["http://[link]", "http://[::1", "www.example.org", "https://"])
def test_an_address_of_the_template_is_none(hub: Desk, tmp_path: Path, url: str) -> None:
    taken(hub, repository(tmp_path / "r", {"meta/11-1-1.yml": f'source_organisation_1: Register\nsource_url_1: "{url}"\n'}), "N1")
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].source.url == ""


@pytest.mark.parametrize("pattern", [".", "./", "*****/*-*.txt", "data", "meta/../data/*.csv"])
def test_a_pattern_that_is_none_finds_nothing(tmp_path: Path, pattern: str) -> None:
    config = CONFIGURATION.replace("data/*-*.csv", f'"{pattern}"').replace("source: translations", "source: .").replace("metadata_schema.yml", "./")
    found = read_repository(repository(tmp_path / "r", {"config_data.yml": config}))
    assert not found.indicators["11-1-1"].has_data
    assert any(one.code == "opensdg.configuration" for one in found.problems)


def test_a_year_and_the_next_is_one_period_on_both_ways(hub: Desk, tmp_path: Path) -> None:
    """A row without a value counts when the years are told: else the figures would come in as of two years and be sought as of a month."""
    taken(hub, repository(tmp_path / "r", {DATA: "Year,Value\n2011-12,1\n2010-11,2\n2012-07,\n"}), "N1")
    assert lost(reopened(hub)) == (2, [])


def test_an_edition_that_changes_words_alone_is_taken_in(hub: Desk, tmp_path: Path) -> None:
    folder, kept = repository(tmp_path / "r"), hub.folder / "plugins" / "opensdg-n1" / "opensdg"
    first = taken(hub, folder, "N1")
    repository(folder, {"meta/11-1-1.yml": "indicator_name: Homes in slums\nsource_organisation_1: Census\n", "translations/es/data.yml": ""})
    assert taken(hub, folder, "N1", dry_run=True).batch is None
    assert (kept / "translations" / "es" / "data.yml").is_file()
    second = taken(hub, folder, "N1")
    assert (second.stored, second.unchanged, second.batch) == (0, 3, (first.batch or 0) + 1)
    assert reopened(hub).indicators["XA"]["N1-11-1-1"].name == "Homes in slums (Percent)"
    assert (kept / "meta" / "11-1-1.yml").read_bytes() == (folder / "meta" / "11-1-1.yml").read_bytes()
    assert not (kept / "translations").exists()
    third = taken(hub, folder, "N1")
    assert (third.batch, [one.code for one in third.findings if one.code == "opensdg.changed"]) == (None, [])


def test_old_metadata_that_the_configuration_does_not_name_are_not_read(tmp_path: Path) -> None:
    """As Open SDG passes over them: read as well, they would stand over those that it names."""
    config = CONFIGURATION.replace("meta/*-*.yml", "texts/*-*.yml")
    found = read_repository(repository(tmp_path / "r", {"config_data.yml": config, "texts/11-1-1.yml": "graph_title: Homes\n"}))
    assert (found.indicators["11-1-1"].metadata["graph_title"], found.problems) == ("Homes", ())
    alone = read_repository(repository(tmp_path / "s", {"config_data.yml": config}))
    assert (alone.indicators["11-1-1"].metadata["graph_title"], len(alone.problems)) == ("Slums", 1)


def test_a_status_that_is_not_known_is_told_once(hub: Desk, tmp_path: Path) -> None:
    rows = "Year,Observation status,Value\n2018,Forecast,1\n2019,provisional,2\n2020,,3\n2021,Forecast,4\n"
    report = taken(hub, repository(tmp_path / "r", {DATA: rows, "data/indicator_1-1-1.csv": "Year,OBS_STATUS,Value\n2018,E,1\n2019,~,2\n"}), "N1")
    told = [one for one in report.findings if one.code == "opensdg.status"]
    assert [(str(one.message)[-13:], one.where.row, one.where.column) for one in told] == [(" ~, Forecast.", 3, "OBS_STATUS")]
    with hub.hub.database.reading() as connection:
        found = {(one.indicator, str(one.period)): one.status for one in observed(connection, ["N1"])}
    assert {key: str(status) for key, status in found.items() if status != "A"} == {("N1-11-1-1", "2019"): "P", ("N1-1-1-1", "2018"): "E"}


def test_an_archive_is_known_by_its_configuration_and_keeps_the_licence(hub: Desk, tmp_path: Path) -> None:
    config = CONFIGURATION.replace("data/*-*.csv", "figures/*-*.csv")
    files = {"config_data.yml": "", "config_data.yaml": config, DATA: "", "figures/11-1-1.csv": SLUMS, "LICENSE": "CC BY 4.0\n"}
    folder, archive = repository(tmp_path / "r", files), tmp_path / "r.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(file, Path("slums-main") / file.relative_to(folder))
    assert recognised(archive)
    assert taken(hub, archive, "N1").stored == 3
    assert (hub.folder / "plugins" / "opensdg-n1" / "opensdg" / "LICENSE").is_file()
    assert taken(hub, folder, "N1").batch is None


def test_an_indicator_whose_rows_have_no_value_has_no_figures(hub: Desk, tmp_path: Path) -> None:
    report = taken(hub, repository(tmp_path / "r", {"data/indicator_1-1-1.csv": "Year,Value\n2018,\n", "meta/1-1-1.yml": "published: true\n"}), "N1")
    assert [str(one.message) for one in report.findings if one.code == "opensdg.no-data"] == ["1 indicator has no figures: 1-1-1."]


def test_thousands_of_series_come_in(hub: Desk, tmp_path: Path) -> None:
    names = [f"Number of persons in the {number}. of many groups that the office counts apart" for number in range(1200)]
    texts = f"indicator_name: {'Persons ' * 30}\nnational_indicator_description: {'As the office defines it. ' * 20}\n"
    rows = "".join(f"2018,{name},{number}\n" for number, name in enumerate(names))
    folder = repository(tmp_path / "r", {DATA: f"Year,Series,Value\n{rows}", "meta/11-1-1.yml": texts, OPTIONS: ""})
    assert taken(hub, folder, "N1").stored == 1200
    assert (hub.folder / "plugins" / "opensdg-n1" / "indicators.yaml").stat().st_size > 1024 * 1024
    assert taken(hub, folder, "N1").unchanged == 1200

"""Data repositories of Open SDG taken into a hub: Los Angeles' whole one, and Ghana's older files."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.isle import isle

from sdgcities.exchange.opensdg.carried import RowKeys, carried_by, read_carried
from sdgcities.exchange.opensdg.importing import import_repository
from sdgcities.exchange.opensdg.repository import VALUE
from sdgcities.exchange.opensdg.values import NUMBER, figure_of
from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.figures import observed
from sdgcities.tracks.data.importing.request import Report, Request


def taken(
    desk: Desk, path: Path, unit: str | None, *, accept_partial: bool = False, dry_run: bool = False, justified: Mapping[str, str] | None = None
) -> Report:
    """The repository imported, by ama, into the hub as it stands now."""
    who = (desk.person("ama"), desk.person(desk.answering))
    request = Request(path, *who, accept_partial=accept_partial, dry_run=dry_run, justified=justified or {})
    return import_repository(Catalogue(desk.hub), request, unit)


def reopened(desk: Desk) -> Catalogue:
    """The hub with the plugin that the import left in its folder."""
    hub = Hub.open(desk.folder, desk.scratch / "plugins" if (desk.scratch / "plugins").is_dir() else None)
    hub.__dict__["database"] = desk.hub.database
    return Catalogue(hub)


def lost(catalogue: Catalogue) -> tuple[int, list[str]]:
    """How many rows of the repositories that the hub carries it holds to the last digit, and those it does not."""
    held, missing = 0, []
    for carried in carried_by(catalogue.hub):
        units = sorted(catalogue.places[carried.country].units)
        with catalogue.hub.database.reading() as connection:
            stands = {(one.unit, one.indicator, str(one.period), one.dims): one.value for one in observed(connection, units)}
        for indicator in carried.repository().indicators.values():
            for line, row, key in zip(indicator.lines, indicator.rows, RowKeys(carried, indicator).keys(catalogue), strict=True):
                wanted = figure_of(row[indicator.column(VALUE)])
                found = stands.get(key) if key else None
                if not wanted or (found is not None and NUMBER.fullmatch(wanted) and Decimal(found) == Decimal(wanted) and same_digits(found, wanted)):
                    held += bool(wanted)
                else:
                    missing.append(f"{indicator.id}:{line}")
    return held, missing


def same_digits(one: str, other: str) -> bool:
    """Whether two spellings of a figure end with the same zeros."""
    return len(one.partition(".")[2]) == len(other.partition(".")[2])


@pytest.fixture
def los_angeles(real_data: Path) -> Path:
    return real_data / "opensdg" / "los-angeles"


def test_two_values_for_one_figure_keep_the_repository_out(tmp_path: Path, los_angeles: Path) -> None:
    desk = isle(tmp_path)
    report = taken(desk, los_angeles, "N1")
    wrong = [finding for finding in report.findings if finding.blocks]
    assert [finding.code for finding in wrong] == ["opensdg.contradiction"]
    assert str(wrong[0].message) == ("Rows 43, 49 give several values for one figure (2015; Units: Bachelor's degree or higher; Gender: Female): 32.1, 32.6.")
    assert (wrong[0].where.file, wrong[0].where.row) == (str(los_angeles / "data" / "indicator_4-1-2.csv"), 43)
    assert report.batch is None
    assert not (desk.folder / "plugins").exists()


def test_los_angeles_comes_in_to_the_last_digit(tmp_path: Path, los_angeles: Path) -> None:
    desk = isle(tmp_path)
    report = taken(desk, los_angeles, "N1", accept_partial=True)
    assert (report.stored, report.refused, report.profile) == (5533, 2, "opensdg")
    catalogue = reopened(desk)
    held, missing = lost(catalogue)
    assert missing == ["4-1-2:43", "4-1-2:49"]  # neither of the two is kept
    assert held == 5534  # one row stands twice with the same value
    carried = next(carried_by(catalogue.hub))
    assert len({series.id for series in carried.indicators.values()}) == 247
    for name in carried.repository().files:
        assert (carried.folder / "opensdg" / name).read_bytes() == (los_angeles / name).read_bytes()
    again = taken(desk, los_angeles, None, accept_partial=True)
    assert (again.stored, again.unchanged, again.batch) == (0, 5533, None)
    assert 'version: "1.0.0"' in (carried.folder / "plugin.yaml").read_text(encoding="utf-8")


def test_a_trial_leaves_nothing(tmp_path: Path, los_angeles: Path) -> None:
    desk = isle(tmp_path)
    report = taken(desk, los_angeles, "N1", accept_partial=True, dry_run=True)
    assert (report.stored, report.batch) == (5533, None)
    assert not list((desk.folder / "plugins").iterdir())
    assert desk.counts()["observation"] == 0


def test_ghanas_files_find_their_regions_and_districts(desk: Desk, real_data: Path) -> None:
    """The office's spellings of districts, which the country's plugin knows for its files, hold here too."""
    report = taken(desk, real_data / "ghana" / "indicators" / "gss_open_sdg", "GH")
    assert (report.stored, report.refused) == (1276, 0), [str(one.message) for one in report.findings if one.blocks]
    held, missing = lost(reopened(desk))
    assert (held, missing) == (1276, [])
    carried = read_carried(desk.folder / "plugins" / "opensdg-gh")
    assert carried is not None
    assert carried.geography == ("GeoCode", "Geography", "District")
    assert carried.columns["Sex of child"].codes == {"Female": "FEMALE", "Male": "MALE"}

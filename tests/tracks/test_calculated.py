"""Results of a named method among the figures, on every database: stored, superseded by what an office publishes, and counted."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.hub_fixtures import HO, Desk

from sdgcities.methods.listed import calculate, method
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.calculated import Computed, Storing, store_results
from sdgcities.tracks.data.importing.request import Report
from sdgcities.tracks.data.measures import data_measures

GIVEN = {"area_start": Decimal(10), "area_end": Decimal(12), "population_start": Decimal(100), "population_end": Decimal(120), "years": Decimal(5)}


def stored(desk: Desk, path: Path) -> Report:
    rows = [Computed(2, {"unit": HO, "period": "2020"}, calculate("sdg-11.3.1", GIVEN))]
    storing = Storing("GH-11.3.1", "", "Municipal register; Areas", desk.person("ama"), desk.person("kofi"), {})
    return store_results(desk.catalogue, method("sdg-11.3.1"), path, rows, storing)


def spatial(desk: Desk) -> Decimal | bool | frozenset[str] | object:
    return data_measures()["data/spatial-indicators"].read(RecordsView(desk.catalogue), [HO], {})[HO].value


def test_a_result_counts_until_an_office_publishes_another_figure(desk: Desk) -> None:
    path = desk.table("cases.csv", ["unit", "period"], [[HO, "2020"]])
    assert stored(desk, path).stored == 1
    (figure,) = desk.figures(HO, "GH-11.3.1")
    assert (figure.profile, figure.file, figure.row, figure.office, figure.table) == (
        "sdg-11.3.1 2021-03",
        "cases.csv",
        2,
        "Municipal register",
        "Areas",
    )
    assert figure.value == Decimal(str(calculate("sdg-11.3.1", GIVEN).outputs["ratio"]))
    assert (figure.entered_by, figure.answers_for) == ("ama", "kofi")
    assert RecordsView(desk.catalogue).methods([HO])[HO] == {"GH-11.3.1": "sdg-11.3.1 2021-03"}
    assert spatial(desk) == 1
    assert desk.bring(desk.tidy({"indicator": "GH-11.3.1", "period": "2022", "value": "1.1"})).stored == 1
    assert spatial(desk) == 0, "the newest value was read, not computed"
    assert desk.chain()[1] is None


def test_the_same_result_again_is_unchanged(desk: Desk) -> None:
    path = desk.table("cases.csv", ["unit", "period"], [[HO, "2020"]])
    assert (stored(desk, path).stored, stored(desk, path).unchanged) == (1, 1)

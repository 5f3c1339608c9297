"""A figure that two files bring belongs to the first; after the first was taken back, the second brings it again."""

from __future__ import annotations

from tests.hub_fixtures import Desk

from sdgcities.tracks.data.batches.reverting import revert
from sdgcities.tracks.data.showing import shown


def test_the_second_file_brings_the_figure_again_after_the_first_was_taken_back(desk: Desk) -> None:
    first, second = desk.tidy({"value": "177281"}, name="first.csv"), desk.tidy({"value": "177281"}, {"period": "2010", "value": "96213"}, name="second.csv")
    taken = desk.bring(first)
    assert desk.bring(second).unchanged == 1
    assert taken.batch
    assert revert(desk.hub, taken.batch, desk.person("ama")).taken_back == 1
    again = desk.bring(second)
    assert (again.stored, again.unchanged) == (1, 1)
    figures = {str(one.figure.period): (one.figure.value, one.figure.file) for one in shown(desk.catalogue, "GH1408", "GH-POP")}
    assert {period: str(value) for period, (value, _) in figures.items()} == {"2010": "96213", "2021": "177281"}
    assert figures["2021"][1] == "second.csv"

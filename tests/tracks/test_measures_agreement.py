"""data/agreement and data/framework, measured on what a city really sent in."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.hub_fixtures import AGREEMENT, HO, Desk

from sdgcities.frameworks.lists import cells
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.instruments import Answer
from sdgcities.model.milestones import Reading, Value
from sdgcities.recognition.assessing import assess_one
from sdgcities.registry.people import erase_submission
from sdgcities.registry.view import RecordsView
from sdgcities.tracks.data.measures import data_measures

OTHER = "GH0704"
FRAMEWORK = "indicator-framework"
SPECIMEN = Path(__file__).resolve().parents[2] / "plugins" / "ghana" / "sdgcities_ghana" / "sample" / "indicator-framework.yaml"


def read(desk: Desk, measure: str, city: str = HO, **arguments: Value) -> Reading:
    """One measure, asked for two cities at once."""
    return data_measures()[f"data/{measure}"].read(RecordsView(desk.catalogue, date(2026, 11, 22)), [HO, OTHER], arguments)[city]


def changed(**answers: Any) -> dict[str, Any]:  # noqa: ANN401 - the data of a form
    data = copy.deepcopy(dict(AGREEMENT))
    for path, value in answers.items():
        *above, last = path.split("__")
        part = data
        for name in above:
            part = part[name]
        part[last] = value
    return data


AGREEMENT_MEASURES = (
    "agreement-signatures",
    "agreement-date",
    "committee-members",
    "committee-bodies",
    "focal-point",
    "committee-lead-days",
    "boundary-definition",
)


@pytest.mark.parametrize("measure", AGREEMENT_MEASURES)
def test_without_a_record_there_is_no_value_and_a_word_on_what_to_do(desk: Desk, measure: str) -> None:
    reading = read(desk, measure)
    assert reading.value is None
    assert "sdgcities " in str(reading.missing[0])


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("agreement-signatures", Decimal(2)),
        ("agreement-date", True),
        ("committee-members", Decimal(11)),
        ("committee-bodies", Decimal(3)),
        ("focal-point", True),
        ("committee-lead-days", Decimal(18)),
    ],
)
def test_the_agreement_is_measured_for_the_city_that_sent_it(desk: Desk, measure: str, value: Value) -> None:
    desk.submit("participation-agreement", AGREEMENT)
    assert read(desk, measure).value == value
    assert read(desk, measure, OTHER).value is None


def test_the_newest_agreement_counts(desk: Desk) -> None:
    desk.submit("participation-agreement", AGREEMENT)
    desk.submit("participation-agreement", changed(committee__members=6))
    assert read(desk, "committee-members").value == Decimal(6)


def test_a_committee_inaugurated_after_the_signing_came_too_late(desk: Desk) -> None:
    desk.submit("participation-agreement", changed(committee__inaugurated_on="2026-02-17"))
    assert read(desk, "committee-lead-days").value == Decimal(-1)
    _, assessment = assess_one(desk.catalogue, desk.city, "data/agreement")
    first = next(result for result in assessment.result.criteria() if result.criterion == "committee-first")
    assert (first.met.value, first.value) == ("unmet", Decimal(-1))


def test_a_focal_point_whose_contact_was_erased_counts_no_longer(desk: Desk) -> None:
    sent = desk.submit("participation-agreement", AGREEMENT)
    assert read(desk, "focal-point").value is True
    erase_submission(desk.hub.database, desk.person("ama"), sent.id)
    assert read(desk, "focal-point").value is None
    assert read(desk, "agreement-signatures").value == Decimal(2)


def boundary(desk: Desk, definition: str) -> Path:
    ring = [[0.4, 6.5], [0.5, 6.5], [0.5, 6.6], [0.4, 6.5]]
    path = desk.scratch / f"{definition}.geojson"
    feature = {"type": "Feature", "properties": {"definition": definition}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps(feature), encoding="utf-8")
    return path


def test_the_boundary_says_its_definition_and_the_newest_one_counts(desk: Desk) -> None:
    for definition in ("degree-of-urbanisation", "administrative"):
        desk.attach("data/agreement", "boundary", boundary(desk, definition))
        assert read(desk, "boundary-definition").value == definition
    assert read(desk, "boundary-definition", OTHER).value is None


def test_everything_together_meets_the_agreement(desk: Desk) -> None:
    desk.submit("participation-agreement", AGREEMENT)
    document = desk.scratch / "document.pdf"
    document.write_bytes(b"%PDF")
    desk.attach("data/agreement", "boundary", boundary(desk, "administrative"))
    for evidence in ("agreement", "committee-order"):
        desk.attach("data/agreement", evidence, document)
    _, lacking = assess_one(desk.catalogue, desk.city, "D1")
    assert [result.criterion for result in lacking.result.criteria() if result.met.value != "met"] == ["#inauguration-record"]
    desk.attach("data/agreement", "inauguration-record", document)
    _, assessment = assess_one(desk.catalogue, desk.city, "D1")
    assert assessment.met


def test_ghana_asks_for_seven_members(desk: Desk) -> None:
    desk.submit("participation-agreement", changed(committee__members=6))
    _, assessment = assess_one(desk.catalogue, desk.city, "data/agreement")
    members = next(result for result in assessment.result.criteria() if result.criterion == "committee-members")
    assert (members.value, members.required, members.met.value) == (Decimal(6), Decimal(7), "unmet")
    assert str(members.missing[0]) == "6 of at least 7: 1 more needed."


@pytest.mark.parametrize("measure", ["framework-cells", "framework-core-indicators", "framework-complete", "framework-sdg-share"])
def test_without_a_framework_there_is_no_value(desk: Desk, measure: str) -> None:
    assert read(desk, measure) == Reading(None, read(desk, "framework-cells").missing)
    assert "indicator-framework" in str(read(desk, measure).missing[0])


def test_the_specimen_covers_every_cell(desk: Desk) -> None:
    desk.submit(FRAMEWORK, load_yaml(SPECIMEN).data)
    assert read(desk, "framework-cells") == Reading(Decimal(20))
    assert read(desk, "framework-core-indicators").value == Decimal(42)
    assert read(desk, "framework-complete").value == 1
    assert assess_one(desk.catalogue, desk.city, "data/framework")[1].met


def test_cells_without_indicator_or_reason_are_named(desk: Desk) -> None:
    known = desk.catalogue.indicators["GH"]
    desk.submit(
        FRAMEWORK, {"adopted_on": "2026-03-02", "indicators": ["GH-POP", "GH-1.2.1"], "empty_cells": [{"cell": "4.2", "reason": "Nobody counts libraries."}]}
    )
    filled = {*known["GH-POP"].umf_cells, *known["GH-1.2.1"].umf_cells, "4.2"}
    reading = read(desk, "framework-cells")
    assert reading.value == Decimal(len(filled))
    assert [message.params["cell"] for message in reading.missing] == [cell for cell in cells() if cell not in filled]


def test_only_indicators_of_the_national_core_count(desk: Desk) -> None:
    outside = next(item.code for item in desk.catalogue.indicators["GH"].values() if not item.core)
    desk.submit(FRAMEWORK, {"adopted_on": "2026-03-02", "indicators": ["GH-POP", "GH-1.2.1", outside, "GH-NONE"]})
    reading = read(desk, "framework-core-indicators")
    assert reading.value == Decimal(2)
    assert [message.params["code"] for message in reading.missing] == ["GH-NONE"]


def test_the_share_with_an_sdg_code_is_that_of_the_adopted_ones(desk: Desk) -> None:
    known = desk.catalogue.indicators["GH"]
    coded = [code for code, item in known.items() if item.sdg][:3]
    plain = [code for code, item in known.items() if not item.sdg][:1]
    desk.submit(FRAMEWORK, {"adopted_on": "2026-03-02", "indicators": [*coded, *plain]})
    assert read(desk, "framework-sdg-share").value == Decimal("0.75")


def answered(desk: Desk, measure: str, **answers: object) -> Reading:
    """A measure of a city whose country's own form answers like this: in another shape than the core asks for."""

    class View(RecordsView):
        def answers(self, question: str, cities: Sequence[str]) -> Mapping[str, Answer]:
            value = answers.get(question.replace("/", "_").replace("-", "_"))
            return {city: Answer(value, date(2026, 1, 1)) for city in cities if value is not None}

    return data_measures()[f"data/{measure}"].read(View(desk.catalogue), [HO], {})[HO]


@pytest.mark.parametrize(("said", "dated"), [("2026-02-16", True), (True, True), ("soon", None), ("2026-02-30", None), (7, None)])
def test_only_a_day_dates_an_agreement(desk: Desk, said: object, dated: bool | None) -> None:
    assert answered(desk, "agreement-date", agreement_signed_on=said).value is dated


@pytest.mark.parametrize(
    "entry", [{"reason": "No cell is named."}, {"cell": "4.2", "reason": "  "}, {"cell": "6.1", "reason": "There is none."}, {"cell": "4.2"}]
)
def test_a_reason_that_says_nothing_of_a_cell_fills_none(desk: Desk, entry: Mapping[str, str]) -> None:
    adopted = ["GH-POP"]
    reading = answered(desk, "framework-cells", framework_indicators=adopted, framework_empty_cells=[entry])
    assert reading.value == Decimal(len(desk.catalogue.indicators["GH"]["GH-POP"].umf_cells))

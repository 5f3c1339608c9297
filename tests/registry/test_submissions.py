"""Forms that a city sends in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.hub_fixtures import AGREEMENT, HO, Desk
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.model.hub import CityStage, Role
from sdgcities.registry.cities import find_city
from sdgcities.registry.people import add_actor
from sdgcities.registry.stages import join
from sdgcities.registry.submissions import find_form, submissions_of, submit
from sdgcities.store import audit
from sdgcities.store.tables import form_version, submission

FRAMEWORK: dict[str, Any] = {"adopted_on": "2026-03-02", "indicators": ["GH-POP", "GH-1.2.1"]}


def test_a_correction_is_a_further_version_and_the_first_one_stays(desk: Desk) -> None:
    first = desk.submit("indicator-framework", FRAMEWORK)
    second = desk.submit("indicator-framework", {**FRAMEWORK, "indicators": ["GH-POP"]})
    assert (first.n, second.n) == (1, 2)
    assert first.digest != second.digest
    assert [(one.id, one.n) for one in submissions_of(desk.catalogue, HO)] == [(2, 2), (1, 1)]
    with desk.hub.database.reading() as connection:
        kept = connection.execute(select(submission.c.data).order_by(submission.c.id)).scalars().all()
        assert connection.execute(select(form_version.c.form, form_version.c.plugin)).all() == [("indicator-framework", "core")]
    assert [json.loads(data)["indicators"] for data in kept] == [["GH-POP", "GH-1.2.1"], ["GH-POP"]]


def test_who_typed_it_is_kept_apart_from_who_answers_for_it(desk: Desk) -> None:
    desk.submit("participation-agreement", AGREEMENT)
    (one,) = submissions_of(desk.catalogue, HO)
    assert (one.author, one.entered_by) == ("kofi", "ama")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({}, "schema.required"),
        ({**FRAMEWORK, "indicators": []}, "schema.minItems"),
        ({**FRAMEWORK, "adopted_on": "yesterday"}, "schema.format"),
        ({**FRAMEWORK, "mood": "good"}, "schema.additionalProperties"),
        ([], "schema.type"),
        ("text", "schema.type"),
    ],
)
def test_a_form_that_breaks_its_schema_stores_nothing(desk: Desk, data: object, code: str) -> None:
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        desk.submit("indicator-framework", data)
    assert code in [finding.code for finding in refused.value.findings]
    assert desk.counts() == before


def test_the_finding_names_the_line(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.submit("indicator-framework", {**FRAMEWORK, "indicators": ["GH-POP", 7]})
    assert refused.value.findings[0].where.line == 4


@pytest.mark.parametrize(("written", "kept"), [("2.50", 2.5), ("0.1", 0.1), ("7", 7), ("0.12345678901234567890", "0.12345678901234567890")])
def test_decimal_numbers_stay_numbers_where_nothing_is_lost(tmp_path: Path, written: str, kept: object) -> None:
    desk = isle(tmp_path)
    path = tmp_path / "depth.yaml"
    path.write_text(f"depth: {written}", encoding="utf-8")
    add_actor(desk.hub.database, desk.person("ama"), "kofi", [Role.AUTHOR], "", "")
    join(desk.catalogue, desk.catalogue.unit("S3"), CityStage.JOINING, desk.person("ama"))
    submit(desk.catalogue, find_form(desk.catalogue, "harbour"), find_city(desk.catalogue, "S3"), path, desk.person("kofi"), desk.person("ama"))
    with desk.hub.database.reading() as connection:
        held = connection.execute(select(submission, form_version.c.schema).join(form_version)).one()
    assert json.loads(held.data) == {"depth": kept}
    content = {"city": "S3", "form": "harbour", "n": 1, "schema": audit.digest_of(json.loads(held.schema)), "data": json.loads(held.data)}
    assert audit.digest_of(content) == held.digest


def test_json_is_taken_as_well(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "framework.json"
    path.write_text(json.dumps(FRAMEWORK), encoding="utf-8")
    stored = submit(desk.catalogue, find_form(desk.catalogue, "indicator-framework"), desk.city, path, desk.person("kofi"), desk.person("ama"))
    assert stored.n == 1


def test_roles_are_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "framework.json"
    path.write_text(json.dumps(FRAMEWORK), encoding="utf-8")
    form = find_form(desk.catalogue, "indicator-framework")
    for author, typist in (("esi", "ama"), ("kofi", "kofi"), ("ama", "ama")):
        with pytest.raises(Refused) as refused:
            submit(desk.catalogue, form, desk.city, path, desk.person(author), desk.person(typist))
        assert refused.value.findings[0].code == "actor.role"
    with pytest.raises(Refused, match="There is no form tax-return"):
        find_form(desk.catalogue, "tax-return")

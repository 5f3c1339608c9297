"""Names and contacts of people: kept apart, and gone for good when they are erased."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from sqlalchemy import select
from tests.hub_fixtures import AGREEMENT, HO, Desk

from sdgcities.errors import Refused
from sdgcities.intake.json import value_at
from sdgcities.model.hub import Role
from sdgcities.registry.people import add_actor, erase, erase_submission, people
from sdgcities.registry.personal import apart, shown
from sdgcities.registry.submissions import latest_answers
from sdgcities.store.tables import submission, submission_private

NAMES = (b"Akosua Specimen", b"Kojo Specimen", b"Efua Specimen", b"efua.specimen@example.org")


def test_the_record_and_its_digest_hold_no_name(desk: Desk) -> None:
    sent = desk.submit("participation-agreement", AGREEMENT)
    with desk.hub.database.reading() as connection:
        row = connection.execute(select(submission).where(submission.c.id == sent.id)).one()
        kept = {entry.pointer: json.loads(entry.value) for entry in connection.execute(select(submission_private))}
    assert "Specimen" not in row.data
    assert kept == {
        "/signatures/0/name": "Akosua Specimen",
        "/signatures/1/name": "Kojo Specimen",
        "/focal_point/name": "Efua Specimen",
        "/focal_point/contact": "efua.specimen@example.org",
    }


def test_what_is_erased_is_nowhere_in_the_file_and_the_chain_holds(desk: Desk) -> None:
    sent = desk.submit("participation-agreement", AGREEMENT)
    assert all(name in desk.bytes_kept() for name in NAMES)
    records, _ = desk.chain()
    assert erase_submission(desk.hub.database, desk.person("ama"), sent.id) == 4
    assert not [name for name in NAMES if name in desk.bytes_kept()]
    assert desk.chain() == (records + 1, None)


def test_the_answer_counts_no_longer_but_the_signatures_stay_counted(desk: Desk) -> None:
    sent = desk.submit("participation-agreement", AGREEMENT)

    def answer(question: str) -> object:
        with desk.hub.database.reading() as connection:
            found = latest_answers(connection, question, [HO])
        return found[HO].value if HO in found else None

    assert answer("focal-point/contact") is True
    erase_submission(desk.hub.database, desk.person("ama"), sent.id)
    assert answer("focal-point/contact") is None
    signatures = answer("agreement/signatures")
    assert isinstance(signatures, list)
    assert len(signatures) == 2


def test_a_person_is_erased_and_what_they_did_stays(desk: Desk) -> None:
    desk.bring(desk.tidy({}))
    assert {one.id: one.name for one in people(desk.hub.database)}["kofi"] == "Kofi Specimen"
    assert b"kofi.specimen@example.org" in desk.bytes_kept()
    assert erase(desk.hub.database, desk.person("ama"), "kofi") == 1
    assert b"Kofi Specimen" not in desk.bytes_kept()
    assert b"kofi.specimen@example.org" not in desk.bytes_kept()
    assert {one.id: one.name for one in people(desk.hub.database)}["kofi"] == ""
    assert desk.figures()[0].answers_for == "kofi"
    assert desk.chain()[1] is None


@pytest.mark.slow
def test_among_many_people_no_trace_is_left_either(desk: Desk) -> None:
    """Entries move about between the pages of the file as it grows and shrinks."""
    database, ama, chance = desk.hub.database, desk.person("ama"), random.Random(7)  # noqa: S311 - no secret
    names = {f"p{number}": f"Name-{number:04}-{'x' * chance.randrange(5, 900 if number % 20 == 0 else 60)}" for number in range(300)}
    for person, name in names.items():
        add_actor(database, ama, person, [Role.AUTHOR], name, f"{name}@example.org")
    for person in chance.sample(list(names), 60):
        erase(database, ama, person)
        assert names.pop(person).encode()[:10] not in desk.bytes_kept()
    kept = desk.bytes_kept()
    assert all(name.encode()[:10] in kept for name in names.values())
    assert desk.chain()[1] is None


def test_nothing_is_erased_twice_or_by_just_anyone(desk: Desk) -> None:
    sent = desk.submit("participation-agreement", AGREEMENT)
    with pytest.raises(Refused, match="not operator"):
        erase_submission(desk.hub.database, desk.person("esi"), sent.id)
    with pytest.raises(Refused, match="not operator"):
        erase(desk.hub.database, desk.person("kofi"), "kofi")
    erase_submission(desk.hub.database, desk.person("ama"), sent.id)
    before = desk.counts()
    with pytest.raises(Refused, match="Nothing personal"):
        erase_submission(desk.hub.database, desk.person("ama"), sent.id)
    with pytest.raises(Refused, match="Nothing personal"):
        erase(desk.hub.database, desk.person("ama"), "esi")
    with pytest.raises(Refused, match="no actor"):
        erase(desk.hub.database, desk.person("ama"), "nobody")
    assert desk.counts() == before


PERSONAL: dict[str, Any] = {"type": "string", "x-personal": True}
PLAIN: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "data", "pointers"),
    [
        ({"properties": {"a": PERSONAL, "b": PLAIN}}, {"a": "x", "b": "y"}, {"/a"}),
        ({"properties": {"a": {"$ref": "#/$defs/p"}}, "$defs": {"p": PERSONAL}}, {"a": "x"}, {"/a"}),
        ({"allOf": [{"properties": {"a": PERSONAL}}], "properties": {"a": PLAIN}}, {"a": "x"}, {"/a"}),
        ({"oneOf": [{"properties": {"a": PLAIN}}, {"properties": {"a": PERSONAL}}]}, {"a": "x"}, {"/a"}),
        ({"if": True, "then": {"properties": {"a": PERSONAL}}}, {"a": "x"}, {"/a"}),
        ({"additionalProperties": PERSONAL, "properties": {"b": PLAIN}}, {"a": "x"}, {"/a"}),
        ({"patternProperties": {"^n": PERSONAL}}, {"name": "x"}, {"/name"}),
        ({"prefixItems": [PLAIN, PERSONAL]}, ["y", "x"], {"/1"}),
        ({"items": {"properties": {"a": PERSONAL}}}, [{"a": "x"}, {"a": "y"}], {"/0/a", "/1/a"}),
        ({"properties": {"a/b": {"properties": {"~": PERSONAL}}}}, {"a/b": {"~": "x"}}, {"/a~1b/~0"}),
        ({"properties": {"a": {"x-personal": True, "type": "object"}}}, {"a": {"b": ["c"]}}, {"/a"}),
        ({"x-personal": True}, {"a": "x"}, {""}),
        (
            {"$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}, "a": PERSONAL}}}, "$ref": "#/$defs/n"},
            {"next": {"next": {"a": "x"}}},
            {"/next/next/a"},
        ),
        ({"allOf": [{"$ref": "#"}], "properties": {"a": PERSONAL}}, {"a": "x"}, {"/a"}),
    ],
)
def test_personal_places_are_found_wherever_the_schema_marks_them(schema: dict[str, Any], data: object, pointers: set[str]) -> None:
    public, private = apart(data, schema)
    assert private.keys() == pointers
    assert '"x"' not in json.dumps(public)
    for pointer, (value, _) in private.items():
        assert json.loads(value) == value_at(data, pointer)
        hidden = value_at(public, pointer)
        assert (shown(hidden, True), shown(hidden, False)) == (True, None)

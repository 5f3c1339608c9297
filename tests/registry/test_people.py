"""Who may do what."""

from __future__ import annotations

import pytest
from tests.hub_fixtures import Desk

from sdgcities.errors import Refused
from sdgcities.model.hub import Role
from sdgcities.registry.people import acting, add_actor, people


def refusal(desk: Desk, new: str, roles: list[Role], name: str = "", by: str = "ama") -> str:
    before = desk.counts()
    with pytest.raises(Refused) as refused:
        add_actor(desk.hub.database, desk.person(by), new, roles, name, "")
    assert desk.counts() == before
    return refused.value.findings[0].code


def test_without_a_name_it_is_the_only_operator_who_acts(desk: Desk) -> None:
    assert acting(desk.hub.database, None).id == "ama"
    add_actor(desk.hub.database, desk.person("ama"), "yaw", [Role.OPERATOR], "", "")
    with pytest.raises(Refused) as refused:
        acting(desk.hub.database, None)
    assert refused.value.findings[0].code == "actor.unnamed"


def test_roles_add_up(desk: Desk) -> None:
    add_actor(desk.hub.database, desk.person("ama"), "kofi", [Role.REVIEWER], "", "")
    assert desk.person("kofi").roles == {"author", "reviewer"}
    assert [one.id for one in people(desk.hub.database)] == ["ama", "esi", "kofi"]


def test_a_role_given_twice_in_one_go_is_given_once(desk: Desk) -> None:
    add_actor(desk.hub.database, desk.person("ama"), "yaw", [Role.AUTHOR, Role.AUTHOR], "", "")
    assert desk.person("yaw").roles == {"author"}


@pytest.mark.parametrize("new", ["", "Ama", "ama mensah", "-ama", "a" * 65, "ama\n", "../ama", "\N{FULLWIDTH LATIN SMALL LETTER A}ma"])
def test_an_id_is_small_letters_and_digits(desk: Desk, new: str) -> None:
    assert refusal(desk, new, [Role.AUTHOR]) == "actor.id"


def test_what_changes_nothing_is_refused(desk: Desk) -> None:
    assert refusal(desk, "kofi", [Role.AUTHOR]) == "actor.known"
    assert refusal(desk, "yaw", []) == "actor.known"


def test_a_name_for_someone_who_is_here_already_is_not_passed_over(desk: Desk) -> None:
    assert refusal(desk, "esi", [Role.AUTHOR], "Esi Specimen") == "actor.private"


def test_only_an_operator_adds_people(desk: Desk) -> None:
    assert refusal(desk, "yaw", [Role.OPERATOR], by="kofi") == "actor.role"
    with pytest.raises(Refused, match="no actor nobody"):
        desk.person("nobody")

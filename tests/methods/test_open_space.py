"""SDG 11.7.1: streets and open public spaces, of the built-up area."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked


def test_both_parts_and_their_sum() -> None:
    found = asked("sdg-11.7.1", built_up=200, open_spaces=10, streets=40)
    assert [found.outputs[name] for name in ("share", "open_space_share", "street_share", "access_share")] == [25, 5, 20, None]


def test_access_by_group() -> None:
    found = asked(
        "sdg-11.7.1", built_up=200, open_spaces=10, streets=40, population=1000, with_access=400, access_by={"girls": 30}, population_by={"girls": 120}
    )
    assert (found.outputs["access_share"], found.outputs["access_by_group"]) == (40, {"girls": 25})


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"built_up": 0, "open_spaces": 0, "streets": 0}, "built_up is zero"),
        ({"built_up": 10, "open_spaces": 6, "streets": 5}, "open_spaces + streets (11) is larger than built_up (10)"),
        ({"built_up": 10, "open_spaces": -1, "streets": 5}, "open_spaces is -1"),
        ({"built_up": 10, "open_spaces": 1}, "Not given: streets"),
        ({"built_up": 10, "open_spaces": 1, "streets": 1, "with_access": 5}, "with_access is given without population"),
        ({"built_up": 10, "open_spaces": 1, "streets": 1, "with_access": 5, "population": 4}, "with_access (5) is larger than population (4)"),
    ],
)
def test_what_can_not_be_computed_says_why(given: dict[str, object], reason: str) -> None:
    found = asked("sdg-11.7.1", **given)
    assert found.outputs == {}
    assert reason in str(found.reason)

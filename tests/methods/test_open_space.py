"""SDG 11.7.1: streets and open public spaces, of the built-up area."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked

PUBLISHED = [
    ("Białystok", 28.1, 6.4, 21.8),
    ("Bydgoszcz", 43.3, 4.0, 39.3),
    ("Gdańsk", 27.3, 4.5, 22.8),
    ("Katowice", 53.1, 4.6, 48.5),
    ("Kielce", 34.2, 4.7, 29.5),
    ("Kraków", 27.5, 5.0, 22.5),
    ("Lublin", 21.3, 5.5, 15.8),
    ("Łódź", 24.1, 4.8, 19.3),
    ("Olsztyn", 32.3, 4.4, 27.9),
    ("Opole", 11.2, 2.3, 8.9),
    ("Poznań", 26.2, 5.3, 20.9),
    ("Rzeszów", 10.4, 4.2, 6.2),
    ("Szczecin", 28.5, 3.2, 25.3),
    ("Warszawa", 30.8, 6.8, 24.0),
    ("Wrocław", 19.5, 5.0, 14.6),
    ("Zielona Góra", 58.2, 1.6, 56.7),
    ("Gorzów Wielkopolski", 16.6, 4.1, 12.5),
    ("Toruń", 36.2, 4.8, 31.4),
]
"""City, both, streets, open public spaces: percent of the city's area in 2020, with one decimal. Statistics Poland, experimental statistics on SDG
indicator 11.7.1, sdg-indicators-pl @0f01a23c, exp/en/11_7_1_exp.md."""


def test_both_parts_and_their_sum() -> None:
    found = asked("sdg-11.7.1", built_up=200, open_spaces=10, streets=40)
    assert [found.outputs[name] for name in ("share", "open_space_share", "street_share", "access_share")] == [25, 5, 20, None]


def test_access_by_group() -> None:
    found = asked(
        "sdg-11.7.1", built_up=200, open_spaces=10, streets=40, population=1000, with_access=400, access_by={"girls": 30}, population_by={"girls": 120}
    )
    assert (found.outputs["access_share"], found.outputs["access_by_group"]) == (40, {"girls": 25})


@pytest.mark.parametrize(("city", "both", "streets", "spaces"), PUBLISHED)
def test_the_published_parts_give_the_published_share(city: str, both: float, streets: float, spaces: float) -> None:
    found = asked("sdg-11.7.1", built_up=100, streets=streets, open_spaces=spaces)
    assert found.outputs["share"] == pytest.approx(both, abs=0.1 + 1e-9), city


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

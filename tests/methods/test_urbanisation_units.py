"""The class of a unit by the shares of its people: 64 published municipalities, and the rules of level 2 by both editions."""

from __future__ import annotations

import pytest
from tests.methods.asked import asked

from sdgcities.methods.urbanisation.units import level_one, level_two, shares

# flexurba, inst/extdata/belgium/units_classification_westflanders.csv (MIT): people in urban centres, urban clusters and rural cells, and the class
WEST_FLANDERS = """
0 8713.77864 7273.35565 2
0 19793.57956 394.31034 2
66121.49284 48385.82535 1762.05334 3
0 63.12625 10960.92857 1
0 10680.28147 3221.48177 2
0 32460.16137 1767.83399 2
0 16895.79045 7047.32888 2
0 19561.49162 1666.84067 2
0 15041.70752 7363.77032 2
0 182.18471 2579.67272 1
0 0 17148.93958 1
0 0 10306.42194 1
0 5286.79044 3658.67885 2
0 1.32612 12548.17115 1
0 0 3413.36404 1
0 95.67266 7853.25650 1
0 23466.14695 12186.96746 2
0 0 8267.51139 1
0 0 1024.08131 1
0 12372.30284 8111.07180 2
0 0 3762.15378 1
0 17320.30062 1651.21114 2
0 11.21343 12845.70806 1
0 11886.62167 2906.24402 2
0 8815.27987 1229.92387 2
0 11468.84672 443.75589 2
0 27783.45576 114.79047 2
186.76454 73881.93514 1039.71605 2
0 13433.63589 0 2
0 5700.22453 242.43314 2
174.71178 32690.11653 364.27843 2
0 991.87041 1214.92736 1
0 37638.92100 644.95340 2
0 30266.48075 632.69510 2
0 20842.34987 4135.28535 2
14012.04141 3411.20638 199.29435 3
0 11742.90876 1233.74709 2
0 9279.61622 3093.54651 2
0 5844.32758 8687.54160 1
0 16714.59731 3501.82366 2
66736.89365 3868.80047 419.92338 3
0 7558.53841 2041.34677 2
0 7176.20333 3303.19188 2
0 10987.36471 154.51369 2
0 28156.65764 116.64136 2
0 8102.65167 1756.59780 2
0 7430.00044 1518.28316 2
0 4558.88573 6730.72589 1
0 61921.65520 639.12601 2
0 1808.98240 9614.40946 1
0 5328.48369 3962.28046 2
0 6929.82393 1686.50394 2
0 10119.77807 1288.71957 2
0 7361.47424 535.03259 2
0 595.15980 6362.50298 1
0 0 5437.11034 1
0 16599.66569 4072.18541 2
0 9159.77879 581.91250 2
0 0 14809.07836 1
0 0 5138.21932 1
0 10584.65358 706.54929 2
0 22533.79387 1029.53129 2
0 10373.77201 1581.14558 2
0 8587.42715 3081.83897 2
"""


def test_the_municipalities_of_west_flanders_as_published() -> None:
    rows = [line.split() for line in WEST_FLANDERS.split("\n") if line]
    assert len(rows) == 64
    for centre, cluster, rural, expected in rows:
        found = shares({3: float(centre), 2: float(cluster), 1: float(rural)})
        assert found
        assert level_one(found) == int(expected)


@pytest.mark.parametrize(
    ("people", "first", "since_2024", "of_2021"),
    [
        ({30: 50, 11: 50}, 3, 30, 30),  # half in urban centres
        ({30: 49, 23: 1, 21: 50}, 2, 23, 21),
        ({30: 20, 23: 30, 21: 50}, 2, 23, 21),
        ({23: 30, 22: 31, 21: 39}, 2, 22, 22),
        ({23: 31, 22: 30, 21: 39}, 2, 22, 23),
        ({23: 30, 21: 30, 12: 40}, 2, 21, 21),
        ({23: 49, 11: 51}, 1, 11, 11),
        ({23: 20, 13: 30, 12: 50}, 1, 13, 12),
        ({13: 40, 12: 35, 11: 25}, 1, 12, 13),
        ({13: 10, 12: 40, 11: 50}, 1, 11, 11),
        ({21: 50, 12: 50}, 2, 21, 21),  # no more than half in rural cells
    ],
)
def test_level_two_by_both_editions(people: dict[int, float], first: int, since_2024: int, of_2021: int) -> None:
    found = shares(people)
    assert found
    assert (level_one(found), level_two(found, "2024"), level_two(found, "2021")) == (first, since_2024, of_2021)


def test_a_unit_has_its_classes_in_words() -> None:
    found = asked("degurba-units", people={"30": 10, "23": 60, "12": 30})
    assert (found.outputs["level_1_is"], found.outputs["level_2_is"]) == ("Town or semi-dense area", "Dense town")


def test_from_classes_of_level_one_there_is_level_one() -> None:
    found = asked("degurba-units", people={"3": 10, "2": 60, "1": 30, "0": 5})
    assert (found.outputs["level_1"], found.outputs["level_2"], found.outputs["rural_share"]) == (2, None, 30)


@pytest.mark.parametrize(
    ("people", "reason"), [({"30": 0}, "Nobody lives"), ({"31": 5}, "31 is no class"), ({"city": 5}, "city is no class"), ({"30": -5}, "people (30) is -5")]
)
def test_what_can_not_be_computed_says_why(people: dict[str, float], reason: str) -> None:
    found = asked("degurba-units", people=people)
    assert found.outputs == {}
    assert reason in str(found.reason)

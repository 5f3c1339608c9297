"""What a hub and the monitoring of a city cost, as the document says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub_fixtures import Desk
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.model.money import Money, total
from sdgcities.programme.budget import budget, monitoring


def test_modality_1_has_exactly_the_lines_of_the_document(desk: Desk) -> None:
    found = budget(desk.hub, "GH")
    assert found.modality.modality == 1
    assert [(line.id, line.amount and line.amount.amount) for line in found.modality.lines] == [
        ("digital_tools", None),
        ("national_team", Decimal(600_000)),
        ("technical_assistance_and_training", Decimal(300_000)),
        ("monitoring_and_milestone_assessment", Decimal(100_000)),
    ]
    assert found.total == found.modality.stated_total == Money(Decimal(1_000_000), "USD")
    assert found.findings == ()


def test_monitoring_a_city_costs_so_much_in_each_track(desk: Desk) -> None:
    found = monitoring(desk.hub)
    assert [(line.id, line.name, line.amount) for line in found.lines] == [
        ("data", "Data", Money(Decimal(5_000), "USD")),
        ("planning", "Strategic planning", Money(Decimal(10_000), "USD")),
        ("institutions", "Institutional effectiveness", Money(Decimal(10_000), "USD")),
        ("finance", "Finance and implementation", Money(Decimal(5_000), "USD")),
    ]
    assert found.total == Money(Decimal(30_000), "USD")


def test_the_30_000_and_the_40_000_dollars_stand_side_by_side_in_a_note(desk: Desk) -> None:
    assert any("30,000" in note and "40,000" in note for note in monitoring(desk.hub).notes)


def test_a_country_without_a_modality_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        budget(isle(tmp_path).hub, "XA")
    assert refused.value.findings[0].code == "modality.none"


AMOUNT = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


@given(amounts=st.lists(AMOUNT, max_size=20))
def test_money_adds_up_to_the_cent(amounts: list[Decimal]) -> None:
    cents = sum(int(amount * 100) for amount in amounts)
    assert total((Money(amount, "GHS") for amount in amounts), "GHS") == Money(Decimal(cents) / 100, "GHS")


@given(first=AMOUNT, second=AMOUNT)
def test_two_currencies_never_add_up(first: Decimal, second: Decimal) -> None:
    with pytest.raises(ValueError, match="GHS and USD do not add up"):
        Money(first, "GHS") + Money(second, "USD")
    with pytest.raises(ValueError, match="do not add up"):
        total([Money(first, "GHS"), Money(second, "USD")], "GHS")

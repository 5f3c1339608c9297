from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.i18n.formats import Formats
from sdgcities.model.money import Money

if TYPE_CHECKING:
    from .conftest import Plugin

DAY = date(2026, 2, 3)
OWN = {"ak": {"date": "dd/MM/yyyy", "currency": "GH₵"}, "en": {"date": "dd/MM/yyyy", "currency": "GH₵"}}


@pytest.mark.parametrize(
    ("language", "figure", "share", "amount"),
    [
        ("en", "30,832,019.50", "45.2%", "€12,000.50"),
        ("tr", "30.832.019,50", "%45,2", "€12.000,50"),
        ("pt_PT", "30\u00a0832\u00a0019,50", "45,2%", "12\u00a0000,50\u00a0€"),
        ("dag", "30,832,019.50", "45.2%", "€12,000.50"),
    ],
)
def test_figures_as_the_language_writes_them(language: str, figure: str, share: str, amount: str) -> None:
    formats = Formats(language)
    assert formats.number(Decimal("30832019.50")) == figure
    assert formats.percent(Decimal("45.2")) == share
    assert formats.money(Money(Decimal("12000.50"), "EUR")) == amount


def test_decimals_are_those_published_unless_others_are_asked_for() -> None:
    formats = Formats("en")
    assert [formats.number(value) for value in (7, Decimal("7.0"), Decimal("7.125"), Decimal("7E+3"))] == ["7", "7.0", "7.125", "7,000"]
    assert formats.number(Decimal("7.125"), decimals=1) == "7.1"
    assert formats.percent(Decimal("33.333333"), decimals=1) == "33.3%"


def test_whole_amounts_have_no_decimals_and_a_code_keeps_its_distance() -> None:
    formats = Formats("en")
    assert formats.money(Money(Decimal(1000000), "USD")) == "$1,000,000"
    assert formats.money(Money(Decimal("-30000.5"), "USD")) == "-$30,000.50"
    assert formats.money(Money(Decimal("1.5"), "KWD")) == "KWD\u00a01.500"


@pytest.mark.parametrize("language", ["ak", "en", "dag"])
def test_ghana_writes_days_and_cedis_its_own_way(plugin: Plugin, language: str) -> None:
    formats = Formats(language, [plugin("ghana", currency="GHS", formats=OWN)])
    assert formats.date(DAY) == "03/02/2026"
    assert formats.money(Money(Decimal(30000), "GHS")) == "GH₵30,000"
    assert formats.money(Money(Decimal(30000), "USD")).endswith("$30,000")


def test_english_formats_of_a_country_do_not_reach_other_languages(plugin: Plugin) -> None:
    formats = Formats("tr", [plugin("ghana", currency="GHS", formats=OWN)])
    assert formats.date(DAY) == "3 Şub 2026"


@pytest.mark.parametrize(
    ("language", "country", "figure", "day"),
    [
        ("ar", "MA", "1.256.172,5", "03\u200f/02\u200f/2026"),
        ("ar", "EG", "1,256,172.5", "03\u200f/02\u200f/2026"),  # Latin digits, though CLDR prefers others there
        ("en", "GH", "1,256,172.5", "Feb 3, 2026"),
        ("fr", "MA", "1\u202f256\u202f172,5", "3 fév. 2026"),
        ("pt_PT", "PT", "1\u00a0256\u00a0172,5", "03/02/2026"),
        ("tr", "GH", "1.256.172,5", "3 Şub 2026"),
        ("dag", "GH", "1,256,172.5", "Feb 3, 2026"),
        ("ar", "XA", "1,256,172.5", "03\u200f/02\u200f/2026"),
    ],
)
def test_formats_are_those_of_the_language_in_the_country(plugin: Plugin, language: str, country: str, figure: str, day: str) -> None:
    formats = Formats(language, [plugin("national", countries=(country,))])
    assert (formats.number(Decimal("1256172.5")), formats.date(DAY)) == (figure, day)


def test_plugins_of_two_countries_leave_the_language_its_own_formats(plugin: Plugin) -> None:
    formats = Formats("ar", [plugin("one", countries=("MA",)), plugin("other", countries=("EG",))])
    assert formats.number(1256172) == "1,256,172"


def test_a_plugins_own_format_goes_before_the_countrys(plugin: Plugin) -> None:
    formats = Formats("ar", [plugin("national", countries=("MA",), formats={"ar": {"date": "yyyy/MM/dd"}})])
    assert (formats.date(DAY), formats.number(1256172)) == ("2026/02/03", "1.256.172")


@pytest.mark.parametrize(("language", "comma"), [("ar", "، "), ("am", "፣ "), ("ja", "、"), ("en", ", "), ("tr", ", "), ("th", ", "), ("dag", ", ")])
def test_entries_of_a_list_are_parted_as_the_language_does(language: str, comma: str) -> None:
    assert Formats(language).comma == comma


def test_moments_are_told_in_utc() -> None:
    formats = Formats("tr")
    assert formats.datetime(datetime(2026, 2, 3, 14, 5, tzinfo=UTC)) == "3 Şub 2026 14:05 UTC"
    assert formats.datetime(datetime(2026, 2, 4, 0, 5, tzinfo=timezone(timedelta(hours=3)))) == "3 Şub 2026 21:05 UTC"
    assert formats.datetime(datetime(2026, 2, 3, 14, 5)) == "3 Şub 2026 14:05 UTC"  # noqa: DTZ001 - what the store holds


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("tr", ["Cizre", "Çankaya", "Dicle", "Iğdır", "İzmir", "Ordu", "Ödemiş", "Sivas", "Şile", "Urla", "Ünye", "Zonguldak"]),
        ("pt_PT", ["Águeda", "Aveiro", "Espinho", "Évora", "Faro", "Ílhavo", "Óbidos", "Odemira", "Santarém", "São João"]),
        ("ak", ["Ekumfi", "Ɛkumfi", "Fanti", "Ga", "Ga East", "Offinso", "Ɔkwawu", "Pru"]),
        ("en", ["accra", "Bolgatanga", "Tamale", "Ɛkumfi"]),
    ],
)
def test_names_in_alphabetical_order(language: str, names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=Formats(language).sort_key) == names


@given(st.lists(st.text()))
def test_any_text_has_a_place(texts: list[str]) -> None:
    assert Counter(sorted(texts, key=Formats("tr").sort_key)) == Counter(texts)

"""Every hook as plugin API 1.0 had it, with values made as its facade made them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sdgcities.api import (
    Adaptation,
    BudgetLine,
    Dimension,
    Direction,
    Form,
    HubView,
    Indicator,
    Measure,
    Money,
    Reading,
    Source,
    Status,
    SupportModality,
    Unit,
    UnitName,
)
from sdgcities.plugin import hookimpl

OFFICE = Source("Statistics Lemuria", "Register of islands 2024")


@hookimpl
def sdgcities_units(country: str) -> Iterable[Unit]:
    if country == "XB":
        yield Unit("XB01", "XB", "island", (UnitName("Upper Island"),), OFFICE, Status.DRAFT)


@hookimpl
def sdgcities_indicators(country: str) -> Iterable[Indicator]:
    if country == "XB":
        yield Indicator("XB-1", "XB", "Wells", "Wells in use.", "number", Direction.HIGHER, "A", (), OFFICE, Status.DRAFT, ("6.1.1",))


@hookimpl
def sdgcities_forms(country: str) -> Iterable[Form]:
    if country == "XB":
        yield Form("wells", "1", "Wells", "XB", {"type": "object", "properties": {"depth": {"title": "Depth", "type": "number"}}}, {}, OFFICE, Status.DRAFT)


@hookimpl
def sdgcities_milestones(country: str) -> Iterable[Adaptation]:
    return (Adaptation(country, "lemuria"),) if country == "XB" else ()


@hookimpl
def sdgcities_support_modality(country: str) -> SupportModality | None:
    lines = (BudgetLine("team", "National team", Money(Decimal(1), "USD")),)
    return SupportModality("xb-team", 2, "Team", "A team.", "USD", lines, Money(Decimal(1), "USD"), OFFICE, Status.DRAFT) if country == "XB" else None


@hookimpl
def sdgcities_resources(kind: str) -> Iterable[Dimension]:
    return (Dimension("tide", "Tide", {"H": "High", "L": "Low"}, OFFICE, Status.DRAFT),) if kind == "codelists" else ()


@hookimpl
def sdgcities_measures() -> Mapping[str, Measure]:
    return {"lemuria/wells": Measure("lemuria/wells", "Wells that were counted", _none)}


def _none(view: HubView, cities: Sequence[str], arguments: Mapping[str, object]) -> Mapping[str, Reading]:  # noqa: ARG001 - what a measure is given
    return {city: Reading(None) for city in cities}

"""What a year of a hub costs under its support modality, and what monitoring a city costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import cast

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Severity, msg
from sdgcities.hub.hub import Hub
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.money import Money, total
from sdgcities.model.programme import BudgetLine, SupportModality
from sdgcities.model.sources import Source, Status

_MONITORING = Path(__file__).with_name("monitoring.yaml")


@dataclass(frozen=True, slots=True)
class Monitoring:
    """The cost of monitoring one city, by track, with what the document leaves open."""

    lines: tuple[BudgetLine, ...]
    total: Money
    notes: tuple[str, ...]
    source: Source
    status: Status


@dataclass(frozen=True, slots=True)
class Budget:
    """A modality's budget for a year beside the cost of monitoring a city; `findings` where the sums disagree."""

    modality: SupportModality
    total: Money
    monitoring: Monitoring
    findings: tuple[Finding, ...]


def budget(hub: Hub, country: str) -> Budget:
    """The budget of one of the hub's countries. Refused where no plugin supplies its modality."""
    modality = hub.plugins.modality(country)
    if modality is None:
        raise refuse(
            "modality.none", msg("No plugin gives a support modality for %(country)s.", country=country), msg("Add modality.yaml to the country's plugin.")
        )
    findings = []
    if modality.total() != modality.stated_total:
        findings.append(
            Finding(
                "modality.total",
                Severity.NOTE,
                msg("The lines add up to %(sum)s; the source states %(stated)s.", sum=modality.total().amount, stated=modality.stated_total.amount),
            )
        )
    return Budget(modality, modality.total(), monitoring(hub), tuple(findings))


def monitoring(hub: Hub) -> Monitoring:
    """The document's amounts for one city, by track."""
    data = cast("dict[str, object]", load_yaml(_MONITORING).data)
    currency, names = str(data["currency"]), {track.id: track.name for track in hub.core_contract.tracks}
    entries = cast("list[dict[str, str]]", data["lines"])
    lines = tuple(BudgetLine(entry["id"], names[entry["id"]], Money(Decimal(entry["amount"]), currency)) for entry in entries)
    source = Source(**cast("dict[str, str]", data["source"]))
    amounts = [line.amount for line in lines if line.amount]
    return Monitoring(lines, total(amounts, currency), tuple(cast("list[str]", data["notes"])), source, Status(str(data["status"])))

"""modality.yaml: how the hub of the country is supported."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import cast

from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.money import Money
from sdgcities.model.plugins import Manifest
from sdgcities.model.programme import BudgetLine, SupportModality
from sdgcities.model.sources import Status
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.manifest import SCHEMAS, Checked


def read_modality(file: Path, manifest: Manifest) -> SupportModality:
    """The modality of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "modality.schema.json")
    data, problems = cast("Checked", document.data), Problems(file)
    source = source_of(manifest, data["source"], problems, document.where(("source",)))
    problems.twice((line["id"], document.where(("lines", number))) for number, line in enumerate(data["lines"]))
    currency = data["currency"]
    modality = SupportModality(
        id=data["id"],
        modality=data["modality"],
        name=data["name"],
        support=data["support"],
        currency=currency,
        lines=tuple(BudgetLine(line["id"], line["name"], _money(line.get("amount"), currency)) for line in data["lines"]),
        stated_total=Money(Decimal(data["total"]), currency),
        source=source,
        status=Status(data["status"]),
        notes=tuple(data.get("notes", ())),
    )
    if modality.total() != modality.stated_total and not modality.notes:
        problem = msg("The lines add up to %(sum)s, the total says %(total)s.", sum=modality.total().amount, total=modality.stated_total.amount)
        problems.at(document.where(("total",)), problem, msg("Correct it, or say in notes why they differ."))
    problems.settle()
    return modality


def _money(amount: str | None, currency: str) -> Money | None:
    return None if amount is None else Money(Decimal(amount), currency)

"""How a hub is supported: the modality, what a year of it costs, what monitoring a city costs."""

from __future__ import annotations

from dataclasses import dataclass

from sdgcities.model.money import Money, total
from sdgcities.model.sources import Source, Status


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line of a budget; `amount` None means in kind."""

    id: str
    name: str
    amount: Money | None


@dataclass(frozen=True, slots=True)
class SupportModality:
    """A support modality with its budget for a year."""

    id: str
    modality: int
    name: str
    support: str
    currency: str
    lines: tuple[BudgetLine, ...]
    stated_total: Money
    source: Source
    status: Status
    notes: tuple[str, ...] = ()

    def total(self) -> Money:
        """The sum of the lines that are paid in money."""
        return total((line.amount for line in self.lines if line.amount), self.currency)

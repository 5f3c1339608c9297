"""A budget, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.model.programme import BudgetLine
from sdgcities.programme.budget import Budget


def print_budget(session: Session, budget: Budget) -> None:
    """The lines of a year with their total, the monitoring of a city by track, and the notes of the source."""
    modality = budget.modality
    out(f"{session.text(modality.name)} ({session.text('support modality')} {modality.modality}) [{session.word(modality.status)}]")
    out(f"{session.text(modality.support)}\n")
    _print_lines(session, modality.lines)
    out(f"  {session.text('Total for a year'):<44} {session.formats.money(budget.total):>18}\n")
    out(f"{session.text('Monitoring and milestone assessment of one city')} [{session.word(budget.monitoring.status)}]")
    _print_lines(session, budget.monitoring.lines)
    out(f"  {session.text('Total for a city'):<44} {session.formats.money(budget.monitoring.total):>18}\n")
    for note in (*modality.notes, *budget.monitoring.notes):
        out(f"* {session.text(note)}")
    for source in dict.fromkeys((modality.source, budget.monitoring.source)):
        out(f"{session.text('Source')}: {source.office}, {source.table}")
    session.show_findings(budget.findings)


def budget_data(budget: Budget) -> dict[str, object]:
    """The budget as JSON; amounts are numbers."""
    modality, monitoring = budget.modality, budget.monitoring
    return {
        "modality": modality.modality,
        "currency": modality.currency,
        "lines": [_line(line) for line in modality.lines],
        "total": _number(budget.total.amount),
        "notes": [*modality.notes, *monitoring.notes, *(str(finding.message) for finding in budget.findings)],
        "status": modality.status.value,
        "monitoring_per_city": {"lines": [_line(line) for line in monitoring.lines], "total": _number(monitoring.total.amount)},
    }


def _print_lines(session: Session, lines: Iterable[BudgetLine]) -> None:
    for line in lines:
        amount = session.formats.money(line.amount) if line.amount else session.text("in kind")
        out(f"  {session.text(line.name):<44} {amount:>18}")


def _line(line: BudgetLine) -> dict[str, object]:
    return {"id": line.id, "amount": _number(line.amount.amount)} if line.amount else {"id": line.id, "in_kind": True}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)

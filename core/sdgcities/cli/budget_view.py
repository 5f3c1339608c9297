"""A budget, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable

from sdgcities.cli.output import columns, out
from sdgcities.cli.session import Session
from sdgcities.contract.values import plain
from sdgcities.model.money import Money
from sdgcities.model.programme import BudgetLine
from sdgcities.programme.budget import Budget


def print_budget(session: Session, budget: Budget) -> None:
    """The lines of a year with their total, the monitoring of a city by track, and the notes of the source."""
    modality = budget.modality
    out(f"{session.text(modality.name)} ({session.text('support modality')} {modality.modality}) [{session.word(modality.status)}]")
    out(f"{session.text(modality.support)}\n")
    _print_lines(session, modality.lines, session.text("Total for a year"), budget.total)
    out(f"{session.text('Monitoring and milestone assessment of one city')} [{session.word(budget.monitoring.status)}]")
    _print_lines(session, budget.monitoring.lines, session.text("Total for a city"), budget.monitoring.total)
    for note in (*modality.notes, *budget.monitoring.notes):
        out(f"* {session.text(note)}")
    for source in dict.fromkeys((modality.source, budget.monitoring.source)):
        out(f"{session.text('Source')}: {session.text(source.office)}, {session.text(source.table)}")
    session.show_findings(budget.findings)


def budget_data(budget: Budget) -> dict[str, object]:
    """The budget as JSON; amounts are numbers."""
    modality, monitoring = budget.modality, budget.monitoring
    return {
        "modality": modality.modality,
        "currency": modality.currency,
        "lines": [_line(line) for line in modality.lines],
        "total": plain(budget.total.amount),
        "notes": [*modality.notes, *monitoring.notes, *(str(finding.message) for finding in budget.findings)],
        "status": modality.status.value,
        "monitoring_per_city": {"lines": [_line(line) for line in monitoring.lines], "total": plain(monitoring.total.amount)},
    }


def _print_lines(session: Session, lines: Iterable[BudgetLine], summed: str, total: Money) -> None:
    """The lines and their total, amounts in a column of their own."""
    amounts = [(session.text(line.name), session.formats.money(line.amount) if line.amount else session.text("in kind")) for line in lines]
    amounts.append((summed, session.formats.money(total)))
    widest = max(len(amount) for _, amount in amounts)
    for text in columns([(f"  {name}", amount.rjust(widest)) for name, amount in amounts]):
        out(text)
    out()


def _line(line: BudgetLine) -> dict[str, object]:
    return {"id": line.id, "amount": plain(line.amount.amount)} if line.amount else {"id": line.id, "in_kind": True}

"""How the verbs of the desk show rules and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdgcities.cli.output import one_line, shown_path
from sdgcities.findings import Finding, Severity, msg

if TYPE_CHECKING:
    from sdgcities.cli.session import Session
    from sdgcities.kit.outcome import Told
    from sdgcities.kit.rule import Rule
    from sdgcities.kit.subject import Subject


def line_of(session: Session, one: Told) -> str:
    """`file:line:character: rule message hint (page)`; of a table, row and column."""
    note = f" ({session.word('note')})" if one.finding.severity is Severity.NOTE else ""
    words = f"{session.words(one.finding.message)} {_hint(session, one)}"
    return one_line(f"{place_of(one.finding)}{one.rule.id}{note} {words} ({one.rule.page})")


def place_of(finding: Finding) -> str:
    """Where it is, as an editor takes it; empty where it is nowhere."""
    where = finding.where
    first, second = (where.row, where.column) if where.row is not None else (where.line, where.character)
    parts = [shown_path(where.file) if where.file else None, where.sheet, first, second]
    told = ":".join(str(part) for part in parts if part is not None)
    return f"{told}: " if told else ""


def data_of(session: Session, one: Told) -> dict[str, object]:
    """A finding as JSON shows it."""
    return session.finding_data(one.finding) | {"hint": _hint(session, one), "rule": one.rule.id, "page": one.rule.page}


def _hint(session: Session, one: Told) -> str:
    """What to do: what the finding says, else what the rule does."""
    return session.words(one.finding.hint) if one.finding.hint else session.text(one.rule.cure)


def explain(session: Session, rule: Rule) -> dict[str, object]:
    """A rule in words."""
    texts = {"title": rule.title, "reason": rule.reason, "cure": rule.cure}
    return {"rule": rule.id, "level": rule.level.value, **{key: session.text(text) for key, text in texts.items()}, "page": rule.page}


def again(subject: Subject) -> str:
    """The plugin as the next command should name it."""
    from sdgcities.cli.output import typed

    return typed(subject.project or subject.folder)


def say_next(session: Session, subject: Subject, slow: int) -> None:
    """What `plugin check` leaves out."""
    session.say(msg("%(n)s rules that run the plugin were left out: sdgcities plugin quality %(plugin)s", n=slow, plugin=again(subject)))

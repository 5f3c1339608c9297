"""`sdgcities plugin quality`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out, tell
from sdgcities.cli.session import Session
from sdgcities.findings import msg, nmsg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdgcities.findings import Message
    from sdgcities.kit.rule import Verdict
    from sdgcities.kit.subject import Subject


@click.command("quality", cls=TranslatedCommand)
@click.argument("wanted", metavar="PATH|NAME")
@options.as_json
@click.pass_context
def command(context: click.Context, wanted: str, *, as_json: bool) -> None:
    """Hold a plugin against every rule of the quality scale, also those that run it, and tell its level and what would raise it.

    Example: sdgcities plugin quality ghana
    """
    from sdgcities.kit.quality import judge, level_of, rules
    from sdgcities.kit.subject import subject_of

    session: Session = context.obj
    subject = subject_of(wanted, session.plugins_dir)
    verdicts: list[Verdict] = []
    for rule in rules():
        if rule.slow and sys.stderr.isatty():
            tell(f"… {session.text(rule.title)}")
        verdicts += judge(subject, [rule])
    if as_json:
        session.json(_data(session, subject, verdicts))
    else:
        _show(session, subject, verdicts)
    context.exit(0 if level_of(verdicts) else 1)


def _show(session: Session, subject: Subject, verdicts: Sequence[Verdict]) -> None:
    from sdgcities.kit.rule import Level

    for level in Level:
        mine = [verdict for verdict in verdicts if verdict.rule.level is level]
        met = msg("%(met)s of %(all)s rules met", met=sum(verdict.met for verdict in mine), all=len(mine))
        out(f"{session.word(level)}: {session.words(met)}")
        for verdict in mine:
            out(f"  {_mark(verdict)} {verdict.rule.id}: {session.text(verdict.rule.title)}")
            for line in _why(session, verdict):
                out(f"      {line}")
    out()
    for message in _conclusion(session, subject, verdicts):
        out(session.words(message))


def _mark(verdict: Verdict) -> str:
    return "✓" if verdict.met else "…" if verdict.unchecked else "✗"


def _why(session: Session, verdict: Verdict) -> list[str]:
    """Why a rule is not met: the first finding, and how many more there are; what to do."""
    if verdict.met:
        return []
    if verdict.unchecked:
        return [session.words(msg("Can't be looked at: %(reason)s", reason=verdict.unchecked))]
    blocking = [finding for finding in verdict.findings if finding.blocks]
    more = [session.words(nmsg("and %(n)s more", "and %(n)s more", len(blocking) - 1))] if len(blocking) > 1 else []
    return [session.finding_line(blocking[0]), *more, session.text(verdict.rule.cure)]


def _conclusion(session: Session, subject: Subject, verdicts: Sequence[Verdict]) -> list[Message]:
    """The level, and what would raise it."""
    from sdgcities.kit.outcome import awaits_review, following, unreviewed
    from sdgcities.kit.quality import level_of

    reached = level_of(verdicts)
    if awaits_review(verdicts):
        silver, gold, n = session.word("silver"), session.word("gold"), unreviewed(subject)
        awaits = "%(silver)s; %(gold)s awaits review of %(n)s string.", "%(silver)s; %(gold)s awaits review of %(n)s strings."
        return [nmsg(*awaits, n, silver=silver, gold=gold)]
    after, missing = following(verdicts, reached)
    level = session.word(reached or "below bronze")
    if after is None:
        return [msg("%(level)s.", level=level)]
    names = ", ".join(verdict.rule.id for verdict in missing)
    return [msg("%(level)s; to %(next)s it lacks: %(rules)s.", level=level, next=session.word(after), rules=names)]


def _data(session: Session, subject: Subject, verdicts: Sequence[Verdict]) -> dict[str, object]:
    from sdgcities.cli.plugin.told import data_of, explain
    from sdgcities.kit.outcome import following, told, unreviewed
    from sdgcities.kit.quality import level_of
    from sdgcities.kit.rule import Level

    manifest, reached = subject.reading.value, level_of(verdicts)
    after, missing = following(verdicts, reached)
    entries = [
        explain(session, verdict.rule)
        | {
            "met": verdict.met,
            "unchecked": session.words(verdict.unchecked) if verdict.unchecked else None,
            "findings": [data_of(session, one) for one in told([verdict], Level.GOLD)],
        }
        for verdict in verdicts
    ]
    return {
        "plugin": subject.name,
        "version": manifest.version if manifest else None,
        "level": reached.value if reached else None,
        "next": {"level": after.value, "lacks": [verdict.rule.id for verdict in missing]} if after else None,
        "awaiting_review": unreviewed(subject) if manifest else None,
        "rules": entries,
    }

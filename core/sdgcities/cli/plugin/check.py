"""`sdgcities plugin check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedCommand
from sdgcities.cli.output import out, tell
from sdgcities.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sdgcities.kit.outcome import Told
    from sdgcities.kit.rule import Level, Verdict
    from sdgcities.kit.subject import Subject

LEVELS = ("bronze", "silver", "gold")


@click.command("check", cls=TranslatedCommand)
@click.argument("wanted", metavar="PATH|NAME", required=False)
@options.as_json
@click.option("--level", type=click.Choice(LEVELS), default=LEVELS[0], show_default=True, help="The level whose rules must be kept; the others give notes.")
@click.option("--explain", metavar="RULE", help="Say what a rule asks for, why, and what to do.")
@click.pass_context
def command(context: click.Context, wanted: str | None, level: str, explain: str | None, *, as_json: bool) -> None:
    """Tell what is wrong or missing in a plugin, each with file and line. Works before it is installed, and runs none of its code.

    Example: sdgcities plugin check ghana
    """
    from sdgcities.kit.quality import judge, rules
    from sdgcities.kit.rule import Level
    from sdgcities.kit.subject import subject_of

    session: Session = context.obj
    if explain:
        _explain(session, explain, as_json=as_json)
        return
    if wanted is None:
        raise click.MissingParameter(ctx=context, param=command.params[0])
    subject, asked = subject_of(wanted, session.plugins_dir), Level(level)
    verdicts = judge(subject, [rule for rule in rules() if not rule.slow])
    found = _show(session, verdicts, asked, as_json=as_json)
    blocking = sum(one.finding.blocks for one in found)
    if not as_json:
        _sum_up(session, subject, verdicts, asked, blocking)
    context.exit(1 if blocking else 0)


def _show(session: Session, verdicts: Sequence[Verdict], asked: Level, *, as_json: bool) -> Sequence[Told]:
    """One line a finding; all of them as JSON."""
    from sdgcities.cli.plugin.told import data_of, line_of
    from sdgcities.findings import nmsg
    from sdgcities.kit.outcome import shortened, told

    found = told(verdicts, asked)
    if as_json:
        session.json([data_of(session, one) for one in found])
        return found
    kept, more = shortened(found)
    for one in kept:
        out(line_of(session, one))
    for rule, count in more.items():
        left = nmsg("%(rule)s: %(n)s more; --json lists all.", "%(rule)s: %(n)s more; --json lists all.", count, rule=rule.id)
        tell(f"· {session.words(left)}")
    return found


def _sum_up(session: Session, subject: Subject, verdicts: Sequence[Verdict], asked: Level, blocking: int) -> None:
    """How it stands, on stderr: what blocks, what could not be looked at, the level so far, and what comes next."""
    from sdgcities.cli.plugin.told import say_next
    from sdgcities.findings import msg, nmsg
    from sdgcities.kit.outcome import following
    from sdgcities.kit.quality import level_of, rules

    unseen = [verdict.rule.id for verdict in verdicts if verdict.unchecked and asked.includes(verdict.rule.level)]
    if blocking:
        count = nmsg("%(n)s finding stands against %(level)s.", "%(n)s findings stand against %(level)s.", blocking, level=session.word(asked))
        tell(f"✗ {session.words(count)}")
    elif unseen:
        stands = msg("Not yet %(level)s: some of its rules could not be looked at: %(rules)s.", level=session.word(asked), rules=", ".join(unseen))
        tell(f"✗ {session.words(stands)}")
    else:
        tell(f"✓ {session.words(msg('Nothing stands against %(level)s.', level=session.word(asked)))}")
    for verdict in verdicts:
        if verdict.unchecked:
            tell(f"… {session.words(msg('%(rule)s could not be looked at: %(reason)s', rule=verdict.rule.id, reason=verdict.unchecked))}")
    reached = level_of(verdicts)
    after, missing = following(verdicts, reached)
    session.say(msg("By the rules looked at: %(level)s.", level=session.word(reached or "below bronze")))
    if after and missing:
        names = ", ".join(verdict.rule.id for verdict in missing)
        session.say(msg("To %(level)s it lacks: %(rules)s.", level=session.word(after), rules=names))
    say_next(session, subject, sum(rule.slow for rule in rules()))


def _explain(session: Session, identifier: str, *, as_json: bool) -> None:
    from sdgcities.cli.plugin.told import explain
    from sdgcities.kit.outcome import rule_of

    texts = explain(session, rule_of(identifier))
    if as_json:
        session.json(texts)
        return
    out(f"{texts['rule']} ({session.word(str(texts['level']))}): {texts['title']}.")
    for key in ("reason", "cure", "page"):
        out(f"  {texts[key]}")

"""What a check tells of a plugin: the findings in the order of the files, and what would raise the level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Severity, msg
from sdgcities.i18n.folding import suggest
from sdgcities.kit.desk.states import State, strings_of
from sdgcities.kit.quality import rules
from sdgcities.kit.rule import Level, Rule, Verdict
from sdgcities.kit.subject import Subject

REVIEW = "reviewed"
"""The rule that no one can keep alone: a person has to have read every translation."""
MOST_NOTES = 5
"""Notes of one rule that are shown one by one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, and the rule it is of. One of a rule above the level asked for is a note."""

    rule: Rule
    finding: Finding


def told(verdicts: Iterable[Verdict], level: Level) -> list[Told]:
    """Every finding, by file and place."""
    found = [Told(verdict.rule, _weighed(finding, verdict.rule, level)) for verdict in verdicts for finding in verdict.findings]
    return sorted(found, key=lambda one: _place(one.finding))


def _weighed(finding: Finding, rule: Rule, level: Level) -> Finding:
    return finding if level.includes(rule.level) else replace(finding, severity=Severity.NOTE)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    where = finding.where
    return where.file or "", where.line or where.row or 0, where.character or 0, where.column or ""


def shortened(found: Sequence[Told]) -> tuple[list[Told], dict[Rule, int]]:
    """The same with at most five notes a rule, and how many more there are of each."""
    seen = Counter[Rule]()
    kept: list[Told] = []
    for one in found:
        seen[one.rule] += one.finding.severity is Severity.NOTE
        if one.finding.severity is not Severity.NOTE or seen[one.rule] <= MOST_NOTES:
            kept.append(one)
    return kept, {rule: count - MOST_NOTES for rule, count in seen.items() if count > MOST_NOTES}


def rule_of(identifier: str) -> Rule:
    """The rule of an id. Raises Refused, with those that are spelt much like it."""
    by_id = {rule.id: rule for rule in rules()}
    if identifier in by_id:
        return by_id[identifier]
    names = suggest(identifier, by_id) or tuple(by_id)
    raise refuse("rule.unknown", msg("There is no rule %(id)s.", id=identifier), msg("There are: %(names)s.", names=", ".join(names)))


def following(verdicts: Sequence[Verdict], reached: Level | None) -> tuple[Level | None, list[Verdict]]:
    """The level after the one reached, and the rules that keep the plugin from it; None after gold."""
    levels = list(Level)
    after = levels[levels.index(reached) + 1 :] if reached else levels
    if not after:
        return None, []
    return after[0], [verdict for verdict in verdicts if verdict.rule.level is after[0] and not verdict.met]


def awaits_review(verdicts: Sequence[Verdict]) -> bool:
    """Whether nothing but the review of translations is left."""
    return [verdict.rule.id for verdict in verdicts if not verdict.met] == [REVIEW]


def unreviewed(subject: Subject) -> int:
    """Translations, over all languages, to which nobody has put a name yet."""
    try:
        strings = strings_of(subject.manifest)
    except Refused:
        return 0  # a catalogue that can't be read is another rule's matter
    return sum(one.state is not State.REVIEWED for every in strings.values() for one in every)

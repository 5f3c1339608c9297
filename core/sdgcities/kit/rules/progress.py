"""The rule of `progress`: what an indicator is to reach, held against what the indicator itself says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.kit.rule import Check
from sdgcities.kit.subject import Subject, document_of
from sdgcities.methods.series import Rule
from sdgcities.model.statistics import Aim, Direction, Indicator

PERCENT = "percent"


def reachable(subject: Subject) -> Iterator[Finding]:
    """Targets and limits that no value of the indicator can have, targets that say neither way, and years the wrong way round."""
    if subject.indicators is None:
        return
    document = document_of(subject.indicators.file)
    for number, indicator in enumerate(subject.indicators.needed):
        if indicator.aim is not None:
            here: NodePath = ("indicators", number, "progress")
            yield from _values(indicator, indicator.aim, document, here)
            yield from _way(indicator, indicator.aim, document, here)
            yield from _years(indicator, indicator.aim, document, here)


def _values(indicator: Indicator, aim: Aim, document: Document, here: NodePath) -> Iterator[Finding]:
    for key, value in (("target", aim.target), ("limit", aim.limit)):
        if value is None:
            continue
        given = {"code": indicator.code, "key": key, "value": f"{value:f}"}
        if indicator.minimum is not None and value < indicator.minimum:
            told = msg("The %(key)s of %(code)s is %(value)s, below its minimum %(bound)s.", bound=f"{indicator.minimum:f}", **given)
            yield _finding(f"progress.{key}", told, msg("Correct one of the two: no value can ever lie there."), document, (*here, key))
        if indicator.maximum is not None and value > indicator.maximum:
            told = msg("The %(key)s of %(code)s is %(value)s, above its maximum %(bound)s.", bound=f"{indicator.maximum:f}", **given)
            yield _finding(f"progress.{key}", told, msg("Correct one of the two: no value can ever lie there."), document, (*here, key))


def _way(indicator: Indicator, aim: Aim, document: Document, here: NodePath) -> Iterator[Finding]:
    """Where neither way is better there is nothing to measure, whatever the rest says."""
    if indicator.direction is Direction.NEUTRAL and not aim.two_sided:
        told = msg("%(code)s has progress, and neither way is better for it.", code=indicator.code)
        yield _finding("progress.direction", told, msg("Write direction: higher or lower, or take progress out."), document, here)
    if aim.two_sided and indicator.unit == PERCENT:
        told = msg("%(code)s is two-sided, which is best at 1, and its unit is percent.", code=indicator.code)
        yield _finding("progress.two-sided", told, msg("Give it as a ratio, unit: ratio, or take two_sided out."), document, (*here, "two_sided"))


def _years(indicator: Indicator, aim: Aim, document: Document, here: NodePath) -> Iterator[Finding]:
    usual = Rule(indicator.direction)
    target, base = aim.target_year or usual.target_year, aim.base_year or usual.base_year
    if target <= base:
        told = msg(
            "The target of %(code)s is for %(target)s, and its progress counts from %(base)s on.", code=indicator.code, target=str(target), base=str(base)
        )
        hint = msg(
            "Give base_year a year before target_year; unsaid, they are %(base)s and %(target)s.", base=str(usual.base_year), target=str(usual.target_year)
        )
        yield _finding("progress.years", told, hint, document, (*here, "target_year" if aim.target_year else "base_year"))


def _finding(code: str, problem: Message, hint: Message, document: Document, path: NodePath) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, document.where(path))


CHECKS: Mapping[str, Check] = {"progress-reachable": reachable}

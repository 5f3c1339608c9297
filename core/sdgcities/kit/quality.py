"""The quality scale: every rule is looked at, and what a plugin keeps makes its level. Nothing else does, and nothing is exempt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.intake.schema import load_checked
from sdgcities.kit.rule import Check, Level, Rule, Unchecked, Verdict
from sdgcities.kit.subject import Subject

RULES = Path(__file__).with_name("rules.yaml")
SCHEMA = Path(__file__).with_name("rules.schema.json")


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of `rules.yaml`."""
    entries = cast("dict[str, list[dict[str, str]]]", load_checked(RULES, SCHEMA).data)["rules"]
    return tuple(_rule(entry) for entry in entries)


def _rule(entry: Mapping[str, str]) -> Rule:
    texts = entry["title"], entry["reason"], entry["text"]
    check = partial(_look, entry["area"], entry["id"])
    return Rule(entry["id"], Level(entry["level"]), entry["area"], *texts, slow=bool(entry.get("slow")), check=check)


def _look(area: str, identifier: str, subject: Subject) -> Iterable[Finding]:
    """The module of a rule is loaded when it is looked at: those that run a hub need the database, the others don't."""
    checks: Mapping[str, Check] = import_module(f"sdgcities.kit.rules.{area}").CHECKS
    return checks[identifier](subject)


def judge(subject: Subject, chosen: Iterable[Rule]) -> list[Verdict]:
    """What comes of each rule."""
    return [_verdict(subject, rule) for rule in chosen]


def _verdict(subject: Subject, rule: Rule) -> Verdict:
    try:
        return Verdict(rule, tuple(rule.check(subject)))
    except Unchecked as error:
        return Verdict(rule, unchecked=error.reason)
    except Refused as error:
        return Verdict(rule, error.findings)


def level_of(verdicts: Sequence[Verdict]) -> Level | None:
    """The highest level all of whose rules are met, and those of the levels before it; None below bronze."""
    reached = None
    for level in Level:
        if not all(verdict.met for verdict in verdicts if verdict.rule.level is level):
            return reached
        reached = level
    return reached

"""rules.md: the rules of the quality scale. Each heading is a rule's id, so that a finding's link leads to it."""

from __future__ import annotations

from docs.generate.markdown import made_of, table

from sdgcities.kit.quality import rules
from sdgcities.kit.rule import Level, Rule

ABOUT = """What makes a plugin bronze, silver or gold. `sdgcities plugin check` tells where a rule is not kept, `sdgcities plugin quality`
which rules are kept and what would raise the level. A level asks for the rules of those before it; nothing else makes a level, and
nobody is exempt. Rules that run the plugin, its code or a whole hub, say so and are left to `plugin quality`.
"""


def page() -> str:
    """The page."""
    return made_of("core/sdgcities/kit/rules.yaml", "Rules", ABOUT, *(_level(level) for level in Level))


def _level(level: Level) -> str:
    of_it = [rule for rule in rules() if rule.level is level]
    overview = table(("rule", "what must hold"), ((f"[{rule.id}](#{rule.id})", rule.title) for rule in of_it))
    return "\n".join([f"## {level.title()}\n", overview, *(_section(rule) for rule in of_it)])


def _section(rule: Rule) -> str:
    runs = " It runs the plugin." if rule.slow else ""
    return f"### {rule.id}\n\n{rule.title}. *{rule.level.title()}, {rule.area}.*{runs}\n\n- Why: {rule.reason}\n- What to do: {rule.cure}\n"

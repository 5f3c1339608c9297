"""The three plugins of this repository meet every rule but the review of their translations, which only people can give."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.kit.quality import judge, level_of, rules
from sdgcities.kit.rule import Level
from sdgcities.kit.subject import subject_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["ghana", "portugal", "turkiye"])
def test_silver_and_gold_but_the_review(name: str, checkout: Path) -> None:
    verdicts = judge(subject_of(str(checkout / "plugins" / name)), rules())
    lacking = {verdict.rule.id: [str(finding.message) for finding in verdict.findings] or str(verdict.unchecked) for verdict in verdicts if not verdict.met}
    assert set(lacking) == {"reviewed"}, lacking
    assert level_of(verdicts) is Level.SILVER

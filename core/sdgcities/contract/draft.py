"""A national contract in the making: what stands so far, who set it, and what was refused."""

from __future__ import annotations

from enum import Enum

from sdgcities.contract.coherence import criteria_of
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.model.milestones import Adaptation, Contract

CORE = "core"


class Slot(Enum):
    """What only one may set: the code of the refusal, and its words."""

    RECOGNITION = ("conflict", msg("The word for recognition is set by %(first)s and by %(second)s."))
    NAME = ("conflict", msg("The name of %(milestone)s is set by %(first)s and by %(second)s."))
    PARAMETER = ("conflict", msg("The parameter %(id)s of %(milestone)s is set by %(first)s and by %(second)s."))
    MILESTONE = ("duplicate-milestone", msg("The milestone %(id)s stands in %(first)s and in %(second)s."))
    CODE = ("duplicate-milestone", msg("The code %(id)s stands in %(first)s and in %(second)s."))
    CRITERION = ("duplicate-criterion", msg("The criterion %(id)s of %(milestone)s stands in %(first)s and in %(second)s."))
    EVIDENCE = ("duplicate-evidence", msg("The evidence %(id)s of %(milestone)s stands in %(first)s and in %(second)s."))


class Draft:
    """The core's milestones, changed step by step; `findings` fills up with what is refused."""

    def __init__(self, core: Contract) -> None:
        self.core = core
        self.milestones = dict(core.milestones)
        self.recognition = ""
        self.findings: list[Finding] = []
        self.owners: dict[tuple[Slot, str, str], str] = {}
        for milestone in core.milestones.values():
            self.owners[Slot.MILESTONE, "", milestone.id] = CORE
            self.owners[Slot.CODE, "", milestone.code] = CORE
            self.owners.update({(Slot.CRITERION, milestone.id, criterion.id): CORE for _, criterion in criteria_of(milestone)})
            self.owners.update({(Slot.EVIDENCE, milestone.id, evidence.id): CORE for evidence in milestone.evidence})


class Author:
    """One plugin at work on the draft: its refusals carry the place in its file."""

    def __init__(self, draft: Draft, adaptation: Adaptation) -> None:
        self.draft = draft
        self.plugin = adaptation.plugin
        self.country = adaptation.country
        self._document = Document(adaptation.file, None, adaptation.lines, adaptation.characters)

    def refuse(self, path: NodePath, code: str, message: Message, hint: Message | None = None) -> None:
        """Note a refusal at a path of the plugin's file; one made in Python is placed by the plugin's name."""
        where = self._document.where(path) if self._document.file else Where(file=self.plugin)
        self.draft.findings.append(Finding(code, Severity.BLOCK, message, hint, where))

    def take(self, path: NodePath, slot: Slot, identifier: str, milestone: str = "") -> bool:
        """Whether nobody took this before; if somebody did, the refusal names both."""
        key = (slot, milestone, identifier)
        if key not in self.draft.owners:
            self.draft.owners[key] = self.plugin
            return True
        rule, words = slot.value
        both = {"id": identifier, "milestone": milestone, "first": self.draft.owners[key], "second": self.plugin}
        self.refuse(path, f"adapt.{rule}", Message(words.text, both), msg("Keep one of the two; what the core asks can only be added to."))
        return False

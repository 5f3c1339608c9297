"""What a person reads when something can't be done: one line, where, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from sdgcities.findings import NOWHERE, Finding, Message, Severity, Where


class SdgCitiesError(Exception):
    """A refusal with findings. `exit_code` is what the command line ends with."""

    exit_code = 1

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(str(finding.message) for finding in findings))
        self.findings = tuple(findings)


class Refused(SdgCitiesError):
    """Input or an action that can't be accepted; nothing was stored."""


class HubUnusable(SdgCitiesError):
    """The hub, or a plugin it requires, can't be used."""

    exit_code = 3


def refuse(code: str, message: Message, hint: Message | None = None, where: Where = NOWHERE) -> Refused:
    """A refusal with one blocking finding."""
    return Refused([Finding(code, Severity.BLOCK, message, hint, where)])


def unusable(code: str, message: Message, hint: Message | None = None, where: Where = NOWHERE) -> HubUnusable:
    """A hub that can't be used, with one blocking finding."""
    return HubUnusable([Finding(code, Severity.BLOCK, message, hint, where)])

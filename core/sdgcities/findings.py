"""What a check returns, and the one way to say something that a person will read later.

A text is a message id (its English wording) with parameters. Nothing below `cli`, `reports` and `kit`
translates it: those three know the reader's language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to be translated: the English wording with %(name)s places, and what goes into them.

    `plural` and the parameter `n` are set where the wording depends on a number.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        """English, for logs and tests; people get it through the translator of their language."""
        text = self.text if self.plural is None or self.params.get("n") == 1 else self.plural
        return text % self.params if self.params else text


def msg(text: str, /, **params: object) -> Message:
    """Mark `text` for the catalogues and bind its parameters."""
    return Message(text, params)


def nmsg(text: str, plural: str, n: int, /, **params: object) -> Message:
    """Like `msg`, for a wording that depends on the number `n`."""
    return Message(text, {"n": n, **params}, plural)


def mark(text: str, /) -> str:
    """Mark `text` for the catalogues where it stands, and leave it as it is: it is translated where it is shown."""
    return text


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    """Nothing is stored while it stands."""
    JUSTIFY = "justify"
    """A written reason lets it pass, and stays visible."""
    NOTE = "note"
    """Worth knowing; stops nothing."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place a finding speaks of; every part that is known."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    line: int | None = None
    character: int | None = None
    """In the line, from 1."""

    def parts(self) -> dict[str, str | int]:
        """The known parts by name, in reading order."""
        names = ("file", "sheet", "line", "character", "row", "column")
        pairs = ((name, getattr(self, name)) for name in names)
        return {name: value for name, value in pairs if value is not None}


NOWHERE = Where()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found."""

    code: str
    severity: Severity
    message: Message
    hint: Message | None = None
    where: Where = NOWHERE

    @property
    def blocks(self) -> bool:
        """Whether nothing may be stored while it stands."""
        return self.severity is Severity.BLOCK

"""What a catalogue should hold."""

from __future__ import annotations

from dataclasses import dataclass

MsgId = str | tuple[str, str]
"""A text, or its singular and plural."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: the file and line it stands in, and for its translator what it is there."""

    msgid: MsgId
    file: str
    line: int | None = None
    shown: str = ""

    @property
    def key(self) -> str:
        """What a catalogue keeps it under: of a plural, its singular."""
        return self.msgid if isinstance(self.msgid, str) else self.msgid[0]

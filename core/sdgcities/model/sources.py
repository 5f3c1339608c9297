"""Where reference data and figures come from, and how settled they are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Standing of a row of reference data. Nothing but `official` is ever shown as official."""

    OFFICIAL = "official"
    PROPOSED = "proposed"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Source:
    """Who published something, where in it, and under which licence."""

    office: str
    table: str = ""
    licence: str = ""
    url: str = ""

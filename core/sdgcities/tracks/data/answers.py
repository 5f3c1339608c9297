"""Answers of forms as the measures need them. A country's own form may answer in another shape than asked for: that counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal


def counted(answer: object) -> Decimal | None:
    """How many: a number, or the length of a list."""
    if isinstance(answer, list):
        return Decimal(len(answer))
    return Decimal(answer) if isinstance(answer, int | Decimal) and not isinstance(answer, bool) else None


def day(answer: object) -> date | None:
    """A day, written 2026-02-16."""
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None


def texts(answer: object) -> list[str]:
    """A list of texts."""
    return [item for item in answer if isinstance(item, str)] if isinstance(answer, list) else []


def entries(answer: object) -> list[dict[str, str]]:
    """A list of entries whose fields are texts."""
    listed = answer if isinstance(answer, list) else []
    return [{key: value for key, value in item.items() if isinstance(value, str)} for item in listed if isinstance(item, Mapping)]

"""The digest of what a contract or an adaptation says, whatever its file looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal

from sdgcities.model.milestones import Adaptation, Contract

_OUTSIDE = frozenset({"digest", "file", "lines", "characters"})


def content_digest(content: Contract | Adaptation) -> str:
    """The SHA-256 of the content in a canonical form; comments, key order and `0.5` against `0.50` don't count."""
    return hashlib.sha256(json.dumps(_plain(content), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value) if field.name not in _OUTSIDE}
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, set | frozenset):
        return sorted(map(str, value))
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value

"""What may be told of few people."""

from __future__ import annotations

THRESHOLD = 5
"""Counts of people below it are hidden unless the hub states a higher one."""

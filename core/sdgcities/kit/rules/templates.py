"""Rules."""

from __future__ import annotations

from collections.abc import Mapping

from sdgcities.kit.rule import Check

CHECKS: Mapping[str, Check] = {}

"""Figures that a named method computed: they stand on record under the method and its version, where others have the profile they were read by."""

from __future__ import annotations

from functools import cache

from sdgcities.methods.listed import methods

SCAN = "city-scan"
"""The method that counts what citizens mapped."""


def stored_as(method: str, version: str) -> str:
    """What results of a method are on record under."""
    return f"{method} {version}"


def computed_by(profile: str) -> tuple[str, str] | None:
    """The method and its version, of what figures are on record under; None where they were read from a file as they stand."""
    name, _, version = profile.partition(" ")
    return (name, version) if version and name in _named() else None


@cache
def _named() -> frozenset[str]:
    return frozenset({*methods(), SCAN})

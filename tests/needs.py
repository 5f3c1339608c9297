"""What a test needs and may not find on every machine: it is skipped without it, and fails where everything is required."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def without(what: str, reason: str) -> NoReturn:
    """Skip the test; fail it where SDGCITIES_REQUIRE_<what> is 1."""
    if os.environ.get(f"SDGCITIES_REQUIRE_{what}") == "1":
        pytest.fail(reason)
    pytest.skip(reason)

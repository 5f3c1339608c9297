"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings
from tests.hub_fixtures import desk, filled, founded, ghana, real_files

__all__ = ["desk", "filled", "founded", "ghana", "real_files"]

settings.register_profile("unhurried", deadline=None)  # a busy machine is no defect
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the statistics offices' files, named by SDGCITIES_REAL_DATA.

    Where SDGCITIES_REQUIRE_REAL_DATA is 1, a test that asks for them fails without them instead of being skipped.
    """
    folder = os.environ.get("SDGCITIES_REAL_DATA", "")
    if folder and Path(folder).is_dir():
        return Path(folder).resolve()
    reason = f"SDGCITIES_REAL_DATA is no folder: {folder}" if folder else "SDGCITIES_REAL_DATA is not set"
    if folder or os.environ.get("SDGCITIES_REQUIRE_REAL_DATA") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds core/, plugins/ and tests/."""
    return Path(__file__).resolve().parents[1]

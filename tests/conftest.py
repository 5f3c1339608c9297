"""What every test may ask for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.databases import KINDS, Databases, Postgresql, Sqlite
from tests.hub_fixtures import desk, filled, founded, ghana, real_files
from tests.needs import without
from tests.postgres_server import Server, lacking, running

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
    if folder:
        pytest.fail(reason)
    return without("REAL_DATA", reason)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for this process of the test run.

    Where SDGCITIES_REQUIRE_POSTGRESQL is 1, a test that asks for it fails without the binaries instead of being skipped.
    """
    if reason := lacking():
        without("POSTGRESQL", reason)
    with running() as started:
        yield started


@pytest.fixture(scope="session", params=KINDS)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each kind of database a hub may have: what builds on this runs on both."""
    return Sqlite() if request.param == Sqlite.name else Postgresql(request.getfixturevalue("server"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder that holds core/, plugins/ and tests/."""
    return Path(__file__).resolve().parents[1]

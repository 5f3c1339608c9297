"""kill -9 in the middle of an import: all or nothing, and the next import goes through."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.store.processes import ROWS, Importing, large_file

from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.store.audit import taken_out
from sdgcities.tracks.data.importing.folder import import_folder
from sdgcities.tracks.data.importing.request import Request

KILLS = 15
KILLS_OF_FOLDERS = 5


def copy_of(desk: Desk, name: str) -> Path:
    desk.hub.close()
    return desk.databases.copy(desk.folder, desk.scratch / name)


def killed(folder: Path, path: Path, after: float) -> bool:
    """Let an import run for so many seconds, kill it; whether it had got to its end."""
    importing = Importing(folder, path)
    importing.go()
    time.sleep(after)
    importing.process.kill()
    return bool(importing.done()[1])


def state(folder: Path) -> tuple[int, int, int]:
    """Series, observations and batches of a hub that is sound."""
    hub = Hub.open(folder)
    with hub.database.writing() as connection:  # a server may still be busy with what it was sent
        assert taken_out(connection) is None
        astray = "SELECT count(*) FROM observation WHERE batch NOT IN (SELECT id FROM batch) OR series NOT IN (SELECT id FROM series)"
        assert connection.exec_driver_sql(astray).scalar_one() == 0
        counted = "SELECT (SELECT count(*) FROM series), (SELECT count(*) FROM observation), (SELECT count(*) FROM batch)"
        one = connection.exec_driver_sql(counted).one()
    assert hub.database.damage() is None
    hub.close()
    return int(one[0]), int(one[1]), int(one[2])


@pytest.mark.slow
def test_all_or_nothing_however_an_import_is_killed(desk: Desk) -> None:
    kill_again_and_again(desk, large_file(desk), 1, KILLS)


@pytest.mark.slow
def test_the_files_of_a_folder_are_all_there_or_none_of_them(desk: Desk) -> None:
    folder = desk.scratch / "folder"
    folder.mkdir()
    for year in (1800, 1900):
        large_file(desk, ROWS // 2, f"folder/{year}.csv", year)
    kill_again_and_again(desk, folder, 3, KILLS_OF_FOLDERS)


def kill_again_and_again(desk: Desk, path: Path, batches: int, kills: int) -> None:
    """Kill an import of so many batches at so many moments: each time all of it is there or nothing, and the next import goes through."""
    whole = copy_of(desk, "whole")
    start = time.perf_counter()
    importing = Importing(whole, path)
    importing.go()
    assert importing.done()[0] == 0
    duration = (time.perf_counter() - start) / 2  # the other half is spent on getting ready
    everything = state(whole)
    assert everything[1:] == (ROWS, batches)
    moments = random.Random(20261122)  # noqa: S311 - no secret
    caught = 0
    for number in range(kills):
        folder = copy_of(desk, f"killed-{number}")
        part = (number + moments.random()) / kills
        finished = killed(folder, path, duration * part * part)  # mostly early: a busy machine measures too long a duration
        left = state(folder)
        assert left == everything if finished else left in (everything, (0, 0, 0))
        caught += left == (0, 0, 0)
        hub = Hub.open(folder)
        again = Desk(folder, desk.scratch, hub, Catalogue(hub), desk.databases)
        assert again.chain()[1] is None
        ama = again.person("ama")
        report = import_folder(again.catalogue, Request(path, ama, ama)) if path.is_dir() else again.bring(path)
        assert (report.stored, report.unchanged) == ((ROWS, 0) if left == (0, 0, 0) else (0, ROWS))
        assert again.chain()[1] is None
        assert state(folder) == everything
        hub.close()
        desk.databases.remove(folder)
        shutil.rmtree(folder)
    assert caught >= kills // 3  # the import was under way

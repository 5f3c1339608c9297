"""Several processes at one hub, and a disk that is full."""

from __future__ import annotations

import pytest
from tests.hub_fixtures import Desk
from tests.store.processes import Importing, large_file

ROWS = 8_000


def run(*importing: Importing) -> list[tuple[int, str, str]]:
    for one in importing:
        one.go()
    return [one.done() for one in importing]


@pytest.mark.slow
def test_two_imports_at_once_both_end_well(desk: Desk) -> None:
    first, second = (large_file(desk, ROWS, f"{year}.csv", year) for year in (1800, 1900))
    results = run(Importing(desk.folder, first), Importing(desk.folder, second))
    assert [(code, out.split()[0], err) for code, out, err in results] == [(0, str(ROWS), "")] * 2
    assert {out.split()[2] for _, out, _ in results} == {"1", "2"}
    assert desk.counts()["observation"] == 2 * ROWS
    assert desk.chain()[1] is None


@pytest.mark.slow
def test_of_two_imports_of_one_file_one_finds_it_there(desk: Desk) -> None:
    path = large_file(desk, ROWS)
    results = run(*(Importing(desk.folder, path) for _ in range(3)))
    assert sorted(out for _, out, _ in results) == [f"0 {ROWS} None", f"0 {ROWS} None", f"{ROWS} 0 1"]
    assert desk.counts()["observation"] == ROWS
    assert desk.chain()[1] is None


@pytest.mark.slow
def test_readers_see_the_hub_as_it_was_while_an_import_runs(desk: Desk) -> None:
    desk.bring(desk.tidy({"period": "2020"}))
    importing = Importing(desk.folder, large_file(desk, ROWS))
    importing.go()
    seen = set()
    while importing.process.poll() is None:
        seen.add(desk.counts()["observation"])
    assert importing.done()[0] == 0
    assert seen <= {1, ROWS + 1}


@pytest.mark.slow
@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_in_a_line_and_stores_nothing(desk: Desk) -> None:
    before = desk.counts()
    desk.hub.close()
    size = (desk.folder / "hub.db").stat().st_size
    ((code, out, err),) = run(Importing(desk.folder, large_file(desk, ROWS), limit=size + 200_000))
    assert (code, out) == (1, "")
    assert err.startswith("store.")
    assert len(err.splitlines()) == 1
    assert desk.counts() == before
    assert desk.chain()[1] is None

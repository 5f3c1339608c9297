"""What is counted while rows pass is what the database says of them afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from tests.hub_fixtures import HO, Desk
from tests.tracks.test_folders import TWO, bring, folder

from sdgcities.tracks.data.importing import folder as folders
from sdgcities.tracks.data.importing.placing import places_of
from sdgcities.tracks.data.importing.provenance import next_batch
from sdgcities.tracks.data.importing.request import Request
from sdgcities.tracks.data.importing.seen import Seen
from sdgcities.tracks.data.importing.single import FileImport, choose
from sdgcities.tracks.data.quality import touched

YEARS = range(2001, 2012)
ROWS: Sequence[Mapping[str, object]] = [
    *({"period": f"{year}", "value": "123"} for year in YEARS),
    *({"period": f"{year}", "sex": "F", "value": f"{10 ** (year % 2)}.5", "source": "Another office"} for year in YEARS),
    {"unit": "GH0812", "period": "2020", "value": "7"},
    {"unit": "GH0812", "period": "2021", "value": "", "missing_reason": "not_collected"},
    {"unit": "GH0812", "period": "2021", "sex": "M", "value": "", "missing_reason": "not_collected"},
]


@pytest.mark.parametrize("most", [(20_000, 100_000), (2, 100_000), (20_000, 15)])
def test_the_same_is_found_in_both_ways(desk: Desk, monkeypatch: pytest.MonkeyPatch, most: tuple[int, int]) -> None:
    monkeypatch.setattr(touched, "MOST_SERIES", most[0])
    monkeypatch.setattr(touched, "MOST_FIGURES", most[1])
    request = Request(desk.tidy(*ROWS), desk.person("ama"), desk.person("ama"))
    with desk.hub.database.writing() as connection:
        number, seen = next_batch(connection), Seen()
        one = FileImport(connection, desk.catalogue, choose(desk.catalogue, request), number)
        _, loaded = one.load(seen)
        assert (loaded.watched, loaded.stored) == (True, len(ROWS))
        assert seen.brought == touched.touched().read(connection, [number])
        assert seen.brought is not None
        assert seen.brought.constant
        assert seen.brought.ranging
        placed = places_of(connection, desk.catalogue, [number], one.units, seen.tally)
        assert placed == places_of(connection, desk.catalogue, [number], one.units)
        assert HO in [unit.id for unit in placed.cities]
        connection.rollback()


APART = {"a.csv": [{"period": "2020"}, {"value": "5"}], "b.csv": [{"value": "7", "sex": "F"}, {"unit": "GH0812", "value": "9"}]}
BROKEN = {"broken.csv": [{"unit": "GH0228", "sex": sex, "period": str(year)} for sex in "FM" for year in range(1700, 2000)]}


@pytest.mark.parametrize(
    ("files", "asked"),
    [(APART, False), (TWO, True), ({**APART, **BROKEN}, True)],
    ids=["each series in one file", "one series in two files", "a file that breaks off"],
)
def test_of_a_folder_the_database_is_asked_only_where_the_loads_did_not_tell_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, files: Mapping[str, Sequence[Mapping[str, object]]], asked: bool
) -> None:
    path, told = folder(desk, files), list[Seen]()
    if files.keys() & BROKEN:
        with (path / "broken.csv").open("a", encoding="utf-8") as stream:
            stream.write(f'{HO},GH-POP,2000,1,"Register\n')

    def seen() -> Seen:
        told.append(Seen())
        return told[-1]

    monkeypatch.setattr(folders, "Seen", seen)
    report = bring(desk, path, dry_run=True, accept_partial=True)
    assert report.shows is not None
    assert [one.tally is None for one in told] == [asked]
    monkeypatch.setattr(folders, "Seen", lambda: Seen(None, None))
    assert bring(desk, path, dry_run=True, accept_partial=True) == report

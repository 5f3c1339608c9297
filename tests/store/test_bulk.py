"""The bulk load is the same on every database: what it stores, counts, finds twice and digests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, exc, func, insert, select
from tests.databases import Databases, Postgresql, Sqlite
from tests.postgres_server import Server

from sdgcities.store.audit import taken_out
from sdgcities.store.bulk import Brought, Figure, Loaded, Run, SeriesKey, load, one_by_one
from sdgcities.store.bulk.digest import Digest
from sdgcities.store.bulk.loading import Load
from sdgcities.store.bulk.postgresql import PostgresqlLoad
from sdgcities.store.bulk.sqlite import SqliteLoad
from sdgcities.store.database import Database
from sdgcities.store.opening import database_of
from sdgcities.store.tables import actor, batch, indicator_version, observation, series, source

Row = tuple[SeriesKey, Figure]
Stored = list[tuple[object, ...]]
ORIGIN = dict.fromkeys(("file", "file_sha256", "profile", "profile_sha256", "alias_sha256", "plugin", "plugin_version", "rows_sha256", "at"), "")
COUNTS = {"rows_read": 0, "stored": 0, "unchanged": 0, "refused": 0, "actor": "ama", "answers_for": "ama"}


@pytest.fixture(scope="module")
def both(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Database]]:
    kinds: list[Databases] = [Sqlite(), Postgresql(server)]
    with ExitStack() as stack:
        made = []
        for kind in kinds:
            database = database_of(tmp_path_factory.mktemp(kind.name), kind.address())
            stack.callback(database.close)
            database.create()
            with database.writing() as connection:
                connection.execute(insert(actor).values(id="ama", salted_ref="", at=""))
                connection.execute(insert(source).values(office="", reference="", licence="", url=""))
                connection.execute(insert(indicator_version).values(indicator="", plugin="", plugin_version="", digest="", definition=""))
            made.append(database)
        yield made


@contextmanager
def undone(database: Database) -> Iterator[Connection]:
    """A transaction that comes to nothing."""
    with database.writing() as connection:
        yield connection
        connection.rollback()


def loaded(database: Database, files: list[list[Row]]) -> list[tuple[Loaded, Stored]]:
    """Load files one after the other; what each load said, and what was stored then."""
    said: list[tuple[Loaded, Stored]] = []
    query = select(series.c.unit, series.c.dims, observation).join(series).order_by(observation.c.series, observation.c.period_start, observation.c.revision)
    with undone(database) as connection:
        for number, rows in enumerate(files, 1):
            told: list[Brought] = []
            done = load(connection, number, in_runs(rows), told.append)
            assert taken_out(connection) is None
            if done.watched:
                assert {(*one.key, *one[2:-1], *one.sources) for one in told} == brought(connection, number)
            if done.twice:  # the import that it is part of comes to nothing
                return [*said, (done, [])]
            connection.execute(insert(batch).values(id=number, **ORIGIN, **COUNTS))
            said.append((done, [tuple(row) for row in connection.execute(query)]))
    return said


def brought(connection: Connection, number: int) -> set[tuple[object, ...]]:
    """What a batch holds of each series."""
    o, s = observation.c, series.c
    low, high = (func.coalesce(which(o.value_num), 0) for which in (func.min, func.max))
    days = (func.min(o.period_start), func.max(o.period_end))
    keys = (s.unit, s.indicator, s.unit_measure, s.dims)
    query = select(*keys, *days, func.count(), func.count(o.value_num), low, high, func.min(o.source), func.max(o.source)).join_from(observation, series)
    return {tuple(row) for row in connection.execute(query.where(o.batch == number).group_by(s.id, *keys))}


def in_runs(rows: Iterable[Row]) -> Iterator[Run]:
    """Rows one after the other that say the same of one series, as one."""
    for (key, says), same in groupby(rows, lambda row: (row[0], row[1][4])):
        starts, ends, values, locators, _ = zip(*(figure for _, figure in same), strict=True)
        yield Run(key, says, starts, ends, values, locators)


ODD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=4) | st.sampled_from(
    ["\\N", "None", "\\", "\t", "\n", "\r\n", "\\.", '"', "a\tb\\n"]
)
VALUE = st.decimals(-10, 10, places=2).map(lambda number: (str(number), None)) | st.just((None, "not_collected"))
LONG = st.integers(10**16, 10**16 + 3).map(lambda number: (str(number), None))
SPELT = st.sampled_from([("1", None), ("1.0", None), ("1.00", None)])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows of few series and years, so that they meet."""
    units = draw(st.lists(ODD, min_size=1, max_size=3, unique=True))
    places = st.tuples(st.sampled_from(units), st.sampled_from(["", "sex=F"]), st.integers(2000, 2003))
    found = []
    for locator, (unit, dims, year) in enumerate(draw(st.lists(places, max_size=12, unique=draw(st.integers(0, 9)) > 0)), 2):
        value, missing = draw(VALUE | LONG | SPELT)
        found.append(((unit, "X", "persons", dims), (f"{year}-01-01", f"{year}-12-31", value, locator, ("A", missing, draw(st.sampled_from("AP")), 1, 1))))
    return found


@pytest.mark.parametrize("chunk", [1, 5, 1000])
@given(files=st.lists(rows(), min_size=1, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_databases_do_the_same(both: list[Database], monkeypatch: pytest.MonkeyPatch, chunk: int, files: list[list[Row]]) -> None:
    kinds: tuple[type[Load], ...] = (SqliteLoad, PostgresqlLoad)
    for kind in kinds:
        monkeypatch.setattr(kind, "chunk", chunk)
    on_sqlite, on_postgresql = (loaded(database, files) for database in both)
    assert on_sqlite == on_postgresql


def figure(year: int, value: str, locator: int = 2) -> Row:
    return ("u", "X", "persons", ""), (f"{year}-01-01", f"{year}-12-31", value, locator, ("A", None, "A", 1, 1))


@given(found=rows(), data=st.data())
def test_the_digest_is_of_the_rows_and_not_of_how_they_come(found: list[Row], data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found)))
    assert digest(found, [True] * len(found)) == digest(found, cuts)
    if found:
        (key, (start, end, value, row, says)), *rest = found
        figure = (start, end, "99.9", row, (says[0], None, *says[2:]))
        others = [(key, figure), (key, ("1999-01-01", end, value, row, says)), ((*key[:3], "sex=M"), (start, end, value, row, says))]
        assert len({digest([other, *rest], cuts) for other in (found[0], *others)}) == 1 + len(others)


def digest(found: list[Row], cuts: list[bool]) -> str:
    """Of rows that come one by one, where they are cut, and else as long a run as they make."""
    whole = Digest()
    number = 0
    pieces = [(number := number + cut, row) for cut, row in zip(cuts, found, strict=True)]
    for _, piece in groupby(pieces, lambda one: one[0]):
        whole.take([("|".join(run.key), run) for run in in_runs([row for _, row in piece])])
    return whole.told()


def test_what_is_told_stops_where_rows_come_out_of_order(both: list[Database]) -> None:
    for database in both:
        for years, watched in (((2000, 2001), True), ((2001, 2000), False)):
            with undone(database) as connection:
                told: list[Brought] = []
                done = load(connection, 1, in_runs([figure(year, "5") for year in years]), told.append)
                assert (done.watched, done.stored, [(one.start, one.end, one.figures) for one in told]) == (
                    watched,
                    2,
                    [("2000-01-01", "2001-12-31", 2)] if watched else [],
                )


@pytest.mark.parametrize(("number", "version", "origin"), [(2, 1, 1), (0, 1, 1), (1, 99, 1), (1, 1, 99)])
def test_what_a_row_refers_to_has_to_be_there(both: list[Database], number: int, version: int, origin: int) -> None:
    """While rows are loaded, no trigger or key of the database looks."""
    key, (start, end, value, row, (freq, missing, status, _, _)) = figure(2000, "5")
    for database in both:
        with pytest.raises(exc.IntegrityError, match="refers to no"), database.loading() as connection:
            load(connection, number, one_by_one([(key, (start, end, value, row, (freq, missing, status, version, origin)))]))


def test_rows_that_ask_the_database_while_they_come_are_taken_in(both: list[Database]) -> None:
    """A row's source is looked up, or written, when it first comes."""
    for database in both:
        with undone(database) as connection:

            def asking(connection: Connection = connection) -> Iterator[Row]:
                for number in range(45_000):
                    if number % 9_000 == 0:
                        connection.execute(insert(source).values(office=f"office {number}", reference="", licence="", url=""))
                    yield ("u", "X", "persons", f"n={number // 10:05}"), figure(2000 + number % 10, "1", number)[1]

            done = load(connection, 1, one_by_one(asking()))
            assert (done.read, done.stored, done.twice) == (45_000, 45_000, ())


def test_where_a_row_fails_nothing_is_under_way_any_more(both: list[Database], tmp_path: Path) -> None:
    def failing() -> Iterator[Row]:
        for number in range(25_000):
            yield ("u", "X", "persons", f"n={number:05}"), figure(2000, "1", number)[1]
        raise EOFError(tmp_path)

    for database in both:
        with pytest.raises(EOFError), database.writing() as connection:
            load(connection, 1, one_by_one(failing()))
        with database.reading() as connection:
            assert connection.execute(select(observation)).first() is None

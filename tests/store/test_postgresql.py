"""A database on a server: what can be wrong with it is told in a line that holds no password, and nothing is left half made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy import exc, insert, select
from tests.hub_fixtures import Desk
from tests.postgres_server import OWNER, PASSWORD, Server

from sdgcities.errors import HubUnusable, SdgCitiesError
from sdgcities.registry.founding import Founding, found_hub
from sdgcities.store import postgresql
from sdgcities.store.database import Database
from sdgcities.store.opening import database_of
from sdgcities.store.tables import metadata, unit_alias

ON_POSTGRESQL = pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
SECRET = "hush"  # noqa: S105 - none, and looked for


@pytest.fixture
def empty(server: Server, tmp_path: Path) -> Iterator[Database]:
    database = database_of(tmp_path, server.url(server.database()))
    yield database
    database.close()


def tables_in(server: Server, name: str) -> int:
    ((count,),) = server.run(sql.SQL("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"), name)
    return int(count)


def refusal(address: str, folder: Path, code: str) -> str:
    """Found a hub there; the one line of the refusal."""
    with pytest.raises(HubUnusable) as unusable:
        found_hub(folder / "hub", Founding(("GH",), "national", (), None, "ama", database=address), None)
    (finding,) = unusable.value.findings
    line = f"{finding.where.file} {finding.message} {finding.hint}"
    assert (finding.code, finding.hint is None) == (code, False), line
    assert "\n" not in line
    assert SECRET not in line
    assert PASSWORD not in line
    assert not (folder / "hub").exists()
    return line


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://u:{SECRET}@h:x/db",
        f"postgresql://u:p@{SECRET}@h/db",
        f"postgresql://u:p/{SECRET}@h/db",
        f"postgresql://u:{SECRET}%zz@h/db",
        f"postgresql://h/db?{SECRET}=1",
        f"postgresql://u:{SECRET}@h",
        f"postgresql://[{SECRET}/db",
        "postgresql://",
        f"mysql://u:{SECRET}@h/db",
        f"sqlite:///{SECRET}",
    ],
)
def test_an_address_that_is_none(address: str, tmp_path: Path) -> None:
    assert "postgresql://USER:PASSWORD@HOST:PORT/NAME" in refusal(address, tmp_path, "store.address")


def test_a_server_that_does_not_answer(server: Server, tmp_path: Path) -> None:
    assert "Connection refused" in refusal(f"postgresql://u:{SECRET}@127.0.0.1:1/db", tmp_path, "store.failed")
    assert "See that the server runs" in refusal(f"postgresql://u:{SECRET}@nowhere.invalid/db", tmp_path, "store.failed")
    assert "createdb" in refusal(server.url("missing"), tmp_path, "store.failed")
    name = server.database()
    assert "PGPASSWORD" in refusal(server.url(name, password=SECRET), tmp_path, "store.failed")
    assert "PGPASSWORD" in refusal(server.url(name, user="nobody"), tmp_path, "store.failed")
    unsent = refusal(f"postgresql://{OWNER}@127.0.0.1:{server.port}/{name}", tmp_path, "store.failed")
    assert "no password supplied" in unsent
    assert "PGPASSWORD" in unsent
    assert tables_in(server, name) == 0


def test_a_database_of_somebody_else(server: Server, tmp_path: Path) -> None:
    assert "must own the database" in refusal(server.url(server.database(owner="postgres")), tmp_path, "store.failed")


def test_a_database_that_holds_something_is_left_alone(server: Server, tmp_path: Path) -> None:
    name = server.database()
    server.run(sql.SQL("CREATE TABLE mine (a integer)"), name)
    before = tables_in(server, name)
    assert "it holds mine" in refusal(server.url(name), tmp_path, "store.taken")
    assert tables_in(server, name) == before


def test_a_hub_of_another_folder_is_left_alone(empty: Database, server: Server, tmp_path: Path) -> None:
    empty.create()
    with empty.reading() as connection:
        name = str(connection.exec_driver_sql("SELECT current_database()").scalar())
    before = tables_in(server, name)
    assert "is not empty" in refusal(server.url(name), tmp_path, "store.taken")
    assert tables_in(server, name) == before
    empty.check_revision()


def test_a_database_that_holds_not_every_letter(server: Server, tmp_path: Path) -> None:
    server.run(sql.SQL("CREATE DATABASE latin TEMPLATE template0 OWNER desk ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"))
    assert "LATIN1" in refusal(server.url("latin"), tmp_path, "store.encoding")
    server.drop("latin")


def test_what_fails_afterwards_leaves_an_empty_database(server: Server, tmp_path: Path) -> None:
    name = server.database()
    for scope, operator in (("national", "Not An Id"), ("galactic", "ama")):
        with pytest.raises(SdgCitiesError):
            found_hub(tmp_path / "hub", Founding(("GH",), scope, (), None, operator, database=server.url(name)), None)
        assert tables_in(server, name) == 0
    found_hub(tmp_path / "hub", Founding(("GH",), "national", (), None, "ama", database=server.url(name)), None)
    assert tables_in(server, name) > len(metadata.tables)


def test_a_database_without_a_hub(empty: Database) -> None:
    with pytest.raises(HubUnusable) as unusable:
        empty.check_revision()
    assert unusable.value.findings[0].code == "store.foreign"


@ON_POSTGRESQL
def test_what_is_kept_of_the_address_is_for_its_owner_only(desk: Desk) -> None:
    assert (desk.folder / "hub.yaml").stat().st_mode & 0o077 == 0
    assert PASSWORD not in repr(desk.hub.config)
    assert PASSWORD not in str(desk.hub.database.where.file)


def test_a_server_that_goes_away_in_between(empty: Database, server: Server) -> None:
    empty.create()
    with pytest.raises(HubUnusable) as unusable, empty.writing() as connection:  # noqa: PT012 - what fails is the last of them
        number = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        server.run(sql.SQL("SELECT pg_terminate_backend({}, 5000)").format(sql.Literal(number)))
        connection.exec_driver_sql("SELECT 1")
    assert unusable.value.findings[0].code == "store.failed"
    empty.check_revision()


def test_a_table_that_was_taken_out(empty: Database) -> None:
    empty.create()
    with empty.writing() as connection:
        connection.exec_driver_sql("DROP TABLE claim_event")
    damage = empty.damage()
    assert damage is not None
    assert (damage.code, str(damage.hint)) == ("store.failed", "Restore it from a copy.")


def test_whoever_comes_second_waits_and_is_told(empty: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.create()
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 1)
    with empty.writing():
        with pytest.raises(HubUnusable) as unusable, empty.writing():
            pass
        with empty.reading() as connection:
            assert connection.execute(select(unit_alias)).all() == []
    assert str(unusable.value.findings[0].hint).startswith("Another command is writing to the hub")
    with empty.writing():
        pass


@ON_POSTGRESQL
def test_whoever_reads_writes_nothing(desk: Desk) -> None:
    with pytest.raises(HubUnusable, match="read-only"), desk.hub.database.reading() as connection:
        connection.exec_driver_sql("INSERT INTO source VALUES (99, '', '', '', '')")


def test_a_reader_sees_one_moment(desk: Desk) -> None:
    with desk.hub.database.reading() as connection:
        query = select(metadata.tables["observation"])
        before = connection.execute(query).all()
        desk.bring(desk.tidy({}))
        assert connection.execute(query).all() == before
    with desk.hub.database.reading() as connection:
        assert len(connection.execute(query).all()) == 1


def test_texts_sort_by_their_letters_codes(desk: Desk) -> None:
    """Whatever language the server speaks: what is written, compared and digested is the same on every database."""
    names = ["b", "B", "a", "İ", "i", "-", "Ä", "z", "a b", "ab"]
    same = {"scope": "plugin", "scope_id": "", "unit": "GH1408", "language": "", "since": "", "former": "", "reason": "", "at": "", "actor": "ama"}
    with desk.hub.database.writing() as connection:
        connection.execute(insert(unit_alias), [{**same, "name": name} for name in names])
        found = connection.execute(select(unit_alias.c.name).order_by(unit_alias.c.name)).scalars().all()
    assert list(found) == sorted(names)


def test_a_fault_of_ours_is_not_taken_for_the_databases(empty: Database) -> None:
    empty.create()
    with pytest.raises(exc.ProgrammingError), empty.reading() as connection:
        connection.exec_driver_sql("SELEKT")

"""A hub of an older release is brought to a newer one with all it holds, or stays as it was, however the upgrade ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from psycopg import conninfo
from sqlalchemy import MetaData, select
from tests.databases import Databases, Postgresql
from tests.hub_fixtures import AGREEMENT, Desk

from sdgcities.errors import HubUnusable
from sdgcities.hub.config import FILE, load_config
from sdgcities.hub.hub import Hub
from sdgcities.hub.upgrading import BACKUPS
from sdgcities.registry.official import load, propose
from sdgcities.store.audit import verify
from sdgcities.store.database import MIGRATIONS, REVISION
from sdgcities.store.opening import database_of

NEXT = "9000"
STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9000"
down_revision = "{before}"
SAYS = "Further notes on cities."


def upgrade():
    op.create_table("remark", sa.Column("id", sa.Integer, primary_key=True), sa.Column("words", sa.Text))
    op.add_column("city", sa.Column("remark", sa.Text))
    op.execute("INSERT INTO remark VALUES (1, 'half done')")
    {then}
"""
WAITS = "import time; print('under way', flush=True); time.sleep(60)"
PROGRAM = """
import sys
from pathlib import Path
from sdgcities.store import database
limit = int(sys.argv[1])
database.MIGRATIONS, database.REVISION = Path(sys.argv[2]), "9000"
if limit:
    import resource, signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from sdgcities.cli.main import cli
cli(sys.argv[3:], prog_name="sdgcities")
"""


class Release:
    """The release after this one: it has one migration more."""

    def __init__(self, folder: Path, then: str = "") -> None:
        self.migrations = folder / "migrations"
        shutil.copytree(MIGRATIONS, self.migrations, ignore=shutil.ignore_patterns("__pycache__"))
        (self.migrations / "versions" / "9000_next.py").write_text(STEP.format(before=REVISION, then=then), encoding="utf-8")

    def command(self, *words: str, limit: int = 0) -> list[str]:
        return [sys.executable, "-c", PROGRAM, str(limit), str(self.migrations), *words]

    def run(self, hub: Path, *words: str, limit: int = 0, environment: dict[str, str] | None = None) -> tuple[int, str]:
        """Exit code, and what was said on both streams."""
        done = subprocess.run(
            self.command("--hub", str(hub), *words, limit=limit),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            env={**os.environ, "LANG": "C.UTF-8", **(environment or {})},
            check=False,
        )
        assert "Traceback" not in done.stdout, done.stdout
        return done.returncode, done.stdout


@pytest.fixture
def hub(desk: Desk) -> Path:
    """A hub with people, figures and a form in it, closed."""
    assert not desk.bring(desk.tidy({"value": "177281"}, {"period": "2010", "value": "96213"})).blocked
    desk.submit("participation-agreement", AGREEMENT)
    desk.hub.close()
    return desk.folder


def held(hub: Path) -> dict[str, Any]:
    """Every row of every table, whatever tables there are."""
    database = database_of(hub, load_config(hub).database)
    found = MetaData()
    with database.reading() as connection:
        found.reflect(connection)
        rows = {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in found.sorted_tables}
        assert verify(connection)[1] is None
    database.close()
    return rows


def backups(hub: Path) -> list[Path]:
    folder = hub / BACKUPS
    return sorted(folder.iterdir()) if folder.is_dir() else []


def restored(databases: Databases, backup: Path, hub: Path, to: Path) -> Path:
    """The hub that a backup holds: on a server, by what docs/how-to/upgrade-a-hub.md says."""
    shutil.copytree(backup, to)
    if isinstance(databases, Postgresql):
        address = databases.address()
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={address}", str(to / "hub.dump")], check=True)
        told = yaml.safe_load((hub / FILE).read_text(encoding="utf-8")) | {"database": address}
        (to / FILE).write_text(yaml.safe_dump(told), encoding="utf-8")
    return to


def test_a_hub_that_is_up_to_date_is_left_alone(hub: Path) -> None:
    before = held(hub)
    done = subprocess.run([sys.executable, "-m", "sdgcities.cli.main", "--hub", str(hub), "upgrade"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, f"The hub is up to date (revision {REVISION}): nothing to do.\n")
    assert (held(hub), backups(hub)) == (before, [])


def test_an_older_hub_is_told_how_to_go_on(hub: Path, tmp_path: Path) -> None:
    code, told = Release(tmp_path).run(hub, "city", "list")
    assert code == 3
    assert f"The hub was made by an older sdgcities (revision {REVISION}; this release needs {NEXT}). Run: sdgcities upgrade." in told
    assert "Run: sdgcities upgrade." in Release(tmp_path / "doctor").run(hub, "doctor")[1]


def test_a_dry_run_tells_and_changes_nothing(hub: Path, tmp_path: Path) -> None:
    before = held(hub)
    code, told = Release(tmp_path).run(hub, "upgrade", "--dry-run")
    assert (code, f"  {NEXT}  Further notes on cities.\n" in told) == (0, True)
    assert (held(hub), backups(hub)) == (before, [])


def test_an_older_hub_is_backed_up_and_upgraded_with_all_it_holds(hub: Path, databases: Databases, tmp_path: Path) -> None:
    before = held(hub)
    release = Release(tmp_path)
    code, told = release.run(hub, "upgrade")
    assert code == 0, told
    (backup,) = backups(hub)
    for said in (f"from revision {REVISION} to {NEXT}:", "Further notes on cities.", str(backup), "To go back"):
        assert said in told
    after = held(hub)
    assert after.pop("remark") == ["(1, 'half done')"]
    assert after.pop("city") == [f"{row[:-1]}, None)" for row in before["city"]]
    assert {name: rows for name, rows in before.items() if name not in ("city", "alembic_version")} == {
        name: rows for name, rows in after.items() if name != "alembic_version"
    }
    assert release.run(hub, "city", "list")[0] == 0
    assert release.run(hub, "upgrade") == (0, f"The hub is up to date (revision {NEXT}): nothing to do.\n")
    again = restored(databases, backup, hub, tmp_path / "again")
    assert held(again) == before
    opened = Hub.open(again)
    opened.database.check_revision()
    assert opened.database.damage() is None
    opened.close()
    assert release.run(again, "upgrade")[0] == 0, "the backup is a hub that can be upgraded itself"
    databases.remove(again)


def test_a_hub_from_before_publication_keeps_everything_and_can_publish(hub: Path, databases: Databases) -> None:
    before = held(hub)
    with databases.foreign(hub) as connection:  # what revision 0003 brought, taken out again
        for statement in ("DROP TABLE figure_review", "DROP TABLE edition", "UPDATE alembic_version SET version_num = '0002'"):
            connection.execute(statement)
    for words, said in ((("city", "list"), "Run: sdgcities upgrade."), (("upgrade",), "Decisions of reviewers on figures")):
        done = subprocess.run([sys.executable, "-m", "sdgcities.cli.main", "--hub", str(hub), *words], capture_output=True, encoding="utf-8", check=False)
        assert said in done.stdout + done.stderr
    assert held(hub) == before
    (backup,) = backups(hub)
    assert backup.name.endswith("-0002")
    looking = ["data", "review", "GH1408", "-o", str(hub / "look")]
    deciding = ["--actor", "esi", "data", "review", "GH1408", "--accept", "--seen", str(hub / "look"), "--reason", "Checked."]
    for typed in (looking, deciding):
        done = subprocess.run([sys.executable, "-m", "sdgcities.cli.main", "--hub", str(hub), *typed], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, len(held(hub)["figure_review"])) == (0, 1), done.stderr


def test_the_backup_holds_what_a_hub_needs_to_be_opened(desk: Desk, databases: Databases, tmp_path: Path) -> None:
    loaded = desk.scratch / "umf.csv"
    rows = "".join(f"{one}.1.1,Title {one},A document,official\n" for one in range(1, 6))
    loaded.write_text("umf_code,title,source,status\n" + rows, encoding="utf-8")
    load(desk.catalogue, propose(desk.catalogue, loaded), desk.person("ama"))
    (desk.folder / "profiles").mkdir()
    (desk.folder / "profiles" / "harbour.yaml").write_text("name: Harbour\n", encoding="utf-8")
    (desk.folder / "plugins" / "taken-in").mkdir(parents=True)
    (desk.folder / "plugins" / "taken-in" / "notes.txt").write_text("of a repository", encoding="utf-8")
    desk.hub.close()
    code, told = Release(tmp_path).run(desk.folder, "upgrade")
    assert code == 0, told
    (backup,) = backups(desk.folder)
    again = restored(databases, backup, desk.folder, tmp_path / "again")
    with closing(Hub.open(again)) as opened:
        assert [entry.title for entry in opened.frameworks.umf.entries.values()] == [f"Title {one}" for one in range(1, 6)]
    assert (again / "profiles" / "harbour.yaml").read_text(encoding="utf-8") == "name: Harbour\n"
    assert (again / "plugins" / "taken-in" / "notes.txt").read_text(encoding="utf-8") == "of a repository"
    databases.remove(again)


def test_a_migration_that_fails_leaves_the_hub_as_it_was(hub: Path, tmp_path: Path) -> None:
    before = held(hub)
    for number, then in enumerate(("raise ValueError('no room for remarks')", "op.execute('INSERT INTO nowhere VALUES (1)')")):
        code, told = Release(tmp_path / str(number), then).run(hub, "upgrade")
        assert code == 3
        assert "The upgrade failed, and the hub is as it was: " in told
        assert "Go on with the sdgcities that you had" in told
        assert held(hub) == before
    assert backups(hub)
    database = database_of(hub, load_config(hub).database)
    database.check_revision()
    database.close()


@pytest.mark.slow
def test_an_upgrade_that_is_killed_leaves_the_hub_as_it_was(hub: Path, tmp_path: Path) -> None:
    before = held(hub)
    killed = subprocess.Popen(Release(tmp_path / "waits", WAITS).command("--hub", str(hub), "upgrade"), stdout=subprocess.PIPE, encoding="utf-8")
    assert killed.stdout is not None
    assert killed.stdout.readline() == "under way\n"
    killed.kill()
    killed.communicate()
    assert held(hub) == before
    code, told = Release(tmp_path / "whole").run(hub, "upgrade")
    assert code == 0, told
    assert held(hub)["remark"] == ["(1, 'half done')"]
    assert len(backups(hub)) == 2


def test_a_hub_of_a_newer_release_is_refused(hub: Path, tmp_path: Path) -> None:
    release = Release(tmp_path)
    assert release.run(hub, "upgrade")[0] == 0
    before, kept = held(hub), backups(hub)
    for words in (("upgrade",), ("upgrade", "--dry-run"), ("city", "list")):
        done = subprocess.run([sys.executable, "-m", "sdgcities.cli.main", "--hub", str(hub), *words], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 3
        assert f"The hub was made by a newer sdgcities (revision {NEXT}; this release knows {REVISION}). Install a newer sdgcities." in done.stderr
    assert (held(hub), backups(hub)) == (before, kept)


def refused(hub: Path, told: tuple[int, str], before: object) -> None:
    assert told[0] == 1, told
    assert "The backup could not be made: " in told[1]
    assert "Nothing was changed." in told[1]
    assert held(hub) == before


def test_without_a_backup_nothing_is_migrated(hub: Path, tmp_path: Path) -> None:
    before = held(hub)
    (hub / BACKUPS).write_text("a file where the folder should be", encoding="utf-8")
    refused(hub, Release(tmp_path).run(hub, "upgrade"), before)


@pytest.mark.skipif(sys.platform == "win32", reason="no way to fill the disk of one process there")
def test_a_full_disk_leaves_half_a_backup_nowhere(hub: Path, tmp_path: Path) -> None:
    before = held(hub)
    refused(hub, Release(tmp_path).run(hub, "upgrade", limit=40_000 if (hub / "hub.db").exists() else 2_000), before)
    assert backups(hub) == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
class TestOnAServer:
    def test_without_its_tools_it_says_so_and_takes_your_word(self, hub: Path, tmp_path: Path) -> None:
        before, release = held(hub), Release(tmp_path)
        nothing = {"PATH": str(tmp_path)}
        code, told = release.run(hub, "upgrade", environment=nothing)
        assert code == 1
        assert "no pg_dump" in told
        assert "sdgcities upgrade --backed-up" in told
        assert (held(hub), backups(hub)) == (before, [])
        code, told = release.run(hub, "upgrade", "--backed-up", environment=nothing)
        assert (code, "restore your own backup" in told, backups(hub)) == (0, True, [])

    def test_no_list_of_processes_shows_the_password(self, hub: Path, tmp_path: Path) -> None:
        seen, real = tmp_path / "seen", {name: shutil.which(name) for name in ("pg_dump", "pg_restore")}
        for name, program in real.items():
            wrapper = tmp_path / "bin" / name
            wrapper.parent.mkdir(exist_ok=True)
            wrapper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {seen}\nexec {program} "$@"\n', encoding="utf-8")
            wrapper.chmod(0o755)
        code, told = Release(tmp_path).run(hub, "upgrade", environment={"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"})
        assert code == 0, told
        password = str(conninfo.conninfo_to_dict(load_config(hub).database)["password"])
        assert "--format=custom" in seen.read_text(encoding="utf-8")
        assert password not in seen.read_text(encoding="utf-8")
        assert password not in told


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_hub_whose_records_are_gone_is_told_so(hub: Path, tmp_path: Path) -> None:
    (hub / "hub.db").unlink()
    code, told = Release(tmp_path).run(hub, "upgrade")
    assert (code, "The hub's database is missing." in told) == (3, True)
    assert not (hub / "hub.db").exists()
    with pytest.raises(HubUnusable):
        _ = Hub.open(hub).database


def test_this_release_asks_for_its_newest_migration_and_each_says_what_it_changes(tmp_path: Path) -> None:
    database = database_of(tmp_path, "")
    database.create()
    steps: Sequence[Any] = database.pending(REVISION)
    assert steps == []
    assert all("SAYS = mark(" in path.read_text(encoding="utf-8") for path in (MIGRATIONS / "versions").glob("*.py"))
    database.close()

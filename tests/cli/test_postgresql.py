"""A hub on a server, at the command line: its address is a secret, and what is wrong with it is one line."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.needs import without
from tests.postgres_server import OWNER, PASSWORD, Server, running

from .conftest import Run, run_command

WITHOUT_DRIVER = "import sys; sys.modules['psycopg'] = None; from sdgcities.cli.main import main; main()"


def test_the_password_may_stand_elsewhere(run: Run, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PGPASSWORD", "PGPASSFILE"):
        monkeypatch.delenv(name, raising=False)
    address = f"postgresql://{OWNER}@127.0.0.1:{server.port}/{server.database()}"
    assert "password" in run("init", "hub", "--country", "ghana", "--database", address).err
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    made = run("init", "hub", "--country", "ghana", "--database", address)
    assert made.code == 0, made.err
    assert yaml.safe_load(Path("hub", "hub.yaml").read_text(encoding="utf-8"))["database"] == address
    monkeypatch.delenv("PGPASSWORD")
    kept = tmp_path / "passwords"
    kept.write_text(f"127.0.0.1:{server.port}:*:{OWNER}:{PASSWORD.replace(':', chr(92) + ':')}\n", encoding="utf-8")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    assert run("city", "join", "Ho Municipal", "--hub", "hub").code == 0
    assert run("doctor", "--hub", "hub").err == "All is well.\n"


def test_no_password_is_ever_shown(run: Run, server: Server) -> None:
    name = server.database()
    told = [run("init", "hub", "--country", "ghana", "--database", server.url(name), "--verbose")]
    told += [run(*words, "--hub", "hub") for words in (["doctor"], ["doctor", "--json"], ["city", "list", "--verbose"])]
    server.drop(name)
    told += [run(*words, "--hub", "hub") for words in (["doctor"], ["doctor", "--json"], ["city", "list"], ["data", "batches"])]
    assert [ended.code for ended in told] == [0, 0, 0, 0, 3, 3, 3, 3]
    for ended in told:
        assert "s3cret" not in ended.out + ended.err
        assert len(ended.lines) <= 4
    assert f'database "{name}" does not exist' in told[-1].err


def test_a_server_that_stopped(run: Run) -> None:
    with running() as own:
        assert run("init", "hub", "--country", "ghana", "--database", own.url(own.database())).code == 0
    for words in (["city", "list"], ["data", "batches", "--json"], ["audit", "verify"]):
        ended = run(*words, "--hub", "hub")
        assert (ended.code, ended.out, len(ended.lines)) == (3, "", 1)
        assert "See that the server runs" in ended.err
    assert run("doctor", "--hub", "hub").code == 3


@pytest.mark.parametrize("address", ["mysql://u:hush@h/db", "sqlite:///hush.db", "hush.db", ""])
def test_another_kind_of_database_is_wrong_usage(run: Run, address: str) -> None:
    ended = run("init", "hub", "--country", "ghana", "--database", address)
    assert (ended.code, ended.out, len(ended.lines)) == (2, "", 1)
    assert "begins with postgresql://" in ended.err
    assert "hush" not in ended.err
    assert not Path("hub").exists()


def test_without_the_extra_it_is_named(run: Run) -> None:
    words = ["init", "hub", "--country", "ghana", "--database", "postgresql://u@h/db"]
    done = subprocess.run([sys.executable, "-c", WITHOUT_DRIVER, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == '✗ A database on PostgreSQL needs a further package. Run: pip install "sdgcities[postgres]".\n'
    assert not Path("hub").exists()
    without_database = [sys.executable, "-c", WITHOUT_DRIVER, *words[:4]]
    assert subprocess.run(without_database, capture_output=True, check=False).returncode == 0
    assert run("city", "list", "--hub", "hub").code == 0


def test_a_dump_is_a_copy(run: Run, server: Server) -> None:
    name, other = server.database(), server.database()
    run("init", "hub", "--country", "ghana", "--database", server.url(name))
    run("city", "join", "Ho Municipal", "--hub", "hub")
    for program, *words in (
        ("pg_dump", "--format=custom", "--file=hub.dump", server.url(name)),
        ("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={server.url(other)}", "hub.dump"),
    ):
        try:
            subprocess.run([program, *words], check=True)
        except FileNotFoundError:
            without("POSTGRESQL", f"no {program} in PATH")
    config = Path("hub", "hub.yaml")
    config.write_text(config.read_text(encoding="utf-8").replace(f"/{name}", f"/{other}"), encoding="utf-8")
    server.drop(name)
    assert "GH1408" in run_command("city", "list", "--hub", "hub").out
    assert run_command("doctor", "--hub", "hub").err == "All is well.\n"
    assert run_command("city", "join", "GH0812", "--hub", "hub").code == 0


def test_the_same_work_gives_the_same_report_on_both(run: Run, server: Server, demonstrated: Path) -> None:
    told: list[list[str]] = []
    for folder, words in (("file", ()), ("served", ("--database", server.url(server.database())))):
        assert run("init", folder, "--country", "ghana", "--name", "Hub", *words).code == 0
        assert run("city", "join", "GH1408", "--hub", folder).code == 0
        for path in sorted((demonstrated / "sample").glob("*.csv")):
            assert run("data", "import", path, "--hub", folder).code == 0
        done = [run("report", "city", "GH1408", "--hub", folder, "-o", f"{folder}.html")]
        done += [run(*line.split(), "--hub", folder) for line in ("data coverage --json", "data gaps GH1408 --json", "milestone status --json")]
        done += [run("data", "show", "GH1408", "GH-POP", "--hub", folder), run("data", "batches", "--json", "--hub", folder)]
        assert {ended.code for ended in done} == {0}
        digests = [batch["rows_sha256"] for batch in done[-1].data]
        assert len(digests) > 5
        told.append([*(ended.out for ended in done[:-2]), *digests, Path(f"{folder}.html").read_text(encoding="utf-8")])
    on_file, on_server = ([re.sub(r"\d{1,2}:\d\d(:\d\d)?", "TIME", text) for text in texts] for texts in told)
    assert on_file == on_server

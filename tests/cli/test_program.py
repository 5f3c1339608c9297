"""The program as a process: streams, exit codes, what it loads, what it costs."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from .conftest import Run, run_command

HEAVY = {"jinja2", "jsonschema", "jsonschema_rs", "babel", "yaml", "pluggy", "sqlalchemy", "alembic", "psycopg", "rich"}
LOADED = """
import sys
from sdgcities.cli.main import cli
try:
    cli(sys.argv[1:])
finally:
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""
INTERRUPTED = """
import os, signal, sys
from sdgcities.cli import city, main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell lets what it starts in the background ignore interrupts
city.list_cities.callback = lambda **_: os.kill(os.getpid(), signal.%s)
sys.argv = ["sdgcities", "city", "list"]
main.main()
"""
FAULTY = """
import sys
from sdgcities.cli import main
from sdgcities.cli.plugin import list as listing
listing.command.callback = lambda **_: {}["x"]
sys.argv = ["sdgcities", "plugin", "list", *sys.argv[1:]]
main.main()
"""
PROGRAM = next(Path(sysconfig.get_path("scripts")).glob("sdgcities*"))


def started(*words: object, env: dict[str, str] | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "SDGCITIES_"))} | (env or {})
    return subprocess.run([PROGRAM, *map(str, words)], env=given, cwd=cwd, check=False, capture_output=True, encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["nope"], 2),
        (["city", "list"], 3),
        (["contract", "diff", "xx"], 1),
        (["plugin", "list"], 0),
    ],
)
def test_the_exit_code_tells_how_it_went(words: list[str], code: int, tmp_path: Path) -> None:
    ended = started(*words, cwd=tmp_path)
    assert ended.returncode == code
    assert (ended.stdout == "") == (code != 0)
    assert (ended.stderr == "") == (code == 0)


@pytest.mark.parametrize("env", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LANG": "tr_TR.UTF-8"}, {"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}, {}])
def test_it_speaks_whatever_the_surroundings(env: dict[str, str], demonstrated: Path) -> None:
    ended = started("unit", "show", "GH1408", env=env, cwd=demonstrated)
    assert ended.returncode == 0, ended.stderr
    assert "Ho Municipal" in ended.stdout
    assert "\x1b" not in ended.stdout + ended.stderr


def test_a_reader_who_leaves_early_is_no_fault(demonstrated: Path) -> None:
    process = subprocess.Popen([PROGRAM, "indicator", "list"], cwd=demonstrated, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    told = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert told == b""


@pytest.mark.skipif(os.name == "nt", reason="a shell's way of closing a stream")
def test_closed_streams_are_no_fault(demonstrated: Path) -> None:
    for redirection in (">&-", "2>&-", ">&- 2>&-"):
        assert subprocess.run(["sh", "-c", f'"$0" city list {redirection}', PROGRAM], cwd=demonstrated, check=False).returncode == 0


def loaded_by(*words: str) -> set[str]:
    """The top-level modules that a command leaves behind."""
    ended = subprocess.run([sys.executable, "-c", LOADED, *words], check=True, capture_output=True, encoding="utf-8")
    return set(ended.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["data", "import", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    loaded = loaded_by(*words)
    assert "click" in loaded
    assert not loaded & HEAVY
    assert not [name for name in loaded if name.startswith("sdgcities_")]


def test_listing_plugins_loads_no_plugin_and_no_database() -> None:
    loaded = loaded_by("plugin", "list")
    assert not loaded & (HEAVY - {"yaml", "jsonschema_rs"})
    assert not [name for name in loaded if name.startswith("sdgcities_")]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows counts no CPU time of children")
def test_start_up_costs_no_more_than_agreed(checkout: Path) -> None:
    benchmark = runpy.run_path(str(checkout / "benchmarks" / "startup.py"))
    for _ in range(6):  # a busy machine may spoil some measurements, not all
        found = benchmark["ratios"](15)
        if all(found[words] <= limit for words, limit in benchmark["LIMITS"].items()):
            return
    pytest.fail(f"start-up costs too much: {found}")


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupt_ends_in_a_line(demonstrated: Path, name: str) -> None:
    ended = subprocess.run([sys.executable, "-c", INTERRUPTED % name], cwd=demonstrated, check=False, capture_output=True, encoding="utf-8")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.strip() == "✗ Interrupted. What was not finished was not stored."


def test_a_fault_of_our_own_is_told_in_a_line_and_in_full_where_asked() -> None:
    ended = subprocess.run([sys.executable, "-c", FAULTY], check=False, capture_output=True, encoding="utf-8")
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == "✗ A fault in sdgcities itself: KeyError: 'x'. Run the command again with --verbose and send what it prints to the maintainers.\n"
    told = subprocess.run([sys.executable, "-c", FAULTY, "--verbose"], check=False, capture_output=True, encoding="utf-8")
    assert "Traceback" in told.stderr


def test_a_form_shows_what_must_be_sent_and_what_it_means(hub: Path) -> None:
    shown = run_command("form", "show", "city-profile").out
    assert "  category: Category [one of these values, required]\n    - Metropolitan\n    - Municipal\n    - District\n" in shown
    assert "women: Women [whole number, required]" in shown
    assert "date, such as 2026-12-31" in run_command("form", "show", "participation-agreement").out
    assert "    - Metropolitan (Kuropɔn kɛseɛ (Metropolitan))\n" in run_command("form", "show", "city-profile", "--lang", "ak").out
    assert hub.is_dir()


def test_init_says_how_to_add_who_answers(run: Run) -> None:
    ended = run("init", "new", "--country", "ghana")
    assert ended.code == 0
    assert ended.lines[-1].endswith("sdgcities actor add ID --role author.")


@pytest.mark.parametrize("words", ["contract show --country maroc", "contract diff maroc", "init new --country maroc"])
def test_where_no_plugin_is_found_the_folder_of_plugins_is_named(run: Run, words: str) -> None:
    ended = run(*words.split())
    assert ended.code == 1
    assert ended.err.startswith("✗ No plugin serves maroc. There are: ")
    assert "Or name a folder of plugins: --plugins-dir DIR." in ended.err

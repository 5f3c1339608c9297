"""A broken plugin costs only itself: every other command works on, and says in one line what is wrong and what to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.plugin.broken import BROKEN, write_broken, write_crashing, write_sound

from .conftest import Ended, run_command

SLOW = {"hangs-at-import", "hangs-when-called", "hangs-while-iterated"}
WAYS = [pytest.param(way, marks=pytest.mark.slow) if way in SLOW else way for way in BROKEN]
RIVAL = {"country-claimed-twice"}


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    folder = tmp_path / "plugins"
    folder.mkdir()
    write_sound(folder)
    return folder


@pytest.fixture
def hub(tmp_path: Path, plugins: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hub of Atlantis; the current folder."""
    folder = tmp_path / "hub"
    assert run_command("init", folder, "--country", "XA", "--plugins-dir", plugins).code == 0
    assert run_command("city", "join", "XA01", "--hub", folder, "--plugins-dir", plugins).code == 0
    monkeypatch.chdir(folder)
    return folder


def require(hub: Path, name: str) -> None:
    config = hub / "hub.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("- atlantis", f"- atlantis\n- {name}"), encoding="utf-8")


def about(ended: Ended, name: str) -> list[str]:
    return [line for line in ended.lines if f"The plugin {name} " in line]


def asked(way: str) -> list[list[str]]:
    """Commands that together ask every hook; of a plugin that hangs, one: each waits for it anew."""
    Path("in.csv").write_text("unit,indicator,period,value,source\nXA01,XA-1,2021,1,x\n", encoding="utf-8")
    one = [["unit", "find", "island"]]
    reports = [["report", "city", "XA01"]] if way.startswith("boundary") else []  # only a map asks for boundaries
    return one if way in SLOW else [*one, ["indicator", "list"], ["data", "import", "in.csv"], ["programme", "budget"], ["milestone", "status"], *reports]


@pytest.mark.usefixtures("hub")
@pytest.mark.parametrize("way", WAYS)
def test_an_optional_plugin_that_is_broken_costs_only_itself(plugins: Path, way: str) -> None:
    name = f"cli-{way}"
    write_broken(plugins, way, name)
    ends = {words[0]: run_command(*words, "--plugins-dir", plugins) for words in asked(way)}
    assert "Upper Island" in ends["unit"].out
    assert all(ended.code == 0 for command, ended in ends.items() if command != "programme"), ends  # Atlantis has no modality
    told = {line for ended in ends.values() for line in about(ended, name)}
    assert told, ends
    assert all(line.startswith("· ") and BROKEN[way].reason in line for line in told), told
    listed = run_command("plugin", "list", "--plugins-dir", plugins)
    assert listed.code == 0
    assert BROKEN[way].reason in listed.out or way in RIVAL
    examined = run_command("doctor", "--plugins-dir", plugins)
    assert examined.code == 0
    assert about(examined, name) or way in RIVAL


@pytest.mark.parametrize("way", WAYS)
def test_a_required_plugin_that_is_broken_closes_the_hub(hub: Path, plugins: Path, way: str) -> None:
    name = f"must-{way}"
    write_broken(plugins, way, name)
    require(hub, name)
    ends = [run_command(*words, "--plugins-dir", plugins) for words in asked(way)]
    closed = [ended for ended in ends if ended.code == 3]
    assert closed, ends
    for ended in closed:
        assert ended.out == ""
        assert any(line.startswith("✗ ") and BROKEN[way].reason in line for line in ended.lines), ended
    assert run_command("plugin", "list", "--plugins-dir", plugins).code == 0
    assert run_command("doctor", "--plugins-dir", plugins).code == 3 or way in RIVAL


@pytest.mark.slow
@pytest.mark.parametrize("way", ["module-missing", "raises-at-import", "hangs-at-import", "hangs-when-called", "returns-text"])
def test_doctor_load_finds_what_was_never_tried(plugins: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = f"tried-{way}"
    write_broken(plugins, way, name)
    assert run_command("doctor", "--plugins-dir", plugins).lines == ["All is well."]
    tried = run_command("doctor", "--load", "--plugins-dir", plugins)
    assert tried.code == 0
    assert any(BROKEN[way].reason in line for line in about(tried, name)), tried.err


@pytest.mark.slow
@pytest.mark.parametrize("way", ["leaves", "leaves-with-status", "crashes"])
def test_doctor_load_survives_a_plugin_that_takes_its_process_down(plugins: Path, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_crashing(plugins, way)
    tried = run_command("doctor", "--load", "--plugins-dir", plugins)
    assert tried.code == 0
    assert about(tried, way)


def test_a_required_plugin_that_is_not_installed(hub: Path, plugins: Path) -> None:
    require(hub, "lemuria")
    ended = run_command("unit", "find", "island", "--plugins-dir", plugins)
    assert (ended.code, ended.out, len(ended.lines)) == (3, "", 1)
    assert ended.lines[0].startswith("✗ The plugin lemuria can't be found: It is not installed. Name the folder of plugins that it is in: --plugins-dir DIR;")
    assert "install it: sdgcities-lemuria" in run_command("doctor", "--plugins-dir", plugins).err


def test_help_needs_no_plugin(plugins: Path) -> None:
    write_broken(plugins, "raises-at-import", "cli-help")
    assert run_command("--plugins-dir", plugins, "--help").code == 0
    assert run_command("city", "--plugins-dir", plugins, "--help").err == ""


def test_a_plugins_folder_that_is_none(tmp_path: Path) -> None:
    ended = run_command("plugin", "list", "--plugins-dir", tmp_path / "nowhere")
    assert (ended.code, ended.out, len(ended.lines)) == (1, "", 1)


@pytest.mark.slow
def test_a_hanging_plugin_does_not_hold_the_program_back(hub: Path, plugins: Path) -> None:
    write_broken(plugins, "hangs-when-called", "cli-hanging")
    code = "from sdgcities.cli.main import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", code, "--plugins-dir", plugins, "unit", "find", "island"],
        cwd=hub,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert ended.returncode == 0
    assert "Upper Island" in ended.stdout
    assert "did not come back" in ended.stderr

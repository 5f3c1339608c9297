"""`plugin check`, `plugin quality` and `plugin document`, as somebody who writes a plugin meets them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.conftest import Run, run_command
from tests.kit.sound import PACKAGE, sound_files, spoilt, write
from tests.kit.wrong import sound

FILES = sorted(name for name in sound_files() if name.endswith((".yaml", ".csv", ".geojson", ".toml")))


def test_a_sound_plugin_has_nothing_against_it(run: Run, tmp_path: Path) -> None:
    package = sound(tmp_path)
    ended = run("plugin", "check", package.parent)
    assert (ended.code, ended.out) == (0, "")
    assert ended.lines[0] == "✓ Nothing stands against bronze."
    assert ended.lines[1] == "By the rules looked at: gold."
    assert "rules that run the plugin were left out: sdgcities plugin quality" in ended.lines[-1]
    assert run("plugin", "check", package, "--level", "gold", "--json").data == []


def test_each_finding_is_a_line_that_an_editor_can_follow(run: Run, tmp_path: Path) -> None:
    package = write(tmp_path, spoilt("indicators.yaml", "unit: persons", "unit: person") | {"CHANGELOG.md": "# Changelog\n"})
    ended = run("plugin", "check", package.parent)
    assert ended.code == 1
    unit, *notes = sorted(ended.out.splitlines(), key=lambda line: "(note)" in line)
    assert re.fullmatch(
        r".*/sdgcities_atlantis/indicators\.yaml:7:5: mappings-exist person is no unit of measure\. The nearest are persons, .* lists all\. "
        r"\(docs/reference/rules\.md#mappings-exist\)",
        unit,
    )
    assert {note.split(": ")[1].split()[0] for note in notes} == {"changelog", "page-generated"}
    assert "✗ 1 finding stands against bronze." in ended.lines
    assert "To bronze it lacks: mappings-exist." in ended.lines


def test_a_package_without_its_project_is_not_yet_bronze_and_the_first_line_says_so(run: Run, tmp_path: Path) -> None:
    package = write(tmp_path, {name: text for name, text in sound_files().items() if name.startswith(PACKAGE)})
    ended = run("plugin", "check", package)
    assert ended.lines[0] == "✗ Not yet bronze: some of its rules could not be looked at: entry-point, dependencies, tests-written."
    assert "By the rules looked at: below bronze." in ended.lines
    assert any("There is no pyproject.toml beside the package" in line and "sdgcities plugin new writes one" in line for line in ended.lines)
    assert "Nothing stands against" not in ended.err


def test_a_table_is_told_by_row_and_column_and_files_in_order(run: Run, tmp_path: Path) -> None:
    files = spoilt("units.csv", "8000,2024", "8 000,2024") | {"CHANGELOG.md": "# Changelog\n"}
    ended = run("plugin", "check", write(tmp_path, files))
    lines = ended.out.splitlines()
    assert any("/units.csv:4:population: units-valid 8 000 is not a whole number." in line for line in lines)
    assert [line.split(":")[0] for line in lines] == sorted(line.split(":")[0] for line in lines)
    assert any(line.startswith("… units-add-up could not be looked at: units.csv must be corrected first.") for line in ended.lines)


def test_the_level_asked_for_decides_what_blocks(run: Run, tmp_path: Path) -> None:
    package = sound(tmp_path)
    write(tmp_path, spoilt("modality.yaml", 'total: "62500.50"', 'total: "62500.05"\nnotes: [Rounded.]'))
    assert run("plugin", "check", package).code == 0
    assert run("plugin", "check", package, "--level", "silver").code == 1
    (finding,) = (one for one in run("plugin", "check", package, "--json", "--level", "silver").data if one["severity"] == "block")
    assert (finding["rule"], finding["severity"], finding["page"]) == ("modality-adds-up", "block", "docs/reference/rules.md#modality-adds-up")
    assert finding["where"] | {"file": ""} == {"file": "", "line": 10, "character": 1}


def test_notes_beyond_the_fifth_are_counted(run: Run, tmp_path: Path) -> None:
    names = "".join(f"XA01{number:02},town,XA01,Port Clito,,,,,,,,,register,draft,,\n" for number in range(3, 11))
    files = sound_files()
    files[f"{PACKAGE}/units.csv"] += names
    ended = run("plugin", "check", write(tmp_path, files))
    assert sum("stands twice below" in line for line in ended.out.splitlines()) == 5
    assert any("units-valid: 3 more; --json lists all." in line for line in ended.lines)


def test_a_rule_is_explained(run: Run) -> None:
    ended = run("plugin", "check", "--explain", "units-add-up")
    assert ended.code == 0
    assert ended.out.startswith("units-add-up (silver): Where all units")
    assert "docs/reference/rules.md#units-add-up" in ended.out
    assert run("plugin", "check", "--explain", "units-add-up", "--json").data["level"] == "silver"
    assert "There is no rule unitz-valid." in run("plugin", "check", "--explain", "unitz-valid").err


def test_without_a_plugin_it_says_what_is_missing(run: Run) -> None:
    ended = run("plugin", "check")
    assert ended.code == 2
    assert "PATH|NAME is missing." in ended.err
    assert run("plugin", "check", "nowhere").code == 1


def test_a_plugin_is_found_by_its_name_too(run: Run, tmp_path: Path) -> None:
    sound(tmp_path)
    assert run("--plugins-dir", tmp_path, "plugin", "check", "atlantis").code == 0


def test_the_page_is_written_where_the_rule_looks_for_it(run: Run, tmp_path: Path) -> None:
    package = write(tmp_path, sound_files())
    assert run("plugin", "document", package.parent).code == 0
    written = (package / "README.md").read_bytes()
    assert b"\r" not in written
    assert run("plugin", "check", package, "--level", "gold").code == 0
    other = tmp_path / "page.md"
    assert run("plugin", "document", package, "-o", other).code == 0
    assert other.read_bytes() == written


def test_a_page_about_files_that_can_not_be_read_is_refused(run: Run, tmp_path: Path) -> None:
    package = write(tmp_path, spoilt("units.csv", "XA0102,town", "XA0102,village"))
    ended = run("plugin", "document", package)
    assert ended.code == 1
    assert "units.csv must be corrected first. See what is wrong: sdgcities plugin check" in ended.err
    assert not (package / "README.md").exists()


@pytest.mark.slow
def test_quality_shows_every_rule_and_what_would_raise_the_level(run: Run, tmp_path: Path) -> None:
    package = write(tmp_path, spoilt("plugin.yaml", "registry@registry.xa", "registry@example.org"))
    ended = run("plugin", "quality", package.parent)
    assert ended.code == 1
    assert "  ✗ maintainer-named: A maintainer is named" in ended.out
    assert "  ✓ units-valid:" in ended.out
    assert re.search(r"below bronze; to bronze it lacks: .*maintainer-named", ended.out.splitlines()[-1])
    data = run("plugin", "quality", package.parent, "--json").data
    assert data["level"] is None
    assert "maintainer-named" in data["next"]["lacks"]
    assert {rule["rule"]: rule["met"] for rule in data["rules"]}["units-valid"] is True


@pytest.mark.parametrize("name", ["ghana", "portugal", "turkiye"])
def test_a_shipped_plugin_is_checked_quickly_and_without_the_database(name: str) -> None:
    code = (
        "import sys, time; from click.testing import CliRunner; from sdgcities.cli.main import cli; "
        f"CliRunner().invoke(cli, ['plugin', 'check', '{name}', '--json']); "
        "print('sqlalchemy' in sys.modules, f'sdgcities_{sys.argv[1]}.hooks' in sys.modules, time.process_time())"
    )
    ended = subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True, encoding="utf-8", check=True)
    database, hooks, seconds = ended.stdout.split()
    assert (database, hooks) == ("False", "False")
    assert float(seconds) < 5


def _damaged(data: st.DataObject, content: bytes) -> bytes:
    at = data.draw(st.integers(0, len(content) - 1), label="at")
    kind = data.draw(st.sampled_from(["cut", "flip", "drop", "double", "nul"]), label="kind")
    if kind == "cut":
        return content[:at]
    if kind == "flip":
        return content[:at] + bytes([content[at] ^ data.draw(st.integers(1, 255), label="bits")]) + content[at + 1 :]
    if kind == "drop":
        end = content.find(b"\n", at)
        return content[: content.rfind(b"\n", 0, at) + 1] + (content[end + 1 :] if end >= 0 else b"")
    return content[:at] + (content[at:] * 2 if kind == "double" else b"\0" + content[at:])


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_file_ends_in_a_traceback(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    files: dict[str, str | bytes] = dict(sound_files())
    name = data.draw(st.sampled_from(FILES), label="file")
    content = files[name]
    assert isinstance(content, str)
    files[name] = _damaged(data, content.encode())
    ended = run_command("plugin", "check", write(tmp_path_factory.mktemp("damaged"), files))
    assert ended.code in {0, 1}
    assert "A fault in sdgcities itself" not in ended.err
    for line in ended.out.splitlines():
        assert re.search(r" \(docs/reference/rules\.md#[a-z-]+\)$", line)

"""Nothing in a file can steer the terminal; columns stay columns."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sdgcities.cli
from sdgcities.cli.output import columns, escaped, one_line, shown_path, typed, visible

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


@given(st.text())
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    assert not STEERING.search(visible(text))
    assert not STEERING.search(one_line(text))
    assert not {"\n", "\t"} & set(one_line(text))


@given(st.text())
def test_json_keeps_its_content_and_steers_nothing(text: str) -> None:
    printed = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(printed) == text
    assert not STEERING.search(printed)


def test_an_escape_is_shown() -> None:
    assert visible("\x1b[31mred\x9b") == "\\x1b[31mred\\x9b"


def test_letters_of_every_language_stay() -> None:
    assert visible("Kɔforidua, İzmir, Açores, طنجة, 北京 🏙") == "Kɔforidua, İzmir, Açores, طنجة, 北京 🏙"


@pytest.mark.parametrize("name", ["Ho", "北京", "🏙", unicodedata.normalize("NFD", "Açores"), "a\tb\nc"])
def test_a_column_begins_at_the_same_place_in_each_line(name: str) -> None:
    lines = list(columns([("Name", "Code"), (name, "X1"), ("Somewhere far", "X2")]))
    assert len(lines) == 3
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in name)
    combined = sum(unicodedata.combining(letter) > 0 for letter in name)
    assert lines[1].index("X1") + wide - combined == lines[2].index("X2")


def test_no_rows_are_no_lines() -> None:
    assert list(columns([])) == []


def test_a_path_below_the_current_folder_is_told_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "a" / "b.csv") == str(Path("a", "b.csv"))
    assert shown_path(tmp_path.parent) == str(tmp_path.parent)
    assert shown_path(tmp_path) == str(tmp_path)
    assert typed(Path("my hub")) == '"my hub"'


def test_all_output_goes_through_one_module() -> None:
    folder = Path(sdgcities.cli.__file__).parent
    allowed = {"output.py", "session.py", "main.py"}
    printing = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if re.search(r"\b(click\.echo|print|sys\.std\w+\.write)\(", path.read_text(encoding="utf-8"))
    }
    assert printing <= allowed

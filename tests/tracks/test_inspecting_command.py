"""From an unknown file to figures in the hub, as a person does it: inspect, fill in, import."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Ended, run_command
from tests.hub_fixtures import Desk

LINES = ("Source: Municipal Water Office;;", ";;", "Region;Year;GH-6.2.1", "Ahafo;2021;81,5", "Bono;2021;77,25", "Volta;2021;1.077,5")


@pytest.fixture
def file(desk: Desk) -> Path:
    path = desk.scratch / "water.csv"
    path.write_text("\n".join(LINES).replace("1.077,5", "47,5"), encoding="utf-8")
    return path


def inspected(desk: Desk, *words: object) -> Ended:
    return run_command("--hub", desk.folder, "data", "inspect", *words)


def imported(desk: Desk, *words: object) -> Ended:
    return run_command("--hub", desk.folder, "--actor", "ama", "data", "import", "--author", "kofi", *words)


def test_where_nothing_is_open_the_proposed_profile_imports_the_file(desk: Desk, file: Path) -> None:
    profile = desk.scratch / "water-office.yaml"
    ended = inspected(desk, file, "-o", profile)
    assert ended.code == 0, ended.err
    assert "???" not in profile.read_text(encoding="utf-8")
    assert "written" in ended.err
    assert imported(desk, file, "--profile", profile).code == 0
    assert desk.value("GH01", "GH-6.2.1") == "81.5"


def test_in_the_folder_of_the_hub_the_profile_is_found_by_itself(desk: Desk, file: Path) -> None:
    assert inspected(desk, file, "-o", desk.folder / "profiles" / "water-office.yaml").code == 0
    assert "The profile water-office reads this file." in inspected(desk, file).out
    assert imported(desk, file).code == 0
    assert desk.value("GH03", "GH-6.2.1") == "77.25"


def test_an_undecided_profile_is_refused_with_every_line_of_it(desk: Desk) -> None:
    file, profile = desk.scratch / "water.csv", desk.scratch / "water-office.yaml"
    file.write_text("Region;Year;Served\nAhafo;2021;4.371\nBono;2021;5.120\n", encoding="utf-8")
    ended = inspected(desk, file, "-o", profile)
    assert "4 places to fill in" in ended.err
    refused = imported(desk, file, "--profile", profile)
    assert refused.code == 1
    lines = profile.read_text(encoding="utf-8").splitlines()
    for key in ("source/office", "numbers/decimal", "numbers/thousands", "values/0/indicator"):
        (told,) = [line for line in refused.lines if f"{key} is still to be decided." in line]
        number = int(told.partition("line ")[2].partition(":")[0].partition(",")[0])
        assert "???" in lines[number - 1]
    assert desk.figures("GH01") == []


def test_what_a_person_fills_in_is_what_is_stored(desk: Desk) -> None:
    file, profile = desk.scratch / "water.csv", desk.scratch / "water-office.yaml"
    file.write_text("Region;Year;Served\nAhafo;2021;4.371\nBono;2021;5.120\n", encoding="utf-8")
    inspected(desk, file, "-o", profile)
    text = profile.read_text(encoding="utf-8").replace('indicator: "???"', "indicator: GH-POP").replace('office: "???"', "office: Water Office")
    profile.write_text(text.replace('decimal: "???", thousands: "???"', 'decimal: ",", thousands: "."'), encoding="utf-8")
    ended = imported(desk, file, "--profile", profile)
    assert ended.code == 0, ended.err
    assert desk.value("GH01") == "4371"


def test_a_file_that_is_there_is_never_written_over(desk: Desk, file: Path) -> None:
    profile = desk.scratch / "mine.yaml"
    profile.write_text("mine", encoding="utf-8")
    ended = inspected(desk, file, "-o", profile)
    assert (ended.code, profile.read_text(encoding="utf-8")) == (1, "mine")
    assert "mine.yaml" in ended.err


@pytest.mark.parametrize(("name", "better"), [("My Profile.yaml", "my-profile.yaml"), ("profile.yml", "profile.yaml"), ("7.yaml", "file-7.yaml")])
def test_a_name_no_profile_can_have_is_refused_with_one_it_can(desk: Desk, file: Path, name: str, better: str) -> None:
    ended = inspected(desk, file, "-o", desk.scratch / name)
    assert ended.code == 1
    assert better in ended.err
    assert not (desk.scratch / name).exists()


def test_without_a_place_the_profile_is_printed_and_nothing_written(desk: Desk, file: Path) -> None:
    before = sorted(desk.scratch.iterdir())
    ended = inspected(desk, file)
    assert ended.code == 0
    assert "id: water\n" in ended.out
    assert ended.err == ""
    assert sorted(desk.scratch.iterdir()) == before


def test_as_data_it_says_the_same(desk: Desk, file: Path) -> None:
    data = inspected(desk, file, "--json").data
    assert (data["format"], data["encoding"], data["delimiter"]) == ("csv", "utf-8", ";")
    assert data["table"]["header_rows"] == [3]
    roles = {column["name"]: column["role"] for column in data["columns"]}
    assert roles == {"Region": "unit", "Year": "period", "GH-6.2.1": "figures"}
    figures = data["columns"][2]["numbers"]
    assert figures["decimal"] == [{"mark": ",", "cells": 3, "row": 4, "text": "81,5"}]
    assert data["profile"].startswith("# Import profile")
    assert data["questions"] == 0
    assert {finding["code"] for finding in data["findings"]} >= {"inspect.units", "inspect.numbers", "inspect.header"}


def test_a_folder_is_listed(desk: Desk, file: Path) -> None:
    assert file.exists()
    ended = inspected(desk, desk.scratch)
    assert ended.code == 0
    assert "water.csv" in ended.out
    (one,) = inspected(desk, desk.scratch, "--json").data
    assert (one["file"], one["format"], one["rows"], one["profile"]) == ("water.csv", "csv", 6, None)


def test_it_speaks_the_language_of_the_reader(desk: Desk, file: Path) -> None:
    """Every sentence goes through the catalogue: what is not translated yet stays English, and nothing breaks."""
    assert run_command("--hub", desk.folder, "--lang", "pt_PT", "data", "inspect", file).code == 0


def test_control_characters_of_a_file_do_not_reach_the_terminal(desk: Desk) -> None:
    file = desk.scratch / "odd.csv"
    file.write_text("Region,Year,\x1b[31mValue\nAhafo,2021,1.5\nBono,2021,2.5\n", encoding="utf-8")
    ended = inspected(desk, file)
    assert "\x1b" not in ended.out
    assert "\\u001b[31mValue" in ended.out


def test_of_many_alike_questions_the_first_are_printed(desk: Desk) -> None:
    marks = ("..", "-", "n/a", "x", "...", ":", "NA", "*", "nd")
    file, profile = desk.scratch / "marks.csv", desk.scratch / "marks.yaml"
    rows = [f"{place};{2000 + year};{100 + 7 * year}" for place in ("Ahafo", "Bono", "Volta") for year in range(12)]
    file.write_text("\n".join(["Region;Year;Boats", *rows, *(f"Ahafo;{2012 + place};{mark}" for place, mark in enumerate(marks))]), encoding="utf-8")
    ended = inspected(desk, file, "-o", profile)
    assert ended.out.count("stands for no figure in") == 5
    assert "! 4 more questions of this kind; the profile lists all." in ended.out.splitlines()
    assert "10 questions are open" in ended.out, "the indicator is asked for too"
    assert sum(one["code"] == "inspect.missing" for one in inspected(desk, file, "--json").data["findings"]) == len(marks)
    assert sum(f'"{mark}": "???"' in profile.read_text(encoding="utf-8") for mark in marks) == len(marks)


def test_a_profile_that_is_nothing_but_a_mark_is_undecided_as_a_whole(desk: Desk, file: Path) -> None:
    profile = desk.scratch / "water-office.yaml"
    profile.write_text('"???"\n', encoding="utf-8")
    ended = imported(desk, file, "--profile", profile)
    assert ended.code == 1
    assert "All of the file is still to be decided. Replace ???" in ended.err

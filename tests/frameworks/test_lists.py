"""The lists of this release, the lists that may come in, and what a newer one changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.frameworks.differences import Change, differences
from sdgcities.frameworks.lists import Listed, Sdg, Umf, cells, domains, goal_of, goals, target_of
from sdgcities.frameworks.reading import incomplete, kind_of, read_list
from sdgcities.frameworks.shipped import FILES, shipped
from sdgcities.model.sources import Status

HEAD = "umf_code,title,source,status\n"
ROW = "{0}.1.1,Title {0},A document,official\n"
WHOLE = HEAD + "".join(ROW.format(domain) for domain in range(1, 6))


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sdgs_are_whole() -> None:
    sdg = shipped().sdg
    assert (len(goals()), len(sdg.targets), len(sdg.indicators)) == (17, 169, 252)
    assert {target_of(code) for code in sdg.indicators} <= sdg.targets.keys()
    assert [code for code, one in sdg.entries.items() if one.until] == ["1.a.3", "8.9.2", "11.c.1", "13.3.2"]
    assert not list(incomplete(sdg, sdg, FILES[Listed.SDG]))
    assert all(goal_of(code) for code in sdg.entries)


def test_nothing_of_the_umf_is_shown_as_official_that_is_not_confirmed() -> None:
    umf = shipped().umf
    assert {one.status for one in umf.entries.values()} == {Status.DRAFT}
    assert all(one.source and (one.title or one.note) for one in umf.entries.values())
    assert list(incomplete(umf, umf, FILES[Listed.UMF])) == []


def test_the_cells() -> None:
    assert len(cells()) == 20
    assert (cells()[0], cells()[-1]) == ("1.1", "5.4")
    assert list(domains()) == sorted({cell[0] for cell in cells()})
    found = goal_of("11.b.2")
    assert found
    assert found.name == "Sustainable cities and communities"


@pytest.mark.parametrize("name", ["list.csv", "list.yaml"])
def test_a_list_is_known_by_its_column_or_key(tmp_path: Path, name: str) -> None:
    rows = [f'  - {{code: "{one}.1.1", title: Title {one}, source: A document, status: official}}' for one in range(1, 6)]
    path = written(tmp_path, WHOLE if name.endswith("csv") else "\n".join(["version: 2027-1", "umf:", *rows]), name)
    assert kind_of(path) is Listed.UMF
    read = read_list(path)
    assert isinstance(read, Umf)
    assert read.version == ("" if name.endswith("csv") else "2027-1")
    assert list(read.entries) == [f"{one}.1.1" for one in range(1, 6)]
    assert not list(incomplete(read, shipped().umf, path))
    assert [str(one.message) for one in incomplete(shipped().umf, read, path)] == ["The list has nothing of the domains: 3, 4, 5."]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("6.1.1,Title,A document,official", "6.1.1 is in none of the cells of the UMF"),
        ("1.1,Title,A document,official", "“1.1” is no code of this list."),
        ("=1+1,Title,A document,official", "“=1+1” is no code of this list."),
        ("1.1.1,Again,A document,official", "The code 1.1.1 stands twice."),
        ("1.1.2,Title,,official", "1.1.2 has no source."),
        ("1.1.2,Title,A document,", "1.1.2 has no status."),
        ("1.1.2,Title,A document,Official", "1.1.2 has no status."),
        ("1.1.2,,A document,official", "1.1.2 has no title."),
        ("1.1.2,Tit\u202ele,A document,official", "1.1.2 holds characters that can't be seen."),
    ],
)
def test_a_wrong_row_is_refused_with_its_number(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_list(written(tmp_path, WHOLE + row + "\n"))
    (finding,) = refused.value.findings
    assert str(finding.message).startswith(said)
    assert finding.where.row == 7


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code,title\n1.1.1,Title\n", "list.kind"),
        (HEAD.replace("status", "standing") + "1.1.1,Title,A document,official\n", "list.row"),
        ("umf_code,title,source,status,colour\n1.1.1,Title,A document,official,red\n", "list.row"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_list(written(tmp_path, text))
    assert {one.code for one in refused.value.findings} == {code}


def test_half_a_list_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + ROW.format(1))
    assert [one.code for one in incomplete(read_list(path), shipped().umf, path)] == ["list.half"]
    empty = written(tmp_path, HEAD)
    assert [one.code for one in incomplete(read_list(empty), shipped().umf, empty)] == ["list.empty"]
    whole = FILES[Listed.SDG].read_text(encoding="utf-8").splitlines(keepends=True)
    cut = written(tmp_path, "".join(line for line in whole if not line.startswith("11.3,")))
    assert [str(one.message) for one in incomplete(read_list(cut), shipped().sdg, cut)] == ["The list has indicators without their target, such as 11.3.1."]


def test_what_a_newer_list_changes(tmp_path: Path) -> None:
    old = read_list(written(tmp_path, WHOLE))
    text = WHOLE.replace("1.1.1,Title 1", "1.2.3,Title 1").replace("Title 2", "Another").replace("3.1.1,Title 3,A document,official\n", "")
    text = text.replace("4.1.1,Title 4,A document,official", "4.1.1,Title 4,A document,draft") + "5.4.1,New,A document,proposed\n"
    found = differences(old, read_list(written(tmp_path, text)))
    assert sorted((one.change, one.code) for one in found) == [
        (Change.ADDED, "1.2.3"),
        (Change.ADDED, "5.4.1"),
        (Change.MOVED, "1.1.1"),
        (Change.REMOVED, "3.1.1"),
        (Change.RENAMED, "2.1.1"),
        (Change.STATUS, "4.1.1"),
    ]
    moved = next(one for one in found if one.change is Change.MOVED)
    assert moved.new
    assert moved.new.code == "1.2.3"
    assert [one.code for one in found if one.vanishes] == ["1.1.1", "3.1.1"]
    assert differences(old, old) == ()


def test_a_code_of_the_sdgs_ends(tmp_path: Path) -> None:
    text = FILES[Listed.SDG].read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("6.b.1,"))
    new = read_list(written(tmp_path, text.replace(line, line.replace(",,Global", ",2025,Global"))))
    assert isinstance(new, Sdg)
    assert [(one.change, one.code, one.vanishes) for one in differences(shipped().sdg, new)] == [(Change.ENDED, "6.b.1", True)]

"""A folder or archive is one batch: all of it or nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

import pytest
from sqlalchemy import select
from tests.hub_fixtures import HO, Desk

from sdgcities.findings import Severity
from sdgcities.store.tables import batch
from sdgcities.tracks.data.importing.folder import import_folder
from sdgcities.tracks.data.importing.request import FolderReport, Request

WRONG = {"unit": "GH9999", "value": "7"}


def folder(desk: Desk, files: Mapping[str, Sequence[Mapping[str, object]]], name: str = "files") -> Path:
    """A folder with these tidy files."""
    found = desk.scratch / name
    for file, rows in files.items():
        path = found / file
        path.parent.mkdir(parents=True, exist_ok=True)
        desk.tidy(*rows, name=str(path.relative_to(desk.scratch)))
    return found


def zipped(path: Path) -> Path:
    """The folder as an archive."""
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as into:
        for file in sorted(path.rglob("*")):
            if file.is_file():
                into.write(file, file.relative_to(path))
    return archive


def bring(desk: Desk, path: Path, *, dry_run: bool = False, accept_partial: bool = False) -> FolderReport:
    return import_folder(desk.catalogue, Request(path, desk.person("ama"), desk.person("kofi"), dry_run=dry_run, accept_partial=accept_partial))


def batches(desk: Desk) -> list[tuple[int, str, int | None, int]]:
    with desk.hub.database.reading() as connection:
        return [(row.id, row.file, row.part_of, row.stored) for row in connection.execute(select(batch).order_by(batch.c.id))]


def codes(report: FolderReport) -> list[str]:
    return [finding.code for one in report.reports for finding in one.findings] + [finding.code for finding in report.findings]


TWO: Mapping[str, Sequence[Mapping[str, object]]] = {
    "2020.csv": [{"period": "2020", "value": "1"}],
    "later/2021.csv": [{"value": "2"}, {"value": "3", "sex": "F"}],
}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])
def test_a_folder_is_one_batch_with_a_batch_for_each_file(desk: Desk, packed: bool) -> None:
    path = folder(desk, TWO)
    report = bring(desk, zipped(path) if packed else path)
    assert (report.blocked, report.stored, report.batch) == (False, 3, 3)
    assert batches(desk) == [(1, "2020.csv", 3, 1), (2, "later/2021.csv", 3, 2), (3, "files.zip" if packed else "files", None, 3)]
    assert [Path(one.file).as_posix().rpartition("/files")[2] for one in report.reports] == [
        (".zip" if packed else "") + name for name in ("/2020.csv", "/later/2021.csv")
    ]
    assert {figure.file for figure in desk.figures()} == {"2020.csv", "later/2021.csv"}
    assert desk.chain()[1] is None


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "archive"])
def test_what_blocks_in_one_file_stores_nothing_of_any_and_names_its_place(desk: Desk, packed: bool) -> None:
    before = desk.counts()
    path = folder(desk, {**TWO, "wrong.csv": [{"period": "2019"}, WRONG]})
    path = zipped(path) if packed else path
    report = bring(desk, path)
    assert (report.blocked, report.stored, report.batch) == (True, 0, None)
    (finding,) = report.reports[2].findings
    assert finding.where.parts() == {"file": str(path / "wrong.csv"), "row": 3, "column": "unit"}
    assert desk.counts() == before


def test_accepted_in_part_the_files_that_cannot_be_read_are_left_out_and_named(desk: Desk) -> None:
    path = folder(desk, TWO)
    (path / "minutes.txt").write_text("On Monday the committee met\nand went home\n", encoding="utf-8")
    assert bring(desk, path).blocked
    report = bring(desk, path, accept_partial=True)
    assert (report.blocked, report.stored, report.batch) == (False, 3, 4)
    assert [finding.severity for one in report.reports for finding in one.findings] == [Severity.NOTE]
    assert "minutes.txt" in str(report.findings[-1].message)
    assert bring(desk, path, accept_partial=True).batch is None


def test_what_is_no_table_is_named_and_what_offices_leave_behind_is_not(desk: Desk) -> None:
    path = folder(desk, TWO)
    for name in ("notes.pdf", "~$2020.xlsx", ".~lock.2020.ods#", ".DS_Store", "__MACOSX/._2020.csv"):
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_bytes(b"x")
    report = bring(desk, path)
    assert report.stored == 3
    assert [str(finding.message) for finding in report.findings] == ["1 file is no table: notes.pdf."]


def test_a_folder_without_a_table_is_refused(desk: Desk) -> None:
    (desk.scratch / "empty").mkdir()
    assert codes(bring(desk, desk.scratch / "empty")) == ["import.folder"]


def test_the_same_figure_in_two_files_is_no_contradiction(desk: Desk) -> None:
    report = bring(desk, folder(desk, {"a.csv": [{"value": "5"}], "b.csv": [{"value": "5.0"}, {"period": "2020"}]}))
    assert (report.blocked, report.stored, report.unchanged) == (False, 2, 1)


@pytest.mark.parametrize("known", ["", "5", "6", "7"], ids=["new", "the first has it", "the second has it", "neither has it"])
def test_two_files_that_contradict_each_other_are_refused_with_both_rows(desk: Desk, known: str) -> None:
    if known:
        desk.bring(desk.tidy({"value": known}, name="before.csv"))
    before = desk.counts()
    path = folder(desk, {"a.csv": [{"period": "2019"}, {"value": "5"}], "b.csv": [{"value": "6"}]})
    report = bring(desk, path, accept_partial=True)
    (finding,) = [one for one in report.findings if one.code != "import.revised"]
    assert (len(report.findings) == 1) == (not known), "what a file of the folder brings is no figure that the hub held"
    assert (finding.code, finding.severity, report.batch) == ("import.disagree", Severity.BLOCK, None)
    assert finding.where.parts() == {"file": str(path / "b.csv"), "row": 2}
    assert "is 6 here, but 5 in row 3 of" in str(finding.message)
    assert desk.counts() == before


def test_a_dry_run_of_a_folder_stores_nothing_and_says_what_would_be(desk: Desk) -> None:
    before = desk.counts()
    report = bring(desk, folder(desk, TWO), dry_run=True)
    assert (report.blocked, report.stored, report.batch) == (False, 3, None)
    assert report.shows is not None
    assert report.shows.figures == 3
    assert desk.counts() == before


def test_the_same_folder_again_changes_nothing(desk: Desk) -> None:
    path = folder(desk, TWO)
    bring(desk, path)
    before = desk.counts()
    again = bring(desk, path)
    assert (again.batch, again.stored, again.unchanged) == (None, 0, 3)
    assert desk.counts() == before


def test_a_file_that_breaks_off_in_the_middle_leaves_nothing_of_itself(desk: Desk) -> None:
    path = folder(desk, {"a.csv": [{"period": "2020"}], "b.csv": [{"period": str(year)} for year in range(1900, 2000)]})
    with (path / "b.csv").open("a", encoding="utf-8") as stream:
        stream.write(f'{HO},GH-POP,2000,1,"Register\n')
    report = bring(desk, path, accept_partial=True)
    assert (report.blocked, report.stored) == (False, 1)
    assert [figure.period.start.year for figure in desk.figures()] == [2020]
    assert bring(desk, path).blocked


@pytest.mark.parametrize("content", [b"a,b,c\n1,2,3\n", bytes(range(256)) * 8], ids=["tables of nobody", "no text"])
def test_a_thousand_files_that_fit_no_profile_are_told_in_seconds(desk: Desk, content: bytes) -> None:
    """Each was opened once for every encoding and separator that every profile might have meant, which took 8 ms a file."""
    for number in range(1_000):
        path = desk.scratch / "rubbish" / f"{number}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    began = perf_counter()
    report = bring(desk, desk.scratch / "rubbish")
    assert perf_counter() - began < 4
    assert (len(report.reports), report.batch) == (1_000, None)

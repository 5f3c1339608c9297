"""Workbooks: what a cell reads as, and what is refused before anything is made of it."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from sdgcities.errors import Refused
from sdgcities.intake.workbook import Workbook, is_workbook
from sdgcities.intake.workbooks import package


def book(path: Path, cells: dict[str, object], sheet: str = "Table") -> Path:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet(sheet)
        for place, value in cells.items():
            page.write_datetime(place, value, made.add_format({"num_format": "yyyy-mm-dd"})) if isinstance(value, date) else page.write(place, value)
    return path


def tampered(path: Path, name: str, old: bytes, new: bytes) -> Path:
    """The same package with some bytes of one entry exchanged."""
    other = path.with_name("tampered.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            content = source.read(entry)
            assert entry != name or old in content
            target.writestr(entry, content.replace(old, new) if entry == name else content)
    return other


def code(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        [list(opened.rows(name)) for opened in [Workbook(path)] for name in opened.sheets]
    return caught.value.findings[0].code


def test_cells_read_as_a_person_would_type_them(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"B2": 2010.0, "C2": 1.73, "D2": " Ağrı ", "E2": True, "B3": date(2021, 3, 31), "C3": -0.5, "D3": "007", "E3": 1e21})
    assert list(Workbook(path).rows("Table")) == [
        (1, ["", "", "", "", ""]),
        (2, ["", "2010", "1.73", " Ağrı ", "TRUE"]),
        (3, ["", "2021-03-31", "-0.5", "007", "1000000000000000000000"]),
    ]
    assert [cells[2] for _, cells in Workbook(path).rows("Table", ",")] == ["", "1,73", "-0,5"]


def test_cells_with_formulas_are_known_by_sheet_and_row(tmp_path: Path) -> None:
    assert Workbook(book(tmp_path / "a.xlsx", {"A1": "x", "B2": 2})).formulas == {}
    path = book(tmp_path / "b.xlsx", {"A1": "x", "AB12": "=1+1", "AC12": "=2+2", "C14": "=3"})
    assert Workbook(path).formulas == {"Table": {12: "AB12", 14: "C14"}}
    assert Workbook(tampered(path, "xl/worksheets/sheet1.xml", b"<f>1+1", b'<f aca="false">1+1')).formulas["Table"][12] == "AB12", "as LibreOffice writes it"
    with xlsxwriter.Workbook(tmp_path / "c.xlsx") as made:
        made.add_worksheet("First").write("A1", "x")
        made.add_worksheet('Tom & Ana\'s "list"').write_formula("B3", "=1+1", None, 2)
    assert Workbook(tmp_path / "c.xlsx").formulas == {'Tom & Ana\'s "list"': {3: "B3"}}


def test_formulas_give_the_results_they_were_saved_with(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("Table").write_formula("A1", "=1+1", None, 2)
    assert list(Workbook(path).rows("Table")) == [(1, ["2"])]


def test_a_stray_cell_at_the_end_of_the_sheet_is_not_walked_to(tmp_path: Path) -> None:
    assert code(book(tmp_path / "a.xlsx", {"A1": "name", "XFD1048576": 1})) == "workbook.cells"


def test_a_table_of_a_million_rows_is_to_be_saved_as_csv(tmp_path: Path) -> None:
    """All its cells would be held in memory at once; a CSV file is read row by row."""
    path = book(tmp_path / "a.xlsx", {"A1": "unit", "D1000000": 1})
    with pytest.raises(Refused) as told:
        Workbook(path)
    (finding,) = told.value.findings
    assert (finding.code, finding.where.sheet) == ("workbook.cells", "Table")
    assert str(finding.hint).endswith("A table that is so large: save it as CSV UTF-8.")


def test_too_many_parts_are_told_as_such(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": "x"})
    with zipfile.ZipFile(path, "a") as packed:
        for number in range(package.MAX_ENTRIES):
            packed.writestr(f"xl/media/{number}.bin", b"")
    with pytest.raises(Refused) as told:
        Workbook(path)
    assert "parts; at most 2000 are read" in str(told.value.findings[0].message)


def test_nor_one_that_hides_its_place(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": "name", "B2": 1})
    assert code(tampered(path, "xl/worksheets/sheet1.xml", b'r="B2"', b"r = 'XFD1048576'")) == "workbook.cells"


def test_a_package_that_unpacks_to_far_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": "x"})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/bomb.bin", bytes(2 * 1024 * 1024))
    monkeypatch.setattr(package, "MAX_UNPACKED", 1024 * 1024)
    assert code(path) == "workbook.too-large"


@pytest.mark.parametrize("content", [b"PK\x03\x04 no package", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", b"PK\x03\x04"])
def test_what_only_begins_like_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert is_workbook(path)
    assert code(path) == "workbook.damaged"


def test_a_truncated_one_too(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"A1": "x"})
    path.write_bytes(path.read_bytes()[:-400])
    assert code(path) == "workbook.damaged"


def test_and_what_is_none_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("unit,value\n", encoding="utf-8")
    assert not is_workbook(path)
    assert code(path) == "workbook.kind"

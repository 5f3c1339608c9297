"""CSV: what is read alike however it was written, and where a fault is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.findings import Where
from sdgcities.intake.csv import MAX_LINE, read_cells, read_header, read_rows

ROWS = [(2, ["Ho", "1"]), (3, ["Ko", "2"])]


def read(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return list(read_rows(path, len(read_header(path, encoding, delimiter)), encoding, delimiter))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_lines_end_in_any_way(tmp_path: Path, end: str, encoding: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(end.join(["unit,value", "Ho,1", "Ko,2"]).encode(encoding))
    assert read(path, encoding) == ROWS


def test_and_in_several_ways_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"unit,value\r\nHo,1\rKo,2\n\n")
    assert read(path) == ROWS


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_in_its_byte_order(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("unit,value\nŞırnak,1\nطنجة,2\n".encode(codec))
    assert read(path, "utf-16") == [(2, ["Şırnak", "1"]), (3, ["طنجة", "2"])]


def test_what_looks_like_a_web_page_is_not_one(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"<5 years,>5 years\n<1,2\n")
    assert read_header(path) == ("<5 years", ">5 years")
    path.write_bytes(b"[code],{name}\n1,2\n")
    assert read_header(path) == ("[code]", "{name}")


def test_a_header_alone_has_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"unit,value\n")
    assert read(path) == []


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"unit,value\nHo,1\nKo,2,\n", Where(row=3)),
        (b"unit,value\n" + b"Ho,1\n" * 30 + b"K\0o,2\n", Where(line=32)),
        (b"unit,value\nHo,1\n\xef\xbb\xbfunit,value\n", Where(line=3)),
        (b"unit,value\n" + b"H" * (MAX_LINE - 14) + b",1\n" + b"\xef\xbb\xbfunit,value\n", Where(line=3)),
        (b"unit,value\n" + b"H" * (MAX_LINE - 15) + b",1\n" + b"\xef\xbb\xbfunit,value\n", Where(line=3)),
        (b"unit,value\n" + b"H" * (MAX_LINE - 16) + b",1\n" + b"\xef\xbb\xbfunit,value\n", Where(line=3)),
        (b"unit,value\nHo,1\nK\xe9,2\n", Where(line=3)),
    ],
)
def test_the_place_of_a_fault_is_named(tmp_path: Path, content: bytes, where: Where) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        read(path)
    found = caught.value.findings[0].where
    assert (found.file, found.row, found.line) == (str(path), where.row, where.line)


def test_a_byte_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"unit,value\n" + b"Ho,1\n" * 400_000 + b"K\xe9,2\n")
    with pytest.raises(Refused, match="Byte 2000012 is the first that is wrong"):
        read(path)


def test_a_mark_in_a_cell_is_left_to_the_reader_of_codes(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"unit,value\nHo,\xef\xbb\xbf1\n")
    assert read(path) == [(2, ["Ho", "\ufeff1"])]


def test_far_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sdgcities.intake.csv.MAX_ROWS", 10)
    path = tmp_path / "table.csv"
    path.write_bytes(b"unit,value\n" + b"Ho,1\n" * 11)
    with pytest.raises(Refused, match="More than 10 rows"):
        read(path)
    with pytest.raises(Refused, match="More than 1000 columns or 10 rows"):
        list(read_cells(path, "utf-8", ","))

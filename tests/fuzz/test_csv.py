"""Any bytes as CSV: rows, or one refusal that names the file. What the csv module writes comes back equal."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.csv import read_cells, read_header, read_rows

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp1254", "iso-8859-9")
SHAPED = st.text(st.sampled_from("ab1,;\t|\"'\n\r \0éşİ€\ufeff\u2028<>{}[]="), max_size=80)
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=12)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "table.csv"


def refused_once(refused: Refused, path: Path) -> None:
    (finding,) = refused.findings
    assert finding.where.file == str(path)
    assert finding.blocks


@given(
    content=st.one_of(st.binary(max_size=300), SHAPED.map(str.encode), SHAPED.map(lambda text: text.encode("utf-16"))),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_bytes_are_rows_or_one_refusal(path: Path, content: bytes, encoding: str, delimiter: str) -> None:
    path.write_bytes(content)
    try:
        header = read_header(path, encoding, delimiter)
        for _, row in read_rows(path, len(header), encoding, delimiter):
            assert len(row) == len(header)
            assert not any("\0" in cell for cell in row) or encoding == "utf-16"
    except Refused as refused:
        refused_once(refused, path)
    try:
        assert [number for number, _ in read_cells(path, encoding, delimiter)] == sorted({number for number, _ in read_cells(path, encoding, delimiter)})
    except Refused as refused:
        refused_once(refused, path)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=5),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(("\n", "\r\n", "\r")),
)
def test_what_was_written_comes_back(path: Path, rows: list[list[str]], encoding: str, delimiter: str, end: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([["unit", "period", "value"], *rows])
    path.write_bytes(text.getvalue().encode(encoding))
    assert read_header(path, encoding, delimiter) == ("unit", "period", "value")
    assert list(read_rows(path, 3, encoding, delimiter)) == list(enumerate(rows, start=2))

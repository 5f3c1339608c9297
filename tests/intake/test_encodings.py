"""The encoding of a text is told from its bytes; where they can be read in two ways, a person is asked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.encodings import CODE_PAGES, Detected, detect, garbled
from sdgcities.intake.files import MEGABYTE, read_text

TURKISH, PORTUGUESE, PLAIN = "il,değer\nİstanbul,1\nŞırnak,2\n", "nome,valor\nÉvora,1\nSão João,2\n", "unit,value\nHo,1\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Every name of a place in the plugins' lists."""
    rows = [row for file in sorted(ROOT.glob("plugins/*/sdgcities_*/units.csv")) for row in csv.reader(file.read_text(encoding="utf-8").splitlines())]
    found = sorted({cell for row in rows for cell in row})
    assert sum(not name.isascii() for name in found) > 2000
    return found


def misread(text: str, page: str) -> str:
    """UTF-8 as a program shows it that takes it for a code page: bytes without a letter become control characters."""
    letters = (bytes([byte]).decode(page, "replace") for byte in text.encode())
    return "".join(chr(byte) if letter == "\ufffd" else letter for byte, letter in zip(text.encode(), letters, strict=True))


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        (PLAIN, "ascii", "utf-8"),
        (TURKISH, "utf-8", "utf-8"),
        (TURKISH, "utf-8-sig", "utf-8-sig"),
        (TURKISH, "utf-16", "utf-16"),
        (TURKISH, "utf-16-le", "utf-16"),
        (TURKISH, "utf-16-be", "utf-16"),
        (PORTUGUESE, "cp1252", "cp1252"),
        ("ville,“Žilina”\n", "cp1252", "cp1252"),
        (TURKISH, "cp1254", ""),
        (TURKISH, "iso-8859-9", ""),
        ("“Ðe”,ý\n", "cp1252", ""),
        ("titre,«CAFÉ»\nÉ»,1\n", "cp1252", "cp1252"),
    ],
)
def test_an_encoding_is_told_or_asked(tmp_path: Path, text: str, written: str, expected: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(written))
    found = detect(path)
    assert found.encoding == expected
    assert str(found.evidence)
    if expected:
        assert found.candidates == (expected,)
        assert read_text(path, encoding=expected) == text
        width = len(read_header(path, expected))
        assert [cells for _, cells in read_rows(path, width, expected)] == [line.split(",") for line in text.splitlines()[1:]]
    else:
        assert any(read_text(path, encoding=candidate) == text for candidate in found.candidates)


def test_who_is_asked_sees_a_word_as_each_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(TURKISH.encode("cp1254"))
    found = detect(path)
    assert found.candidates == ("cp1252", "cp1254")
    assert str(found.evidence) == "cp1252 reads “deðer”, cp1254 reads “değer”"
    path.write_bytes(PORTUGUESE.encode("cp1252"))
    assert str(detect(path).evidence) == "not UTF-8; cp1252 and cp1254, iso-8859-9 read every letter of it alike"


def test_a_word_far_down_in_a_large_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"Ho,1\n" * (MEGABYTE // 2) + "Iğdır,2\n".encode("cp1254"))
    assert "“Iðdýr”, cp1254 reads “Iğdır”" in str(detect(path).evidence)


@pytest.mark.parametrize(
    ("content", "offset", "line"),
    [
        (TURKISH.encode() + PORTUGUESE.encode("cp1252"), len(TURKISH.encode()) + 11, 5),
        (PORTUGUESE.encode("cp1252") + TURKISH.encode(), 11, 2),
        (b"unit,value\n" * 200_000 + "É,1\n".encode() + b"\xc9vora,2\n", 2_200_000 + 5, 200_002),
        (b"\xef\xbb\xbf" + b"unit\n" * 400_000 + b"\xe9\n", 2_000_003, 400_001),
        (TURKISH.encode() + "ş".encode()[:1], len(TURKISH.encode()), 4),
    ],
)
def test_a_mixed_text_is_refused_with_the_first_byte_that_is_wrong(tmp_path: Path, content: bytes, offset: int, line: int) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=rf"byte {offset} ") as caught:
        detect(path)
    assert (caught.value.findings[0].code, caught.value.findings[0].where.line) == ("file.encoding", line)


def test_the_real_files_are_told_apart(real_data: Path) -> None:
    """One of them is cp1252 with four dashes in UTF-8."""
    expected = {
        "ine_censos2021_dinamicas_territoriais_MN.csv": "cp1252",
        "concelhos.csv": "utf-8",
        "provinces_202403.csv": "utf-8",
        "ghanapop.csv": "utf-8",
    }
    found = {path.name: path for path in real_data.rglob("*.csv")}
    assert {name: detect(found[name]).encoding for name in expected} == expected
    with pytest.raises(Refused, match="as at byte 483272") as caught:
        detect(found["wash_investments_mdb.csv"])
    assert caught.value.findings[0].where.line == 260


def test_no_name_of_a_place_is_taken_for_garbled(names: list[str]) -> None:
    assert [name for name in names if garbled(name) or garbled(name.upper()) or garbled(f"«{name}»")] == []


@pytest.mark.parametrize("page", CODE_PAGES)
def test_every_garbled_name_is_put_right(names: list[str], page: str) -> None:
    accented = [name for name in names if not name.isascii()]
    assert [name for name in accented if garbled(misread(name, page)) != name] == []
    assert [name for name in accented if garbled(misread(misread(name, page), page)) != name] == []


@pytest.mark.parametrize(
    ("text", "meant"),
    [("Ã§", "ç"), ("Ä°stanbul", "İstanbul"), ("ÅžanlÄ±urfa", "Şanlıurfa"), ("SÃ£o JoÃ£o", "São João"), ("ÃƒÂ§", "ç"), ("Lomâ€\u201cAccra", "Lom\u2013Accra")],
)
def test_what_is_often_seen(text: str, meant: str) -> None:
    assert garbled(text) == meant


@pytest.mark.parametrize("text", ["", "Ho", "Ça", "À la carte", "Ãrea", "CAFÉ»", "№ 5", "25 °C", "IRMÃ", "Åre", "değer", "ÄÖÜ", "ß", "Âge", "«É»"])
def test_what_is_not_garbled(text: str) -> None:
    assert garbled(text) == ""


def detected(path: Path) -> Detected | None:
    try:
        return detect(path)
    except Refused:
        return None


@given(
    text=st.text(st.sampled_from("abc çğışöüÇĞİŞÖÜãõéêàâÃÂ,;\n"), min_size=1, max_size=60), page=st.sampled_from(("utf-8", "utf-8-sig", "utf-16", *CODE_PAGES))
)
def test_what_is_detected_reads_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, text: str, page: str) -> None:
    path = tmp_path_factory.mktemp("text") / "table.csv"
    data = text.encode(page, "ignore")
    path.write_bytes(data or b"a")
    found = detected(path)
    if found is None:
        assert page in CODE_PAGES, "chance makes letters of UTF-8 of letters of a code page"
        return
    if found.encoding:
        assert page in CODE_PAGES or data.decode(page) == text
        assert read_text(path, encoding=found.encoding) == (data.decode(page) if data else "a")

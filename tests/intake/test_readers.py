"""Whatever bytes come in, a reader gives data or a refusal that says where."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.csv import read_header, read_rows
from sdgcities.intake.files import read_bytes, read_text, sha256_of
from sdgcities.intake.geojson import read_boundary
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import load_yaml
from sdgcities.plugin.manifest import SCHEMAS


def read_csv(path: Path, encoding: str = "utf-8", delimiter: str = ",") -> list[tuple[int, list[str]]]:
    return list(read_rows(path, len(read_header(path, encoding, delimiter)), encoding, delimiter))


ENCODINGS: list[str] = json.loads((SCHEMAS / "profile.schema.json").read_bytes())["properties"]["encoding"]["enum"]
READERS: tuple[Callable[[Path], object], ...] = (load_yaml, load_json, read_csv, read_boundary, read_text)
PUNCTUATION = st.text(st.sampled_from("{}[]:,-#&*!|>'\"%@`?~ \n\t\r0123456789.eE+aZé\0\x85\u2028\ufeff"), max_size=60)
NUMBERS = st.from_regex(r"[-+]?[0-9]{0,3}\.?[0-9]{0,3}([eE][-+]?[0-9]{1,25})?", fullmatch=True)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readers") / "file"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(content=st.one_of(st.binary(max_size=200), PUNCTUATION.map(str.encode), NUMBERS.map(str.encode), NUMBERS.map(lambda text: f"[{text}]".encode())))
def test_any_bytes_are_read_or_refused(path: Path, reader: Callable[[Path], object], content: bytes) -> None:
    path.write_bytes(content)
    with suppress(Refused):
        reader(path)


@given(
    content=st.one_of(st.binary(max_size=200), st.text(max_size=80).map(lambda text: text.encode("utf-16", "surrogatepass"))),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from(",;\t|"),
)
def test_a_table_in_any_encoding_is_read_or_refused(path: Path, content: bytes, encoding: str, delimiter: str) -> None:
    path.write_bytes(content)
    with suppress(Refused):
        read_csv(path, encoding, delimiter)
    with suppress(Refused):
        read_text(path, encoding=encoding)


TEXT = st.text(st.characters(codec="utf-8"))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


@given(data=PLAIN.filter(lambda data: r"\u0000" not in json.dumps(data)))
def test_json_is_read_back_as_it_was_written(path: Path, data: object) -> None:
    path.write_text(json.dumps(data), encoding="utf-8")
    assert load_json(path) == data


@given(
    data=st.recursive(
        st.integers(-(10**30), 10**30) | st.text(st.characters(exclude_categories=("Cs", "Cc"))), lambda inner: st.lists(inner, max_size=4), max_leaves=9
    )
)
def test_yaml_is_read_back_as_it_was_written(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, default_style='"' if isinstance(data, str) else None), encoding="utf-8")
    assert load_yaml(path).data == data


@given(rows=st.lists(st.lists(st.text(st.sampled_from('ab1,;"\n é'), max_size=6), min_size=2, max_size=2), max_size=6))
def test_csv_is_read_back_as_it_was_written(path: Path, rows: list[list[str]]) -> None:
    lines = ["x,y", *(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    assert read_csv(path) == [(number, row) for number, row in enumerate(rows, start=2) if any(row)]


@pytest.mark.parametrize(
    ("reader", "content", "code"),
    [
        (load_yaml, "a: 1\na: 2", "yaml.duplicate"),
        (load_yaml, "a: &x 1\nb: *x", "yaml.alias"),
        (load_yaml, "<<: {a: 1}", "yaml.merge"),
        (load_yaml, "!!python/object:os.system x", "yaml.tag"),
        (load_yaml, "a: 1\n---\nb: 2", "yaml.several"),
        (load_yaml, "[" * 60 + "]" * 60, "yaml.depth"),
        (load_yaml, "1e99999999999999999999", "yaml.number"),
        (load_yaml, "9" * 41, "yaml.number"),
        (load_yaml, "# nothing", "yaml.empty"),
        (load_yaml, "a: [", "yaml.syntax"),
        (load_yaml, "", "file.empty"),
        (load_json, '{"a": 1, "a": 2}', "json.content"),
        (load_json, "NaN", "json.content"),
        (load_json, "1e99999999999999999999", "json.content"),
        (load_json, "9" * 5_000, "json.content"),
        (load_json, "[" * 101 + "]" * 101, "json.depth"),
        (load_json, "[" * 100_000, "json.depth"),
        (load_json, '{"a": }', "json.syntax"),
        (read_csv, "\nx,y", "csv.empty"),
        (read_csv, "x,x", "csv.header"),
        (read_csv, "x,,y\n", "csv.header"),
        (read_csv, "x,\n", "csv.title"),
        (read_csv, "PK\x03\x04", "csv.workbook"),
        (read_csv, "x,y\n1", "csv.width"),
        (read_csv, 'x,y\n"1', "csv.syntax"),
        (read_csv, ",".join(f"c{number}" for number in range(1001)), "csv.columns"),
        (read_csv, "x\n" + "1" * 10_001, "csv.syntax"),
    ],
)
def test_what_is_wrong_is_told_by_name(path: Path, reader: Callable[[Path], object], content: str, code: str) -> None:
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        reader(path)
    (finding,) = refused.value.findings
    assert finding.code == code
    assert finding.where.file == str(path)


def test_codes_stay_text_and_numbers_exact(path: Path) -> None:
    path.write_text('{a: NO, b: "007", c: 0.10, d: 1_000, e: 0x1F, f: 12:30, g: yes, h: 2026-01-01, i: .5}', encoding="utf-8")
    data = load_yaml(path).data
    assert data == {"a": "NO", "b": "007", "c": Decimal("0.10"), "d": "1_000", "e": "0x1F", "f": "12:30", "g": "yes", "h": "2026-01-01", "i": Decimal("0.5")}
    path.write_text('{"a": 0.10, "b": 1e2}', encoding="utf-8")
    assert str(load_json(path)) == "{'a': Decimal('0.10'), 'b': Decimal('1E+2')}"


def test_a_file_of_one_endless_line_is_refused_before_it_is_read(path: Path) -> None:
    path.write_bytes(b"x\n" + b"1" * (9 * 1024 * 1024))
    with pytest.raises(Refused) as refused:
        read_csv(path)
    assert refused.value.findings[0].code == "csv.line"


def test_very_many_keys_of_one_name_are_refused_at_once(path: Path) -> None:
    path.write_text("{" + ",".join(f'"k{number}": 1' for number in range(100_000)) + ', "k99999": 2}', encoding="utf-8")
    with pytest.raises(Refused, match="k99999 stands twice"):
        load_json(path)


@pytest.mark.parametrize("reader", [*READERS, read_bytes, sha256_of], ids=lambda reader: reader.__name__)
def test_folders_and_missing_files_are_refused(tmp_path: Path, reader: Callable[[Path], object]) -> None:
    for odd in (tmp_path, tmp_path / "none", tmp_path / ("x" * 300), Path("nul\0byte")):
        with pytest.raises(Refused):
            reader(odd)


@pytest.mark.parametrize(
    ("content", "row", "line"),
    [
        (b'x,y\n1,"2\n2"\n3,4\n5,"6\n7,8\n9,10\n', 4, None),
        (b'x,y\n1,2\n3,"4\n5,"6"\n7,8\n', 3, None),
        (b"x,y\n" + b"1,2\n" * 5000 + "3,é\n".encode("cp1252") + b"5,6\n" * 5000, None, 5002),
    ],
)
def test_a_fault_of_a_table_is_told_in_its_own_row(path: Path, content: bytes, row: int | None, line: int | None) -> None:
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_csv(path)
    assert (refused.value.findings[0].where.row, refused.value.findings[0].where.line) == (row, line)


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ('{"a": 1\n"b": 2}', (2, 1), "a comma or a closing bracket is missing before this"),
        ('{"a" 1}', (1, 6), "a colon is missing"),
        ("{a: 1}", (1, 2), "a key in double quotation marks must stand here"),
        ('{"a": }', (1, 7), "a value is missing here"),
        ('{"a": "x}', (1, 7), "a quotation mark is opened here and never closed"),
        ("[1]\n]", (2, 1), "something stands after the end"),
        ('["a\tb"]', (1, 4), "a line ends, or a tab stands"),
        ('["\\d"]', (1, 3), "a backslash begins a special character"),
    ],
)
def test_json_that_is_none_is_told_in_words(path: Path, content: str, place: tuple[int, int], words: str) -> None:
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(Refused, match=words) as refused:
        load_json(path)
    (finding,) = refused.value.findings
    assert (finding.where.line, finding.where.character) == place
    assert finding.hint

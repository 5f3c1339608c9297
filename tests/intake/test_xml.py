"""XML as the data of a JSON file would be."""

from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.intake.json import value_at
from sdgcities.intake.xml import load_xml

NIL = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "document.xml"


def read(path: Path, text: str, encoding: str = "utf-8") -> object:
    path.write_bytes(text.encode(encoding))
    return load_xml(path)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("<a/>", {"a": ""}),
        ("<a> text </a>", {"a": "text"}),
        ("<a><b>1</b><b>2</b></a>", {"a": {"b": ["1", "2"]}}),
        ("<a>\n  <b>1</b>\n  <c/>\n</a>", {"a": {"b": "1", "c": ""}}),
        ('<a x="1">2</a>', {"a": {"@x": "1", "#text": "2"}}),
        ('<p:a xmlns:p="u" p:x="1"><p:b>2</p:b></p:a>', {"a": {"@x": "1", "b": "2"}}),
        (f'<a {NIL}><b xsi:nil="true"/><b>0</b></a>', {"a": {"b": [None, "0"]}}),
        ("<a><![CDATA[<b>]]>&amp;&#65;</a>", {"a": "<b>&A"}),
        ("<a><!-- no --><?php no ?><b>007</b></a>", {"a": {"b": "007"}}),
    ],
)
def test_elements_become_objects_lists_and_texts(path: Path, text: str, data: object) -> None:
    assert read(path, text) == data


@pytest.mark.parametrize(
    ("encoding", "codec", "word"),
    [
        ("UTF-8", "utf-8", "Ağrı"),
        ("UTF-8", "utf-8-sig", "Ağrı"),
        ("UTF-16", "utf-16", "Ağrı"),
        ("UTF-16", "utf-16-be", "Ağrı"),
        ("ISO-8859-1", "latin-1", "Açores"),
        ("ISO-8859-9", "iso-8859-9", "Ağrı"),
        ("windows-1254", "cp1254", "Ağrı"),
        ("windows-1252", "cp1252", "“Açores”"),
    ],
)
def test_the_encoding_declared_is_read(path: Path, encoding: str, codec: str, word: str) -> None:
    assert read(path, f'<?xml version="1.0" encoding="{encoding}"?>\n<a>{word}</a>', codec) == {"a": word}


def test_records_stand_at_a_pointer_as_in_json(path: Path) -> None:
    data = read(path, "<data><row><year>2021</year></row><row><year>2022</year></row></data>")
    assert value_at(data, "/data/row/1/year") == "2022"


def test_a_fault_is_told_with_its_line(path: Path) -> None:
    with pytest.raises(Refused, match="the end of another element") as refused:
        read(path, "<a>\n<b>\n</a>")
    assert refused.value.findings[0].where.line == 3
    with pytest.raises(Refused, match="declares a document type") as refused:
        read(path, "\n<!DOCTYPE a>\n<a/>")
    assert refused.value.findings[0].where.line == 2


def test_indentation_is_no_text(path: Path) -> None:
    rows = "".join(f"{' ' * 40}<b>{number}</b>\n" for number in range(40_000))
    data = read(path, f"<a>\n{rows}</a>")
    assert value_at(data, "/a/b/39999") == "39999"


def test_the_standards_own_files_are_read(real_data: Path) -> None:
    files = sorted((real_data / "standards").rglob("*.xml"))
    assert len(files) > 10
    assert all(isinstance(load_xml(file), dict) for file in files)
    statuses = load_xml(real_data / "standards/iati/codelists-embedded/xml/ActivityStatus.xml")
    assert value_at(statuses, "/codelist/@name") == "ActivityStatus"
    assert value_at(statuses, "/codelist/codelist-items/codelist-item/0/code") == "1"

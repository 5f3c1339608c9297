"""Offices send web pages as .xlsx and PDF documents as tables: a person is told what the file really is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from tests.isle import isle

from sdgcities.errors import Refused
from sdgcities.intake.renamed import renamed
from sdgcities.tracks.data.inspecting.sampling import sample

PAGE = b"<!DOCTYPE html>\n<html><body><table><tr><td>town</td></tr></table></body></html>\n"
PDF = b"%PDF-1.4\n%\xe2\xe3\n1 0 obj\n"
RTF = rb"{\rtf1\ansi boats}"
TEXT = b"Dear colleague,\nthe table follows.\n"


def word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.xlsx", PAGE, "This is a web page (HTML), not a workbook."),
        ("page.ods", PAGE, "This is a web page (HTML), not a workbook."),
        ("page.json", PAGE, "This is a web page (HTML), not a table of figures."),
        ("page.xml", PAGE, "This is a web page (HTML), not a table of figures."),
        ("page.html", PAGE, "This is a web page (HTML), not a table of figures."),
        ("table.xls", PDF, "This is a PDF document, not a workbook."),
        ("table.pdf", PDF, "This is a PDF document, not a table of figures."),
        ("table.doc", RTF, "This is a text document (RTF), not a table of figures."),
        ("letter.xlsx", TEXT, "This is a plain text, not a workbook."),
        ("letter.xls", "Büyükşehir".encode("cp1254"), "This is a plain text, not a workbook."),
        ("noise.xlsx", bytes(range(256)), "This is no workbook."),
        ("list.xml", b'[{"town": "Port"}]', "This is a JSON document, not a table of figures."),
        ("list.json", b"<list><town/></list>", "This is an XML document, not a table of figures."),
    ],
)
def test_import_and_inspection_say_what_the_file_is(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    here, path = isle(tmp_path), tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        sample(path)
    (finding,) = here.bring(path).findings
    assert str(finding.message) == told
    assert finding.where.file == str(path)
    assert finding.hint
    assert refused.value.findings == (finding,)


def test_so_they_do_of_a_document_that_is_packed_like_a_workbook(tmp_path: Path) -> None:
    here, path = isle(tmp_path), tmp_path / "table.xlsx"
    word(path)
    assert str(here.bring(path).findings[0].message) == "This is a Word document, not a workbook."


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("list.json", b'[{"town": "Port"}]'),
        ("list.json", b'{"town": "Port",'),
        ("list.xml", b"<list><town>Port</town></list>"),
        ("list.xml", b"<table><town>Port</town></table>"),
        ("list.csv", b"town,boats\nPort,1\n"),
        ("list.dat", TEXT),
    ],
)
def test_of_what_is_as_it_is_named_nothing_is_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert renamed(path) is None

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.files import read_text
from sdgcities.intake.po import MAX_BYTES, MAX_TEXT, parse_po

PLURAL = 'msgid "%(n)s city of %(region)s"\nmsgid_plural "%(n)s cities of %(region)s"\n'


def test_a_sound_catalogue() -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#. draft\nmsgid "City"\nmsgstr "Şehir"\n\n'
        '#, fuzzy\nmsgid "Plan"\nmsgstr "Palan"\n\nmsgid "Gap"\nmsgstr ""\n\n'
        + PLURAL
        + 'msgstr[0] "%(region)s: bir kent"\nmsgstr[1] "%(region)s: %(n)s kent"\n\n#~ msgid "Gone"\n#~ msgstr "Gitti"\n'
    )
    catalogue = parse_po(text, "tr.po", 2, exact={0})
    assert catalogue.findings == ()
    assert {entry.msgid: (entry.texts, entry.draft) for entry in catalogue.entries} == {
        "City": (("Şehir",), True),
        "Plan": ((), False),
        "Gap": ((), False),
        "%(n)s city of %(region)s": (("%(region)s: bir kent", "%(region)s: %(n)s kent"), False),
    }


@pytest.mark.parametrize(("number", "form"), [("%(n)s ", 2), ("", None)])
def test_only_a_form_of_one_number_may_leave_it_out(number: str, form: int | None) -> None:
    body = PLURAL + f'msgstr[0] "%(region)s: bir kent"\nmsgstr[1] "%(region)s: {number}kent"\n'
    found = parse_po(body, "tr.po", 2, exact={0})
    assert len(found.entries) == (form is not None)
    told = "Form 2 of the translation must have %(n)s %(region)s: it stands for more than one number."
    assert [str(one.message) for one in found.findings] == ([] if form else [told])
    assert [str(one.message)[:6] for one in parse_po(body, "fr.po", 2).findings] == ["Form 1"], "0 and 1 take the first form of French"


@pytest.mark.parametrize(
    "body",
    [
        'msgid "%(a)s of %(b)s"\nmsgstr "%(a)s"\n',
        'msgid "%(a)s"\nmsgstr "%(a)s %(b)s"\n',
        'msgid "%(a)s"\nmsgstr "%(a)999999999s"\n',
        'msgid "%(a)s"\nmsgstr "%(a)d"\n',
        'msgid "%(a)s"\nmsgstr "100% %(a)s"\n',
        'msgid "per cent"\nmsgstr "%"\n',
        'msgid "A"\nmsgstr "%(__class__)s"\n',
        'msgid "A"\nmsgstr "\\u001b"\n'.replace("\\u001b", "\x1b[2J"),
        'msgid "A"\nmsgstr "' + "x" * (MAX_TEXT + 1) + '"\n',
        PLURAL + 'msgstr[0] "%(n)s %(region)s"\n',
        PLURAL + 'msgstr[0] "%(n)s %(region)s"\nmsgstr[1] "%(n)s"\n',
        PLURAL + 'msgstr[0] "%(n)s %(region)s"\nmsgstr[1] "%(n)s %(region)s"\nmsgstr[2] "%(n)s %(region)s"\n',
    ],
)
def test_a_translation_that_would_break_its_text_is_not_used(body: str) -> None:
    catalogue = parse_po(body + '\nmsgid "Sound"\nmsgstr "Heil"\n', "x.po", 2)
    assert [entry.msgid for entry in catalogue.entries] == ["Sound"]
    assert [(finding.where.file, finding.where.line) for finding in catalogue.findings] == [("x.po", 1)]


@pytest.mark.parametrize(
    "text",
    [
        'msgid "A"\n',
        'msgid "A"\nmsgstr "A"\nnonsense\n',
        '"a text of nobody\'s"\n',
        'msgid "A"\nmsgstr[x] "A"\n',
        'msgid "A"\nmsgstr[99999999999] "A"\nmsgid_plural "B"\nmsgstr[99999999999] "A"\n',
        "<html>not a catalogue</html>",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=klingon\\nPOT-Creation-Date: yesterday\\n"\n',
    ],
)
def test_what_is_no_catalogue_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_po(text, "x.po", 2)
    assert refused.value.findings[0].where.file == "x.po"


def test_a_header_that_asks_for_a_billion_plural_forms_is_not_believed() -> None:
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=1000000000; plural=0;\\n"\n\n'
    catalogue = parse_po(header + PLURAL + 'msgstr[0] "%(n)s %(region)s"\nmsgstr[1] "%(n)s %(region)s"\n', "x.po", 2)
    assert len(catalogue.entries[0].texts) == 2


@pytest.mark.parametrize("content", [b"", b'msgid "A"\nmsgstr "\xfe"\n', b"#" * (MAX_BYTES + 1)])
def test_empty_huge_and_undecodable_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(content)
    with pytest.raises(Refused):
        parse_po(read_text(path, MAX_BYTES), "x.po", 2)


@given(st.text(alphabet='msgidtr_pluralctx[]01"\\#~,:. \n%()é', max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Refused):
        assert all(finding.where.line for finding in parse_po(text, "x.po", 2).findings)

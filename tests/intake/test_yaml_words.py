"""YAML that a person got wrong is told in plain words, at the place of the fault and not where the parser stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.yaml import parse_yaml
from sdgcities.intake.yaml_words import fault_of

WRONG = [
    ("a: 1\nb:\n\tc: 2\n", "3:1", "a tab stands before the text", "never with tabs"),
    ("a: 1\n   \tb: 2\n", "2:4", "a tab stands before the text", "never with tabs"),
    ("a: @x\n", "1:4", "can't begin with @", "Put the text in quotation marks."),
    ("a: %x\n", "1:4", "can't begin with %", "Put the text in quotation marks."),
    ("a: *\n", "1:4", "can't begin with *", "Put the text in quotation marks."),
    ("a: & b\n", "1:4", "can't begin with &", "Put the text in quotation marks."),
    ('a: 1\nb: "x\\d"\n', "2", "a backslash between double quotation marks", "single quotation marks"),
    ("levels:\n  - id:province\n    name: Province\n", "2:3", "a blank is missing after the colon", "Write id: province"),
    ("a: 1\nlayer:country\nb: 2\n", "2:1", "a blank is missing after the colon", "Write layer: country"),
    ("layer:country\na: 1\n", "1:1", "a blank is missing after the colon", "Write layer: country"),
    ("a: {id:province, name: X}\n", "1:5", "a blank is missing after the colon", "Write id: province"),
    ("a: 1\ncurrency = RWF\nb: 2\n", "2:1", "a colon must stand where = stands", "Write currency: RWF"),
    ("a: 1\nsome words\nb: 2\n", "2:1", "the line has no colon", "Write key: value"),
    ("a: 'x\nb: 2\nc: 3\n", "1:4", "a quotation mark is opened here and never closed", "Close it"),
    ('a: 1\nb: "x\nc: "2"\n', "2:4", "a quotation mark is opened here, and closed only in line 3", "Close it"),
    ("a: 'it's'\n", "1:8", "something stands after the closing quotation mark", "of the other kind"),
    ("a: x: y\n", "1:5", "a text with a colon in it", "in quotation marks"),
    ("a: 1\n  b: 2\n", "2:4", "deeper than its neighbours", "exactly below"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "not begin exactly below its neighbours", "exactly below"),
    ("a: 1\nb: {c: 1\nd: 2\n", "2:4", "a bracket is opened here and not closed", "Close it"),
    ("a: [1, 2\nb: 3\n", "1:4", "a bracket is opened here and not closed", "Close it"),
    ("a: {b: c}}\n", "1:10", "closed that was not opened", "Take it out"),
    ("a: {b: 1,\n", "1:4", "a bracket is opened here and not closed", "Close it"),
    ("a: ]\n", "1:4", "closed that was not opened", "Take it out"),
    ("a: b\nc: - d\n", "2:4", "an entry of a list begins beside its key", "a line of its own"),
    ("a: |x\n", "1:5", "a text stands beside | or >", "on the next line"),
    ("a:\n  b: 1\n\u00a0\u00a0c: 2\n", "3:1", "A no-break space stands before c", "of the space bar"),
    ("a:\n  - b: 1\n\u00a0\u00a0  c: 2\n", "3:1", "no-break space stands before", "blanks"),
    ("a: {b: 7,5}\n", "1:10", "The comma in 7,5 begins a new entry", "Write a point before the decimals: 7.5."),
    ("a: 1\nb: \x07\n", "2", "a control character", "Type the text again"),
]


@pytest.mark.parametrize(("text", "place", "words", "cure"), WRONG, ids=[repr(text) for text, *_ in WRONG])
def test_the_fault_is_told_where_it_is_and_what_to_do(text: str, place: str, words: str, cure: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_yaml(text, "file.yaml")
    (finding,) = refused.value.findings
    line, _, character = place.partition(":")
    assert words in str(finding.message)
    assert cure in str(finding.hint)
    assert (finding.where.line, str(finding.where.character) if character else "") == (int(line), character)


@pytest.mark.parametrize("text", [text for text, *_ in WRONG if not any(own in text for own in ("7,5", "\u00a0", "{id:"))])
def test_the_parser_written_in_python_is_told_in_the_same_words(text: str) -> None:
    """Where PyYAML comes without libyaml, its complaints are worded otherwise."""
    with pytest.raises(Refused) as refused:
        parse_yaml(text, "file.yaml")
    with pytest.raises(yaml.YAMLError) as error:
        list(yaml.parse(text, Loader=yaml.SafeLoader))
    assert str(fault_of(text, error.value).problem) in str(refused.value.findings[0].message)


@given(st.text(st.sampled_from("{}[]:,-#&*!|>'\"%@`?= \n\t\u00a0ab1"), max_size=40))
def test_any_text_is_read_or_told_at_a_line_that_it_has(text: str) -> None:
    try:
        parse_yaml(text, "file.yaml")
    except Refused as refused:
        (finding,) = refused.findings
        assert str(finding.hint)
        assert 1 <= (finding.where.line or 1) <= text.count("\n") + 1


def test_what_only_looks_like_a_fault_is_read(tmp_path: Path) -> None:
    text = "a: http://x.org/y\nb: {c: 1, d}\ne: [7,5]\nf: 'x: y'\ng: a = b\n"
    assert parse_yaml(text, str(tmp_path)).data == {"a": "http://x.org/y", "b": {"c": 1, "d": None}, "e": [7, 5], "f": "x: y", "g": "a = b"}

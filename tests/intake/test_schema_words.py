"""What breaks a schema is told with what to write in its place, where the way it is written shows what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.intake.schema import compile_schema, violations
from sdgcities.intake.yaml import parse_yaml

SCHEMA = compile_schema(
    {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": {"type": "string"}},
            "share": {"type": "number"},
            "city": {"type": "boolean"},
            "code": {"type": "string"},
            "reasons": {"type": "object", "propertyNames": {"pattern": "^[A-Z]{2}$"}},
            "period": {"type": "object", "oneOf": [{"required": ["column"]}, {"required": ["constant"]}]},
            "line": {"type": "object", "properties": {"id": {}, "a": {}, "b": {}, "c": {}}, "required": ["id"], "minProperties": 2, "maxProperties": 2},
            "quay": {"oneOf": [{"const": "A", "title": "East quay"}, {"const": "B", "title": "West quay"}]},
            "either": {"oneOf": [{"type": "integer"}, {"type": "boolean"}]},
            "at_least": {"type": "integer"},
        },
        "additionalProperties": False,
    }
)
WRONG = [
    ("names: RW", "1:1", "Write [RW], or - RW on a line of its own."),
    ("names: {a: b}", "1:1", "Begin each entry with a hyphen and a blank."),
    ("names:", "1:1", "Write what belongs there, or take the line names: out too."),
    ("names:\n- Office: NISR <a@b.rw>", "2:3", 'needs quotation marks: "Office: NISR <a@b.rw>"'),
    ("names: [7]", "1:9", "Put it in quotation marks."),
    ("code: 007", "1:1", "Put it in quotation marks."),
    ("code: [x]", "1:1", "One text belongs here"),
    ('share: "7"', "1:1", "Write it without quotation marks."),
    ("share: 7,5", "1:1", "Write a point before the decimals: 7.5."),
    ('city: "true"', "1:1", "Write it without quotation marks."),
    ("city: yes", "1:1", "Write true or false."),
    ("reasons:", "1:1", "take the line reasons: out too"),
    ("reasons:\n  Rwanda: x", "2:3", "The key Rwanda is not accepted: it must be a code of two capital letters"),
    ("period: {column: a, constant: b}", "1:1", "column, constant can't stand together. Write either column or constant."),
    ("period: {}", "1:1", "One of these is missing: column, constant. Write either column or constant."),
    ("line: {id: 1}", "1:1", "Write exactly one of: a, b, c."),
    ("line: {id: 1, a: 1, b: 2}", "1:1", "a, b can't stand together"),
    ("quay: C", "1:1", "Must be one of: A, B; here stands C."),
    ("atleast: 1", "1:1", "Did you mean at_least?"),
    ("At-Least: 1", "1:1", "Did you mean at_least?"),
    ("zzz: 1", "1:1", "Known here: names, share"),
]


@pytest.mark.parametrize(("text", "place", "words"), WRONG, ids=[text for text, *_ in WRONG])
def test_the_cure_is_told(text: str, place: str, words: str) -> None:
    document = parse_yaml(text, "file.yaml")
    (finding,) = violations(SCHEMA, document.data, document.where)
    assert words in f"{finding.message} {finding.hint}"
    assert f"{finding.where.line}:{finding.where.character}" == place


def test_of_keys_to_choose_from_the_type_alone_is_told_where_there_are_no_keys() -> None:
    assert [finding.code for finding in violations(SCHEMA, {"period": "2024"}, parse_yaml("a: 1", "x").where)] == ["schema.type"]
    assert [finding.code for finding in violations(SCHEMA, {"either": "x"}, parse_yaml("a: 1", "x").where)] == ["schema.oneOf"]


PLAIN = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=4), lambda inner: st.lists(inner, max_size=3), max_leaves=4)
KEYS = st.sampled_from(["names", "share", "city", "code", "reasons", "period", "line", "quay", "either", "at_least", "id", "a", "b", "column", "x"])


@given(st.dictionaries(KEYS, PLAIN | st.dictionaries(KEYS, PLAIN, max_size=3), max_size=4))
def test_whatever_is_wrong_is_told_in_words(data: dict[str, object]) -> None:
    findings = list(violations(SCHEMA, data, parse_yaml("a: 1", "x").where))
    assert bool(findings) != SCHEMA.is_valid(data)
    assert all(str(finding.message) and str(finding.hint) for finding in findings)

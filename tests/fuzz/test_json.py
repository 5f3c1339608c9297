"""JSON: any bytes, and any change of a sound document, give data or one refusal."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most

from sdgcities.intake.json import load_json

SOUND = json.dumps(
    {"records": [{"unit": "GH1408", "value": 12.5, "name": 'Ho "M\u00fcnicipal"'}, {"unit": None, "value": -1e-3}], "n": [[], {}, True]}
).encode()
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
DATA = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**90), 10**90) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(content=st.binary(max_size=200) | changed(SOUND) | st.text('[]{}:,"\\u0d8+-.eE19 \n').map(str.encode))
def test_any_document_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        json.dumps(load_json(fuzzed), default=str, ensure_ascii=False, allow_nan=False).encode()


@given(data=DATA)
def test_what_was_written_is_read(fuzzed: Path, data: object) -> None:
    fuzzed.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert load_json(fuzzed) == data

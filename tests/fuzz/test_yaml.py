"""YAML and TOML: any bytes, and any change of a sound document, give data or one refusal."""

from __future__ import annotations

import json
from pathlib import Path

import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most

from sdgcities.intake.toml import load_toml
from sdgcities.intake.yaml import ODD_BLANKS, load_yaml

SOUND = b"""# a profile
id: census
columns: {unit: "Code", value: [a, 'b', 1.5, -3e2]}
note: >
  several
  lines
list:
  - name: x
    none: ~
  - |
    kept
"""
SOUND_TOML = (
    b'# a plugin\n[project]\nname = "x"\nversion = 1.5\n[[project.list]]\na.b = [1, 2, {c = "d"}]\ndate = 2024-01-01\n[tool."x y"]\nt = """\nlines"""\n'
)
PUNCTUATION = st.text("{}[]:,-#&*!|>'\"%@`?~ \n\t019.eEa\0\u00e9\u2028").map(str.encode)
SIGNS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
KEYS = st.text(SIGNS, max_size=20).filter(lambda key: not key.startswith(tuple(ODD_BLANKS)))


@given(content=st.binary(max_size=200) | changed(SOUND) | PUNCTUATION)
def test_any_yaml_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        json.dumps(load_yaml(fuzzed).data, default=str, ensure_ascii=False).encode()


@given(content=st.binary(max_size=200) | changed(SOUND_TOML) | st.text("[]{}=.,\"'\\#\n 019-_axe:T\u00e9").map(str.encode))
def test_any_toml_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        json.dumps(load_toml(fuzzed).data, default=str, ensure_ascii=False, allow_nan=False).encode()


@given(
    data=st.recursive(
        st.integers(-(10**30), 10**30) | st.text(SIGNS),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
        max_leaves=12,
    )
)
def test_what_was_written_is_read(fuzzed: Path, data: object) -> None:
    fuzzed.write_text(yaml.safe_dump(data, default_style='"' if isinstance(data, str) else None, allow_unicode=True), encoding="utf-8")
    assert load_yaml(fuzzed).data == data

"""XML: any bytes, and any change of a sound document, give data or one refusal."""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most

from sdgcities.intake.xml import load_xml

SOUND = """<?xml version="1.0" encoding="%s"?>
<p:data xmlns:p="urn:p" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- of Ağrı -->
  <row year="2021" p:unit='A1'>12.5</row><row year="2022"><![CDATA[<&>]]>&amp;&#305;</row><row xsi:nil="true"/>
</p:data>"""
ENCODED = [(SOUND % name).encode(codec, "xmlcharrefreplace") for name, codec in (("UTF-8", "utf-8"), ("UTF-16", "utf-16"), ("ISO-8859-9", "iso-8859-9"))]
WORD = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cn", "Cs", "Z")), max_size=20)


@given(content=st.binary(max_size=200) | st.sampled_from(ENCODED).flatmap(changed) | st.text("<>/?!&;='\" ab[]-CDATDOCTYPEN#x1\n").map(str.encode))
def test_any_document_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        json.dumps(load_xml(fuzzed), ensure_ascii=False).encode()


@given(rows=st.lists(st.dictionaries(st.sampled_from("abcd"), WORD, min_size=1), min_size=2, max_size=5))
def test_what_was_written_is_read(fuzzed: Path, rows: list[dict[str, str]]) -> None:
    body = "".join("<row>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in row.items()) + "</row>" for row in rows)
    fuzzed.write_text(f"<data>{body}</data>", encoding="utf-8")
    assert load_xml(fuzzed) == {"data": {"row": rows}}

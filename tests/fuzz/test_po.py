"""PO: any text, and any change of a sound catalogue, give what can be used or one refusal; nothing used steers a terminal or breaks its text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most

from sdgcities.intake.hidden import hidden_character
from sdgcities.intake.po import parse_po

SOUND = b"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. draft
#: core/x.py:1
msgid "Hello %(name)s"
msgstr "Merhaba %(name)s"

# reviewed: A. Mensah, 2026-01-01
#, python-format
msgid "%(n)s city"
msgid_plural "%(n)s cities"
msgstr[0] "%(n)s kent"
msgstr[1] "%(n)s kent"
"""
ANY = st.text('msgidtr_plura[]01 "\\n#~|,:.%()\n\u202e\x1b\u2068').map(str.encode) | st.text().map(lambda text: text.encode("utf-8", "replace"))


@given(content=changed(SOUND) | ANY)
def test_any_catalogue_is_read_or_refused(content: bytes) -> None:
    with refused_at_most("x.po"):
        for entry in parse_po(content.decode("utf-8", "replace"), "x.po", 2).entries:
            for text in entry.texts:
                assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
                assert not hidden_character(text)
                assert set(re.findall(r"%\((\w+)\)s", text)) <= set(re.findall(r"%\((\w+)\)s", entry.msgid + (entry.plural or "")))

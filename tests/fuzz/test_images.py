"""PNG and SVG: any bytes, and any change of a sound picture, are taken or refused in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.changing import changed, refused_at_most
from tests.intake.made import chunk, png, svg

from sdgcities.errors import Refused
from sdgcities.intake.images import check_image, check_png
from sdgcities.intake.svg import check_svg

DRAWING = svg('<g id="a" style="fill: url(#g)"><use href="#a"/><image href="data:image/png;base64,AAAA"/></g><style>a { fill: url(#g) }</style>').encode()
ACTING = st.sampled_from(["onload='x'", "href='http://x'", "xlink:href='javascript:x'", "style='fill:url(http://x)'", "OnClick='x'"])


@given(content=st.binary(max_size=200) | changed(png(beside=chunk(b"tEXt", b"a\0b"))))
def test_any_picture_is_taken_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    for check in (check_png, check_image):
        with refused_at_most(str(fuzzed)):
            check(fuzzed)


@given(content=st.binary(max_size=200) | changed(DRAWING))
def test_any_drawing_is_taken_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    with refused_at_most(str(fuzzed)):
        check_svg(fuzzed)
        assert not re.search(rb"<script|\son\w+\s*=|https?://(?!www\.w3\.org)", content)


@given(attribute=ACTING, place=st.integers(0, 3))
def test_what_acts_is_refused_wherever_it_stands(fuzzed: Path, attribute: str, place: int) -> None:
    parts = [svg(attributes="A"), svg("<g A/>"), svg("<g><g><path A/></g></g>"), svg("<x:y xmlns:x='u' A/>")]
    fuzzed.write_text(parts[place].replace("A", attribute, 1) if place else svg(attributes=attribute), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        check_svg(fuzzed)
    assert refused.value.findings[0].code == "image.harmful"

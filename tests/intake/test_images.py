"""Pictures as evidence: sound ones are taken, whatever else they may look like."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from tests.hub_fixtures import Desk
from tests.intake.made import chunk, png, svg

from sdgcities.errors import Refused
from sdgcities.intake.images import check_image

PASSES = b"".join((b"\0" + b"\1" * 3 * wide) * high for wide, high in [(1, 1), (1, 1), (2, 1), (2, 2), (4, 2), (4, 4), (8, 4)])
"""The pixels of eight by eight, interlaced."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seal.png"


def check(path: Path, content: bytes | str) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    check_image(path)


@pytest.mark.parametrize(
    "picture",
    [
        png(),
        png(pixels=b"\0" * 4, kind=(1, 0, 0)),
        png((8, 8), pixels=PASSES, kind=(8, 2, 1)),
        png(beside=chunk(b"tEXt", b"Title\0Seal") + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x")) + chunk(b"iTXt", b"a\0\0\0en\0x\0Seal")),
    ],
    ids=["plain", "one bit", "interlaced", "with texts"],
)
def test_sound_pictures_are_taken(path: Path, picture: bytes) -> None:
    check(path, picture)


def test_texts_that_unpack_without_end_are_refused(path: Path) -> None:
    for name, head in ((b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0"), (b"iTXt", b"a\0\1\0en\0x\0")):
        with pytest.raises(Refused, match="unpacks to more"):
            check(path, png(beside=chunk(name, head + zlib.compress(b"\0" * 20_000_000))))


@pytest.mark.parametrize(
    "drawing",
    [
        svg(),
        svg('<use href="#a"/><use xlink:href="#b"/>'),
        svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'),
        svg('<rect fill="url(#g)" style="stroke: url( #h )"/><style>rect { fill: url(#g) }</style>'),
        svg(attributes='xmlns:ink="urn:ink" ink:file="C:\\Users\\url(seal)"'),
        svg("<text>onload=&quot;x&quot; &lt;script&gt;</text>"),
    ],
)
def test_sound_drawings_are_taken(tmp_path: Path, drawing: str) -> None:
    check(tmp_path / "seal.svg", '<?xml version="1.0"?>\n<!-- made by hand -->\n' + drawing)


def test_a_drawing_is_known_by_how_it_begins_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("minutes.pdf", "minutes", "seal.png.svg"):
        with pytest.raises(Refused, match="onload acts"):
            check(tmp_path / name, svg(attributes='onload="x()"'))
    with pytest.raises(Refused, match="breaks off"):
        check(tmp_path / "minutes.pdf", png()[:-4])
    check(tmp_path / "minutes.pdf", "%PDF-1.7 <svg onload='x'/>")


def test_real_pictures_are_taken(real_data: Path) -> None:
    pictures = [file for file in (real_data / "opensdg").rglob("*") if file.suffix.lower() == ".png"]
    assert pictures
    for picture in pictures:
        check_image(picture)


def test_a_harmful_drawing_is_no_evidence(desk: Desk, tmp_path: Path) -> None:
    before = desk.counts()
    for name, content in (("agreement.svg", svg("<script/>").encode()), ("agreement.png", png()[:-1]), ("agreement.pdf", svg("<script/>").encode())):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Refused, match="is not accepted"):
            desk.attach("data/agreement", "agreement", path)
    assert desk.counts() == before
    path.with_name("seal.png").write_bytes(png())
    assert desk.attach("data/agreement", "agreement", path.with_name("seal.png")).media_type == "image/png"

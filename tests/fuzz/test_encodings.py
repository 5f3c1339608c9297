"""Any bytes as a text: an encoding that reads all of it, candidates that each do, or one refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.intake.encodings import detect, garbled
from sdgcities.intake.files import first_wrong, read_text

LETTERS = st.text(st.sampled_from("abcçğışöüÇĞİŞÖÜãõéÃÂÄÅ»º“\u2013€,;\n\0مд"), max_size=60)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "text.csv"


@given(
    parts=st.lists(
        st.one_of(
            st.binary(max_size=40),
            LETTERS.map(str.encode),
            LETTERS.map(lambda text: text.encode("cp1254", "ignore")),
            LETTERS.map(lambda text: text.encode("utf-16")),
            LETTERS.map(lambda text: text.encode("utf-16-le")),
        ),
        min_size=1,
        max_size=3,
    )
)
def test_any_bytes_have_an_encoding_or_one_refusal(path: Path, parts: list[bytes]) -> None:
    path.write_bytes(b"".join(parts))
    try:
        found = detect(path)
    except Refused as refused:
        (finding,) = refused.findings
        assert finding.where.file == str(path)
        return
    assert found.candidates
    assert str(found.evidence)
    readings = {candidate: read_text(path, encoding=candidate) for candidate in found.candidates}
    assert found.encoding in readings if found.encoding else len(set(readings.values())) > 1


def stops_at(content: bytes, codec: str) -> int | None:
    try:
        content.decode(codec)
    except UnicodeDecodeError as error:
        return error.start
    return None


@given(content=st.binary(max_size=200), codec=st.sampled_from(("utf-8", "utf-16-le", "utf-16-be", "cp1252", "cp1254")))
def test_the_first_wrong_byte_is_where_reading_stops(path: Path, content: bytes, codec: str) -> None:
    path.write_bytes(content)
    wrong, stopped = first_wrong(path, codec), stops_at(content, codec)
    assert (wrong.offset if wrong else None) == stopped


@given(text=st.one_of(LETTERS, st.text(max_size=40)))
def test_a_repair_is_never_garbled_itself(text: str) -> None:
    meant = garbled(text)
    assert not garbled(meant)
    assert meant != text or not text

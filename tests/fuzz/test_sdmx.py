"""SDMX: any bytes, and any change of a sound message or table, give observations or one refusal."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.test_sdmx_import import COLUMNS, ROW, generic, obs, one, specific
from tests.fuzz.changing import changed, refused_at_most

from sdgcities.exchange.sdmx.incoming import Heard, read_csv
from sdgcities.exchange.sdmx.messages import read_message
from sdgcities.exchange.sdmx.periods import read_time
from sdgcities.exchange.sdmx.recognising import is_message, is_sdmx
from sdgcities.tracks.data.reading.raw import Problem

TABLE = f"DATAFLOW,{','.join(COLUMNS)}\nKE1:DF_SDG(1.0),{','.join(ROW)}\n"
SOUND = [text.encode() for text in (specific(one("SI_POV_NAHC", obs("2015", "31"))), generic("SI_POV_NAHC", "2015", "31"), TABLE)]


@given(content=st.binary(max_size=200) | st.sampled_from(SOUND).flatmap(changed))
def test_any_file_is_read_or_refused(fuzzed: Path, content: bytes) -> None:
    fuzzed.write_bytes(content)
    is_sdmx(fuzzed)
    for read in (read_message, read_csv):
        with refused_at_most(str(fuzzed)):
            assert all(len(found.key) == 15 for found in read(fuzzed, Heard()))
    if content:
        is_message(fuzzed)


@given(text=st.text("0123456789-/PYMDQSAWT:+Z ", max_size=30), detail=st.text("0123456789-/PYM", max_size=20))
def test_any_time_is_a_period_or_a_problem(text: str, detail: str) -> None:
    try:
        period = read_time(text, detail)
    except Problem:
        return
    assert period.start <= period.end

"""Changes of a sound document, and what a reader may answer to them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import strategies as st

from sdgcities.errors import Refused


@st.composite
def changed(draw: st.DrawFn, sound: bytes, most: int = 4) -> bytes:
    """The document with some stretches taken out, doubled, put elsewhere or overwritten."""
    data = sound
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 40)))
        piece = data[start:end]
        new = draw(st.sampled_from([b"", piece * 2, piece[::-1]]) | st.binary(max_size=6) | st.just(bytes(byte ^ 1 for byte in piece)))
        place = draw(st.sampled_from([start, 0, len(data) - len(piece)]))
        rest = data[:start] + data[end:]
        data = rest[:place] + new + rest[place:]
    return data


@contextmanager
def refused_at_most(file: str | None = None) -> Iterator[None]:
    """Lets a refusal pass that is one line; any other error is the reader's fault."""
    try:
        yield
    except Refused as error:
        for finding in error.findings:
            text = str(finding.message)
            text.encode()
            assert text, finding.code
            assert "\n" not in text, finding.code
            assert file in (finding.where.file, None), finding.code

"""Whether anything went out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sdgcities.errors import Refused
from sdgcities.exchange.sdmx.observations import Sending
from sdgcities.findings import Finding, Severity, msg


@contextmanager
def sent(sending: Sending) -> Iterator[None]:
    """Refused, with the reasons, where every observation was left out."""
    yield
    if not sending.count:
        nothing = Finding("export.nothing", Severity.BLOCK, msg("Nothing of it can go out as SDMX."))
        raise Refused([nothing, *sending.findings()])

"""SDMX-ML 2.1, a generic message."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.sdmx.observations import Sending
from sdgcities.exchange.sdmx.sent import sent
from sdgcities.exchange.sdmx.xml import write_data
from sdgcities.findings import Finding
from sdgcities.writing import whole_file


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write the file; say what was left out and what goes out under codes of the country's own."""
    sending = Sending(going)
    with whole_file(path) as draft, sent(sending):
        write_data(sending, draft, specific=False)
    return sending.findings()

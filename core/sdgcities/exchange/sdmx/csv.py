"""SDMX-CSV 1.0, the form that belongs to SDMX 2.1: one observation a row, its key in the columns of the dimensions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.sdmx.hub_structure import FLOW, OWN_VERSION
from sdgcities.exchange.sdmx.observations import LABEL, WRITTEN, Sending
from sdgcities.exchange.sdmx.official import TIME, UNIT, VALUE, official
from sdgcities.exchange.sdmx.sent import sent
from sdgcities.findings import Finding
from sdgcities.writing import whole_file


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Write the file; say what was left out and what goes out under codes of the country's own."""
    sending = Sending(going)
    flow = f"{sending.structure.agency}:{FLOW}({OWN_VERSION})"
    with whole_file(path) as draft, sent(sending), draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["DATAFLOW", *(component.id for component in official().dimensions), TIME, VALUE, *WRITTEN])
        for key, observations in sending.series():
            for one in observations:
                given = {UNIT: key.unit_measure, LABEL: key.label, **one.attributes()}
                writer.writerow([flow, *key.codes, one.time, one.value or "", *(given.get(name, "") for name in WRITTEN)])
    return sending.findings()

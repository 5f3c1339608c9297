"""The isle with indicators of every kind that the global structure knows, and files of SDMX about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.hub_fixtures import Desk
from tests.isle import MANIFEST, UNITS, isle, profile

from sdgcities.exchange.formats import FORMATS as OUTGOING
from sdgcities.exchange.labels import Labels
from sdgcities.exchange.outgoing import Asked, outgoing
from sdgcities.exchange.recognising import FORMS
from sdgcities.findings import Finding
from sdgcities.registry.figures import Observed, observed
from sdgcities.registry.stages import join
from sdgcities.tracks.data.importing.request import Report, Request
from sdgcities.tracks.data.importing.run import import_file

OFFICIAL = "source: office, status: official"
SERIES = {
    "XA-SLUM": ("percent", "11.1.1", f"{{series: EN_LND_SLUM, {OFFICIAL}}}"),
    "XA-LAND": ("ratio", "11.3.1", f"{{series: EN_LND_CNSPOP, {OFFICIAL}}}"),
    "XA-AIR": ("ug_per_m3", "11.6.2", f"{{series: EN_ATM_PM25, nature: C, {OFFICIAL}}}"),
    "XA-MOTHERS": ("per_100000_live_births", "3.1.1", f"{{series: SH_STA_MORT, {OFFICIAL}}}"),
    "XA-POOR": ("percent", "1.2.1", f"{{series: SI_POV_NAHC, codes: {{quay=E: CUST_BREAKDOWN=C01, quay=W: CUST_BREAKDOWN=C02}}, {OFFICIAL}}}"),
    "XA-BUS": ("percent", "11.2.1", "{series: SP_TRN_PUBL, source: office, status: draft}"),
    "XA-PEOPLE": ("persons", "", ""),
    "XA-TAX": ("thousand_national_currency", "", ""),
    "XA-KWH": ("kwh_per_person", "", ""),
}
CODELISTS = """\
dimensions:
  - {id: quay, name: Quay, codes: {E: East quay, W: West <quay> & pier}, source: office, status: draft}
"""


def indicators(series: Mapping[str, tuple[str, str, str]] = SERIES) -> str:
    """The text of indicators.yaml."""
    lines = ["indicators:"]
    for code, (unit, sdg, sdmx) in series.items():
        goal = f'["{sdg}"]' if sdg else "none, no_sdg_reason: None fits."
        end = f", sdmx: {sdmx}" if sdmx else ""
        lines.append(
            f"  - {{code: {code}, name: Name of {code}, definition: What {code} says., unit: {unit}, direction: neutral, frequency: A,"
            f" disaggregation: [], sdg: {goal}, source: office, status: draft{end}}}"
        )
    return "\n".join(lines) + "\n"


def sdmx_isle(folder: Path, series: Mapping[str, tuple[str, str, str]] = SERIES, *, units: str = UNITS) -> Desk:
    """A hub of the isle whose town N1 takes part."""
    files = {"indicators.yaml": indicators(series), "plugin.yaml": f"{MANIFEST}codelists: codelists.yaml\n", "codelists.yaml": CODELISTS, "units.csv": units}
    quiet = profile("yearbook", values="[{column: boats, indicator: XA-PEOPLE}]")
    desk = isle(folder, quiet, files)
    join(desk.catalogue, desk.catalogue.unit("N1"), None, desk.person("ama"))
    return desk


def take(desk: Desk, path: Path, *, accept_partial: bool = False) -> Report:
    """Import a file, whatever it is, with every doubt answered."""
    ama = desk.person("ama")
    request = Request(path, ama, ama, accept_partial=accept_partial, forms=FORMS)
    report = import_file(desk.catalogue, request)
    doubts = {finding.code: "These are the figures." for finding in report.findings if finding.code.startswith("quality.")}
    return import_file(desk.catalogue, Request(path, ama, ama, accept_partial=accept_partial, forms=FORMS, justified=doubts)) if doubts else report


def fill(desk: Desk, *rows: Mapping[str, object]) -> None:
    """Figures of the town N1 in 2021."""
    report = take(desk, desk.tidy(*({"unit": "N1", "indicator": "XA-PEOPLE", "source": "Statistics Isle; Yearbook", **row} for row in rows)))
    assert report.batch is not None, report.findings


def send(
    desk: Desk, form: str, *, name: str = "out", labels: Sequence[Labels] = (Labels("en", str),), asked: Asked | None = None
) -> tuple[Path, list[Finding]]:
    """Write a form; where it is, and what was found."""
    path = desk.scratch / f"{name}.{form}"
    with outgoing(desk.catalogue, asked or Asked(), list(labels)) as going:
        return path, list(OUTGOING[form].write(going, path))


def held(desk: Desk) -> set[Observed]:
    """Everything that the hub holds, without the licences that SDMX has no place for."""
    with desk.hub.database.reading() as connection:
        units = [unit for places in desk.catalogue.places.values() for unit in places.units]
        return {one._replace(licence="", url="") for one in observed(connection, units)}

"""A country of a few units, written to disk as a plugin of its own, for what the real countries have no case of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.hub_fixtures import Desk

from sdgcities.hub.hub import Hub
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.founding import Founding, found_hub

MANIFEST = """\
api: "1.0"
name: isle
title: Isle
version: 0.1.0
layer: country
countries: [XA]
languages: [en]
levels:
  - {id: shire, name: Shire}
  - {id: town, name: Town, city: true}
sources:
  office: {office: Statistics Isle, table: Yearbook}
units: units.csv
aliases: aliases.csv
indicators: indicators.yaml
profiles: profiles
forms: forms
"""
UNITS = """\
id,level,parent,name,valid_from,valid_to,successors,change,codes,source,status
N,shire,,Northshire,,,,,,office,draft
S,shire,,Southshire,,,,,,office,draft
N1,town,N,Port,,,,,no=01,office,draft
S1,town,S,Port,,,,,no=02,office,draft
N2,town,N,Hill,2019-01-01,,,,no=03,office,draft
N9,town,N,Old Hill,,2018-12-31,N2,renamed,no=03,office,draft
S3,town,S,Spring,,,,,no=04,office,draft
"""
ALIASES = """\
scope,scope_id,name,within,unit,reason
profile,yearbook,The Quay,,N1,the yearbook's name
source,Statistics Isle,The Quay,,S1,the office's name elsewhere
plugin,,The Quay,,S3,what people say
"""
INDICATORS = """\
indicators:
  - {code: XA-BOATS, name: Boats, definition: Boats in the harbour., unit: number, direction: neutral, frequency: A, disaggregation: [], aggregation: sum, \
sdg: none, no_sdg_reason: The goals know no boats., source: office, status: draft}
"""
FORM = """id: harbour
version: "1"
title: Harbour
status: draft
source: office
schema:
  type: object
  required: [depth]
  properties: {depth: {title: Depth, type: number}}
example: {depth: 2.5}
"""
PROFILE: Mapping[str, str] = {
    "title": "Boats",
    "country": "XA",
    "source": "office",
    "status": "draft",
    "encoding": "utf-8",
    "header": "[town, boats]",
    "file": '"*.csv"',
    "units": "[{column: town, level: town}]",
    "period": "{constant: '2021'}",
    "values": "[{column: boats, indicator: XA-BOATS}]",
}


def profile(name: str, **changes: str) -> dict[str, str]:
    """The text of a profile, as a file of the plugin."""
    lines = {"id": name, **PROFILE, **changes}
    return {f"profiles/{name}.yaml": "".join(f"{key}: {value}\n" for key, value in lines.items() if value)}


def isle(folder: Path, *profiles: Mapping[str, str]) -> Desk:
    """A hub of the isle, with these profiles."""
    files = {"plugin.yaml": MANIFEST, "units.csv": UNITS, "aliases.csv": ALIASES, "indicators.yaml": INDICATORS, "forms/harbour.yaml": FORM}
    for given in profiles or [profile("yearbook")]:
        files.update(given)
    for name, text in files.items():
        path = folder / "plugins" / "isle" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found_hub(folder / "hub", Founding(("XA",), "national", (), None, "ama"), folder / "plugins")
    hub = Hub.open(folder / "hub", folder / "plugins")
    return Desk(folder / "hub", folder, hub, Catalogue(hub), answering="ama")

"""A plugin that keeps every rule, written to disk for a test that then spoils one thing. Atlantis and its figures are invented.

files = sound_files()                                          # path in the project -> text
package = write(tmp_path, sound_files())                       # the folder with plugin.yaml
package = write(tmp_path, spoilt("sdgcities_atlantis/plugin.yaml", "layer: country", "layer: city"))
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

PACKAGE = "sdgcities_atlantis"

PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "sdgcities-atlantis"
version = "0.1.0"
description = "SDG Cities in Atlantis."
requires-python = ">=3.11"
dependencies = ["sdgcities>=0.1"]

[project.entry-points."sdgcities.plugins"]
atlantis = "sdgcities_atlantis"

[tool.hatch.build.targets.wheel]
packages = ["sdgcities_atlantis"]
"""
CHANGELOG = """\
# Changelog

## 0.1.0

- First version.
"""
CONTRACT_TEST = '''\
"""The contract kit, on this plugin."""

from sdgcities.testing import PluginContract


class TestAtlantis(PluginContract):
    plugin = "atlantis"
'''
MANIFEST = """\
api: "1.1"
name: atlantis
title: Atlantis
version: 0.1.0
layer: country
countries: [XA]
languages: [en]
currency: USD
maintainers: ["Registry of Atlantis <registry@registry.xa>"]
waives:
  institutions: Atlantis keeps the milestones of this track as the core has them.
levels:
  - {id: island, name: Island}
  - {id: town, name: Town, city: true}
sources:
  register:
    office: Registry of Atlantis
    table: Register of islands and towns, 2024
    licence: CC-BY-4.0
    url: https://registry.xa/register
units: units.csv
aliases: aliases.csv
boundaries: boundaries.geojson
indicators: indicators.yaml
codelists: codelists.yaml
milestones: milestones.yaml
modality: modality.yaml
forms: forms
profiles: profiles
"""
UNITS = """\
id,level,parent,name,other_names,codes,valid_from,valid_to,successors,change,population,population_year,source,status,note,attr:harbour
XA01,island,,North Island,,iso_3166_2=XA-01;register=01,,,,,20000,2024,register,draft,,
XA0101,town,XA01,Port Clito,Clito,pcode=XA0101;register=0101,2020-01-01,,,,12000,2024,register,draft,,true
XA0102,town,XA01,Port Leukippe,,pcode=XA0102;register=0102,2020-01-01,,,,8000,2024,register,draft,,false
XA-OLD-PORTS,town,XA01,Twin Ports,,,,2019-12-31,XA0101|XA0102,split,,,register,draft,Divided at the end of 2019.,
"""
ALIASES = """\
scope,scope_id,name,within,unit,reason
profile,register-population,The Port,,XA0101,So the table of the register calls it.
source,Registry of Atlantis,The Quay,,XA0102,So the office calls it.
"""
BOUNDARIES = """\
{"type": "FeatureCollection", "source": "register", "status": "draft", "date": "2024", "features": [
{"type": "Feature", "properties": {"unit": "XA01"}, "geometry": {"type": "Polygon", "coordinates": [[[-30, 30], [-29, 30], [-29, 31], [-30, 31], [-30, 30]]]}}
]}
"""
INDICATORS = """\
indicators:
  - code: XA-POP
    name: Population
    definition: People entered in the register on 31 December.
    method: The register counts every person with an address on the island, once, on the last day of the year.
    track: data
    unit: persons
    direction: neutral
    frequency: A
    disaggregation: [sex, quarter]
    sdg: none
    no_sdg_reason: A count of people; it is the base of many indicators.
    umf_cells: ["1.1"]
    minimum: 0
    source: register
    status: draft
  - code: XA-11.1.1
    name: People living in informal housing
    definition: Share of the population living in informal housing.
    method: People registered at an address without a building permit, divided by all people of the register, times 100.
    track: planning
    unit: percent
    direction: lower
    frequency: A
    disaggregation: [sex]
    sdg: ["11.1.1", "11.3"]
    umf_cells: ["1.2"]
    umf_code: "1.1.3"
    minimum: 0
    maximum: 100
    source: register
    status: draft
  - code: XA-TAX
    name: Own revenue per person
    definition: Taxes and fees that the town collects itself, per person.
    method: Taxes and fees in the closed accounts of the year, divided by the people of the register.
    track: finance
    unit: national_currency_per_person
    direction: higher
    frequency: A
    disaggregation: []
    sdg: ["17.1.1"]
    umf_cells: ["2.4"]
    minimum: 0
    source: register
    status: draft
"""
FURTHER = "".join(
    f'  - {{"code": "XA-S{number:02}", "name": "Service {number}", "definition": "Households that use service {number} of the harbour.", '
    f'"method": "Households with a contract for service {number} on 31 December.", "track": "data", "unit": "households", "direction": "neutral", '
    f'"frequency": "A", "disaggregation": [], "sdg": ["11.1"], "umf_cells": ["1.2"], "source": "register", "status": "draft"}}\n'
    for number in range(1, 13)
)
"""So many that the national core is large enough for the milestone of the indicator framework; each key in quotation marks, so that a test
finds what it spoils in one place only."""
CODELISTS = """\
dimensions:
  - id: quarter
    name: Quarter of the town
    codes: {OLD: Old quarter, NEW: New quarter}
    source: register
    status: draft
"""
MILESTONES = """\
recognition:
  word: Laurel
  status: draft
  source: register
  reason: Towns have given laurels since antiquity; the word promises nothing.
changes:
  - milestone: data/agreement
    status: draft
    source: register
    reason: The committees of towns have at least seven members by law.
    parameters: {committee_members: 7}
    preconditions:
      - id: committee-first
        text: The committee was inaugurated before the agreement was signed
        measure: data/committee-lead-days
        at_least: 0
    evidence:
      - {id: harbour-plan, name: Plan of the harbour, file: true, when: {attribute: harbour, equals: true}}
  - milestone: planning/adoption
    status: draft
    source: register
    reason: Towns adopt a town plan by law.
    accept:
      resolution:
        - {id: gazette, name: Notice in the gazette, rationale: The law puts the notice in the place of the resolution.}
"""
MODALITY = """\
id: xa-tools-only
modality: 2
name: Tools and remote support
support: The hub works with the tools and a small national team.
currency: USD
lines:
  - {id: tools, name: Digital tools, in_kind: true}
  - {id: team, name: National team, amount: "50000"}
  - {id: training, name: Training, amount: "12500.50"}
total: "62500.50"
source: register
status: draft
"""
FORM = """\
id: agreement
version: "1"
title: Participation agreement
status: draft
source: register
answers:
  agreement/signed-on: /signed_on
  agreement/signatures: /signatures
  committee/members: /members
  committee/inaugurated-on: /inaugurated_on
  focal-point/contact: /contact
schema:
  type: object
  required: [signed_on, signatures, members, inaugurated_on, contact]
  additionalProperties: false
  properties:
    signed_on: {title: Day of signing, type: string, format: date}
    signatures:
      title: Offices that signed
      type: array
      minItems: 1
      items: {title: Office, type: string, minLength: 2}
    members: {title: Members of the committee, type: integer, minimum: 1}
    inaugurated_on: {title: Day the committee was inaugurated, type: string, format: date}
    contact: {title: Contact of the focal point, type: string, minLength: 5, x-personal: true}
example:
  signed_on: "2025-05-20"
  signatures: [Mayor, Registry of Atlantis]
  members: 9
  inaugurated_on: "2025-04-02"
  contact: focal.point@registry.xa
counterexample:
  signed_on: "2025-05-20"
  signatures: []
  members: 9
  inaugurated_on: "2025-04-02"
  contact: focal.point@registry.xa
"""
PROFILE = """\
id: register-population
title: Population of the towns, by sex
country: XA
source: register
status: draft
file: "population_*.csv"
header: [town, year, women, men, all]
units:
  - {column: town, level: town}
period: {column: year}
values:
  - {column: all, indicator: XA-POP}
  - {column: women, indicator: XA-POP, dimensions: {sex: F}}
  - {column: men, indicator: XA-POP, dimensions: {sex: M}}
missing: {"..": not_collected}
crossfoot: {all: [women, men]}
"""
SURVEY = """\
id: register-survey
title: Figures of the survey, by quarter
country: XA
source: register
status: draft
file: "survey_*.csv"
header: [town, year, what, quarter, share_F_2023]
units:
  - {column: town, level: town}
blank_unit: XA
indicator:
  column: what
  keys: {housing: XA-11.1.1, people: XA-POP}
period: {column: year}
dimensions:
  - {column: quarter, dimension: quarter, codes: {Old: OLD, New: NEW}}
values:
  - columns: share_(?P<sex>F|M)_(?P<period>2023)
    codes: {sex: {F: F, M: M}}
adds_up:
  - {whole: island, parts: town, indicators: [XA-POP]}
"""


def sound_files() -> dict[str, str]:
    """Every file of the project, by its path in the project's folder; the generated page is `README.md` in the package."""
    inside = {
        "plugin.yaml": MANIFEST,
        "__init__.py": '"""SDG Cities in Atlantis."""\n',
        "units.csv": UNITS,
        "aliases.csv": ALIASES,
        "boundaries.geojson": BOUNDARIES,
        "indicators.yaml": INDICATORS + FURTHER,
        "codelists.yaml": CODELISTS,
        "milestones.yaml": MILESTONES,
        "modality.yaml": MODALITY,
        "forms/agreement.yaml": FORM,
        "profiles/register-population.yaml": PROFILE,
        "profiles/register-survey.yaml": SURVEY,
    }
    outside = {"pyproject.toml": PYPROJECT, "CHANGELOG.md": CHANGELOG, "tests/test_contract.py": CONTRACT_TEST}
    return outside | {f"{PACKAGE}/{name}": text for name, text in inside.items()}


def spoilt(file: str, old: str, new: str) -> dict[str, str]:
    """The files with the one place `old` of a file replaced; a file named without a folder is one of the package."""
    files = sound_files()
    path = file if file in files else f"{PACKAGE}/{file}"
    assert files[path].count(old) == 1, f"{old!r} stands {files[path].count(old)} times in {path}"
    return files | {path: files[path].replace(old, new)}


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the project into a folder of its own below `folder`; the folder of the package."""
    project = folder / "atlantis"
    for name, content in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return project / PACKAGE

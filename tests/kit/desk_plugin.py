"""A small plugin with texts in every kind of file, and workbooks filled in as a translator would. Atlantis is invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from sdgcities.intake.workbook import Workbook
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.manifest import read_manifest

FILES = {
    "plugin.yaml": """\
api: "1.1"
name: atlantis
title: Atlantis
version: 0.1.0
layer: country
countries: [XA]
languages: [en, ar, tr, ms]
maintainers: ["Registry of Atlantis <registry@registry.xa>"]
levels:
  - {id: town, name: Town, city: true}
waives: {finance: The fund is not open yet.}
sources:
  register: {office: Registry of Atlantis, table: Register of towns}
indicators: indicators.yaml
codelists: codelists.yaml
milestones: milestones.yaml
modality: modality.yaml
forms: forms
profiles: profiles
locales: locales
templates: templates
""",
    "indicators.yaml": """\
indicators:
  - code: XA-POP
    name: Population
    definition: People entered in the register.
    method: Counted once a year.
    unit: sea_miles_per_inhabitant
    programmes: [Ports for all]
    sdg: none
    no_sdg_reason: A count of people.
""",
    "codelists.yaml": """\
dimensions:
  - {id: tide, name: Tide, codes: {H: High water, L: Low water}}
""",
    "milestones.yaml": """\
recognition: {word: Laurel, status: draft, source: register, reason: Towns have given laurels since antiquity.}
changes:
  - milestone: planning/engagement
    rename: Engagement on the quay
    reason: Sailors are heard too.
    parameters: {groups: [women, sailors-at-sea]}
    evidence: [{id: minutes, name: Minutes of the assembly, file: true}]
    preconditions: [{id: first, text: The harbour was opened, measure: x/y, at_least: 0}]
""",
    "modality.yaml": """\
id: xa-tools
name: Tools and remote support
support: The hub works with the tools.
lines: [{id: tools, name: Digital tools, in_kind: true}]
notes: [Amounts are for a year.]
""",
    "forms/agreement.yaml": """\
id: agreement
title: Agreement
schema:
  type: object
  title: Agreement
  properties:
    kind: {title: Kind of port, description: As the register has it, enum: [Sea port, River port, XA]}
    people:
      title: People
      type: array
      items: {type: object, properties: {name: {title: Name of the person, type: string}}}
example: {kind: Sea port, people: [{name: Not to be translated}]}
""",
    "profiles/register.yaml": """\
id: register
title: The register
period: {title: '([0-9]{4})$'}
dimensions: [{column: tide, dimension: tide, codes: {Flood: H}}]
""",
    "templates/city/harbour.html": '<h2>{{ _("The harbour of %(city)s", city=city) }}</h2>{{ ngettext("%(n)s ship", "%(n)s ships", n) }}\n',
    "hooks.py": 'from sdgcities.api import msg\n\nSAID = msg("The tide of %(day)s is not known.", day="today")\n',
    "sample/demo.yaml": "city: XA01\nfiles: []\ntitle: Not a text\n",
}

Change = Callable[[dict[str, str]], None]


def atlantis(folder: Path, **changed: str) -> Manifest:
    """The plugin on disk; a keyword replaces or adds a file, `__` standing for `/` and `_` for its last `.`."""
    package = folder / "sdgcities_atlantis"
    for name, text in FILES.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(changed.get(name.replace("/", "__").replace(".", "_"), text), encoding="utf-8")
    (package / "locales").mkdir(exist_ok=True)
    return read_manifest(package)


def filled_in(source: Path, target: Path, change: Change, *, keep: Callable[[dict[str, str]], bool] = lambda _: True) -> Path:
    """A copy of a workbook as a spreadsheet program saves it, each row of texts changed by `change`."""
    book = Workbook(source)
    with xlsxwriter.Workbook(target) as made:
        for name in book.sheets:
            page = made.add_worksheet(name)
            head: list[str] = []
            at = 0
            for number, cells in book.rows(name):
                row = dict(zip(head, cells, strict=False))
                if name == "Texts" and number > 1:
                    if not keep(row):
                        continue
                    change(row)
                head = head or cells
                for column, cell in enumerate(row.values() if name == "Texts" and number > 1 else cells):
                    page.write_string(at, column, cell)
                at += 1
    return target

"""The files of a plugin answer the hooks; what is wrong in one is told with its row or line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.plugin.broken import write_sound

from sdgcities.errors import Refused
from sdgcities.model.places import NameScope, UnitName
from sdgcities.model.statistics import Dimension, MissingReason
from sdgcities.plugin.declared.hooks import Declared
from sdgcities.plugin.manifest import read_manifest

ALIASES = "scope,scope_id,name,within,unit,reason\nsource,Statistics Atlantis,Upper Is.,Atlantis,XA01,spelt so in the yearbook\n"
CODES = "dimensions:\n  - {id: fins, name: Fins, codes: {F0: None, F2: Two}, source: office, status: draft}\n"
MODALITY = """\
id: xa-team
modality: 1
name: Team
support: A year of help
currency: XTS
lines:
  - {id: tools, name: Tools, in_kind: true}
  - {id: team, name: Team, amount: "1200.50"}
total: "1200.50"
source: office
status: proposed
"""
FORM = """\
id: agreement
version: "1"
title: Agreement
status: draft
source: office
answers:
  agreement/signed-on: /signed_on
  committee/members: /committee/members
schema:
  type: object
  required: [signed_on]
  additionalProperties: false
  properties:
    signed_on: {type: string, format: date, title: Signed on}
    contact: {type: string, x-personal: true}
    committee: {$ref: "#/$defs/committee"}
  $defs:
    committee: {type: object, properties: {members: {type: integer, minimum: 1}}}
example:
  signed_on: "2024-05-01"
  committee: {members: 7}
"""
PROFILE = """\
id: yearbook
title: Yearbook
country: XA
source: office
status: official
file: "yearbook_*.csv"
header: [Island, Year]
units:
  - {column: Island, level: island}
period: {column: Year}
indicator: {pattern: "yearbook_([a-z]+)", keys: {feet: XA-1}}
values:
  - {column: Value}
dimensions:
  - {column: Sex, dimension: sex, codes: {Women: F}}
missing: {NA: not_collected}
crossfoot: {Total: [A, B]}
"""
FILES = {"aliases.csv": ALIASES, "codelists.yaml": CODES, "modality.yaml": MODALITY, "forms/agreement.yaml": FORM, "profiles/yearbook.yaml": PROFILE}
KEYS = "aliases: aliases.csv\ncodelists: codelists.yaml\nmodality: modality.yaml\nforms: forms\nprofiles: profiles\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = write_sound(tmp_path)
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    manifest = folder / "plugin.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + KEYS, encoding="utf-8")
    return folder


def declared(package: Path) -> Declared:
    return Declared(read_manifest(package))


def test_units_come_with_names_codes_validity_and_attributes(package: Path) -> None:
    units = {unit.id: unit for unit in declared(package).sdgcities_units("XA") or ()}
    assert list(units) == ["XA", "XA01", "XA02", "XA09"]
    assert units["XA"].level == "country"
    assert units["XA01"].parent == "XA"
    assert units["XA01"].names == (
        UnitName("Upper Island"),
        UnitName("Upland", "en"),
        UnitName("Hochinsel"),
        UnitName("Upper Is.", "", NameScope.SOURCE, "Statistics Atlantis", "Atlantis"),
    )
    assert units["XA01"].attributes == {"coast": True}
    assert units["XA02"].attributes == {"coast": Decimal("12.5")}
    assert (units["XA09"].valid_to, units["XA09"].successors, units["XA09"].change) == (date(2020, 12, 31), ("XA01", "XA02"), "split")
    assert units["XA01"].source.office == "Statistics Atlantis"


def test_the_other_files_become_what_the_hooks_promise(package: Path) -> None:
    plugin = declared(package)
    (form,) = plugin.sdgcities_forms("XA")
    assert (form.id, form.country, form.answers["agreement/signed-on"]) == ("agreement", "XA", "/signed_on")
    (profile,) = plugin.sdgcities_import_profiles("XA")
    assert (profile.period_column, profile.indicator_keys, profile.missing) == ("Year", {"feet": "XA-1"}, {"NA": MissingReason.NOT_COLLECTED})
    modality = plugin.sdgcities_support_modality("XA")
    assert modality
    assert modality.total() == modality.stated_total
    assert modality.lines[0].amount is None
    dimension = (plugin.sdgcities_resources("codelists") or [])[0]
    assert isinstance(dimension, Dimension)
    assert dimension.codes == {"F0": "None", "F2": "Two"}
    indicator = (plugin.sdgcities_indicators("XA") or [])[0]
    assert (indicator.sdg, indicator.no_sdg_reason) == ((), "The goals know no dry feet.")


def test_nothing_is_said_of_another_country_or_kind(package: Path) -> None:
    plugin = declared(package)
    assert not any((plugin.sdgcities_units("XB"), plugin.sdgcities_indicators("XB"), plugin.sdgcities_forms("XB"), plugin.sdgcities_import_profiles("XB")))
    assert plugin.sdgcities_support_modality("XB") is None
    assert plugin.sdgcities_resources("courses") is None


READ: dict[str, Callable[[Declared], object]] = {
    "units.csv": lambda plugin: plugin.sdgcities_units("XA"),
    "aliases.csv": lambda plugin: plugin.sdgcities_units("XA"),
    "indicators.yaml": lambda plugin: plugin.sdgcities_indicators("XA"),
    "codelists.yaml": lambda plugin: plugin.sdgcities_resources("codelists"),
    "modality.yaml": lambda plugin: plugin.sdgcities_support_modality("XA"),
    "forms/agreement.yaml": lambda plugin: plugin.sdgcities_forms("XA"),
    "profiles/yearbook.yaml": lambda plugin: plugin.sdgcities_import_profiles("XA"),
}

WRONG = [
    ("units.csv", "XA02,island", "XA01,island", "XA01 stands twice", 3),
    ("units.csv", "XA02,island", "XA02,reef", "no level reef", 3),
    ("units.csv", "XA02,island,", "XA02,island,XA77", "no unit XA77", 3),
    ("units.csv", "XA02,island,", "XA02,island,XA01", "not of a level above", 3),
    ("units.csv", "XA01|XA02", "XA01|XA77", "no other unit XA77", 4),
    ("units.csv", "2020-12-31", "31/12/2020", "is not a date", 4),
    ("units.csv", "2020-12-31", "", "its last day is missing", 4),
    ("units.csv", "split", "broken up", "one of: renamed", 4),
    ("units.csv", "office,draft,12.5", "bureau,draft,12.5", "no source bureau", 3),
    ("units.csv", "office,draft,12.5", "office,certain,12.5", "official, proposed, draft", 3),
    ("units.csv", "Lower Island", "", "The name is missing", 3),
    ("units.csv", "XA02,island", "../x,island", "can't be a unit's id", 3),
    ("units.csv", "attr:coast", "coast", "The column coast is not known", 1),
    ("units.csv", ",source,", ",origin,", "The column source is missing", 1),
    ("units.csv", "12.5", "12,5", "12 cells", 3),
    ("aliases.csv", "XA01", "XA77", "no unit XA77", 2),
    ("aliases.csv", "source,", "office,", "Must be one of: profile, source, plugin", 2),
    ("aliases.csv", "Statistics Atlantis", "", "name the office or the profile", 2),
    ("aliases.csv", "spelt so in the yearbook", "", "The reason is missing", 2),
    ("indicators.yaml", "sdg: none", 'sdg: ["1"]', "It must be an SDG indicator", 10),
    ("indicators.yaml", "    no_sdg_reason: The goals know no dry feet.\n", "", "no_sdg_reason is missing", 2),
    ("indicators.yaml", "source: office", "source: bureau", "no source bureau", 12),
    ("indicators.yaml", "status: draft", "status: draft\n    minimum: 5\n    maximum: 2", "minimum of XA-1 is above", 14),
    ("indicators.yaml", "direction: higher", "direction: up", "higher, lower, neutral", 6),
    ("codelists.yaml", "{F0: None", "{_T: Total", "a letter or digit first", 2),
    ("codelists.yaml", "source: office", "source: bureau", "no source bureau", 2),
    ("modality.yaml", '"1200.50"}', "1200.50}", "Must be of type text", 8),
    ("modality.yaml", 'total: "1200.50"', 'total: "1300"', "The lines add up to 1200.50, the total says 1300", 9),
    ("forms/agreement.yaml", "id: agreement", "id: treaty", "not the file's name", 1),
    ("forms/agreement.yaml", "format: date", "fromat: date", "fromat is not known", 14),
    ("forms/agreement.yaml", "format: date", "format: day", "Must be one of: date", 14),
    ("forms/agreement.yaml", "type: integer", "type: whole", "whole is no type", 18),
    ("forms/agreement.yaml", '"#/$defs/committee"', '"#/$defs/board"', "#/$defs/board leads nowhere", 16),
    ("forms/agreement.yaml", '"#/$defs/committee"', '"https://example.org/committee.json"', "Not accepted", 16),
    ("forms/agreement.yaml", ": /committee/members", ": /board/members", "no field /board/members", 8),
    ("forms/agreement.yaml", "agreement/signed-on", "agreement/signd-on", "is no question of the core", 7),
    ("forms/agreement.yaml", ": /committee/members", ": /signed_on", "Must be of type", 8),
    ("forms/agreement.yaml", "members: 7", "members: 0", "Must be at least 1", 21),
    ("forms/agreement.yaml", '"2024-05-01"', "1 May", "Must be a day", 20),
    ("profiles/yearbook.yaml", "id: yearbook", "id: annual", "not the file's name", 1),
    ("profiles/yearbook.yaml", "country: XA", "country: XB", "which plugin.yaml does not declare", 3),
    ("profiles/yearbook.yaml", "level: island", "level: reef", "no level reef", 9),
    ("profiles/yearbook.yaml", "yearbook_([a-z]+)", "yearbook_([a-z+)", "is not a pattern", 11),
    ("profiles/yearbook.yaml", "yearbook_([a-z]+)", "yearbook", "no group", 11),
    ("profiles/yearbook.yaml", "{column: Year}", '{constant: "last year"}', "is not a period", 10),
    ("profiles/yearbook.yaml", 'indicator: {pattern: "yearbook_([a-z]+)", keys: {feet: XA-1}}\n', "", "which indicator", 11),
    ("profiles/yearbook.yaml", "units:\n  - {column: Island, level: island}\n", "", "which unit a row belongs to", 1),
    ("profiles/yearbook.yaml", "not_collected", "unknown", "Must be one of", 16),
]


@pytest.mark.parametrize(("file", "old", "new", "problem", "place"), WRONG, ids=[f"{file}-{problem}" for file, _, _, problem, _ in WRONG])
def test_what_is_wrong_is_told_with_its_place(package: Path, file: str, old: str, new: str, problem: str, place: int) -> None:
    path = package / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        READ[file](declared(package))
    told = {(str(finding.message), finding.where.row or finding.where.line, finding.where.file) for finding in caught.value.findings}
    assert any(problem in message and number == place and name == str(path) for message, number, name in told), told


def test_all_of_a_file_is_told_at_once(package: Path) -> None:
    path = package / "units.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("office,draft", "bureau,certain"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        declared(package).sdgcities_units("XA")
    assert len(caught.value.findings) == 4
    assert "It is named in 3 places here." in str(caught.value.findings[-1].message)


@pytest.mark.parametrize(("mark", "word"), [(";", "a semicolon"), ("\t", "a tab")])
@pytest.mark.parametrize("name", ["units.csv", "aliases.csv"])
def test_a_table_that_a_spreadsheet_saved_with_another_separator_is_one_line(package: Path, name: str, mark: str, word: str) -> None:
    path = package / name
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows(rows)
    with pytest.raises(Refused) as caught:
        declared(package).sdgcities_units("XA")
    (finding,) = caught.value.findings
    assert str(finding.message) == f"The columns are separated by {word} here; it must be a comma."
    assert (finding.where.file, finding.where.row) == (str(path), 1)


def test_a_table_in_an_old_encoding_is_told_how_to_save_it(package: Path) -> None:
    path = package / "units.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Lower Island", "Île basse").encode("cp1252"))
    with pytest.raises(Refused) as caught:
        declared(package).sdgcities_units("XA")
    (finding,) = caught.value.findings
    assert str(finding.message).startswith("The text is not UTF-8. Byte ")
    assert str(finding.hint) == "Save the file again as UTF-8: in Excel, Save as, file type CSV UTF-8."


def test_a_file_with_the_other_suffix_is_not_passed_over_in_silence(package: Path) -> None:
    (package / "forms" / "agreement.yaml").rename(package / "forms" / "agreement.yml")
    with pytest.raises(Refused, match=r"end in \.yaml"):
        declared(package).sdgcities_forms("XA")

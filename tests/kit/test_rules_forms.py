"""Forms with one thing wrong, and what the rules on forms must say of each, to the character."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kit.sound import PACKAGE, sound_files, write

from sdgcities.errors import Refused
from sdgcities.findings import NOWHERE, Finding, Severity
from sdgcities.kit.rule import Unchecked
from sdgcities.kit.rules.forms import CHECKS
from sdgcities.kit.subject import Subject
from sdgcities.plugin.declared.forms import read_form
from sdgcities.plugin.form_schema import check_schema
from sdgcities.plugin.manifest import read_manifest
from sdgcities.plugin.patterns import faults

FILE = "forms/survey.yaml"
PATTERN = "^[A-Z]{2}-[0-9]{1,4}$"
FORM = f"""\
id: survey
version: "1"
title: Survey of the harbour
status: draft
source: register
answers:
  focal-point/contact: /contact
schema:
  type: object
  required: [permit, contact]
  additionalProperties: false
  properties:
    permit: {{title: Number of the permit, type: string, pattern: '{PATTERN}'}}
    contact: {{title: Contact of the harbour master, type: string, minLength: 5, x-personal: true}}
    opened_on: {{title: Day of opening, type: string, format: date}}
    kind: {{title: Kind of harbour, type: string, enum: [Fishing harbour, Ferry harbour]}}
    piers:
      title: Piers
      type: array
      items:
        type: object
        required: [name]
        properties:
          name: {{title: Name of the pier, type: string}}
          depth: {{title: Depth in metres, type: number, minimum: 0}}
    parts: {{title: Parts of the harbour, type: array, items: {{$ref: "#/$defs/part"}}}}
    fees:
      title: Fees
      type: object
      properties: {{day: {{title: Fee of a day, type: number}}, night: {{title: Fee of a night, type: number}}}}
      dependentRequired: {{night: [day]}}
    notes: {{title: Notes, type: array, items: {{type: string}}}}
  if: {{properties: {{kind: {{const: Ferry harbour}}}}, required: [kind]}}
  then: {{required: [piers]}}
  $defs:
    part:
      type: object
      required: [label]
      properties:
        label: {{title: Label, type: string}}
        within: {{title: Parts within, type: array, items: {{$ref: "#/$defs/part"}}}}
example:
  permit: XA-17
  contact: harbour@registry.xa
  kind: Ferry harbour
  piers: [{{name: East pier, depth: 4.5}}]
  parts: [{{label: Basin, within: [{{label: Quay}}]}}]
counterexample:
  permit: seventeen
  contact: harbour@registry.xa
"""


@dataclass(frozen=True)
class Wrong:
    """`old` becomes `new`; the rule must block at the place where `mark` then stands, in these words."""

    rule: str
    old: str
    new: str
    mark: str
    words: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.new or 'without ' + self.old}"


def package_with(folder: Path, form: str) -> Path:
    return write(folder, sound_files() | {f"{PACKAGE}/{FILE}": form})


def found(package: Path, rule: str) -> list[Finding]:
    return list(CHECKS[rule](Subject(package)))


def place(form: str, mark: str) -> tuple[int, int]:
    assert form.count(mark) >= 1, mark
    before = form[: form.index(mark)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


VALID = [
    Wrong("forms-valid", "id: survey", "id: harbour", "id: harbour", "not the file's name"),
    Wrong("forms-valid", "source: register", "source: office", "source: office", "There is no source office"),
    Wrong("forms-valid", "status: draft", "status: finished", "status: finished", "Must be one of: official"),
    Wrong("forms-valid", 'version: "1"', "version: 1", "version: 1", "Must be of type text"),
    Wrong("forms-valid", "title: Survey of the harbour\n", "", "id: survey", "title is missing"),
    Wrong("forms-valid", "answers:", "answer:", "answer:", "answer is not known here"),
    Wrong("forms-valid", "focal-point/contact:", "focal-point/contct:", "focal-point/contct", "is no question of the core"),
    Wrong("forms-valid", ": /contact", ": /phone", "focal-point/contact", "the schema has no field /phone"),
    Wrong("forms-valid", "minLength: 5", "minLenght: 5", "minLenght", "Did you mean minLength?"),
    Wrong("forms-valid", "title: Day of opening", "label: Day of opening", "label: Day", "Did you mean title?"),
    Wrong("forms-valid", "title: Day of opening", "titel: Day of opening", "titel", "Did you mean title?"),
    Wrong("forms-valid", "enum: [Fishing", "options: [Fishing", "options: [Fishing", "Did you mean enum?"),
    Wrong("forms-valid", "enum: [Fishing", "choices: [Fishing", "choices: [Fishing", "Did you mean enum?"),
    Wrong("forms-valid", "minimum: 0", "min: 0", "min: 0", "Did you mean minimum?"),
    Wrong("forms-valid", "  $defs:", "  definitions:", "definitions:", "Did you mean $defs?"),
    Wrong("forms-valid", "  additionalProperties: false", "  additionalproperties: false", "additionalproperties", "Did you mean additionalProperties?"),
    Wrong("forms-valid", "    notes: {title: Notes,", "  notes: {title: Notes,", "notes: {title: Notes", "A field stands under properties."),
    Wrong("forms-valid", "      title: Piers\n", "      title: Piers\n      colour: blue\n", "colour: blue", "Take it out"),
    Wrong("forms-valid", "x-personal: true", "x-persoanl: true", "x-persoanl", "Did you mean x-personal?"),
    Wrong("forms-valid", "x-personal: true", "x-personal: yes", "x-personal: yes", "Must be of type true or false"),
    Wrong("forms-valid", "type: string, format: date", "type: date", "type: date", "Write type: string and format: date."),
    Wrong("forms-valid", "type: number, minimum", "type: float, minimum", "type: float", "Did you mean number?"),
    Wrong("forms-valid", "type: number, minimum", "type: [number, nul], minimum", "type: [number, nul]", "Did you mean null?"),
    Wrong("forms-valid", "type: number, minimum", "type: nmber, minimum", "type: nmber", "Did you mean number?"),
    Wrong("forms-valid", "format: date", "format: day", "format: day", "Must be one of: date, date-time, email, uuid, uri"),
    Wrong("forms-valid", "format: date", "format: hostname", "format: hostname", "Must be one of: date"),
    Wrong("forms-valid", "minimum: 0", "minimum: zero", "minimum: zero", "Must be of type number"),
    Wrong("forms-valid", "minLength: 5", "minLength: -5", "minLength: -5", "Must be at least 0"),
    Wrong("forms-valid", "required: [permit, contact]", "required: permit", "required: permit", "Must be of type list"),
    Wrong("forms-valid", "{title: Parts within, ", "{required: true, title: Parts within, ", "required: true", "beside properties: required: [within]"),
    Wrong("forms-valid", "required: [name]", "required: [nane]", "nane", "Did you mean name?"),
    Wrong("forms-valid", "required: [permit, contact]", "required: [permit, contact, harbour]", "harbour]", "harbour is required, and is no property"),
    Wrong("forms-valid", "then: {required: [piers]}", "then: {required: [peirs]}", "peirs", "Did you mean piers?"),
    Wrong("forms-valid", "required: [kind]", "required: [sort]", "sort", "sort is required, and is no property"),
    Wrong("forms-valid", "dependentRequired: {night: [day]}", "dependentRequired: {night: [days]}", "days", "Did you mean day?"),
    Wrong("forms-valid", "dependentRequired: {night: [day]}", "dependentRequired: {nights: [day]}", "nights", "Did you mean night?"),
    Wrong(
        "forms-valid",
        'items: {$ref: "#/$defs/part"}}\n    fees',
        'items: {$ref: "#/$defs/parts"}}\n    fees',
        '$ref: "#/$defs/parts"',
        "Did you mean #/$defs/part?",
    ),
    Wrong("forms-valid", 'items: {$ref: "#/$defs/part"}}\n    fees', 'items: {$ref: "#part"}}\n    fees', '$ref: "#part"', "#part leads nowhere"),
    Wrong("forms-valid", 'items: {$ref: "#/$defs/part"}}\n    fees', 'items: {$ref: "#/properties"}}\n    fees', '$ref: "#/properties"', "leads nowhere"),
    Wrong(
        "forms-valid",
        'items: {$ref: "#/$defs/part"}}\n    fees',
        'items: {$ref: "https://example.org/part.json"}}\n    fees',
        '$ref: "https',
        "Not accepted",
    ),
    Wrong("forms-valid", "    part:\n", '    part:\n      $ref: "#/$defs/part"\n', '$ref: "#/$defs/part"\n      type', "leads back to itself, without end"),
    Wrong("forms-valid", "    part:\n", '    part:\n      allOf: [{$ref: "#/$defs/part"}]\n', '$ref: "#/$defs/part"}]\n', "leads back to itself"),
    Wrong("forms-valid", "    part:\n", '    part:\n      anyOf: [{not: {$ref: "#/$defs/part"}}]\n', '$ref: "#/$defs/part"}}]\n', "leads back to itself"),
    Wrong(
        "forms-valid",
        "    part:\n",
        '    whole: {if: {$ref: "#/$defs/part"}}\n    part:\n      $ref: "#/$defs/whole"\n',
        '$ref: "#/$defs/whole"',
        "#/$defs/whole leads back to itself",
    ),
    Wrong("forms-valid", "  $defs:", '  oneOf: [{$ref: "#"}]\n  $defs:', '$ref: "#"}', "# leads back to itself"),
    Wrong("forms-valid", "  type: object\n  required: [permit", "  type: object\n  type: object\n  required: [permit", "", "The key type stands twice"),
]
SENSE = [
    Wrong(
        "forms-valid", "enum: [Fishing harbour, Ferry harbour]", "enum: [1, 2]", "1, 2]", "The choice 1 is not of the type string: nobody can choose it. Put it"
    ),
    Wrong("forms-valid", "type: string, enum: [Fishing", "type: integer, enum: [Fishing", "Fishing harbour,", "is not of the type integer"),
    Wrong("forms-valid", "enum: [Fishing harbour, Ferry", "enum: [Ferry harbour, Ferry", "Ferry harbour]", "The choice Ferry harbour stands twice"),
    Wrong("forms-valid", "type: number, minimum: 0", "type: number, maximum: 2, minimum: 4", "minimum: 4", "minimum 4 is above maximum 2"),
    Wrong("forms-valid", "minLength: 5", "minLength: 50, maxLength: 5", "minLength: 50", "minLength 50 is above maxLength 5"),
    Wrong("forms-valid", "      type: array\n", "      type: array\n      minItems: 3\n      maxItems: 1\n", "minItems: 3", "minItems 3 is above maxItems 1"),
    Wrong("forms-valid", "format: date}", "format: date, default: today}", "default: today", "The field refuses its own default: Must be a day"),
    Wrong("forms-valid", "type: number, minimum: 0", "type: number, minimum: 0, default: -1", "default: -1", "The field refuses its own default"),
    Wrong("forms-valid", "parts: {title: Parts", "parts: {default: [{}], title: Parts", "default: [{}]", "label is missing"),
    Wrong(
        "forms-valid",
        "  focal-point/contact: /contact",
        "  focal-point/contact: /contact\n  agreement/signed-on: /permit",
        "permit: {title",
        "agreement/signed-on, and accepts something else than the core reads there. Add format: date.",
    ),
    Wrong("forms-valid", "title: Contact of the harbour master, type: string", "title: Contact", "contact: {title", "Write type: string or object."),
    Wrong(
        "forms-valid", "focal-point/contact: /contact", "committee/members: /fees/day", "type: number}, night", "committee/members, and accepts something else"
    ),
    Wrong("forms-valid", "focal-point/contact: /contact", "framework/indicators: /parts", "items: {$ref", "Of each entry: Write type: string."),
]
DOUBTS = [
    ("opened_on: {title: Day of opening, type: string, format: date}", "opened_on: {title: Day of opening}", "opened_on", "takes anything: it has no type"),
    ("enum: [Fishing harbour, Ferry harbour]", "enum: [A, B]", "enum: [A", "oneOf: [{const: A, title: What A means}]"),
    ("enum: [Fishing harbour, Ferry harbour]", "enum: [fishing_harbour, ferry_harbour]", "enum: [fishing", "The choices are codes"),
    ("type: string, enum: [Fishing harbour, Ferry harbour]", "type: integer, enum: [1, 2]", "enum: [1, 2]", "The choices are codes"),
    ("minLength: 5, x-personal: true", "minLength: 5", "contact: {title", "contact may be about a person, and is not marked so"),
    ("title: Name of the pier", "title: Name", "name: {title", "name may be about a person"),
    ("    notes: {title", "    phone_of_office: {title: Telephone, type: string}\n    notes: {title", "phone_of", "may be about a person"),
    ("    notes: {title", "    guard: {title: Guard, type: string, format: email}\n    notes: {title", "guard: {", "may be about a person"),
]
EXAMPLES = [
    Wrong("form-examples", "permit: XA-17", "permit: XA-seventeen", "permit: XA-seventeen", "Not accepted"),
    Wrong("form-examples", "  contact: harbour@registry.xa\n  kind", "  kind", "example:", "contact is missing"),
    Wrong("form-examples", "depth: 4.5", "depth: -4.5", "depth: -4.5", "Must be at least 0"),
    Wrong("form-examples", "label: Quay", "label: 7", "label: 7", "Must be of type text"),
    Wrong("form-examples", "  kind: Ferry harbour\n  piers: [{name: East pier, depth: 4.5}]\n", "  kind: Ferry harbour\n", "example:", "piers is missing"),
    Wrong("form-examples", "  kind: Ferry harbour\n  piers", "  colour: blue\n  piers", "colour: blue", "colour is not known here"),
    Wrong(
        "form-examples", "counterexample:\n  permit: seventeen", "counterexample:\n  permit: XA-18", "counterexample", "The schema accepts the counterexample"
    ),
    Wrong("form-examples", FORM[FORM.index("counterexample") :], "", "id: survey", "The form has no counterexample"),
    Wrong("form-examples", FORM[FORM.index("example:") : FORM.index("counterexample")], "", "id: survey", "The form has no example"),
    Wrong("form-examples", FORM[FORM.index("counterexample") :], "counterexample: nothing\n", "counterexample", "The form has no counterexample"),
]
LABELS = [
    Wrong("form-labels", "{title: Number of the permit, ", "{", "permit: {", "The field permit has no title"),
    Wrong("form-labels", "{title: Name of the pier, ", "{", "name: {", "The field name has no title"),
    Wrong("form-labels", "{title: Label, ", "{", "label: {", "The field label has no title"),
    Wrong("form-labels", "      title: Piers\n", "", "piers:", "The field piers has no title"),
    Wrong("form-labels", "title: Piers", 'title: " "', "piers:", "The field piers has no title"),
    Wrong("form-labels", "{title: Fee of a night, type: number}", "true", "night: true", "The field night has no title"),
    Wrong("form-labels", "title: Day of opening", "title: opened_on", "title: opened_on", "is a key, no words"),
    Wrong("form-labels", "title: Day of opening", "title: Day of\u202e opening", "title: Day of\u202e", "U+202E"),
    Wrong("form-labels", "title: Parts within, ", "description: Parts, ", "within: {", "The field within has no title"),
]
REFUSED_PATTERNS = {
    "^\\d+$": "Write [0-9].",
    "^\\D$": "Write [^0-9].",
    "^\\w+$": "Write [A-Za-z0-9_].",
    "^a\\sb$": "Write [ ].",
    "^[\\d]$": "Write [0-9].",
    "\\bport\\b": "takes other characters in each engine",
    "^(?=a)a$": "Look-around",
    "^a(?!b)": "Look-around",
    "^(?<=a)b$": "Look-around",
    "^(?<!a)b$": "Look-around",
    "^(a)\\1$": "A back-reference",
    "^(?P<x>a)$": "Names of groups",
    "^(?<x>a)$": "Names of groups",
    "(?i)^a$": "Flags inside a pattern",
    "^(?s:a)$": "Flags inside a pattern",
    "^(?>a)$": "This kind of group",
    "^(?#note)a$": "This kind of group",
    "^a++$": "Possessive",
    "^a*+$": "Possessive",
    "\\Aa\\Z": "Write ^ at the start",
    "^a\\z": "Write ^ at the start",
    "^\\h$": "not known to every engine",
    "^\\p{L}+$": "List the letters",
    "^\\e$": "not known to every engine",
    "^\\ud800$": "half of a character",
    "^a\\-b$": "needs no backslash",
    "^\\_$": "needs no backslash",
    "^(a+)+$": "can run away",
    "^(a|a)*$": "can run away",
    "^([a-z]+,?)*$": "can run away",
    "^(a|ab|b)+$": "can run away",
    "^(a*)*$": "What is repeated can be empty",
    "^(a?){30}a{30}$": "What is repeated can be empty",
    "^a{,3}$": "does not begin a number of times",
    "^a{3,2}$": "the first number is the larger one",
    "^a{2000}$": "more than 1000 times",
    "^a**$": "repeated once more",
    "^a{2}{3}$": "repeated once more",
    "+a": "nothing before +",
    "^(a": "is not closed",
    "^a)$": "was not opened",
    "^[a": "A bracket [ is not closed",
    "^a]$": "A single ] is not read alike",
    "^a}$": "A single } is not read alike",
    "^[]$": "nothing between [ and ]",
    "^[[:alpha:]]$": "A [ between [ and ]",
    "^[a&&b]$": "&& between [ and ]",
    "^[z-a]$": "the first character stands after the last",
    "^[a-c-e]$": "A hyphen in the middle",
    "^$*": "can't be repeated",
    "^a\\": "ends with a backslash",
    f"^{'a' * 1001}$": "more than 1000 characters",
    f"^{'(' * 30}a{')' * 30}$": "nested deeper",
    "^(([a-z]{60}){60}){9}$": "too long to be checked",
}
NOTED_PATTERNS = {
    "[0-9]+": "not held at both ends",
    "^a|b$": "not held at both ends",
    "": "not held at both ends",
    "^.*,.*,.*$": "slow on long texts",
}
GOOD_PATTERNS = (
    "^[a-z]+(-[a-z]+)*$",
    "^([0-9]{1,3},)*[0-9]{1,3}$",
    "^[0-9]{1,15}([.][0-9]{2})?$",
    "^(a|b)$",
    "^(?:0[1-9]|[1-7][0-9]|8[01])$",
    "^\\+?[0-9 ]{5,20}$",
    "^[^@ ]+@[^@ .]+([.][^@ .]+)+$",
    "^[A-Za-zÀ-ÿ' -]{2,80}$",
    "^\\u0041\\x42\\t$",
    "^.{2,40}$",
)
WRONG = [*VALID, *SENSE, *EXAMPLES, *LABELS]


def test_the_sound_form_keeps_every_rule(tmp_path: Path) -> None:
    package = package_with(tmp_path, FORM)
    assert {rule: found(package, rule) for rule in CHECKS} == {rule: [] for rule in CHECKS}
    assert len(WRONG) + len(REFUSED_PATTERNS) > 100


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_is_wrong_is_told_to_the_character(tmp_path: Path, wrong: Wrong) -> None:
    assert wrong.old in FORM
    form = FORM.replace(wrong.old, wrong.new, 1)
    package = package_with(tmp_path, form)
    blocking = [finding for finding in found(package, wrong.rule) if finding.blocks]
    told = [(finding.where.line, finding.where.character, f"{finding.message} {finding.hint}") for finding in blocking]
    assert any(wrong.words in words and (not wrong.mark or (line, character) == place(form, wrong.mark)) for line, character, words in told), told
    assert {finding.where.file for finding in blocking} == {str(package.resolve() / FILE)}


@pytest.mark.parametrize("wrong", [*VALID, *EXAMPLES[:-3]], ids=str)
def test_the_hub_refuses_what_the_rules_refuse(tmp_path: Path, wrong: Wrong) -> None:
    package = package_with(tmp_path, FORM.replace(wrong.old, wrong.new, 1))
    with pytest.raises(Refused) as refused:
        read_form(package / FILE, read_manifest(package), "XA")
    assert any(wrong.words in f"{finding.message} {finding.hint}" for finding in refused.value.findings)


@pytest.mark.parametrize("pattern", REFUSED_PATTERNS)
def test_a_pattern_that_engines_read_differently_is_refused_by_rule_and_hub(tmp_path: Path, pattern: str) -> None:
    form = FORM.replace(PATTERN, pattern).replace("permit: XA-17\n", "permit: a\n")
    package = package_with(tmp_path, form)
    (finding,) = (one for one in found(package, "form-patterns") if one.blocks)
    assert REFUSED_PATTERNS[pattern] in f"{finding.message} {finding.hint}"
    assert (finding.where.line, finding.where.character) == place(form, "pattern: '")
    with pytest.raises(Refused) as refused:
        read_form(package / FILE, read_manifest(package), "XA")
    assert "form.pattern" in {one.code for one in refused.value.findings}


@pytest.mark.parametrize("pattern", NOTED_PATTERNS)
def test_a_pattern_that_is_loose_or_slow_is_noted(tmp_path: Path, pattern: str) -> None:
    package = package_with(tmp_path, FORM.replace(PATTERN, pattern))
    (finding,) = found(package, "form-patterns")
    assert (finding.severity, NOTED_PATTERNS[pattern] in str(finding.message)) == (Severity.NOTE, True)


@pytest.mark.parametrize("pattern", GOOD_PATTERNS)
def test_usual_patterns_pass(pattern: str) -> None:
    assert faults(pattern) == ()


def test_keys_by_pattern_are_looked_at_too(tmp_path: Path) -> None:
    form = FORM.replace("    notes:", "    years: {title: Years, type: object, patternProperties: {'^\\d{4}$': {type: number}}}\n    notes:")
    (finding,) = found(package_with(tmp_path, form), "form-patterns")
    assert (finding.where.line, finding.where.character) == place(form, "'^\\d{4}$'")


@pytest.mark.parametrize(("old", "new", "mark", "words"), DOUBTS, ids=[f"{new}: {words}" for _, new, _, words in DOUBTS])
def test_what_is_seldom_right_is_noted_to_the_character(tmp_path: Path, old: str, new: str, mark: str, words: str) -> None:
    assert old in FORM
    form = FORM.replace(old, new, 1)
    (note,) = (finding for finding in found(package_with(tmp_path, form), "forms-valid") if not finding.blocks)
    assert words in f"{note.message} {note.hint}"
    assert (note.where.line, note.where.character) == place(form, mark)


def test_a_mark_holds_for_all_that_stands_within_and_for_what_is_referred_to(tmp_path: Path) -> None:
    form = FORM.replace("piers:\n      title: Piers", "piers:\n      x-personal: true\n      title: Piers").replace("Name of the pier", "Name")
    form = form.replace("parts: {title", "parts: {x-personal: true, title").replace("label: {title: Label", "telephone: {title: Telephone")
    form = form.replace("required: [label]", "required: [telephone]").replace("{label:", "{telephone:")
    form = form.replace('items: {$ref: "#/$defs/part"}}\n    fees', 'items: {x-personal: true, $ref: "#/$defs/part"}}\n    fees')
    assert found(package_with(tmp_path, form), "forms-valid") == []


def test_an_example_is_not_blamed_for_a_schema_that_nobody_can_answer(tmp_path: Path) -> None:
    package = package_with(tmp_path, FORM.replace("type: number, minimum: 0", "type: number, maximum: 2, minimum: 4"))
    assert found(package, "form-examples") == []


def test_all_faults_of_a_form_are_told_at_once(tmp_path: Path) -> None:
    form = FORM.replace("required: [name]", "required: [nane]").replace(PATTERN, "\\d").replace("id: survey", "id: harbour")
    package = package_with(tmp_path, form)
    assert len(found(package, "forms-valid")) == 2
    assert len([finding for finding in found(package, "form-patterns") if finding.blocks]) == 1


def test_a_field_of_a_condition_needs_no_second_title_and_one_of_a_reference_has_it_there(tmp_path: Path) -> None:
    form = FORM.replace('items: {$ref: "#/$defs/part"}}\n    fees', 'items: {$ref: "#/$defs/part"}}\n    main: {$ref: "#/$defs/part"}\n    fees')
    package = package_with(tmp_path, form)
    assert [str(finding.message) for finding in found(package, "form-labels")] == ["The field main has no title."]
    write(tmp_path, {f"{PACKAGE}/{FILE}": form.replace("    part:\n", "    part:\n      title: Part of the harbour\n")})
    assert found(package, "form-labels") == []


def test_files_that_are_no_forms_by_their_name(tmp_path: Path) -> None:
    names = {"forms/old.yml": True, "forms/loud.YAML": True, "forms/list.xlsx": False}
    package = write(tmp_path, sound_files() | {f"{PACKAGE}/{name}": "x" for name in names})
    told = {Path(finding.where.file or "").name: finding.blocks for finding in found(package, "forms-valid")}
    assert told == {Path(name).name: blocks for name, blocks in names.items()}


@pytest.mark.parametrize("content", [b"", b"- a\n", b"\xff\xfe", b"a: &x 1\nb: *x\n", b"schema: 7\nexample: []\n", b"schema: {properties: {a: 1}}\n", b"{"])
def test_what_is_no_form_at_all_is_told_by_one_rule_and_passed_over_by_the_others(tmp_path: Path, content: bytes) -> None:
    package = write(tmp_path, sound_files() | {f"{PACKAGE}/{FILE}": content})
    assert any(finding.blocks for finding in found(package, "forms-valid"))
    for rule in CHECKS:
        with suppress(Unchecked):
            assert all(finding.where.file for finding in found(package, rule))


def test_a_schema_of_foreign_python_that_never_ends_is_refused() -> None:
    schema: dict[str, object] = {"type": "object"}
    schema["properties"] = {"a": schema}
    assert [str(finding.message) for finding in check_schema(schema, {}, lambda _: NOWHERE)] == ["The schema is nested without end, or too large."]


SIGNS = st.sampled_from([*"ab.-_^$|?*+()[]{},01 &~/:dw", "\\", "\\d", "\\.", "[a-z]", "(a|b)", "(?:", "{2}", "{1,3}", "é"])
TEXTS = st.text(alphabet="ab.-_01 &~/:dw^$|é{}[]\\", max_size=12)


@settings(max_examples=600, deadline=None)
@given(pattern=st.lists(SIGNS, max_size=9).map("".join), texts=st.lists(TEXTS, max_size=8))
def test_a_pattern_that_passes_means_the_same_in_python_and_in_rust(pattern: str, texts: list[str]) -> None:
    if any(fault.severity is Severity.BLOCK for fault in faults(pattern)):
        return
    python = re.compile(pattern)
    for options in (jsonschema_rs.RegexOptions(), jsonschema_rs.FancyRegexOptions()):
        rust = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
        assert [rust.is_valid(text) for text in texts] == [bool(python.search(text)) for text in texts]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.lists(SIGNS, max_size=25).map("".join))
def test_any_pattern_is_passed_or_refused_in_words(pattern: str) -> None:
    assert all(str(fault.message) and str(fault.hint) for fault in faults(pattern))


SCHEMAS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["#", "#/$defs/a", "string", "^(a+)+$"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["properties", "$defs", "$ref", "items", "allOf", "not", "if", "required", "type", "pattern", "title", "enum", "a", "dependentRequired"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(["properties", "$defs", "$ref", "allOf", "required", "type", "pattern", "a"]), SCHEMAS, max_size=4))
def test_any_schema_is_accepted_or_told_never_a_traceback(schema: dict[str, object]) -> None:
    findings = list(check_schema(schema, {}, lambda _: NOWHERE))
    assert all(finding.blocks and str(finding.message) for finding in findings)
    if not findings:
        list(jsonschema_rs.Draft202012Validator(schema).iter_errors({"a": {"a": [1]}}))

"""Forms: a sound schema, patterns every engine reads alike, an example of each kind, titles for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.hidden import hidden_character
from sdgcities.intake.json import value_at
from sdgcities.intake.yaml import Document, NodePath, load_yaml
from sdgcities.kit.forms.answering import misfits
from sdgcities.kit.forms.doubtful import doubts
from sdgcities.kit.forms.sense import unanswerable
from sdgcities.kit.rule import Check, Unchecked
from sdgcities.kit.subject import Reading, Subject
from sdgcities.model.instruments import Form
from sdgcities.plugin.form_schema import COUNTEREXAMPLE, EXAMPLE, check_patterns
from sdgcities.plugin.schema_nodes import IN_PLACE, Node, subschemas

PATTERN = "form.pattern"
_KEY = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+", re.ASCII)
MOST_TURNS = 5
"""Steps from a field to a title by `$ref` and `allOf`."""
_OF_OTHER_RULES = (PATTERN, EXAMPLE, COUNTEREXAMPLE)


def forms_valid(subject: Subject) -> Iterator[Finding]:
    """What the hub refuses a form for, save what the rules on patterns and examples tell."""
    yield from _misnamed(subject)
    for reading in subject.forms:
        wrong = [one for one in reading.findings if one.code not in _OF_OTHER_RULES and not _misses_example(one)]
        yield from wrong or _senseless(reading)


def _senseless(reading: Reading[Form]) -> Iterator[Finding]:
    """Of a form that a hub takes: what nobody can answer, or answers otherwise than it is read; then what is doubtful."""
    if any(finding.code not in (EXAMPLE, COUNTEREXAMPLE) for finding in reading.findings):
        return  # the schema is wrong, so nothing in it can be followed
    document = load_yaml(reading.file)
    form = cast("Mapping[str, Mapping[str, str]]", document.data)

    def where(path: NodePath) -> Where:
        return document.where(("schema", *path))

    yield from unanswerable(form["schema"], where)
    yield from misfits(form["schema"], form.get("answers", {}), where)
    yield from doubts(form["schema"], where)


def form_patterns(subject: Subject) -> Iterator[Finding]:
    """Patterns that engines read differently, or that run away."""
    for document, form in _readable(subject):

        def where(path: NodePath, document: Document = document) -> Where:
            return document.where(("schema", *path))

        yield from check_patterns(form.get("schema"), where)


def form_examples(subject: Subject) -> Iterator[Finding]:
    """An example that is missing or does not pass, a counterexample that is missing or passes."""
    for document, form in _readable(subject):
        for key, meant in (("example", msg("a submission that the form accepts")), ("counterexample", msg("a submission that the form must refuse"))):
            if not isinstance(form.get(key), dict):
                problem = msg("The form has no %(key)s: %(meant)s.", key=key, meant=meant)
                hint = msg("Write %(key)s: and the answers below it, as a city would send them.", key=key)
                yield Finding(f"form.{key}", Severity.BLOCK, problem, hint, document.where((key,)))
    for reading in subject.forms:
        told = [finding for finding in reading.findings if finding.code in (EXAMPLE, COUNTEREXAMPLE)]
        if told and not any(finding.blocks for finding in _senseless(reading)):  # else the schema is to be corrected, not the example
            yield from told


def form_labels(subject: Subject) -> Iterator[Finding]:
    """Fields that people would see by their key."""
    for document, form in _readable(subject):
        schema = form.get("schema")
        titled = {path[-1] for path, node in subschemas(schema) if _is_property(path) and _title(schema, node)}
        for path, node in subschemas(schema):
            if _is_property(path) and not _title(schema, node) and not (path[-1] in titled and _is_condition(path)):
                problem = msg("The field %(name)s has no title.", name=path[-1])
                yield _label(
                    document, path, problem, msg("Add title: and the question in the words of those who answer it, in English; catalogues hold the rest.")
                )
            yield from _wording(document, path, node)
        yield from _booleans(document, form.get("schema"))


def _wording(document: Document, path: NodePath, node: Node) -> Iterator[Finding]:
    for key in ("title", "description"):
        text = node.get(key)
        if not isinstance(text, str):
            continue
        if key == "title" and _KEY.fullmatch(text):
            yield _label(document, (*path, key), msg("The title %(text)s is a key, no words.", text=text), msg("Write it as people read it."))
        if sign := hidden_character(text):
            yield _label(document, (*path, key), msg("The %(key)s holds the hidden character %(sign)s.", key=key, sign=sign), msg("Type the text again."))
        if text != text.strip():
            problem = msg("The %(key)s begins or ends with a blank.", key=key)
            yield _label(document, (*path, key), problem, msg("Take the blank out."), Severity.NOTE)


def _booleans(document: Document, schema: object) -> Iterator[Finding]:
    """Fields whose schema is only true or false."""
    for path, node in subschemas(schema):
        properties = node.get("properties")
        for name, part in properties.items() if isinstance(properties, Mapping) else ():
            if part is True:
                problem = msg("The field %(name)s has no title.", name=name)
                yield _label(document, (*path, "properties", name), problem, msg("Write {title: ..., type: ...} in the place of true."))


def _label(document: Document, path: NodePath, problem: Message, hint: Message, severity: Severity = Severity.BLOCK) -> Finding:
    return Finding("form.label", severity, problem, hint, document.where(("schema", *path)))


def _is_property(path: NodePath) -> bool:
    return len(path) > 1 and path[-2] == "properties"


def _is_condition(path: NodePath) -> bool:
    """Whether it only adds to a field that stands elsewhere."""
    return any(step in IN_PLACE for step in path[:-2])


def _title(schema: object, node: object, turns: int = 0) -> bool:
    """Whether a field has a title of its own, or of what it refers to."""
    if not isinstance(node, Mapping) or turns > MOST_TURNS:
        return False
    title, reference, parts = node.get("title"), node.get("$ref"), node.get("allOf")
    if isinstance(title, str) and title.strip():
        return True
    referred = [value_at(schema, reference.removeprefix("#"))] if isinstance(reference, str) else []
    return any(_title(schema, part, turns + 1) for part in [*referred, *(parts if isinstance(parts, list) else ())])


def _misses_example(finding: Finding) -> bool:
    return finding.code == "schema.required" and finding.message.params.get("name") == "example"


def _misnamed(subject: Subject) -> Iterator[Finding]:
    folder = subject.manifest.path("forms")
    for file in sorted(folder.iterdir()) if folder else ():
        if file.suffix != ".yaml" and file.suffix.lower() in (".yaml", ".yml"):
            yield Finding(
                "form.file", Severity.BLOCK, msg("Files of a plugin end in .yaml; this one would be passed over."), msg("Rename it."), Where(str(file))
            )
        elif file.suffix != ".yaml" and not file.name.startswith("."):
            problem = msg("A file among the forms that is none.")
            yield Finding("form.file", Severity.NOTE, problem, msg("Move it elsewhere; a form ends in .yaml."), Where(str(file)))


def _readable(subject: Subject) -> Iterable[tuple[Document, Mapping[str, object]]]:
    """The forms that are YAML. Raises Unchecked where none is: the rule on valid forms tells why."""
    files = subject.files("forms")
    found = [document for document in map(_document, files) if document and isinstance(document.data, dict)]
    if files and not found:
        raise Unchecked(msg("The forms must be corrected first."))
    return [(document, cast("Mapping[str, object]", document.data)) for document in found]


def _document(file: Path) -> Document | None:
    try:
        return load_yaml(file)
    except Refused:
        return None  # the rule on valid forms tells why


CHECKS: Mapping[str, Check] = {
    "forms-valid": forms_valid,
    "form-patterns": form_patterns,
    "form-examples": form_examples,
    "form-labels": form_labels,
}

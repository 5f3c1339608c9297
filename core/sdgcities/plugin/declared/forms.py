"""forms/*.yaml: the forms cities fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import Finding, msg
from sdgcities.intake.schema import schema_file, violations
from sdgcities.intake.yaml import Document, load_yaml
from sdgcities.model.instruments import Form
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.form_schema import check_counterexample, check_example, check_schema
from sdgcities.plugin.manifest import SCHEMAS, Checked

FORM = SCHEMAS / "form.schema.json"


def read_form(file: Path, manifest: Manifest, country: str) -> Form:
    """The form of the file. Raises Refused with line numbers."""
    document = load_yaml(file)
    if findings := list(check_form(document, manifest)):
        raise Refused(findings)
    data = cast("Checked", document.data)
    return Form(
        data["id"],
        data["version"],
        data["title"],
        country if manifest.countries else None,
        data["schema"],
        data.get("answers", {}),
        source_of(manifest, data["source"], Problems(file), document.where(("source",))),
        Status(data["status"]),
        data["example"],
        data.get("counterexample"),
    )


def check_form(document: Document, manifest: Manifest) -> Iterator[Finding]:
    """All that a form is refused for; its schema is looked at even where another part of the form is wrong."""
    outside = list(violations(schema_file(FORM), document.data, document.where))
    yield from outside
    data = cast("Checked", document.data) if isinstance(document.data, dict) else {}
    if not outside:
        yield from _inconsistent(document, data, manifest)
    schema, answers = data.get("schema"), data.get("answers") if not outside else None
    if not isinstance(schema, dict):
        return
    wrong = list(check_schema(schema, answers or {}, document.where))
    yield from wrong
    if not wrong:
        if isinstance(data.get("example"), dict):
            yield from check_example(schema, answers or {}, data["example"], document.where)
        if isinstance(data.get("counterexample"), dict):
            yield from check_counterexample(schema, data["counterexample"], document.where)


def _inconsistent(document: Document, data: Checked, manifest: Manifest) -> tuple[Finding, ...]:
    problems = Problems(Path(document.file))
    source_of(manifest, data["source"], problems, document.where(("source",)))
    if data["id"] != Path(document.file).stem:
        problems.at(document.where(("id",)), msg("The id %(id)s is not the file's name.", id=data["id"]), msg("Give both the same name."))
    try:
        problems.settle()
    except Refused as error:
        return error.findings
    return ()

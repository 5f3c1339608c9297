"""forms/*.yaml: the forms cities fill in."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from sdgcities.errors import Refused
from sdgcities.findings import msg
from sdgcities.intake.schema import load_checked
from sdgcities.model.instruments import Form
from sdgcities.model.plugins import Manifest
from sdgcities.model.sources import Status
from sdgcities.plugin.declared.problems import Problems, source_of
from sdgcities.plugin.form_schema import check_counterexample, check_example, check_schema
from sdgcities.plugin.manifest import SCHEMAS, Checked


def read_form(file: Path, manifest: Manifest, country: str) -> Form:
    """The form of the file. Raises Refused with line numbers."""
    document = load_checked(file, SCHEMAS / "form.schema.json")
    data, problems = cast("Checked", document.data), Problems(file)
    source = source_of(manifest, data["source"], problems, document.where(("source",)))
    if data["id"] != file.stem:
        problems.at(document.where(("id",)), msg("The id %(id)s is not the file's name.", id=data["id"]), msg("Give both the same name."))
    problems.settle()
    schema, answers = data["schema"], data.get("answers", {})
    findings = list(check_schema(schema, answers, document.where)) or [
        *check_example(schema, answers, data["example"], document.where),
        *check_counterexample(schema, data.get("counterexample"), document.where),
    ]
    if findings:
        raise Refused(findings)
    served = country if manifest.countries else None
    return Form(
        data["id"], data["version"], data["title"], served, schema, answers, source, Status(data["status"]), data["example"], data.get("counterexample")
    )

"""Forms that cities submit. What is personal stands apart, salted; the chain and the digest hold without it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.intake.json import value_at
from sdgcities.intake.schema import compile_schema, violations
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.hub import Role
from sdgcities.model.instruments import Answer, Form
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import City
from sdgcities.registry.people import Acting
from sdgcities.registry.personal import apart, shown
from sdgcities.registry.stages import need_at_work
from sdgcities.store import audit
from sdgcities.store.rows import append, known
from sdgcities.store.tables import form_version, submission, submission_private


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored submission: its number in the hub and its version for this city and form."""

    id: int
    n: int
    digest: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A submission as a listing shows it."""

    id: int
    form: str
    n: int
    author: str
    entered_by: str
    at: str


def submissions_of(catalogue: Catalogue, city: str) -> list[Sent]:
    """Every submission of a city, newest first."""
    columns = (submission.c.id, submission.c.form, submission.c.n, submission.c.author, submission.c.entered_by, submission.c.at)
    with catalogue.hub.database.reading() as connection:
        rows = connection.execute(select(*columns).where(submission.c.city == city).order_by(submission.c.id.desc()))
        return [Sent(*row) for row in rows]


def forms(catalogue: Catalogue) -> dict[str, Form]:
    """The forms of the hub's countries, by id."""
    return {form.id: form for country in catalogue.hub.config.countries for form in catalogue.hub.plugins.forms(country).values()}


def find_form(catalogue: Catalogue, form_id: str) -> Form:
    """The form with this id. Refused with the forms there are."""
    offered = forms(catalogue)
    if form_id not in offered:
        raise refuse("form.unknown", msg("There is no form %(form)s.", form=form_id), msg("Forms of this hub: %(forms)s.", forms=", ".join(sorted(offered))))
    return offered[form_id]


def submit(catalogue: Catalogue, form: Form, city: City, path: Path, author: Acting, entered_by: Acting) -> Submitted:
    """Store a submission read from a YAML or JSON file (JSON is YAML). An earlier one of the city stays; this one counts."""
    entered_by.need(Role.OPERATOR)
    author.need(Role.AUTHOR)
    document = load_yaml(path)
    findings = list(violations(compile_schema(form.schema), document.data, document.where))
    if form.country not in (None, city.unit.country):
        findings += refuse("form.country", msg("The form %(form)s is for another country.", form=form.id)).findings
    if findings:
        raise Refused(findings)
    at = audit.now()
    with catalogue.hub.database.writing() as connection:
        need_at_work(connection, city)
        return store(connection, catalogue, form, city, document.data, (author.id, entered_by.id, at))


def latest_answers(connection: Connection, question: str, cities: Sequence[str]) -> dict[str, Answer]:
    """Each city's latest answer to one question of the core."""
    rows = select(submission.c.id, submission.c.city, submission.c.answers, submission.c.data, submission.c.at).order_by(submission.c.id)
    kept = {(row.submission, row.pointer) for row in connection.execute(select(submission_private.c.submission, submission_private.c.pointer))}
    wanted, found = set(cities), {}
    for row in connection.execute(rows):
        pointer = json.loads(row.answers).get(question)
        if pointer is not None and row.city in wanted:
            value = shown(value_at(json.loads(row.data), pointer), (row.id, pointer) in kept)
            found[row.city] = Answer(value, date.fromisoformat(row.at[:10]))
    return {city: answer for city, answer in found.items() if answer.value is not None}


def store(connection: Connection, catalogue: Catalogue, form: Form, city: City, data: object, who: tuple[str, str, str]) -> Submitted:
    """Put answers that the form accepts on record, within a transaction that others may share; `who`: author, typist, time."""
    author, entered_by, at = who
    public, private = apart(data, form.schema)
    n = 1 + (connection.execute(select(func.max(submission.c.n)).where(submission.c.city == city.unit.id, submission.c.form == form.id)).scalar() or 0)
    version = _version(connection, catalogue, form, city.unit.country)
    content = {"city": city.unit.id, "form": form.id, "n": n, "schema": audit.digest_of(form.schema), "data": public}
    row = {
        "city": city.unit.id,
        "form": form.id,
        "n": n,
        "form_version": version,
        "data": audit.canonical(public),
        "answers": audit.canonical(dict(form.answers)),
        "digest": audit.digest_of(content),
        "author": author,
        "entered_by": entered_by,
        "at": at,
    }
    number = append(connection, submission, row)
    if private:
        entries = [{"submission": number, "pointer": pointer, "value": value, "salt": salt} for pointer, (value, salt) in private.items()]
        connection.execute(insert(submission_private), entries)
    audit.record(connection, at, entered_by, "submission.add", f"{city.unit.id} {form.id} {n}", {**content, "author": author})
    return Submitted(number, n, str(row["digest"]))


def _version(connection: Connection, catalogue: Catalogue, form: Form, country: str) -> int:
    manifest = catalogue.hub.plugins.giver("sdgcities_forms", form.id, country)
    key = {"form": form.id, "plugin": manifest.name, "plugin_version": manifest.version, "digest": audit.digest_of(asdict(form))}
    return known(connection, form_version, key, {"version": form.version, "schema": audit.canonical(form.schema)})

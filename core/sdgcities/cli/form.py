"""`sdgcities form`."""

from __future__ import annotations

from pathlib import Path

import click

from sdgcities.cli import options
from sdgcities.cli.base import TranslatedGroup
from sdgcities.cli.session import Session


@click.group("form", cls=TranslatedGroup)
def command() -> None:
    """Forms and what cities submit.

    Example: sdgcities form list
    """


@command.command("list")
@options.as_json
@click.pass_obj
def list_forms(session: Session, *, as_json: bool) -> None:
    """List the forms of the hub's countries.

    Example: sdgcities form list
    """
    from sdgcities.findings import msg
    from sdgcities.registry.submissions import forms

    found = sorted(forms(session.catalogue).values(), key=lambda one: one.id)
    if as_json:
        session.json([{"form": one.id, "version": one.version, "title": session.text(one.title), "status": one.status.value} for one in found])
        return
    if not found:
        session.say(msg("The plugins of this hub bring no forms."))
        return
    session.table(("Form", "Version", "Title", "Status"), [(one.id, one.version, session.text(one.title), session.word(one.status)) for one in found])


@command.command("show")
@click.argument("form")
@options.as_json
@click.pass_obj
def show(session: Session, form: str, *, as_json: bool) -> None:
    """Show the questions of a FORM: name, kind, whether it must be answered.

    Example: sdgcities form show participation-agreement
    """
    from sdgcities.cli.form_view import print_form
    from sdgcities.registry.submissions import find_form

    found = find_form(session.catalogue, form)
    if as_json:
        about = {"form": found.id, "version": found.version, "title": session.text(found.title)}
        session.json({**about, "answers": dict(found.answers), "schema": found.schema, "example": found.example})
    else:
        print_form(session, found)


@command.command("submit")
@click.argument("form")
@click.option("--city", metavar="C", required=True, help="The city, by code or name.")
@click.option("--data", "path", metavar="FILE", type=options.PATH, required=True, help="The answers, as YAML or JSON.")
@options.author
@options.as_json
@click.pass_obj
def submit_form(session: Session, form: str, city: str, path: Path, author: str | None, *, as_json: bool) -> None:
    """Store a city's answers to a FORM. An earlier submission stays on record; the newest counts.

    Example: sdgcities form submit participation-agreement --city GH1408 --data agreement.yaml --author a.mensah
    """
    from sdgcities.findings import msg
    from sdgcities.registry.cities import find_city
    from sdgcities.registry.submissions import find_form, submit

    found, where = find_form(session.catalogue, form), find_city(session.catalogue, city)
    stored = submit(session.catalogue, found, where, path, session.person(author), session.acting)
    if as_json:
        session.json({"submission": stored.id, "form": found.id, "city": where.unit.id, "n": stored.n, "digest": stored.digest})
    else:
        session.say(msg("Stored: %(form)s of %(city)s, version %(n)s (submission %(id)s).", form=found.id, city=where.unit.name, n=stored.n, id=stored.id))

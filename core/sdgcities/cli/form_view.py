"""The questions of a form, as text."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

import yaml

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.findings import msg
from sdgcities.model.instruments import Form

Schema = dict[str, object]


class _Dumper(yaml.SafeDumper):
    """Plain YAML; exact decimals as they are."""


_Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


def print_form(session: Session, form: Form) -> None:
    """Each question with its type, whether it must be answered, whether it is personal; then a submission to copy."""
    out(f"{session.text(form.title)} ({form.id} {form.version}) [{session.word(form.status)}]")
    _print_properties(session, cast("Schema", form.schema), 1)
    if form.example:
        out(f"\n{session.text('Example')}:\n")
        out(yaml.dump(form.example, Dumper=_Dumper, allow_unicode=True, sort_keys=False).rstrip())
    session.say(msg("Write the answers as YAML, by the names at the left; then: sdgcities form submit %(form)s --city C --data FILE.", form=form.id))


def _print_properties(session: Session, schema: Schema, depth: int) -> None:
    required = cast("list[str]", schema.get("required", []))
    for name, part in cast("dict[str, Schema]", schema.get("properties", {})).items():
        marks = [str(part.get("format") or part.get("type") or " | ".join(map(str, cast("list[object]", part.get("enum", [])))))]
        marks += [session.text("required")] if name in required else []
        marks += [session.text("personal, kept apart")] if part.get("x-personal") else []
        out(f"{'  ' * depth}{name}: {session.text(str(part.get('title', '')))} [{', '.join(marks)}]")
        _print_properties(session, part, depth + 1)
        if isinstance(items := part.get("items"), dict):
            _print_properties(session, items, depth + 1)

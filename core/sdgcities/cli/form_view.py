"""The questions of a form, as text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

import yaml

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.findings import mark, msg
from sdgcities.model.instruments import Form

Schema = dict[str, object]
_UNBROKEN = 10_000
_FORMATS: Mapping[str, str] = {
    "date": mark("date, such as 2026-12-31"),
    "date-time": mark("date and time"),
    "email": mark("address of e-mail"),
    "uri": mark("address on the web"),
}
_TYPES: Mapping[str, str] = {
    "string": mark("text"),
    "integer": mark("whole number"),
    "number": mark("number"),
    "boolean": mark("true or false"),
    "array": mark("list"),
    "object": mark("group"),
    "null": mark("or nothing"),
}


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
        marks = [session.text(kind) for kind in _kinds(part)]
        marks += [session.text("required")] if name in required else []
        marks += [session.text("personal, kept apart")] if part.get("x-personal") else []
        told = f" [{', '.join(marks)}]" if marks else ""
        out(f"{'  ' * depth}{name}: {session.text(str(part.get('title', '')))}{told}")
        _print_choices(session, part, depth + 1)
        _print_properties(session, part, depth + 1)
        if isinstance(items := part.get("items"), dict):
            _print_choices(session, items, depth + 1)
            _print_properties(session, items, depth + 1)


def _kinds(part: Schema) -> list[str]:
    """What kind of answer a field takes, in words: its format, or else its types."""
    if _choices(part):
        return [mark("one of these values")]
    if (form := part.get("format")) in _FORMATS:
        return [_FORMATS[str(form)]]
    types = part.get("type", [])
    return [_TYPES.get(str(kind), str(kind)) for kind in (types if isinstance(types, list) else [types])]


def _choices(part: Schema) -> list[tuple[object, str]]:
    """The values a field allows, each with its label in English."""
    values = cast("list[object]", part.get("enum", []))
    parts = cast("list[Schema]", part.get("oneOf", []))
    named = [(one["const"], str(one.get("title", one["const"]))) for one in parts if "const" in one]
    return [*((value, str(value)) for value in values), *named]


def _print_choices(session: Session, part: Schema, depth: int) -> None:
    """Each value as it must be sent, and what it means where the reader's language has another word for it."""
    for value, label in _choices(part):
        sent = yaml.dump([value], Dumper=_Dumper, allow_unicode=True, default_flow_style=True, width=_UNBROKEN).strip()[1:-1]
        meaning = session.text(label)
        out(f"{'  ' * depth}- {sent}{f' ({meaning})' if meaning != str(value) else ''}")

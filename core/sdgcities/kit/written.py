"""Values as a plugin's author would write them in YAML: on one line, in quotation marks where they would be read as something else."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sdgcities.errors import Refused
from sdgcities.intake.yaml import parse_yaml


def as_yaml(value: object) -> str:
    """A text, number, yes or no, or a list or mapping of them, so that the strict reader gives it back as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value if _plain(value) else "".join(map(_shown, json.dumps(value, ensure_ascii=False)))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{as_yaml(key)}: {as_yaml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    return str(value)


def _shown(character: str) -> str:
    """What an editor would not show, such as a mark of the direction of writing, is spelt out."""
    return character if character.isprintable() else f"\\U{ord(character):08x}" if ord(character) > 0xFFFF else f"\\u{ord(character):04x}"  # noqa: PLR2004 - the last of four digits


def _plain(text: str) -> bool:
    """Whether the text can stand without quotation marks, in a list or mapping too."""
    if not text.isprintable():
        return False
    try:
        return parse_yaml(f"- {text}\n- [{text}]\n- a: {text}", "").data == [text, [text], {"a": text}] and not text.startswith(("{", "["))
    except Refused:
        return False

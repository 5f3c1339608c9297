"""Data held against a JSON Schema (2020-12), in words of our own and with the line where the file keeps one.

Nothing is ever fetched: a `$ref` that leaves the schema is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

import jsonschema_rs

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import Document, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FINDINGS = 20
Validator = jsonschema_rs.Draft202012Validator
_LINEAR = jsonschema_rs.RegexOptions()  # no pattern of a plugin can stall the hub by backtracking


def compile_schema(schema: Mapping[str, object]) -> Validator:
    """A validator that resolves nothing outside the schema. Raises ValueError for a schema that is none."""
    return jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, retriever=_nothing, pattern_options=_LINEAR)


@lru_cache(maxsize=32)
def schema_file(path: Path) -> Validator:
    """The validator of one of the core's own schema files."""
    schema = load_json(path)
    assert isinstance(schema, dict)
    return compile_schema(schema)


def load_checked(path: Path, schema: Path) -> Document:
    """Read a YAML file and hold it against one of the core's schemas. Raises Refused with every finding."""
    document = load_yaml(path)
    findings = list(violations(schema_file(schema), document.data, document.where))
    if findings:
        raise Refused(findings)
    return document


def violations(validator: Validator, data: object, where: Callable[[tuple[str | int, ...]], Where]) -> Iterable[Finding]:
    """What in `data` breaks the schema, at most 20 findings; `where` tells the place of a path."""
    for count, error in enumerate(validator.iter_errors(data)):
        if count == MAX_FINDINGS:
            return
        path = tuple(error.instance_path)
        hint = msg("Correct %(path)s and run the command again.", path=_spell(path)) if path else msg("Correct the file and run the command again.")
        unknown = getattr(error.kind, "unexpected", ())[:1]
        yield Finding(f"schema.{error.kind.name}", Severity.BLOCK, _words(error), hint, where((*path, *unknown)))


def _words(error: jsonschema_rs.ValidationError) -> Message:
    kind: Any = error.kind  # each name has attributes of its own, which the stubs leave out
    match kind.name:
        case "required":
            return msg("%(name)s is missing.", name=str(kind.property).strip('"'))
        case "additionalProperties" | "unevaluatedProperties":
            return msg("%(names)s is not known here.", names=", ".join(kind.unexpected))
        case "enum":
            return msg("Must be one of: %(options)s.", options=", ".join(map(str, kind.options)))
        case "type":
            return msg("Must be of type %(types)s.", types=" / ".join(kind.types))
        case "minimum" | "exclusiveMinimum":
            return msg("Must be at least %(limit)s.", limit=kind.limit)
        case "maximum" | "exclusiveMaximum":
            return msg("Must be at most %(limit)s.", limit=kind.limit)
        case "format":
            return msg("Must be a %(format)s.", format=kind.format)
        case _:
            return msg("Not accepted: %(problem)s.", problem=error.message.splitlines()[0][:200])


def _spell(path: tuple[str | int, ...]) -> str:
    return "/".join(map(str, path))


def _nothing(uri: str) -> Never:
    message = f"{uri} is outside the schema"
    raise ValueError(message)

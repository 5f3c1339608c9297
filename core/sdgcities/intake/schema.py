"""Data held against a JSON Schema (2020-12), in words of our own and with the line where the file keeps one.

Nothing is ever fetched: a `$ref` that leaves the schema is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never, cast

import jsonschema_rs

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, Where
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.json import load_json
from sdgcities.intake.yaml import Document, load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_FINDINGS = 20
_LINEAR = jsonschema_rs.RegexOptions()  # no pattern of a plugin can stall the hub by backtracking


@dataclass(frozen=True, slots=True)
class Validator:
    """A schema that can be held against data."""

    schema: Mapping[str, object]
    compiled: jsonschema_rs.Draft202012Validator

    def is_valid(self, data: object) -> bool:
        """Whether nothing in the data breaks it."""
        return self.compiled.is_valid(data)

    def errors(self, data: object) -> Iterator[jsonschema_rs.ValidationError]:
        """What breaks it."""
        return self.compiled.iter_errors(data)

    def node(self, path: Iterable[str | int]) -> object:
        """The part of the schema at a path; None where there is none."""
        steps = tuple(path)
        embedded = [part for part in cast("Mapping[str, object]", self.schema.get("$defs", {})).values() if isinstance(part, Mapping) and "$id" in part]
        nodes = (_node(document, steps) for document in (self.schema, *embedded))  # a path is told within the schema that holds the part
        return next((node for node in nodes if node is not None), None)


def _node(found: Any, steps: Iterable[str | int]) -> object:  # noqa: ANN401 - what JSON has
    for step in steps:
        found = found[step] if isinstance(found, list) and isinstance(step, int) else found.get(step) if isinstance(found, Mapping) else None
    return found


def compile_schema(schema: Mapping[str, object]) -> Validator:
    """A validator that resolves nothing outside the schema. Raises ValueError for a schema that is none."""
    compiled = jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True, retriever=_nothing, pattern_options=_LINEAR)
    return Validator(schema, compiled)


@lru_cache(maxsize=32)
def schema_file(path: Path) -> Validator:
    """The validator of one of the core's own schema files."""
    schema = load_json(path)
    assert isinstance(schema, dict)
    return compile_schema(schema)


def load_checked(path: Path, schema: Path, limit: int = MEGABYTE) -> Document:
    """Read a YAML file of at most `limit` bytes and hold it against one of the core's schemas. Raises Refused with every finding."""
    document = load_yaml(path, limit)
    findings = list(violations(schema_file(schema), document.data, document.where))
    if findings:
        raise Refused(findings)
    return document


def violations(validator: Validator, data: object, where: Callable[[tuple[str | int, ...]], Where]) -> Iterable[Finding]:
    """What in `data` breaks the schema, at most 20 findings; `where` tells the place of a path."""
    count = 0
    for error in validator.errors(data):
        from sdgcities.intake.schema_words import told, told_by_its_type  # noqa: PLC0415 - only where something is wrong

        if told_by_its_type(validator, error):
            continue
        if count == MAX_FINDINGS:
            return
        count += 1
        kind: Any = error.kind
        within = (*getattr(kind, "unexpected", ())[:1], *([kind.error.instance] if kind.name == "propertyNames" else []))
        message, hint = told(validator, error)
        yield Finding(f"schema.{kind.name}", Severity.BLOCK, message, hint, where((*error.instance_path, *within)))


def _nothing(uri: str) -> Never:
    message = f"{uri} is outside the schema"
    raise ValueError(message)

"""What a form's JSON Schema must satisfy, whether it was declared or answered by a hook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.schema import compile_schema, schema_file, violations
from sdgcities.plugin.manifest import SCHEMAS

Path = tuple[str | int, ...]


def check_schema(schema: Mapping[str, object], answers: Mapping[str, str], where: Callable[[Path], Where]) -> Iterator[Finding]:
    """What is wrong with the schema of a form, or with a field that answers a question; `where` tells the place of a path in the form."""
    strict = [*violations(schema_file(SCHEMAS / "strict.schema.json"), dict(schema), lambda path: where(("schema", *path)))]
    if strict:
        yield from strict
        return
    try:
        compile_schema(schema)
    except ValueError as error:
        problem = msg("The schema is not valid: %(problem)s.", problem=str(error).splitlines()[0])
        yield Finding("form.schema", Severity.BLOCK, problem, msg("Write JSON Schema 2020-12."), where(("schema",)))
        return
    for question, pointer in answers.items():
        if not _leads(schema, schema, pointer.split("/")[1:], 0):
            problem = msg("%(question)s: the schema has no field %(pointer)s.", question=question, pointer=pointer)
            yield Finding("form.answers", Severity.BLOCK, problem, msg("Point to a property of the schema."), where(("answers", question)))


def check_example(schema: Mapping[str, object], example: object, where: Callable[[Path], Where]) -> Iterator[Finding]:
    """What in the example breaks a schema that was found valid."""
    yield from violations(compile_schema(schema), example, lambda path: where(("example", *path)))


def _leads(root: Mapping[str, object], node: object, steps: list[str], turns: int) -> bool:
    """Whether the steps lead to a property, through `$ref` and the parts of `allOf`, `anyOf` and `oneOf`."""
    if not isinstance(node, Mapping) or turns > len(steps) + 50:
        return False
    reference = node.get("$ref")
    if isinstance(reference, str) and _leads(root, _target(root, reference), steps, turns + 1):
        return True
    parts = [part for word in ("allOf", "anyOf", "oneOf") for part in node.get(word, ())]
    if any(_leads(root, part, steps, turns + 1) for part in parts):
        return True
    if not steps:
        return True
    name = steps[0].replace("~1", "/").replace("~0", "~")
    properties = node.get("properties", {})
    return name in properties and _leads(root, properties[name], steps[1:], turns + 1)


def _target(root: Mapping[str, object], reference: str) -> object:
    node: object = root
    for step in reference.removeprefix("#").split("/")[1:]:
        if not isinstance(node, Mapping):
            return None
        node = node.get(step.replace("~1", "/").replace("~0", "~"))
    return node

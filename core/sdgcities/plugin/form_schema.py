"""What a form's JSON Schema must satisfy, whether it was declared or answered by a hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import cast

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.json import load_json, steps_of, value_at
from sdgcities.intake.schema import Validator, compile_schema, schema_file, violations
from sdgcities.intake.yaml import NodePath
from sdgcities.plugin.manifest import SCHEMAS
from sdgcities.plugin.patterns import faults
from sdgcities.plugin.schema_keywords import STRICT, check_keywords
from sdgcities.plugin.schema_nodes import subschemas
from sdgcities.plugin.schema_references import check_references, check_required

EXAMPLE = "form.example"
COUNTEREXAMPLE = "form.counterexample"
MAX_DEPTH, MAX_PARTS = 60, 50_000
SHOWN = 60
"""Characters of a pattern that a finding repeats."""


Place = Callable[[NodePath], Where]


def check_schema(schema: Mapping[str, object], answers: Mapping[str, str], where: Place) -> Iterator[Finding]:
    """What is wrong with the schema of a form, or with a field that answers a question; `where` tells the place of a path in the form."""

    def inside(path: NodePath) -> Where:
        return where(("schema", *path))

    if not _measured(schema):
        problem = msg("The schema is nested without end, or too large.")
        yield Finding("form.schema", Severity.BLOCK, problem, msg("Put parts that stand in several places under $defs, and refer to them."), inside(()))
        return
    wrong = _check_strictly(schema, inside) or [
        *check_references(schema, inside),
        *check_required(schema, inside),
        *(finding for finding in check_patterns(schema, inside) if finding.blocks),
    ]
    if wrong:
        yield from wrong
        return
    try:
        compile_schema(schema)
    except ValueError as error:
        problem = msg("The schema is not valid: %(problem)s.", problem=str(error).splitlines()[0])
        yield Finding("form.schema", Severity.BLOCK, problem, msg("Write JSON Schema 2020-12."), where(("schema",)))
        return
    yield from _check_answers(schema, answers, where)


def check_patterns(schema: object, where: Place) -> Iterator[Finding]:
    """What is wrong with the patterns of a schema, or worth a note; `where` tells the place of a path in the schema."""
    for path, node in subschemas(schema):
        named = node.get("patternProperties")
        keys = [(("patternProperties", key), key) for key in named] if isinstance(named, Mapping) else []
        for place, pattern in [(("pattern",), node.get("pattern")), *keys]:
            for fault in faults(pattern) if isinstance(pattern, str) else ():
                message = msg("%(pattern)s: %(problem)s", pattern=pattern if len(pattern) <= SHOWN else f"{pattern[:SHOWN]}…", problem=fault.message)
                yield Finding("form.pattern", fault.severity, message, fault.hint, where((*path, *place)))


def _measured(schema: object) -> bool:
    """Whether a schema has an end, and not too many parts: one made in Python may hold itself."""
    todo = [(schema, 0)]
    for _ in range(MAX_PARTS):
        if not todo:
            return True
        node, depth = todo.pop()
        if depth > MAX_DEPTH:
            return False
        inside = node.values() if isinstance(node, Mapping) else node if isinstance(node, list | tuple) else ()
        todo += ((part, depth + 1) for part in inside)
    return False


def _check_strictly(schema: Mapping[str, object], where: Place) -> list[Finding]:
    """A keyword, type, format or value that JSON Schema does not have; the likeliest one is named."""
    strict = [*violations(schema_file(STRICT), dict(schema), where)]
    if not strict:
        return []
    named = [*check_keywords(schema, where)]
    told = {finding.where for finding in named}
    return named + [finding for finding in strict if finding.where not in told]


def _check_answers(schema: Mapping[str, object], answers: Mapping[str, str], where: Place) -> Iterator[Finding]:
    for question, pointer in answers.items():
        if question not in questions():
            known = msg("The core asks: %(questions)s.", questions=", ".join(questions()))
            yield Finding(
                "form.question", Severity.BLOCK, msg("%(question)s is no question of the core.", question=question), known, where(("answers", question))
            )
        elif not _leads(schema, schema, steps_of(pointer), 0):
            problem = msg("%(question)s: the schema has no field %(pointer)s.", question=question, pointer=pointer)
            yield Finding("form.answers", Severity.BLOCK, problem, msg("Point to a property of the schema."), where(("answers", question)))


def check_example(schema: Mapping[str, object], answers: Mapping[str, str], example: object, where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """What in the example breaks a schema that was found valid, and which of its answers are not what the question asks for."""
    for finding in violations(compile_schema(schema), example, lambda path: where(("example", *path))):
        yield replace(finding, code=EXAMPLE)
    for question, pointer in answers.items():
        value = value_at(example, pointer)
        if value is not None:
            yield from (replace(finding, code=EXAMPLE) for finding in _unfit(question, value, where(("answers", question))))


def check_counterexample(schema: Mapping[str, object], counterexample: object, where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """That a schema refuses what it is said to refuse; nothing where no such example is given."""
    if counterexample is not None and compile_schema(schema).is_valid(counterexample):
        hint = msg("Give one that breaks a rule of the schema, or make the schema stricter.")
        yield Finding(COUNTEREXAMPLE, Severity.BLOCK, msg("The schema accepts the counterexample."), hint, where(("counterexample",)))


def _unfit(question: str, answer: object, where: Where) -> Iterable[Finding]:
    return violations(_question(question), answer, lambda _: where)


@lru_cache(maxsize=1)
def questions() -> Mapping[str, Mapping[str, object]]:
    """What the core asks of forms, each with the schema of its answer."""
    return cast("Mapping[str, Mapping[str, object]]", load_json(SCHEMAS / "questions.json"))


@lru_cache(maxsize=32)
def _question(name: str) -> Validator:
    return compile_schema(questions()[name])


def _leads(root: Mapping[str, object], node: object, steps: list[str], turns: int) -> bool:
    """Whether the steps lead to a property, through `$ref` and the parts of `allOf`, `anyOf` and `oneOf`."""
    if not isinstance(node, Mapping) or turns > len(steps) + 50:
        return False
    reference = node.get("$ref")
    if isinstance(reference, str) and _leads(root, value_at(root, reference.removeprefix("#")), steps, turns + 1):
        return True
    parts = [part for word in ("allOf", "anyOf", "oneOf") for part in node.get(word, ())]
    if any(_leads(root, part, steps, turns + 1) for part in parts):
        return True
    if not steps:
        return True
    properties = node.get("properties", {})
    return steps[0] in properties and _leads(root, properties[steps[0]], steps[1:], turns + 1)

"""What a form's JSON Schema must satisfy, whether it was declared or answered by a hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import cast

from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.json import load_json, steps_of, value_at
from sdgcities.intake.schema import Validator, compile_schema, schema_file, violations
from sdgcities.intake.yaml import NodePath
from sdgcities.plugin.manifest import SCHEMAS


def check_schema(schema: Mapping[str, object], answers: Mapping[str, str], where: Callable[[NodePath], Where]) -> Iterator[Finding]:
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
        if question not in _questions():
            known = msg("The core asks: %(questions)s.", questions=", ".join(_questions()))
            yield Finding(
                "form.question", Severity.BLOCK, msg("%(question)s is no question of the core.", question=question), known, where(("answers", question))
            )
        elif not _leads(schema, schema, steps_of(pointer), 0):
            problem = msg("%(question)s: the schema has no field %(pointer)s.", question=question, pointer=pointer)
            yield Finding("form.answers", Severity.BLOCK, problem, msg("Point to a property of the schema."), where(("answers", question)))


def check_example(schema: Mapping[str, object], answers: Mapping[str, str], example: object, where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """What in the example breaks a schema that was found valid, and which of its answers are not what the question asks for."""
    yield from violations(compile_schema(schema), example, lambda path: where(("example", *path)))
    for question, pointer in answers.items():
        value = value_at(example, pointer)
        if value is not None:
            yield from _unfit(question, value, where(("answers", question)))


def check_counterexample(schema: Mapping[str, object], counterexample: object, where: Callable[[NodePath], Where]) -> Iterator[Finding]:
    """That a schema refuses what it is said to refuse; nothing where no such example is given."""
    if counterexample is not None and compile_schema(schema).is_valid(counterexample):
        hint = msg("Give one that breaks a rule of the schema, or make the schema stricter.")
        yield Finding("form.counterexample", Severity.BLOCK, msg("The schema accepts the counterexample."), hint, where(("counterexample",)))


def _unfit(question: str, answer: object, where: Where) -> Iterable[Finding]:
    return violations(_question(question), answer, lambda _: where)


@lru_cache(maxsize=1)
def _questions() -> Mapping[str, Mapping[str, object]]:
    """What the core asks of forms, each with the schema of its answer."""
    return cast("Mapping[str, Mapping[str, object]]", load_json(SCHEMAS / "questions.json"))


@lru_cache(maxsize=32)
def _question(name: str) -> Validator:
    return compile_schema(_questions()[name])


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

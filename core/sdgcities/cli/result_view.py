"""Methods and their results as text and as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from pathlib import Path

from sdgcities.cli.output import out
from sdgcities.cli.session import Session
from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Where, mark, msg
from sdgcities.methods.given import read_given, unknown
from sdgcities.methods.listed import calculate
from sdgcities.methods.progress import CATEGORIES
from sdgcities.methods.urbanisation.classifying import OF_CELLS
from sdgcities.model.methods import Given, Gives, Method, Quantity, Result
from sdgcities.reports.reference import unit_name

GROUPS = {
    "progress": mark("Progress"),
    "scores": mark("Scores of one city over time; off unless asked for, never side by side"),
    "sdg": mark("SDG indicators"),
    "urbanisation": mark("Degree of urbanisation"),
}
"""The headings of the list, in their order."""
_KINDS = {
    "number": mark("a number"),
    "text": mark("a word"),
    "series": mark("numbers by year: 2015=12.3,2020=14.1"),
    "table": mark("numbers by name: a=12.3,b=14"),
    "words": mark("words by name: a=x,b=y"),
    "grid": mark("rows of numbers: 1,2;3,4"),
}
_PLAIN = 15
"""Numbers with more digits than this, before or behind the point, are written with a power of ten."""
_FIGURES = 6
"""Digits that a computed number is shown with; JSON and tables have them all."""


def pairs(given: Sequence[str]) -> dict[str, str]:
    """KEY=VALUE, each key once."""
    found: dict[str, str] = {}
    for text in given:
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            raise refuse("calculate.pair", msg("“%(text)s” is no pair.", text=text), msg("Write KEY=VALUE, without blanks round the equals sign."))
        if key in found:
            raise refuse("calculate.twice", msg("%(name)s is given twice.", name=key), msg("Keep one of the two."))
        found[key] = value
    return found


def run_case(session: Session, method: Method, given: Sequence[str], output: Path | None, *, as_json: bool) -> None:
    """One case: its result printed, or written as JSON."""
    texts = pairs(given)
    read = read_given(method, texts)
    findings = [*unknown(method, texts), *(_named(finding) for finding in read.findings)]
    if findings:
        raise Refused(findings)
    lacking = [one.id for one in method.given if one.required and not texts.get(one.id, "").strip()]
    if lacking:
        if method.id == OF_CELLS:
            raise refuse("calculate.lacking", msg("%(method)s needs a population grid.", method=method.id), msg("Give its file: --input FILE."))
        hint = msg("Add %(pair)s. See: sdgcities calculate show %(method)s.", pair=f"{lacking[0]}=…", method=method.id)
        raise refuse("calculate.lacking", msg("%(method)s needs: %(names)s.", method=method.id, names=", ".join(lacking)), hint)
    result = calculate(method.id, read.values)
    if output is not None:
        write_json(output, result_data(session, result))
        session.say(msg("Wrote %(file)s.", file=output))
    if as_json:
        session.json(result_data(session, result))
    elif output is None:
        show_result(session, method, result)


def _named(finding: Finding) -> Finding:
    """The same for one case: there is no table whose column could be told."""
    return replace(finding, message=msg("%(name)s: %(problem)s", name=finding.where.column, problem=finding.message), where=Where())


def need_free(output: Path, *read: Path) -> None:
    """Refuses a folder, and a file that is read, for what is to be written."""
    if output.is_dir():
        raise refuse("calculate.folder", msg("This is a folder."), msg("Name a file with -o."), Where(file=str(output)))
    if output.exists() and any(output.samefile(path) for path in read if path.exists()):
        raise refuse("calculate.output", msg("The result can't be written there."), msg("Name another file with -o."), Where(file=str(output)))


def write_json(target: Path, data: object) -> None:
    """Results as a JSON file."""
    import json

    from sdgcities.contract.values import plain
    from sdgcities.writing import put

    need_free(target)
    put(target, (json.dumps(data, ensure_ascii=False, indent=2, default=plain, allow_nan=False) + "\n").encode())


def result_data(session: Session, result: Result) -> dict[str, object]:
    """A result as JSON has it."""
    data: dict[str, object] = {
        "name": result.name,
        "version": result.version,
        "inputs": result.inputs,
        "outputs": result.outputs,
        "notes": [session.words(note) for note in result.notes],
    }
    return data if result.reason is None else {**data, "reason": session.words(result.reason)}


def method_data(session: Session, method: Method) -> dict[str, object]:
    """A method as JSON has it."""
    return {
        "name": method.id,
        "version": method.version,
        "title": session.text(method.title),
        "does": session.text(method.says),
        "group": method.group,
        "given": [{**asdict(one), "says": session.text(one.says)} for one in method.given],
        "gives": [{**asdict(one), "says": session.text(one.says)} for one in method.gives],
        "source": asdict(method.source),
        "status": method.status.value,
        "one_city": method.one_city,
        "notes": [session.text(note) for note in method.notes],
    }


def show_method(session: Session, method: Method) -> None:
    """A method as a page."""
    fields = [
        ("Method", method.id),
        ("Title", session.text(method.title)),
        ("Version", method.version),
        ("What it does", session.text(method.says)),
        ("Source", f"{method.source.office}: {method.source.table} [{session.word(method.status)}]"),
        ("Web address", method.source.url),
    ]
    session.fields(fields)
    out()
    session.table(("Given", "What it is", "Written as", "Needed"), [_given_row(session, one) for one in method.given])
    out()
    session.table(("Gives", "What it is", "Unit"), [(one.id, session.text(one.says), _unit(session, one.unit)) for one in method.gives])
    for note in method.notes:
        out(f"· {session.text(note)}")


def show_result(session: Session, method: Method, result: Result) -> None:
    """A result as lines that read as sentences, each with its unit."""
    out(f"{session.text(method.title)} ({result.name} {result.version}).")
    if result.reason is not None:
        out(session.words(msg("Not computable: %(reason)s", reason=result.reason)))
    for one in method.gives:
        value = result.outputs.get(one.id)
        if value not in (None, [], {}):
            out(f"{session.text(one.says)}: {_shown(session, one, value)}.")
    for note in result.notes:
        out(f"· {session.words(note)}")


def number(value: Decimal | float) -> Decimal:
    """A computed number with as many digits as are worth reading; one that was given stays as it is."""
    if isinstance(value, Decimal | int):
        return Decimal(value)
    return Decimal(f"{value:.{_FIGURES}g}") if math.isfinite(value) else Decimal("NaN")


def _given_row(session: Session, one: Given) -> tuple[str, str, str, str]:
    unit = _unit(session, one.unit)
    written = ", ".join(one.options) or session.text(_KINDS[one.kind]) + (f" ({unit})" if unit else "")
    needed = session.text("yes") if one.required and not one.default else session.words(msg("no; otherwise %(value)s", value=one.default))
    return one.id, session.text(one.says), written, needed if one.required or one.default else session.text("no")


def _unit(session: Session, unit: str) -> str:
    return session.text(unit_name(unit)) if unit else ""


def _shown(session: Session, one: Gives, value: Quantity) -> str:
    if isinstance(value, str):
        return session.text(CATEGORIES.get(value, value.replace("_", " ")))
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {'-' if part is None else _shown(session, one, part)}" for name, part in value.items())
    if isinstance(value, Sequence):
        return ", ".join(_shown(session, one, part) if not isinstance(part, str) else part for part in value)
    if value is None:
        return "-"
    return _measured(session, one, number(value))


def _measured(session: Session, one: Gives, value: Decimal) -> str:
    """A number with its unit; a fraction in per cent. A year is no quantity, and has no separators."""
    if one.id.endswith("year"):
        return str(value)
    if abs(value.adjusted()) > _PLAIN:
        return f"{value:E} {_unit(session, one.unit)}".rstrip()
    if one.unit.startswith("fraction"):
        shown = session.formats.percent(round(value * 100, 2))
        return f"{shown} {session.text('per year')}" if one.unit.endswith("per year") else shown
    return f"{session.formats.number(value)} {_unit(session, one.unit)}".rstrip()

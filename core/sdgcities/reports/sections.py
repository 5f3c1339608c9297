"""Sections that plugins add to a city report: templates in a sandbox, given plain values and nothing else.

One that fails is left out with a note; it never takes the report with it. What a template may hold stands in `section_language`.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup as Html

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Where, msg
from sdgcities.i18n.languages import direction
from sdgcities.model.plugins import Manifest
from sdgcities.reports.section_language import COMPARISONS, FILTERS, TESTS, examine
from sdgcities.reports.section_markup import Markup
from sdgcities.reports.signs import capitalised, shown
from sdgcities.reports.wording import Wording

if TYPE_CHECKING:
    from sdgcities.reports.city import CityReport

FOLDER = "city"
"""Where the sections of a city report are, below the plugin's templates."""
TIME_LIMIT = 2.0
"""Seconds that a section may take."""
LONGEST = 100_000
"""Characters that a section may have."""


@dataclass(frozen=True, slots=True)
class Section:
    """What one plugin adds: the HTML of its templates in order, and why others of them are left out."""

    plugin: Manifest
    parts: tuple[Html, ...]
    findings: tuple[Finding, ...]


def sections_of(report: CityReport, wording: Wording) -> tuple[Section, ...]:
    """What the hub's plugins add to a city's report, in order of layer and name."""
    context = context_of(report, wording) if any(files_of(manifest) for manifest in report.plugins) else {}
    return tuple(_section(manifest, context) for manifest in report.plugins if files_of(manifest))


def files_of(manifest: Manifest) -> list[Path]:
    """The plugin's sections, by name; a file whose name begins with an underscore is only there to be included."""
    folder = manifest.path("templates")
    return sorted(file for file in (folder / FOLDER).glob("*.html") if not file.name.startswith("_")) if folder else []


def context_of(report: CityReport, wording: Wording) -> Mapping[str, object]:
    """All that a section is given: texts, numbers, yes and no, in lists and mappings."""
    unit = report.city.unit
    return {
        "city": {
            "name": wording.place(unit),
            "official_name": unit.name,
            "code": unit.id,
            "codes": dict(unit.codes),
            "level": wording.text(report.levels.get(unit.level, unit.level)),
            "population": wording.formats.number(unit.population) if unit.population is not None else None,
            "above": [
                {"name": wording.place(above), "level": wording.text(report.levels.get(above.level, above.level)), "code": above.id} for above in report.above
            ],
        },
        "country": {"name": wording.place(report.country), "code": report.country.id},
        "hub": {"name": report.hub, "demonstration": report.demonstration},
        "language": wording.translator.language,
        "figures": list(_figures(report, wording)),
        "_": wording.say,
        "ngettext": wording.nsay,
    }


def _figures(report: CityReport, wording: Wording) -> Iterator[Mapping[str, object]]:
    """The latest figure of each indicator in the report, as it is written there."""
    offices = {note.number: note.office for note in report.notes}
    for entry in (entry for domain in report.domains for entry in domain.entries):
        for series in (series for series in entry.main if series.valued):
            yield {
                "code": entry.indicator.code,
                "name": wording.text(entry.indicator.name),
                "unit": wording.unit(series.unit_measure),
                "value": wording.value(series.latest, series.unit_measure),
                "period": wording.period(series.latest.period),
                "place": wording.place(series.place.unit),
                "own": series.place.own,
                "split": wording.dims(series.dims),
                "source": wording.name(offices[series.latest.note]),
            }


def _section(manifest: Manifest, context: Mapping[str, object]) -> Section:
    parts: list[Html] = []
    findings: list[Finding] = []
    for file in files_of(manifest):
        try:
            parts.append(render_section(file, context))
        except Refused as error:
            findings += error.findings
    return Section(manifest, tuple(parts), tuple(findings))


def render_section(file: Path, context: Mapping[str, object]) -> Html:
    """The HTML of one section. Raises Refused where it can't be used: what it holds, what it does, or what comes out."""
    environment = _Sandbox(file.parent, str(context["language"]))
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = msg("The template can't be read: %(problem)s.", problem=getattr(error, "strerror", None) or "UTF-8")
        raise refuse("section.template", problem, msg("Save it as UTF-8."), Where(str(file))) from error
    if findings := examine(environment, file.parent, file.name, source):
        raise Refused(findings)
    try:
        html = _within_limits(environment.get_template(file.name).generate(context), environment)
    except Refused as error:
        raise Refused([Finding(one.code, one.severity, one.message, one.hint, Where(str(file))) for one in error.findings]) from error
    except Exception as error:
        problem = msg("The section fails: %(problem)s.", problem=environment.words_of(error))
        raise refuse("section.fails", problem, msg("Correct the line."), Where(str(file), line=_line(error, file))) from error
    if faults := Markup.examine(html):
        hint = msg("Use the elements that docs/reference/templates.md lists, and close each where it was opened.")
        raise refuse("section.markup", faults[0], hint, Where(str(file), line=Markup.line_of(faults[0], source)))
    return Html(html)  # noqa: S704 - values were escaped, and what is left was examined


def _within_limits(chunks: Iterable[str], environment: _Sandbox) -> str:
    written, length = [], 0
    for chunk in chunks:
        environment.check_time()
        length += len(chunk)
        if length > LONGEST:
            problem = msg("The section has more than %(most)s characters.", most=LONGEST)
            raise refuse("section.long", problem, msg("Show less, or divide it into several."))
        written.append(chunk)
    return "".join(written)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with what a section may use and no more, for one rendering."""

    intercepted_binops = frozenset({"*", "+", "%"})

    def __init__(self, folder: Path, language: str) -> None:
        super().__init__(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, cache_size=0)
        self.finalize = partial(shown, direction=direction(language))
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS} | {"capitalize": capitalised}
        self.tests = {name: self.tests[name] for name in TESTS | COMPARISONS}
        self._until = monotonic() + TIME_LIMIT
        self._unknown: dict[str, Message] = {}

    def words_of(self, error: Exception) -> Message:
        """What went wrong while the section was made."""
        if isinstance(error, KeyError) and error.args:
            return msg("the place %(place)s of a text is not given", place=f"%({error.args[0]})s")
        return self._unknown.get(str(error)) or msg("%(problem)s", problem=_first_line(error))

    def check_time(self) -> None:
        """Raises Refused once the section's time is over."""
        if monotonic() > self._until:
            problem = msg("The section takes longer than %(seconds)s seconds.", seconds=f"{TIME_LIMIT:g}")
            raise refuse("section.slow", problem, msg("Go through the figures once, not for each other."))

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's own signature
        """A value of a mapping; methods are not given out."""
        self.check_time()
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: str | Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """A value of a mapping or list."""
        self.check_time()
        try:
            return obj[argument]
        except (LookupError, TypeError):
            if type(obj).__name__ == "LoopContext" and isinstance(argument, str):
                return getattr(obj, argument)
            if not isinstance(obj, Mapping):
                return self.undefined(obj=obj, name=argument)
            message = msg("there is no %(name)s here; there are: %(names)s", name=argument, names=", ".join(map(str, obj)) or "-")
            self._unknown[str(message)] = message
            return self.undefined(hint=str(message), obj=obj, name=argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - Jinja's own signature
        """Numbers only: a text times a number could fill the memory."""
        if not all(isinstance(value, (int, float)) for value in (left, right)):
            problem = f"{operator} is for numbers; put texts together with ~"
            raise SecurityError(problem)
        return super().call_binop(context, operator, left, right)


def _first_line(error: Exception) -> str:
    return (str(error).strip().partition("\n")[0] or type(error).__name__)[:200].rstrip(".")


def _line(error: Exception, file: Path) -> int | None:
    own = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return own[-1] if own else None

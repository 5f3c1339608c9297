"""A report as one HTML file that loads nothing: the template of `templates/reports` with the words of the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from jinja2 import FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from sdgcities.findings import Message, msg
from sdgcities.frameworks.lists import goal_of, objectives
from sdgcities.i18n.catalogues import cache_folder
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.model.sources import Status
from sdgcities.reports import wording as words
from sdgcities.reports.charts.chart import Chart, Layout
from sdgcities.reports.city import CityReport
from sdgcities.reports.compiled import CompiledTemplates
from sdgcities.reports.drawing import aimed, compared, known_of_umf, over_time
from sdgcities.reports.figures import Breakdown, Entry
from sdgcities.reports.locator import locator
from sdgcities.reports.sections import Section, sections_of
from sdgcities.reports.signs import MARKS, Marks, capitalised, finished
from sdgcities.reports.tables import Grid, breakdown_grid, main_grid
from sdgcities.reports.wording import Wording
from sdgcities.resources import resource_dir
from sdgcities.tracks.data.progress.told import about, status

NOT_LISTED = msg("not in the list")
KOSOVO = "XK"
"""Not a code of ISO 3166: the user-assigned one under which sources list Kosovo."""


def wording_of(report: CityReport, translator: Translator, formats: Formats) -> Wording:
    """How the report speaks to a reader."""
    return Wording(translator, formats, report.indicators, report.dimensions)


def render_city(report: CityReport, translator: Translator, formats: Formats, sections: Sequence[Section] | None = None, marks: Marks | None = None) -> str:
    """The page of a city report. The same report gives the same bytes.

    `sections` are those of the plugins, where they were made already; `marks` say how the page shows what is not in its language.
    """
    wording = wording_of(report, translator, formats)
    sdg_code = partial(_sdg_code, report, wording)

    def lines(entry: Entry) -> Chart | None:
        against = aimed(entry, report.goals.get(entry.indicator.code), wording)
        return against or (over_time(entry.indicator, entry.lines, wording) if entry.lines else None)

    def moved(entry: Entry) -> str:
        """How the city's own indicator has moved, in words; empty where that can't be told."""
        judged = report.progress.get(entry.indicator.code)
        return wording.message(msg("Progress: %(status)s.", status=Message(status(judged)))) if judged else ""

    def bars(entry: Entry, breakdown: Breakdown) -> Chart | None:
        return compared(entry.indicator, breakdown, wording)

    def table(entry: Entry, breakdown: Breakdown | None = None) -> Grid:
        return breakdown_grid(entry, breakdown, wording) if breakdown else main_grid(entry, wording)

    page = (
        environment("reports")
        .get_template("city.html")
        .render(
            report=report,
            w=wording,
            words=words,
            _=wording.say,
            ngettext=wording.nsay,
            lines=lines,
            moved=moved,
            about_progress=wording.message(about()) if report.progress else "",
            bars=bars,
            table=table,
            umf=known_of_umf(report, wording),
            matrix=Layout.MATRIX,
            place_map=_place_map(report, wording),
            sections=sections_of(report, wording) if sections is None else sections,
            drawing=Markup,  # of our own drawings only: they escape the texts in them
            goal=goal_of,
            sdg_code=sdg_code,
            sdg_codes=lambda indicator: ", ".join(map(sdg_code, indicator.sdg)),
            objective=lambda cell: objectives().get(cell.partition(".")[2], ""),
            official=Status.OFFICIAL,
            kosovo=KOSOVO,
        )
    )
    return finished(page, marks or MARKS[translator.direction])


def _sdg_code(report: CityReport, wording: Wording, code: str) -> str:
    """A code of the SDGs; with how settled it is where the list in force does not have it as official."""
    listed = report.sdg.get(code)
    if listed and listed.status is Status.OFFICIAL and not listed.until:
        return code
    standing = listed.until or wording.message(words.STATUS[listed.status]) if listed else wording.message(NOT_LISTED)
    return f"{code} [{standing}]"


def _place_map(report: CityReport, wording: Wording) -> Markup:
    """The section with the map, whole, so that no page shows a map without its source and disclaimer; empty without boundaries."""
    found = locator(report, wording)
    if found is None:
        return Markup()
    template = environment("reports").get_template("map.html")
    return Markup(template.render(map=found, w=wording, words=words, _=wording.say, drawing=Markup))  # noqa: S704 - of a template that escapes


@cache
def environment(kind: str) -> ImmutableSandboxedEnvironment:
    """The core's templates of a kind. Every value is escaped, and a name that a template misspells is an error."""
    made = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(resource_dir("templates") / kind),
        bytecode_cache=CompiledTemplates(cache_folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_isolated,
    )
    made.filters["capitalize"] = capitalised
    return made


@pass_context
def _isolated(context: Context, value: object) -> object:
    """Whatever a template writes down, kept from turning the text beside it round."""
    wording = context.get("w")
    return wording.shown(value) if isinstance(wording, Wording) else value

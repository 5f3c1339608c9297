"""Templates: what they hold and include, and that they render in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sdgcities.errors import Refused
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.languages import SOURCE
from sdgcities.i18n.translator import Translator
from sdgcities.kit.rule import Check
from sdgcities.kit.subject import Subject
from sdgcities.model.plugins import Manifest
from sdgcities.reports.sections import FOLDER, files_of, render_section
from sdgcities.reports.wording import Wording


def templates_safe(subject: Subject) -> Iterator[Finding]:
    """What a report would leave out of the plugin's sections, and why."""
    manifest = subject.manifest
    yield from _misplaced(manifest)
    told: set[tuple[str, Where]] = set()
    for language in manifest.languages or (SOURCE,):
        for context in _samples(manifest, language):
            for finding in _faults(manifest, context):
                if (str(finding.message), finding.where) not in told:
                    told.add((str(finding.message), finding.where))
                    yield finding


def _misplaced(manifest: Manifest) -> Iterator[Finding]:
    """Templates that no report looks for."""
    folder = manifest.path("templates")
    for file in sorted(folder.rglob("*")) if folder else ():
        if file.is_file() and (file.parent.name != FOLDER or file.parent.parent != folder or file.suffix != ".html"):
            hint = msg("Sections of the city report are templates/city/NAME.html.")
            yield Finding("section.place", Severity.BLOCK, msg("No report looks for this file."), hint, Where(str(file)))


def _faults(manifest: Manifest, context: Mapping[str, object]) -> Iterator[Finding]:
    for file in files_of(manifest):
        try:
            render_section(file, context)
        except Refused as error:
            yield from error.findings


def _samples(manifest: Manifest, language: str) -> Iterator[Mapping[str, object]]:
    """A city with figures, and one of which little is known."""
    wording = Wording(Translator(language, Catalogues([manifest])), Formats(language, [manifest]), {}, {})
    country = manifest.countries[0] if manifest.countries else "XX"
    place = {"name": "Specimen City", "level": "City", "code": f"{country}-1"}
    city = {**place, "official_name": "Specimen City", "codes": {"register": "001"}, "population": wording.formats.number(120_000), "above": [place]}
    figure = {
        "code": f"{country}-POP",
        "name": "Population",
        "unit": "persons",
        "value": wording.formats.number(120_000),
        "period": "2024",
        "place": "Specimen City",
        "own": True,
        "split": "",
        "source": "Statistics office",
    }
    of_all = {
        "country": {"name": manifest.title, "code": country},
        "hub": {"name": "Specimen hub", "demonstration": True},
        "language": language,
        "_": wording.say,
        "ngettext": wording.nsay,
    }
    yield {**of_all, "city": city, "figures": [figure, {**figure, "code": f"{country}-2", "own": False, "place": "Specimen Region", "split": "women"}]}
    yield {**of_all, "city": {**city, "codes": {}, "population": None, "above": []}, "figures": []}


CHECKS: Mapping[str, Check] = {"templates-safe": templates_safe}

"""`sdgcities plugin preview`: what cities and their citizens will see of a plugin, in each language, before any hub uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.i18n.languages import SOURCE
from sdgcities.i18n.translator import Translator
from sdgcities.kit.desk.core import public_texts, texts_beside
from sdgcities.kit.preview.marking import Marking, marks_of
from sdgcities.kit.preview.pages import Desk, Page, index_page
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.bench import TrialHub, bench, fill
from sdgcities.model.places import Unit
from sdgcities.model.plugins import Manifest
from sdgcities.writing import put

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages that were made, and what kept a hub from showing all there is."""

    pages: tuple[Page, ...]
    findings: tuple[Finding, ...]


def preview(subject: Subject, languages: Sequence[str] = ()) -> Preview:
    """Every form of the plugin and the report of a city, in the languages given or those the plugin declares."""
    manifest = subject.readable
    chosen = tuple(dict.fromkeys(languages or manifest.languages or (SOURCE,)))
    with bench(subject) as hub:
        city = hub.join()
        findings = _filled(hub, city.unit)
        desk = Desk(manifest, hub.hub.plugins.manifests, chosen, _of_core(manifest))
        pages = [page for reading in subject.forms if reading.value for page in desk.form_page(reading.value)]
        reports = {language: _reported(hub, language, desk) for language in chosen}
        return Preview((*desk.report_page(city.unit.id, city.unit.name, reports), *pages), tuple(findings))


def write_preview(folder: Path, made: Preview, subject: Subject, translator: Translator) -> Path:
    """Write the pages and the one that lists them; where that one is."""
    for page in made.pages:
        put(folder / page.name, page.html.encode())
    put(folder / INDEX, index_page(subject.manifest, made.pages, translator).encode())
    return folder / INDEX


def _filled(hub: TrialHub, unit: Unit) -> Sequence[Finding]:
    """Fill the hub; a file or form that is refused leaves the report with less to show."""
    try:
        fill(hub, hub.join(unit.id))
    except Refused as error:
        return error.findings
    return ()


def _of_core(manifest: Manifest) -> frozenset[str]:
    """The texts that can be brought into the plugin's catalogue beside its own."""
    try:
        return frozenset(text.key for text in texts_beside(manifest))
    except Refused:  # a file that can't be read has no texts to tell apart; checks say what is wrong with it
        return frozenset(text.key for text in public_texts())


def _reported(hub: TrialHub, language: str, desk: Desk) -> tuple[Marking, str]:
    translator = Marking(language, desk.manifests)
    return translator, hub.report(hub.join(), language, translator, marks_of(translator))

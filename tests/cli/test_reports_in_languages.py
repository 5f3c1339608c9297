"""A report in a country's language says nothing in English but what others wrote so: names, offices, files, reasons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.reports.reading import Element, read

from sdgcities.findings import Message
from sdgcities.hub.hub import Hub
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.registry.catalogue import Catalogue
from sdgcities.registry.cities import find_city
from sdgcities.reports.city import CityReport, city_report
from sdgcities.reports.render import render_city

from .conftest import run_command

CASES = [("portugal", "PT1109", "pt_PT"), ("turkiye", "TR-10-BB", "tr")]
OPEN, CLOSE = "\u2e22", "\u2e23"
SPOKEN = ("title", "aria-label", "alt")
WORD = re.compile(r"[^\W\d_]{3,}")


class Marking(Translator):
    """Marks every text that went through the catalogues, and keeps those that no catalogue knows."""

    def __init__(self, language: str, catalogues: Catalogues) -> None:
        super().__init__(language, catalogues)
        self.unknown: set[str] = set()
        self._known = {msgid for catalogue in catalogues.load(language) for msgid in _msgids(catalogue.texts)}

    def text(self, msgid: str) -> str:
        self._note(msgid)
        return f"{OPEN}{super().text(msgid)}{CLOSE}" if msgid else ""

    def message(self, message: Message) -> str:
        self._note(message.text)
        return f"{OPEN}{super().message(message)}{CLOSE}"

    def _note(self, msgid: str) -> None:
        if WORD.search(msgid) and msgid not in self._known:
            self.unknown.add(msgid)


def _msgids(texts: object) -> Iterator[str]:
    for key in getattr(texts, "_catalog", {}):
        yield key[0] if isinstance(key, tuple) else key


@pytest.fixture(scope="module", params=CASES, ids=lambda case: f"{case[0]}-{case[2]}")
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CityReport, str, Hub]]:
    country, city, language = request.param
    folder = tmp_path_factory.mktemp("languages")
    ended = run_command("demo", folder, "--country", country)
    assert ended.code == 0, ended.err
    hub = Hub.open(folder / country)
    catalogue = Catalogue(hub)
    yield city_report(catalogue, find_city(catalogue, city)), language, hub
    hub.close()


def test_no_english_is_left(case: tuple[CityReport, str, Hub]) -> None:
    report, language, hub = case
    translator = Marking(language, Catalogues(hub.plugins.manifests))
    page = render_city(report, translator, Formats(language, hub.plugins.manifests))
    sources = [source for manifest in hub.plugins.manifests for source in manifest.sources.values()]
    by_own_name = {name for source in sources for name in (source.office, source.table)}  # offices and tables may
    assert sorted(translator.unknown - by_own_name) == []
    left = [unmarked(text) for text in spoken(read(page))]
    assert [text for text in left if re.search(r"\bSDG\s+\d", text)] == []
    written = others_words(report, hub)
    foreign = {word for text in left for word in WORD.findall(text) if word.casefold() not in written}
    assert sorted(foreign) == []


def test_the_same_page_without_marks_is_in_its_language(case: tuple[CityReport, str, Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    _, language, hub = case
    monkeypatch.chdir(hub.folder)
    reports = sorted(path.name for path in Path("reports").iterdir())
    assert len(reports) == len(set(reports)) == 2
    page = next(path for path in Path("reports").iterdir() if f".{language}." in path.name).read_text(encoding="utf-8")
    assert f'lang="{language.replace("_", "-")}"' in page
    assert OPEN not in page


def spoken(element: Element) -> Iterator[str]:
    """Every text of a page that somebody reads or hears."""
    if element.tag in ("style", "script"):
        return
    yield from (element.attributes[name] for name in SPOKEN if name in element.attributes)
    if element.tag == "svg":  # one text may stand in several lines of a drawing
        yield " ".join(text for child in element.children if isinstance(child, Element) for text in spoken(child))
        return
    for child in element.children:
        if isinstance(child, Element):
            yield from spoken(child)
        else:
            yield child


def unmarked(text: str) -> str:
    """What is left of a text without its marked parts, which may lie in one another."""
    before = ""
    while before != text:
        before, text = text, re.sub(f"{OPEN}[^{OPEN}{CLOSE}]*(?:{CLOSE}|…)", " ", text)
    return re.sub(r"\w+…", " ", text)  # a name cut short in a chart


def others_words(report: CityReport, hub: Hub) -> set[str]:
    """Words that offices, people and files brought in, and codes."""
    units = [unit.name for unit in hub.plugins.units(report.country.id).values()]
    notes = [text for note in report.notes for text in (note.office, note.table, note.licence, note.url, note.file, note.profile)]
    sources = [text for manifest in hub.plugins.manifests for source in manifest.sources.values() for text in (source.office, source.table, source.licence)]
    people = [text for claim in report.claims for event in claim.events for text in (event.actor, event.reason)]
    codes = [*report.indicators, *(indicator.unit for indicator in report.indicators.values()), *(track.track.id for track in report.tracks)]
    return _words([*units, *notes, *sources, *people, *codes, report.hub, report.contract.version, "SDG UMF UTC sha html"])


def _words(texts: Sequence[str]) -> set[str]:
    return {word.casefold() for text in texts for word in WORD.findall(text)}

"""The core's own texts on the desk: where each is shown, which are asked for, and what a plugin's translation of one means."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.kit.sound import PACKAGE, sound_files, write
from tests.reports.reading import read

from sdgcities.i18n.formats import Formats
from sdgcities.i18n.update import read_catalogue
from sdgcities.intake.workbook import Workbook
from sdgcities.kit.desk.catalogues import update
from sdgcities.kit.desk.core import core_entries, public_texts, texts_beside
from sdgcities.kit.desk.coverage import coverage_of
from sdgcities.kit.desk.exporting import export
from sdgcities.kit.desk.states import catalogue_file
from sdgcities.kit.desk.texts import core_texts, texts_of
from sdgcities.kit.preview.making import preview
from sdgcities.kit.preview.marking import Marking
from sdgcities.kit.preview.pages import form_body
from sdgcities.kit.rules.catalogues import catalogues_valid, translated
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.bench import bench, fill
from sdgcities.reports.wording import Wording

from .desk_plugin import atlantis


def package(folder: Path, languages: str, **catalogues: str) -> Subject:
    files: dict[str, str | bytes] = {}
    for name, text in sound_files().items():
        own = name == f"{PACKAGE}/plugin.yaml"
        files[name] = text.replace("languages: [en]", f"languages: [{languages}]") + "locales: locales\n" if own and isinstance(text, str) else text
    for language, entries in catalogues.items():
        head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        files[f"{PACKAGE}/locales/{language}/LC_MESSAGES/sdgcities.po"] = head + entries
    subject = Subject(write(folder, files))
    (subject.folder / "locales").mkdir(exist_ok=True)
    return subject


def test_whatever_a_report_or_a_form_shows_of_the_core_is_among_the_public_texts(tmp_path: Path) -> None:
    subject = package(tmp_path, "en, sw")
    own = {text.key for text in texts_of(subject.manifest)}
    with bench(subject) as hub:
        city = hub.join()
        fill(hub, city)
        manifests = hub.hub.plugins.manifests
        reader = Marking("sw", manifests)
        hub.report(city, "sw", reader)
        for reading in subject.forms:
            form_body(reading.needed, reader, Wording(reader, Formats("sw", manifests), {}, {}), subject.manifest)
    shown = (reader.empty & core_texts()) - own
    assert len(shown) > 200
    assert shown - {text.key for text in public_texts()} == set()


@pytest.mark.parametrize(
    ("msgid", "place"),
    [
        ("In brief", "city report: head and summary"),
        ("Any one of these is enough:", "city report: milestones"),
        ("Skip to the report", "city report: frame and foot"),
        ("per cent", "city report: units of measure"),
        ("active", "city report: stage in the programme"),
        ("Filled in with the example of the form. What is marked as required must be answered.", "form page"),
        ("Participation agreed and data team in place", "city report: milestone data/agreement, name"),
        ("The agreement carries two signatures", "city report: milestone data/agreement, criterion"),
        ("Signed participation agreement", "city report: milestone data/agreement, document"),
    ],
)
def test_each_says_where_it_is_shown(msgid: str, place: str) -> None:
    assert [text.shown for text in public_texts() if text.key == msgid] == [place]


def test_the_report_goes_first_then_forms_then_the_milestones() -> None:
    order = [text.shown for text in public_texts()]
    report, page = order.index("city report: milestones"), order.index("form page")
    assert report < page < order.index("city report: milestone data/agreement, name")
    assert len({text.key for text in public_texts()}) == len(order)


@pytest.mark.parametrize(
    "msgid",
    [
        "Tamale 19 and Accra 28 are large cities; a small town has fewer",
        "National indicator set",
        "The period of the amounts by track is not stated.",
        "at least",
    ],
)
def test_what_no_reader_of_reports_and_forms_sees_is_not_asked_for(msgid: str) -> None:
    assert msgid in core_texts()
    assert msgid not in {text.key for text in public_texts()}


def test_the_catalogue_says_where_a_text_of_the_core_is_shown(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["ms"], with_core=True)
    text = catalogue_file(manifest, "ms").read_text(encoding="utf-8")
    assert '#. city report: milestones\nmsgid "Any one of these is enough:"\n' in text
    assert text.index('msgid "In brief"') < text.index('msgid "Add an entry"') < text.index('msgid "The agreement carries two signatures"')
    assert update(manifest, ["ms"], with_core=True)[0].changed is False


def test_coverage_counts_what_the_core_lacks(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["ms"])
    (before,) = [one for one in coverage_of(manifest, "en") if one.language == "ms"]
    assert before.core
    assert (before.core.counts["texts"], before.core.counts["translated"]) == (len(public_texts()) - 1, 0), "Population is the plugin's own too"
    assert len(before.listed) == len(before.strings), "what was not brought in is not listed"
    update(manifest, ["ms"], with_core=True)
    path = catalogue_file(manifest, "ms")
    path.write_text(path.read_text(encoding="utf-8").replace('msgid "In brief"\nmsgstr ""', 'msgid "In brief"\nmsgstr "Ringkasan"'), encoding="utf-8")
    (after,) = [one for one in coverage_of(manifest, "en") if one.language == "ms"]
    assert after.core
    assert (after.counts, after.core.counts["unreviewed"], after.core.counts["empty"]) == (before.counts, 1, before.core.counts["empty"] - 1)
    assert len(after.listed) == len(after.strings) + len(after.core.strings)


def test_a_language_in_which_the_core_says_everything_has_no_row_of_its_own(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    asked = {text.key for text in texts_beside(manifest)}
    lacks = {one.language: len(asked - set(core_entries(one.language))) for one in coverage_of(manifest, "en")}
    assert lacks["ar"] == lacks["ms"] == len(asked)
    assert {one.language: one.core.counts["empty"] if one.core else 0 for one in coverage_of(manifest, "en")} == lacks


def test_a_note_tells_how_many_texts_of_the_core_are_in_english(tmp_path: Path) -> None:
    subject = package(tmp_path, "en, sw", sw='msgid "Claims and decisions"\nmsgstr "Madai na maamuzi"\n')
    (note,) = [finding for finding in translated(subject) if finding.code == "po.core"]
    every = len({text.key for text in public_texts()} - {text.key for text in texts_of(subject.manifest)})
    assert str(note.message) == f"sw: {every - 1} of the {every} texts of the core in reports and forms are shown in English."
    assert "sdgcities locale update atlantis --language sw --core" in str(note.hint)
    assert not note.blocks


def replaced(subject: Subject) -> list[str]:
    found = [finding for finding in catalogues_valid(subject) if finding.code == "po.core"]
    assert not any(finding.blocks for finding in found)
    assert all(finding.where.line for finding in found)
    return [str(finding.message) for finding in found]


def test_a_translation_that_replaces_the_cores_is_told(tmp_path: Path) -> None:
    said = core_entries("tr")["Population"].texts[0]
    subject = package(tmp_path, "en, tr, sw", tr='msgid "Population"\nmsgstr "Ahali"\n', sw='msgid "Population"\nmsgstr "Idadi ya watu"\n')
    assert replaced(subject) == [
        "“Population”: The core says this too: your translation is used everywhere in the hub.",
        f"“Population”: The core says this too: your translation replaces its own, “{said}”, everywhere.",
    ]


def test_the_cores_own_words_and_words_of_the_core_written_in_on_purpose_are_no_accident(tmp_path: Path) -> None:
    said = core_entries("tr")["Population"].texts[0]
    assert replaced(package(tmp_path, "en, tr", tr=f'msgid "Population"\nmsgstr "{said}"\n\nmsgid "Milestones"\nmsgstr "Duraklar"\n')) == []


def test_a_workbook_says_which_texts_the_core_has_too(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["ms"], with_core=True)
    export(manifest, "ms", tmp_path / "ms.xlsx")
    where = {cells[0]: cells[1] for _, cells in Workbook(tmp_path / "ms.xlsx").rows("Texts")}
    assert where["Population"] == "indicator XA-POP: name; also a text of the core"
    assert (where["Tide"], where["In brief"]) == ("dimension tide: name", "city report: head and summary")
    assert read_catalogue(catalogue_file(manifest, "ms")).get("Population")


def test_a_preview_says_how_many_texts_are_the_cores_and_what_brings_them_in(tmp_path: Path) -> None:
    pages = {page.name: page for page in preview(package(tmp_path, "en, sw"), ["sw"]).pages}
    legend = read(pages["city-XA0101.sw.html"].html).all("ul", "legend")[0].text
    told = re.search(r"(\d+) texts are not translated yet *\. (\d+) of them are the core's *: sdgcities locale update atlantis --language sw --core", legend)
    assert told, legend
    assert 200 < int(told[2]) < int(told[1]) == pages["city-XA0101.sw.html"].empty

"""A preview shows forms and report as people will see them, in each language, and marks what is not translated or not reviewed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import run_command
from tests.kit.sound import sound_files, write
from tests.reports.reading import Element, read

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.kit.preview.making import Preview, preview, write_preview
from sdgcities.kit.preview.marking import Marking, marks_of
from sdgcities.kit.subject import Subject
from sdgcities.reports.signs import CLOSE, DRAFT, finished
from sdgcities.reports.signs import FOREIGN as EMPTY

PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#. draft
msgid "Participation agreement"
msgstr "اتفاقية المشاركة"

# reviewed: A. Reviewer, 2026-01-31
msgid "Day of signing"
msgstr "يوم التوقيع"

msgid "Offices that signed"
msgstr "المكاتب الموقعة"
"""
FORM = """\
id: quarters
version: "1"
title: Quarters of the town
status: draft
source: register
schema:
  type: object
  required: [name, kind, lists]
  properties:
    name: {title: Name, description: As on the town plan, type: string, maxLength: 40}
    kind: {title: Kind, enum: [Old quarter, New quarter]}
    use: {title: Use, oneOf: [{const: HOME, title: Homes}, {const: WORK, title: Workshops}]}
    harbour: {title: It lies at the harbour, type: boolean}
    people: {title: People, type: integer, minimum: 0, maximum: 9000}
    mail: {title: Address, type: string, format: email, x-personal: true}
    head: {$ref: "#/$defs/person"}
    lists:
      title: Streets
      type: array
      minItems: 1
      items: {type: object, properties: {street: {title: Street, type: string}, note: {title: Note, type: string}}}
    surveys: {title: Surveys, type: array, items: {enum: [Roofs, Roads, Pipes]}}
  $defs:
    person: {title: Head of the quarter, type: object, required: [first], properties: {first: {title: First name, type: string}}}
example:
  name: Clitoside
  kind: New quarter
  use: WORK
  harbour: true
  people: 1250
  mail: quarter@registry.xa
  head: {first: Kleito}
  lists: [{street: Ring Street, note: A note that is long enough to be written in several lines of the form that is shown}, {street: Mole Street}]
  surveys: [Roads]
counterexample: {name: 1}
"""


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    files = sound_files() | {"sdgcities_atlantis/locales/ar/LC_MESSAGES/sdgcities.po": PO, "sdgcities_atlantis/forms/quarters.yaml": FORM}
    files["sdgcities_atlantis/plugin.yaml"] = files["sdgcities_atlantis/plugin.yaml"].replace("languages: [en]", "languages: [ar, en]") + "locales: locales\n"
    return Subject(write(tmp_path_factory.mktemp("preview"), files))


@pytest.fixture(scope="module")
def made(subject: Subject) -> Preview:
    return preview(subject)


@pytest.fixture(scope="module")
def pages(made: Preview) -> dict[str, Element]:
    return {page.name: read(page.html) for page in made.pages}


def field(page: Element, label: str) -> Element:
    """The element that a label names."""
    (found,) = (one.attributes["for"] for one in page.all("label") if "for" in one.attributes and one.text.startswith(label))
    return page.with_id(found)


def test_there_is_a_page_for_each_form_and_the_report_in_each_language(made: Preview) -> None:
    names = {page.name for page in made.pages}
    assert names == {f"{kind}.{language}.html" for kind in ("city-XA0101", "form-agreement", "form-quarters") for language in ("ar", "en")}
    assert made.findings == ()


def test_pages_load_nothing_and_can_be_read_aloud(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        (html,) = page.all("html")
        assert html.attributes["dir"] == ("rtl" if ".ar." in name else "ltr")
        assert not {element.tag for element in page.all()} & {"script", "link", "img", "iframe"}
        assert len(page.all("main")) == len(page.all("h1")) == 1
        ids = [element.attributes["id"] for element in page.all() if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        described = {element.attributes["aria-describedby"] for element in page.all() if "aria-describedby" in element.attributes}
        assert described <= set(ids)
        for element in page.all("fieldset"):
            assert element.all("legend")
        labelled = {element.attributes["for"] for element in page.all("label") if "for" in element.attributes}
        assert {one.attributes["id"] for one in (*page.all("input"), *page.all("textarea")) if "id" in one.attributes} == labelled


def test_links_between_pages_lead_somewhere(made: Preview, pages: dict[str, Element]) -> None:
    known = {page.name for page in made.pages} | {"index.html"}
    links = {one.attributes["href"] for page in pages.values() for one in page.all("a") if not one.attributes["href"].startswith("#")}
    assert links <= known
    assert "form-quarters.ar.html" in links


def test_a_form_is_as_a_person_fills_it_in(pages: dict[str, Element]) -> None:
    page = pages["form-quarters.en.html"]
    name = field(page, "Name")
    assert name.attributes["value"] == "Clitoside"
    assert page.with_id(name.attributes["aria-describedby"]).text == "As on the town plan. At most 40 characters."
    assert "required" in next(one.text for one in page.all("label") if one.text.startswith("Name"))
    assert field(page, "First name").attributes["value"] == "Kleito"
    assert (field(page, "People").attributes["type"], field(page, "People").attributes["value"]) == ("number", "1250")
    assert "personal, kept apart" in next(one.text for one in page.all("label") if one.text.startswith("Address"))
    assert [one.attributes["value"] for one in page.all("input") if one.attributes.get("value", "").endswith("Street")] == ["Ring Street", "Mole Street"]
    assert page.all("textarea")[0].text.startswith("A note that is long enough")


@pytest.mark.parametrize(
    ("label", "options", "chosen"),
    [
        ("Kind", ["Old quarter", "New quarter"], ["New quarter"]),
        ("Use", ["Homes", "Workshops"], ["Workshops"]),
        ("It lies at the harbour", ["yes", "no"], ["yes"]),
        ("Surveys", ["Roofs", "Roads", "Pipes"], ["Roads"]),
    ],
)
def test_what_can_be_chosen_is_shown(pages: dict[str, Element], label: str, options: list[str], chosen: list[str]) -> None:
    (choice,) = (one for one in pages["form-quarters.en.html"].all("fieldset", "choice") if one.all("legend")[0].text.startswith(label))
    assert [one.text for one in choice.all("label")] == options
    assert [one.text for one in choice.all("label") if "checked" in one.all("input")[0].attributes] == chosen


def test_what_is_not_translated_or_a_draft_is_marked_and_counted(made: Preview, pages: dict[str, Element]) -> None:
    page = pages["form-agreement.ar.html"]
    main = page.all("main")[0]
    assert [one.text for one in main.all("mark", "is-draft")] == ["اتفاقية المشاركة"]
    empty = [one.text for one in main.all("mark", "is-empty")]
    assert "Members of the committee" in empty
    assert not {"يوم التوقيع", "المكاتب الموقعة", "Day of signing"} & set(empty)
    assert all(one.attributes["dir"] == "ltr" for one in main.all("mark", "is-empty"))
    (told,) = (one for one in made.pages if one.name == "form-agreement.ar.html")
    assert [text for text in empty if text.startswith("At least 1 .")] == ["At least 1 . A whole number."]  # two sentences that stand in one mark
    assert (told.empty, told.draft) == (len(set(empty)) + 1, 1)
    legend = page.all("ul", "legend")[0].text
    assert f"{told.empty} texts are not translated yet" in legend
    assert "1 translation is a draft" in legend


def test_english_needs_no_marks(made: Preview, pages: dict[str, Element]) -> None:
    assert all((page.empty, page.draft) == (0, 0) for page in made.pages if page.language == "en")
    assert not any(pages[page.name].all("mark") for page in made.pages if page.language == "en")


def test_the_report_is_marked_as_a_preview_and_has_the_cities_figures(pages: dict[str, Element]) -> None:
    page = pages["city-XA0101.ar.html"]
    assert page.all("aside", "preview")
    assert page.all("p", "demonstration")
    assert page.all("mark", "is-empty")


def test_no_sign_is_left_in_a_page(made: Preview) -> None:
    for page in made.pages:
        assert not re.search("[\ufdd0-\ufdd4]", page.html), page.name


def test_a_preview_marks_in_the_way_of_a_report(subject: Subject) -> None:
    page = f'<p title="{EMPTY}x{CLOSE}">{EMPTY}a {DRAFT}b{CLOSE} c{CLOSE}</p><svg><title>{EMPTY}t{CLOSE}</title><text>{EMPTY}long na</text></svg>'
    shown = finished(page, marks_of(Marking("ar", [subject.manifest])))
    assert '<mark class="is-empty" lang="en" dir="ltr">a <mark class="is-draft">b</mark> c</mark>' in shown
    assert '<tspan class="is-empty" lang="en">\u2066long na\u2069</tspan>' in shown
    assert '<p title="\u2066x\u2069">' in shown
    assert "<title>\u2066t\u2069</title>" in shown
    plain = finished(page, marks_of(Translator("ar", Catalogues(()))))
    assert '<bdi lang="en" dir="ltr">a b c</bdi>' in plain
    assert "<mark" not in plain


def test_the_pages_are_written_and_listed(subject: Subject, made: Preview, tmp_path: Path) -> None:
    index = write_preview(tmp_path / "out", made, subject, Translator("en", Catalogues(())))
    page = read(index.read_text(encoding="utf-8"))
    linked = {one.attributes["href"] for one in page.all("a") if not one.attributes["href"].startswith("#")}
    assert linked == {one.name for one in made.pages} == {path.name for path in (tmp_path / "out").iterdir()} - {"index.html"}
    assert "1 draft" in page.text
    assert [one.text for one in page.all("th") if one.attributes.get("scope") == "col"] == ["Page", "Arabic", "English"]


def test_the_command(subject: Subject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run_command("--lang", "ar", "plugin", "preview", subject.folder.parent)
    assert ended.code == 0, ended.err
    assert {path.name for path in (tmp_path / "preview").iterdir()} == {
        "index.html",
        *(f"{one}.ar.html" for one in ("city-XA0101", "form-agreement", "form-quarters")),
    }
    assert "form-agreement.ar.html: " in ended.out
    assert run_command("plugin", "preview", tmp_path / "nowhere").code == 1
    (tmp_path / "file").write_text("", encoding="utf-8")
    refused = run_command("plugin", "preview", subject.folder, "-o", tmp_path / "file")
    assert (refused.code, len(refused.err.splitlines())) == (1, 1)

"""A page that runs from the right: no text of another direction, and nothing inserted, stands in it without saying so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.kit.sound import sound_files, write
from tests.reports.reading import Element, read

from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Standing, Translator
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.bench import TrialHub, fill, open_bench
from sdgcities.model.places import UnitName
from sdgcities.reports.city import CityReport, city_report
from sdgcities.reports.render import render_city
from sdgcities.reports.signs import CLOSE, FOREIGN, INSERTED, MARKS, OWN, capitalised, finished, isolated, shortened, shown, signed

PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "City report: %(city)s, %(country)s"
msgstr "تقرير المدينة: %(city)s، %(country)s"

msgid "Milestones"
msgstr "المحطات"

msgid "Report of the hub %(hub)s, as of %(date)s. The same records give the same file."
msgstr "تقرير المركز %(hub)s بتاريخ %(date)s."

msgid "Note %(note)s, row %(row)s of the file"
msgstr "الملاحظة %(note)s، السطر %(row)s من الملف"

msgid "Population"
msgstr "السكان"
"""
SECTION = """\
<p title="{{ city.name }}" class="{{ city.code }}">{{ _("Of %(city)s", city=city.name) }}</p>
<p>{{ city.name }} ({{ city.level|capitalize }}), {{ hub.name }}. {{ "; " }}</p>
"""
SPOKEN = ("title", "aria-label", "data-label")
LETTER = re.compile("[A-Za-zÀ-ɏ]")
ISOLATE = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")


def outside(text: str) -> str:
    """What of a text no isolate holds."""
    before = ""
    while before != text:
        before, text = text, ISOLATE.sub("", text)
    return text


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrialHub]:
    """Of Atlantis, taken for Morocco's way of writing figures."""
    scratch = tmp_path_factory.mktemp("directions")
    files = sound_files() | {"sdgcities_atlantis/locales/ar/LC_MESSAGES/sdgcities.po": PO, "sdgcities_atlantis/templates/city/a.html": SECTION}
    files["sdgcities_atlantis/plugin.yaml"] = files["sdgcities_atlantis/plugin.yaml"].replace("languages: [en]", "languages: [ar]")
    files["sdgcities_atlantis/plugin.yaml"] += "locales: locales\ntemplates: templates\n"
    opened = open_bench(Subject(write(scratch / "projects", files)), scratch / "hub")
    fill(opened, opened.join())
    for year, women, men in (("2023", "6000", "5800"), ("2024", "6100", "5900")):
        file = scratch / f"population_{year}.csv"
        file.write_text(f"town,year,women,men,all\nPort Clito,{year},{women},{men},{int(women) + int(men)}\n", encoding="utf-8")
        assert opened.import_file(file).stored
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def report(hub: TrialHub) -> CityReport:
    return city_report(hub.catalogue, hub.join())


def rendered(hub: TrialHub, report: CityReport, language: str) -> str:
    manifests = tuple(replace(one, countries=("MA",)) if one.countries else one for one in hub.hub.plugins.manifests)
    return render_city(report, Translator(language, Catalogues(manifests)), Formats(language, manifests))


@pytest.fixture(scope="module")
def page(hub: TrialHub, report: CityReport) -> str:
    return rendered(hub, report, "ar")


@pytest.fixture(scope="module")
def root(page: str) -> Element:
    return read(page)


def bare(element: Element, *, within: bool = False) -> Iterator[str]:
    """Texts with Latin letters that no element and no isolate keeps apart from the page."""
    if element.tag in {"style", "head"}:
        return
    within = within or element.tag == "bdi"
    yield from (text for name in SPOKEN if LETTER.search(text := outside(element.attributes.get(name, ""))))
    for child in element.children:
        if isinstance(child, Element):
            yield from bare(child, within=within)
        elif not within and element.tag != "text" and LETTER.search(text := outside(child)):
            yield text


def test_no_text_of_another_direction_stands_bare(root: Element) -> None:
    (html,) = root.all("html")
    assert html.attributes["dir"] == "rtl"
    assert len(root.all("bdi")) > 100
    assert list(bare(root)) == []


def test_what_nobody_translated_says_its_language_and_direction(root: Element) -> None:
    english = [one for one in root.all("bdi") if one.attributes.get("lang") == "en"]
    assert {one.attributes["dir"] for one in english} == {"ltr"}
    assert "none so far." in [one.text for one in english]
    assert not any("Atlantis" in one.text and "Registry" in one.text for one in english), "the name of an office is in no language"
    (heading,) = (one for one in root.all("h2") if one.attributes.get("id") == "milestones-title")
    assert heading.children == ["المحطات"]


def test_names_dates_and_numbers_are_isolated(page: str, report: CityReport) -> None:
    day = f"{report.as_of:%d\u200f/%m\u200f/%Y}"
    assert f"<bdi>{day} {report.as_of:%H:%M} UTC</bdi>" in page
    assert f'<bdi lang="en" dir="ltr">since <bdi>{report.as_of:%d\u200f/%m\u200f/%Y}</bdi></bdi>' in page
    assert "<bdi>12.000</bdi>" in page
    assert "<title>تقرير المدينة: \u2068Port Clito\u2069، \u2068Atlantis\u2069</title>" in page
    assert re.search('title="الملاحظة \u20681\u2069، السطر \u20682\u2069 من الملف"', page)


def test_entries_of_a_list_are_parted_by_the_languages_own_comma(root: Element) -> None:
    (where,) = (one for one in root.all("p", "where") if "Atlantis" in one.text)
    assert "،" in where.text
    assert "," not in where.text


def test_drawings_and_what_is_said_of_them_are_isolated(root: Element) -> None:
    drawings = root.all("div", "drawing")
    assert drawings
    for one in drawings:
        assert not LETTER.search(outside(one.attributes.get("aria-label", "")))
        assert not one.all("bdi"), "an SVG knows no such element"
    labels = [text.text for one in drawings for text in one.all("text")]
    assert "\u2068Port Clito\u2069 \u206812.000\u2069" in labels


def test_a_section_is_isolated_too(root: Element) -> None:
    (section,) = root.all("section", "added")
    first, second = (one for one in section.all("p") if "note" not in one.classes)
    assert first.attributes == {"title": "\u2068Port Clito\u2069", "class": "XA0101"}
    (said,) = (child for child in first.children if isinstance(child, Element))
    assert (said.tag, said.attributes, said.text) == ("bdi", {"lang": "en", "dir": "ltr"}, "Of Port Clito")
    assert [one.text for one in second.all("bdi")][:2] == ["Port Clito", "Town"]


def test_pages_from_the_left_have_no_clutter(hub: TrialHub, report: CityReport) -> None:
    assert not re.search("<bdi|[\u2066-\u2069\ufdd0-\ufdd4]", rendered(hub, report, "en"))
    turkish = rendered(hub, report, "tr")
    assert set(re.findall("<bdi[^>]*>", turkish)) <= {'<bdi lang="en">'}
    assert not re.search("[\u2066-\u2069\ufdd0-\ufdd4]", turkish)


def test_an_arabic_name_is_isolated_in_an_english_page(hub: TrialHub, report: CityReport) -> None:
    unit = replace(report.city.unit, names=(UnitName("فاس"),))
    page = rendered(hub, replace(report, city=replace(report.city, unit=unit)), "en")
    assert "<h1><bdi>فاس</bdi></h1>" in page
    assert f"City report: \u2068{unit.name}\u2069, Atlantis</title>" in page
    assert page.count("<bdi>") == page.count("</bdi>") == page.count("<bdi>فاس</bdi>")


def test_a_translator_knows_in_which_language_a_text_is(hub: TrialHub) -> None:
    translator = Translator("ar", Catalogues(hub.hub.plugins.manifests))
    assert [translator.standing(text) for text in ("Milestones", "Open", "%", "12")] == [Standing.OWN, Standing.ENGLISH, Standing.NAME, Standing.NAME]
    assert Translator("en", Catalogues(())).standing("Open") is Standing.OWN


def test_signs_become_what_there_is_room_for() -> None:
    text = signed(FOREIGN, f"a {signed(OWN, 'ب')}")
    page = f'<p title="{text}" class="{text}">{text}</p><svg><text>{text}</text></svg><textarea>{text}</textarea>'
    assert finished(page, MARKS["rtl"]) == (
        '<p title="\u2066a \u2068ب\u2069\u2069" class="a ب"><bdi lang="en" dir="ltr">a <bdi>ب</bdi></bdi></p>'
        "<svg><text>\u2066a \u2068ب\u2069\u2069</text></svg><textarea>a ب</textarea>"
    )


@pytest.mark.parametrize("broken", [f"{FOREIGN}a", f"{INSERTED}{FOREIGN}a{CLOSE}", f"a{CLOSE}", f"{CLOSE}{CLOSE}a{FOREIGN}"])
def test_signs_out_of_place_break_no_page(broken: str) -> None:
    root = read(finished(f"<p title='{broken}'>{broken}</p>", MARKS["rtl"]))
    assert root.text == "a"
    assert root.all("p")[0].attributes["title"] == "a"


def test_sentences_that_follow_each_other_stay_together() -> None:
    page = f"<p>{signed(FOREIGN, 'One.')} {signed(FOREIGN, 'Two.')}</p>"
    assert finished(page, MARKS["rtl"]) == '<p><bdi lang="en" dir="ltr">One. Two.</bdi></p>'


def test_only_what_could_turn_others_round_is_isolated() -> None:
    assert isolated("Fès", "rtl") == signed(INSERTED, "Fès")
    assert isolated(isolated("Fès", "rtl"), "rtl") == signed(INSERTED, "Fès")
    assert (isolated("Fès", "ltr"), isolated("فاس", "ltr")) == ("Fès", signed(INSERTED, "فاس"))
    assert [shown(value, "rtl") for value in ("؛ ", "فاس", 12, signed(OWN, "a"))] == ["؛ ", "فاس", 12, signed(OWN, "a")]
    assert shown("2024", "rtl") == signed(INSERTED, "2024")


def test_signs_count_for_nothing_in_length_and_letters() -> None:
    assert shortened(signed(INSERTED, "abcdef"), 6) == signed(INSERTED, "abcdef")
    assert shortened(signed(INSERTED, "abcdef"), 4) == signed(INSERTED, "abc…")
    assert capitalised(signed(FOREIGN, "per cent")) == signed(FOREIGN, "Per cent")

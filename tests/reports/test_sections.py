"""What plugins add to a city's report stands after the figures, in order; a section that fails is left out, and the report is there."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.conftest import run_command
from tests.kit.sound import sound_files, write
from tests.reports.reading import read

from sdgcities.errors import Refused
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.formats import Formats
from sdgcities.i18n.translator import Translator
from sdgcities.kit.subject import Subject
from sdgcities.kit.trial.bench import TrialHub, fill, open_bench
from sdgcities.reports.city import city_report
from sdgcities.reports.render import render_city, wording_of
from sdgcities.reports.sections import LONGEST, context_of, render_section, sections_of

FIGURES = """\
<table>
{% for f in figures %}
<tr><td>{{ f.code }}</td><td>{{ f.value }}</td><td>{{ f.place }}</td><td>{{ f.source }}</td></tr>
{% endfor %}
</table>
"""
ABOUT = """\
<p>{{ _("Of %(city)s", city=city.name) }}: {{ city.code }}, {{ city.level }}, {{ city.codes["register"] }}, {{ country.code }}, {{ language }}</p>
"""
THEME = """\
api: "1.1"
name: harbours
title: Harbours
version: 0.1.0
layer: theme
templates: templates
"""
TR = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Of %(city)s"
msgstr "%(city)s için"
"""


def project(folder: Path, sections: Mapping[str, str]) -> Path:
    files = sound_files() | {f"sdgcities_atlantis/templates/city/{name}.html": text for name, text in sections.items()}
    files["sdgcities_atlantis/plugin.yaml"] += "templates: templates\nlocales: locales\n"
    files["sdgcities_atlantis/locales/tr/LC_MESSAGES/sdgcities.po"] = TR
    return write(folder, files)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[TrialHub]:
    """A hub of Atlantis with a theme beside it; both add sections."""
    sections = {
        "b-figures": FIGURES,
        "a-about": ABOUT,
    }
    package = project(tmp_path / "projects", sections)
    theme = tmp_path / "beside" / "sdgcities_harbours"
    (theme / "templates" / "city").mkdir(parents=True)
    (theme / "plugin.yaml").write_text(THEME, encoding="utf-8")
    (theme / "templates" / "city" / "a.html").write_text("<p>Of the theme</p>", encoding="utf-8")
    opened = open_bench(Subject(package, tmp_path / "beside"), tmp_path / "hub")
    fill(opened, opened.join())
    file = tmp_path / "population_2024.csv"
    file.write_text("town,year,women,men,all\nPort Clito,2024,6100,5900,12000\n", encoding="utf-8")
    assert opened.import_file(file).stored
    yield opened
    opened.close()


def section_texts(page: str) -> list[str]:
    return [element.text for element in read(page).all("section", "added")]


def test_sections_stand_after_the_figures_in_order_of_layer_and_name(hub: TrialHub) -> None:
    page = hub.report(hub.join(), "en")
    assert hub.left_out == ()
    theme, country = section_texts(page)
    assert "Of the theme" in theme
    assert country.index("Of Port Clito: XA0101, Town, 0101, XA, en") < country.index("XA-POP 12,000 Port Clito Registry of Atlantis")
    ids = [element.attributes["id"] for element in read(page).all("section") if "id" in element.attributes]
    assert ids.index("figures") < ids.index("section-harbours") < ids.index("section-atlantis") < ids.index("gaps")
    targets = [element.attributes["href"] for element in read(page).all("nav")[0].all("a")]
    assert "#section-atlantis" in targets


def test_a_section_speaks_the_readers_language(hub: TrialHub) -> None:
    (_, country) = section_texts(hub.report(hub.join(), "tr"))
    assert "Port Clito için" in country
    assert "12.000" in country


def test_values_are_escaped(hub: TrialHub) -> None:
    report = city_report(hub.catalogue, hub.join())
    hostile = replace(report, hub='<script>x</script>"')
    (hub.plugin.folder / "templates" / "city" / "a-about.html").write_text('<p title="{{ hub.name }}">{{ hub.name }}</p>', encoding="utf-8")
    page = render_city(hostile, Translator("en", Catalogues(())), Formats("en", ()))
    assert "<script" not in page
    assert '<script>x</script>"' in section_texts(page)[1]


@pytest.mark.parametrize("source", ["{{ citty }}", "{{ figures[99].name }}", "<p>", "{{ 1 / 0 }}", "{% if %}", "{{ city.name|safe }}"])
def test_a_section_that_fails_is_left_out_with_a_note(hub: TrialHub, source: str) -> None:
    (hub.plugin.folder / "templates" / "city" / "a-about.html").write_text(source, encoding="utf-8")
    page = hub.report(hub.join(), "en")
    (left_out,) = hub.left_out
    assert str(left_out.where.file).endswith("a-about.html")
    theme, country = section_texts(page)
    assert "1 part of this section could not be shown" in country
    assert "XA-POP" in country
    assert "could not be shown" not in theme
    assert read(page).with_id("gaps").text


def test_the_command_tells_what_was_left_out(hub: TrialHub, monkeypatch: pytest.MonkeyPatch) -> None:
    (hub.plugin.folder / "templates" / "city" / "a-about.html").write_text("<p>\n{{ citty }}</p>", encoding="utf-8")
    hub.join()
    monkeypatch.chdir(hub.folder)
    ended = run_command("--plugins-dir", hub.plugins_dir, "report", "city", "XA0101")
    assert ended.code == 0
    assert "a-about.html, line 2: There is no citty in a section." in ended.err
    assert (hub.folder / "reports" / "XA0101.en.html").is_file()


def test_what_is_made_anew_is_the_same(hub: TrialHub) -> None:
    city = hub.join()
    assert hub.report(city, "en") == hub.report(city, "en")


def test_a_section_is_cut_off_in_time(hub: TrialHub, tmp_path: Path) -> None:
    report = city_report(hub.catalogue, hub.join())
    context = dict(context_of(report, wording_of(report, Translator("en", Catalogues(())), Formats("en", ()))))
    context["figures"] = [{"name": str(number), "own": True} for number in range(3_000)]
    file = tmp_path / "slow.html"
    file.write_text(
        "{% for a in figures %}{% for b in figures %}{% if figures|selectattr('own')|list|length == 0 %}x{% endif %}{% endfor %}{% endfor %}", encoding="utf-8"
    )
    begun = time.monotonic()
    with pytest.raises(Refused, match="takes longer than 2 seconds"):
        render_section(file, context)
    assert time.monotonic() - begun < 20


def test_a_section_is_cut_off_in_length(hub: TrialHub, tmp_path: Path) -> None:
    report = city_report(hub.catalogue, hub.join())
    context = dict(context_of(report, wording_of(report, Translator("en", Catalogues(())), Formats("en", ()))))
    context["figures"] = [{"name": "x" * 100} for _ in range(LONGEST // 100 + 1)]
    file = tmp_path / "long.html"
    file.write_text("{% for a in figures %}{{ a.name }}{% endfor %}", encoding="utf-8")
    with pytest.raises(Refused, match=f"more than {LONGEST} characters"):
        render_section(file, context)


def test_the_context_is_plain(hub: TrialHub) -> None:
    """Texts, numbers, yes and no, lists and mappings: nothing through which a template could reach the hub."""
    report = city_report(hub.catalogue, hub.join())
    context = dict(context_of(report, wording_of(report, Translator("en", Catalogues(())), Formats("en", ()))))
    assert all(callable(context.pop(name)) for name in ("_", "ngettext"))
    todo: list[object] = [context]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += [*value, *value.values()]
        elif isinstance(value, list):
            todo += value
        else:
            assert type(value) in {str, int, bool, type(None)}


def test_plugins_without_templates_add_nothing(hub: TrialHub) -> None:
    report = city_report(hub.catalogue, hub.join())
    without = replace(report, plugins=tuple(replace(one, paths={}) for one in report.plugins))
    wording = wording_of(without, Translator("en", Catalogues(())), Formats("en", ()))
    assert sections_of(without, wording) == ()

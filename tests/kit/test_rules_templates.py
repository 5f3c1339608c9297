"""Sections of plugins are written in a small language: what could escape, run on, grow, load or break the page is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.kit.sound import sound_files, write

from sdgcities.findings import Finding
from sdgcities.kit.rules.templates import templates_safe
from sdgcities.kit.subject import Subject

WRONG = {
    "class": ("{{ ''.__class__ }}", "There is no __class__ here"),
    "class-by-key": ("{{ city['__class__'] }}", "There is no __class__ here"),
    "subclasses": ("{{ ().__class__.__base__.__subclasses__() }}", "can call nothing but _()"),
    "globals-of-a-function": ("{{ _.__globals__ }}", "There is no __globals__ here"),
    "attr-filter": ("{{ city|attr('__init__') }}", "attr is not for a section"),
    "map-attribute": ("{{ figures|map(attribute='__class__')|list }}", "There is no __class__ here"),
    "format-escape": ("{{ '{0.__class__}'.format(city) }}", "can call nothing but _()"),
    "method": ("{{ city.codes.items() }}", "can call nothing but _()"),
    "mutation": ("{{ figures.append(1) }}", "can call nothing but _()"),
    "range": ("{% for i in range(10**9) %}x{% endfor %}", "There is no range in a section"),
    "power": ("{{ 10 ** 1000000 }}", "pow is not for a section"),
    "times-in-a-loop": ("{% for i in 'x' * 1000000000 %}x{% endfor %}", "A loop can only go through what there is"),
    "text-times": ("{{ 'x' * 1000000000 }}", "numbers"),
    "text-percent": ("{{ '%1000000000s' % 1 }}", "numbers"),
    "center": ("{{ 'x'|center(1000000000) }}", "center is not for a section"),
    "indent": ("{{ 'x'|indent(1000000000, true) }}", "indent is not for a section"),
    "replace": ("{{ 'xx'|replace('x', 'xxxxxxxxxx') }}", "replace is not for a section"),
    "join-of-a-join": ("{{ 'ab'|join('xxxx')|join('xxxx') }}", "join can only join"),
    "doubling": ("{% set a = city.name ~ city.name %}{{ a }}", "only be chosen from what there is"),
    "doubling-block": ("{% set a %}{{ city.name }}{% endset %}{{ a }}", "set is not for a section"),
    "doubling-with": ("{% with a = city.name %}{{ a }}{% endwith %}", "with is not for a section"),
    "lipsum": ("{{ lipsum(n=100000) }}", "There is no lipsum"),
    "three-loops": ("{% for a in figures %}{% for b in figures %}{% for c in figures %}{% endfor %}{% endfor %}{% endfor %}", "More than 2 loops"),
    "recursive-loop": ("{% for a in figures recursive %}{{ a.name }}{% endfor %}", "calls itself"),
    "loop-called": ("{% for a in figures %}{{ loop(figures) }}{% endfor %}", "can call nothing but _()"),
    "macro": ("{% macro f(x) %}{{ x }}{% endmacro %}{{ f(1) }}", "macro is not for a section"),
    "call-block": ("{% macro f() %}{% endmacro %}{% call f() %}x{% endcall %}", "not for a section"),
    "safe": ("{{ city.name|safe }}", "safe shows what somebody typed"),
    "autoescape": ("{% autoescape false %}{{ city.name }}{% endautoescape %}", "autoescape is not for a section"),
    "filter-block": ("{% filter upper %}x{% endfilter %}", "filter is not for a section"),
    "extends": ("{% extends 'city.html' %}", "extends is not for a section"),
    "import": ("{% import 'marks.html' as marks %}", "import is not for a section"),
    "from-import": ("{% from 'marks.html' import x %}", "import is not for a section"),
    "include-above": ("{% include '../../plugin.yaml' %}", "outside the plugin's templates"),
    "include-root": ("{% include '/etc/hostname' %}", "outside the plugin's templates"),
    "include-windows": (r"{% include 'C:\\secrets.txt' %}", "outside the plugin's templates"),
    "include-backslash": (r"{% include '..\\plugin.yaml' %}", "outside the plugin's templates"),
    "include-missing": ("{% include 'nothing.html' %}", "There is no nothing.html"),
    "include-by-name": ("{% include city.name %}", "named in quotation marks"),
    "include-itself": ("{% include 'a.html' %}", "a.html includes itself"),
    "unknown-name": ("<p>{{ citty.name }}</p>", "There is no citty in a section"),
    "unknown-in-a-branch": ("{% if city.population is none %}{{ populatoin }}{% endif %}", "There is no populatoin"),
    "unknown-field": ("{{ city.nme }}", "There is no nme here"),
    "unknown-field-of-a-figure": ("{% for f in figures %}{{ f.valeu }}{% endfor %}", "there is no valeu here; there are: code, name, unit, value"),
    "used-before-it-is-set": ("{{ own }}{% set own = figures %}", "There is no own"),
    "taken-name": ("{% set city = hub %}{{ city.name }}", "city is taken"),
    "taken-name-in-a-loop": ("{% for _ in figures %}{{ _.name }}{% endfor %}", "_ is taken"),
    "counted-without-a-number": ("{{ ngettext('one', 'many') }}", "must stand in quotation marks"),
    "translated-variable": ("{{ _(city.name) }}", "must stand in quotation marks"),
    "translation-without-its-value": (
        "{{ _('People of %(city)s') }} {{ _('In %(city)s', town=city.name) }}",
        "The section fails: the place %(city)s of a text is not given",
    ),
    "not-closed-tag": ("{{ city.name", "can't be read"),
    "not-ended-if": ("{% if city.name %}x", "can't be read"),
    "unknown-statement": ("{% debug %}", "can't be read"),
    "unknown-filter": ("{{ city.name|shout }}", "shout is not for a section"),
    "unknown-test": ("{{ 1 if city.name is shouted }}", "shouted is not for a section"),
    "dict": ("{{ {'a': 1}.a }}", "dict is not for a section"),
    "script": ("<script>alert(1)</script>", "<script> is not for a section"),
    "image": ("<img src='https://example.org/x.png'>", "<img> is not for a section"),
    "frame": ("<iframe></iframe>", "<iframe> is not for a section"),
    "style": ("<p style='position: fixed'>x</p>", "attribute style is not for a section"),
    "handler": ("<p onclick='x()'>x</p>", "attribute onclick is not for a section"),
    "link": ("<a class='x'>x</a>", "<a> is not for a section"),
    "id": ("<p id='gaps'>x</p>", "attribute id is not for a section"),
    "not-closed": ("<table><tr><td>x</td></tr>", "<table> is not closed"),
    "closes-the-section": ("</section><p>x</p>", "</section> ends what is not open"),
    "comment": ("<!-- x --><p>x</p>", "comment is not for a section"),
    "half-a-tag": ("<p>x</p><p class='", "A tag is not finished"),
    "heading": ("<h1>x</h1>", "<h1> is not for a section"),
    "much": ("x" * 40_000, "longer than 32000 characters"),
    "deep": ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "nests too deeply"),
    "chain": ("{{ 1" + "+1" * 9000 + " }}", "nests too deeply"),
}
RIGHT = {
    "text": "<p>{{ city.name }}: {{ city.population if city.population is not none else _('not known') }}</p>",
    "translated": "<p>{{ _('People of %(city)s', city=city.name) }}</p>",
    "table": "<table>{% for f in figures if f.own %}<tr class=\"{{ 'own' if f.own }}\"><td>{{ f.value ~ ' ' ~ f.unit }}</td></tr>{% endfor %}</table>",
    "counted": "{% for f in figures %}<p>{{ loop.index }} {{ loop.last }}</p>{% endfor %}",
    "chosen": "{% set own = figures | selectattr('own') | list %}<p>{{ own | length + 1 }}</p>",
    "grouped": "{% for s in figures|map(attribute='source')|unique %}<p>{{ s }} {{ figures|selectattr('source', 'equalto', s)|list|length }}</p>{% endfor %}",
    "joined": "<p>{{ figures|map(attribute='name')|join(', ') }}</p>",
    "above": "{% for one in city.above %}<p>{{ one.level }} {{ one.name }}</p>{% else %}<p>-</p>{% endfor %}",
    "codes": "<p>{{ city.codes['register'] if 'register' in city.codes }}</p>",
    "include": "{% for f in figures %}{% include '_row.html' %}{% endfor %}",
    "counted-in-words": "<p>{{ ngettext('%(n)s figure of %(city)s', '%(n)s figures of %(city)s', figures|length, city=city.name) }}</p>",
    "raw": "{% raw %}<p>text</p>{% endraw %}{# a comment #}",
}


def subject_with(folder: Path, **templates: str) -> Subject:
    files = sound_files() | {f"sdgcities_atlantis/templates/city/{name.replace('part_', '_')}.html": text for name, text in templates.items()}
    files["sdgcities_atlantis/plugin.yaml"] += "templates: templates\n"
    return Subject(write(folder, files))


def findings(subject: Subject) -> list[Finding]:
    return list(templates_safe(subject))


@pytest.mark.parametrize("way", WRONG)
def test_a_wrong_template_is_told_with_its_place(tmp_path: Path, way: str) -> None:
    source, said = WRONG[way]
    found = findings(subject_with(tmp_path, a=source))
    assert found
    assert said in " ".join(str(finding.message) for finding in found), [str(finding.message) for finding in found]
    assert all(finding.blocks and finding.hint and str(finding.where.file).endswith("a.html") for finding in found)


def test_there_are_many_of_them() -> None:
    assert len(WRONG) >= 40


@pytest.mark.parametrize("way", RIGHT)
def test_a_right_template_is_left_alone(tmp_path: Path, way: str) -> None:
    assert findings(subject_with(tmp_path, a=RIGHT[way], part_row="<p>{{ f.name }}</p>")) == []


def test_the_line_is_that_of_the_fault(tmp_path: Path) -> None:
    (one,) = findings(subject_with(tmp_path, a="<p>\n{{ city.name }}\n{{ citty }}\n</p>"))
    assert one.where.line == 3


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<p>x</p>\n<p>\n<b>{{ city.name }}\n</p>\n", 4),
        ("{# a\ncomment #}\n<p>\n{{ city\n.name }}\n<em>x\n", 3),
        ("{% if city.name %}\n<p>x</p>\n{% endif %}\n<h1>x</h1>\n", 4),
        ("<p>x</p>\n<p style='x'>{{ city.name }}</p>\n", 2),
        ("<p>x</p>\n\n{% for f in figures %}\n<p class='\n{% endfor %}\n", 4),
    ],
)
def test_a_fault_of_the_html_has_its_line_in_the_template(tmp_path: Path, source: str, line: int) -> None:
    assert line in [one.where.line for one in findings(subject_with(tmp_path, a=source))]


def test_a_fault_in_what_is_included_is_told_there(tmp_path: Path) -> None:
    (one,) = findings(subject_with(tmp_path, a="{% include '_part.html' %}", part_part="<p>\n{{ citty }}</p>"))
    assert (Path(str(one.where.file)).name, one.where.line) == ("_part.html", 2)


def test_loops_are_counted_through_includes(tmp_path: Path) -> None:
    outer, inner = "{% for a in figures %}{% include '_part.html' %}{% endfor %}", "{% for b in figures %}{% for c in figures %}{% endfor %}{% endfor %}"
    (one,) = findings(subject_with(tmp_path, a=outer, part_part=inner))
    assert "More than 2 loops" in str(one.message)


def test_a_template_that_no_report_looks_for_is_told(tmp_path: Path) -> None:
    subject = subject_with(tmp_path, a="<p>x</p>")
    (subject.folder / "templates" / "b.html").write_text("<p>x</p>", encoding="utf-8")
    (one,) = findings(subject)
    assert str(one.where.file).endswith("b.html")


def test_a_template_that_is_no_text_is_told(tmp_path: Path) -> None:
    subject = subject_with(tmp_path, a="<p>x</p>")
    (subject.folder / "templates" / "city" / "a.html").write_bytes(b"<p>\xff</p>")
    (one,) = findings(subject)
    assert "can't be read" in str(one.message)


def test_a_plugin_without_templates_keeps_the_rule(tmp_path: Path) -> None:
    assert findings(Subject(write(tmp_path, sound_files()))) == []

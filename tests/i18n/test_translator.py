from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sdgcities.findings import msg, nmsg
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.model.plugins import Layer

if TYPE_CHECKING:
    from .conftest import Plugin, Write

CITIES = 'msgid "%(n)s city joined"\nmsgid_plural "%(n)s cities joined"\n'


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_the_hub_goes_before_the_country_before_the_theme(write_po: Write, plugin: Plugin, cache: Path) -> None:
    for name, texts in {"theme": "ABC", "ghana": "BC", "hub": "C"}.items():
        write_po(name, "ak", "".join(f'msgid "{text}"\nmsgstr "{text} of {name}"\n\n' for text in texts))
    manifests = [plugin("ghana"), plugin("hub", Layer.HUB), plugin("theme", Layer.THEME)]
    translator = Translator("ak", Catalogues(manifests, cache))
    assert [translator.text(text) for text in "ABCD"] == ["A of theme", "B of ghana", "C of hub", "D"]


def test_a_regional_language_falls_back_to_its_language_and_then_to_english(write_po: Write, plugin: Plugin, cache: Path) -> None:
    write_po("x", "pt_PT", 'msgid "A"\nmsgstr "A pt_PT"\n')
    write_po("x", "pt", 'msgid "A"\nmsgstr "A pt"\n\nmsgid "B"\nmsgstr "B pt"\n')
    write_po("x", "en", 'msgid "C"\nmsgstr "C, as the country says it"\n')
    catalogues = Catalogues([plugin("x")], cache)
    assert [Translator("pt-PT", catalogues).text(text) for text in "ABCD"] == ["A pt_PT", "B pt", "C, as the country says it", "D"]
    assert [Translator("gur", catalogues).text(text) for text in "ABC"] == ["A", "B", "C, as the country says it"]
    assert {"en", "pt", "pt_PT", "tr"} <= set(catalogues.languages())


def test_plural_forms_are_those_of_the_language_whatever_the_header_says(write_po: Write, plugin: Plugin, cache: Path) -> None:
    header = '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    path = write_po("x", "tr", "")
    path.write_text('msgid ""\nmsgstr ""\n' + header + CITIES + 'msgstr[0] "%(n)s kent katıldı"\nmsgstr[1] "%(n)s kentler katıldı"\n', encoding="utf-8")
    write_po("x", "ak", CITIES + 'msgstr[0] "tek %(n)s"\nmsgstr[1] "dodow %(n)s"\n')
    catalogues = Catalogues([plugin("x")], cache)
    joined = [nmsg("%(n)s city joined", "%(n)s cities joined", n) for n in (0, 1, 2)]
    assert [Translator("tr", catalogues).message(text) for text in joined] == ["0 kentler katıldı", "1 kent katıldı", "2 kentler katıldı"]
    assert [Translator("ak", catalogues).message(text) for text in joined] == ["tek 0", "tek 1", "dodow 2"]
    assert [Translator("dag", catalogues).message(text) for text in joined] == ["0 cities joined", "1 city joined", "2 cities joined"]


def test_parameters_that_are_messages_are_translated(write_po: Write, plugin: Plugin, cache: Path) -> None:
    write_po("x", "tr", 'msgid "%(what)s is missing."\nmsgstr "%(what)s eksik."\n\nmsgid "The plan"\nmsgstr "Plan"\n')
    translator = Translator("tr", Catalogues([plugin("x")], cache))
    assert translator.message(msg("%(what)s is missing.", what=msg("The plan"))) == "Plan eksik."


def test_an_empty_text_is_not_the_header_of_the_catalogue(write_po: Write, plugin: Plugin, cache: Path) -> None:
    write_po("x", "tr", "")
    assert Translator("tr", Catalogues([plugin("x")], cache)).text("") == ""


def test_a_bad_translation_shows_the_english_and_says_so(write_po: Write, plugin: Plugin, cache: Path) -> None:
    path = write_po("x", "tr", 'msgid "%(n)s pears of %(all)s"\nmsgstr "%(n)s armut / %(toplam)s"\n')
    for _ in range(2):  # told each time, not only until it was compiled
        translator = Translator("tr", Catalogues([plugin("x")], cache))
        assert translator.message(msg("%(n)s pears of %(all)s", n=1, all=2)) == "1 pears of 2"
        assert [(finding.where.file, finding.where.line) for finding in translator.findings] == [(str(path), 5)]


def test_a_file_that_is_no_catalogue_leaves_the_others_working(write_po: Write, plugin: Plugin, cache: Path) -> None:
    write_po("broken", "tr", 'msgid "A"\nnonsense\n')
    write_po("sound", "tr", 'msgid "A"\nmsgstr "Â"\n')
    translator = Translator("tr", Catalogues([plugin("broken"), plugin("sound")], cache))
    assert translator.text("A") == "Â"
    assert [finding.code for finding in translator.findings] == ["po.syntax"]

"""Which texts of a plugin are translated, where they stand, and how they reach its catalogues."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.i18n.extract import texts_of_core
from sdgcities.i18n.update import read_catalogue
from sdgcities.kit.desk.catalogues import languages_wanted, state_of, template_of, update
from sdgcities.kit.desk.coverage import coverage_of
from sdgcities.kit.desk.states import State, catalogue_file
from sdgcities.kit.desk.texts import also_shown, places_of, texts_of

from .desk_plugin import FILES, atlantis

EXPECTED = {
    "plugin.yaml": {"Atlantis", "Town", "The fund is not open yet."},
    "indicators.yaml": {"Population", "People entered in the register.", "Counted once a year.", "A count of people.", "sea miles per inhabitant"},
    "codelists.yaml": {"Tide", "High water", "Low water"},
    "milestones.yaml": {
        "Laurel",
        "Towns have given laurels since antiquity.",
        "Engagement on the quay",
        "Sailors are heard too.",
        "sailors at sea",
        "Minutes of the assembly",
        "The harbour was opened",
    },
    "modality.yaml": {"Tools and remote support", "The hub works with the tools.", "Digital tools", "Amounts are for a year."},
    "forms/agreement.yaml": {"Agreement", "Kind of port", "As the register has it", "Sea port", "River port", "People", "Name of the person"},
    "profiles/register.yaml": {"The register"},
    "templates/city/harbour.html": {"The harbour of %(city)s", ("%(n)s ship", "%(n)s ships")},
    "hooks.py": {"The tide of %(day)s is not known."},
}


@pytest.mark.parametrize("file", EXPECTED)
def test_the_texts_of_every_kind_of_file_are_found_and_nothing_else(tmp_path: Path, file: str) -> None:
    found = {text.msgid for text in places_of(atlantis(tmp_path)) if text.file == file}
    assert found == EXPECTED[file]


def test_no_other_file_has_texts(tmp_path: Path) -> None:
    assert {text.file for text in texts_of(atlantis(tmp_path))} == set(EXPECTED)


def test_every_text_knows_its_line(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    lines = {file: (manifest.folder / file).read_text(encoding="utf-8").splitlines() for file in FILES}
    for text in places_of(manifest):
        assert text.line, text
        words = text.key.split()
        near = " ".join(lines[text.file][text.line - 1 : text.line + 1]).replace("-", " ").replace("_", " ")
        assert words[0] in near, text


@pytest.mark.parametrize(
    ("msgid", "shown"),
    [
        ("Atlantis", "plugin: title"),
        ("The fund is not open yet.", "plugin: reason for waiving the track finance"),
        ("People entered in the register.", "indicator XA-POP: definition"),
        ("High water", "dimension tide: label of H"),
        ("Kind of port", "form agreement, field kind: title"),
        ("River port", "form agreement, field kind: choice"),
        ("Name of the person", "form agreement, field people/name: title"),
        ("Minutes of the assembly", "milestone minutes: name"),
        ("Engagement on the quay", "milestone planning/engagement: rename"),
    ],
)
def test_translators_are_told_what_a_text_is(tmp_path: Path, msgid: str, shown: str) -> None:
    assert [text.shown for text in texts_of(atlantis(tmp_path)) if text.msgid == msgid] == [shown]


def test_names_of_offices_may_be_translated_and_nobody_asks_for_it(tmp_path: Path) -> None:
    assert also_shown(atlantis(tmp_path)) == {"Registry of Atlantis", "Register of towns", "Ports for all"}


def test_the_template_names_file_line_and_what_it_is(tmp_path: Path) -> None:
    template = template_of(atlantis(tmp_path)).decode()
    assert '#. form agreement, field kind: title\n#: forms/agreement.yaml:7\nmsgid "Kind of port"\nmsgstr ""\n' in template
    assert 'msgid "%(n)s ship"\nmsgid_plural "%(n)s ships"\n' in template


@pytest.mark.parametrize(("file", "text"), [("hooks_py", "def broken(:\n"), ("templates__city__harbour_html", "{{ _('x' }}"), ("codelists_yaml", "a: b: c\n")])
def test_a_file_that_can_not_be_read_is_named_with_its_line(tmp_path: Path, file: str, text: str) -> None:
    manifest = atlantis(tmp_path, **{file: text})
    with pytest.raises(Refused) as refused:
        texts_of(manifest)
    assert refused.value.findings[0].where.line == 1


def test_an_update_makes_every_catalogue_and_a_second_one_changes_nothing(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    languages = languages_wanted(manifest, [])
    assert languages == ("ar", "tr", "ms")
    done = update(manifest, languages)
    assert [(one.made, one.new) for one in done] == [(True, len(texts_of(manifest)))] * 3
    before = [one.path.read_bytes() for one in done]
    assert [(one.changed, one.new, one.gone) for one in update(manifest, languages)] == [(False, 0, 0)] * 3
    assert [one.path.read_bytes() for one in done] == before
    assert before[0].count(b"msgstr[") == 6
    assert before[2].count(b"msgstr[") == 1


def written(path: Path, msgid: str, translation: str, *comments: str) -> None:
    """Fill in an entry as a translator would in an editor: comments above, translation below."""
    head, empty, tail = path.read_text(encoding="utf-8").partition(f'msgid "{msgid}"\nmsgstr ""\n')
    assert empty
    start = head.rindex("\n\n") + 2
    above = "".join(f"{comment}\n" for comment in comments)
    path.write_text(f'{head[:start]}{above}{head[start:]}msgid "{msgid}"\nmsgstr "{translation}"\n{tail}', encoding="utf-8")


@pytest.fixture
def turkish(tmp_path: Path) -> Path:
    manifest = atlantis(tmp_path)
    (done,) = update(manifest, ["tr"])
    written(done.path, "High water", "Kabarık su", "# reviewed: Ayşe Yılmaz, 2026-03-02", "# said so by sailors")
    written(done.path, "Low water", "Alçak su", "#. draft")
    written(done.path, "Sea port", "Deniz limanı")
    written(done.path, "People entered in the register.", "Sicile kayıtlı kişiler.", "# reviewed: Ayşe Yılmaz, 2026-03-02")
    return done.path


def test_translations_reviews_remarks_and_drafts_stay(turkish: Path, tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["tr"])
    text = turkish.read_text(encoding="utf-8")
    assert '# reviewed: Ayşe Yılmaz, 2026-03-02\n# said so by sailors\n#. dimension tide: label of H\n#: codelists.yaml\nmsgid "High water"' in text
    states = {text.msgid: text.state for one in coverage_of(manifest, "en") if one.language == "tr" for text in one.strings}
    assert (states["High water"], states["Low water"], states["Sea port"], states["Tide"]) == tuple(
        State[name] for name in ("REVIEWED", "DRAFT", "UNREVIEWED", "EMPTY")
    )


def test_a_close_wording_gets_the_translation_as_a_draft_with_the_text_it_was_made_for(turkish: Path, tmp_path: Path) -> None:
    manifest = atlantis(tmp_path, indicators_yaml=FILES["indicators.yaml"].replace("People entered in the register.", "People entered in the registers."))
    (done,) = update(manifest, ["tr"])
    assert (done.new, done.offered, done.gone) == (1, 1, 0)
    block = read_catalogue(turkish).get("People entered in the registers.")
    assert block is not None
    assert (block.string, state_of(block)) == ("Sicile kayıtlı kişiler.", State.DRAFT)
    assert block.user_comments == ["previous text: People entered in the register."]
    assert update(manifest, ["tr"])[0].changed is False


@pytest.mark.parametrize("other", ["People not in the register at all.", "Counted 2 times."])
def test_another_wording_gets_nothing(turkish: Path, tmp_path: Path, other: str) -> None:
    manifest = atlantis(tmp_path, indicators_yaml=FILES["indicators.yaml"].replace("People entered in the register.", other))
    (done,) = update(manifest, ["tr"])
    assert (done.new, done.offered, done.gone) == (1, 0, 1)
    block = read_catalogue(turkish).get(other)
    assert block is not None
    assert state_of(block) is State.EMPTY


def test_a_text_that_went_is_kept_at_the_end_and_comes_back_with_its_review(turkish: Path, tmp_path: Path) -> None:
    before = turkish.read_bytes()
    manifest = atlantis(tmp_path, codelists_yaml="dimensions:\n  - {id: tide, name: Tide, codes: {L: Low water}}\n")
    assert update(manifest, ["tr"])[0].gone == 1
    gone = turkish.read_text(encoding="utf-8")
    assert '# reviewed: Ayşe Yılmaz, 2026-03-02\n# said so by sailors\n#~ msgid "High water"\n#~ msgstr "Kabarık su"' in gone
    assert update(manifest, ["tr"])[0].changed is False
    update(atlantis(tmp_path), ["tr"])
    assert turkish.read_bytes() == before


def test_what_was_written_in_by_hand_stays(turkish: Path, tmp_path: Path) -> None:
    turkish.write_text(turkish.read_text(encoding="utf-8") + '\n#. draft\nmsgid "Registry of Atlantis"\nmsgstr "Atlantis Sicili"\n', encoding="utf-8")
    manifest = atlantis(tmp_path)
    assert update(manifest, ["tr"])[0].gone == 0
    block = read_catalogue(turkish).get("Registry of Atlantis")
    assert block is not None
    assert (block.string, state_of(block)) == ("Atlantis Sicili", State.DRAFT)
    assert update(manifest, ["tr"])[0].changed is False


def test_texts_of_the_core_can_be_brought_in_for_a_language_that_it_does_not_have(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["ms"], with_core=True)
    catalogue = read_catalogue(catalogue_file(manifest, "ms"))
    shown = [text for text in texts_of_core() if text.file.startswith("templates/reports/")]
    assert len(shown) > 100
    assert all(catalogue.get(text.msgid) is not None for text in shown)
    assert catalogue.get("Participating cities and their stage.") is None, "what operators read stays in English"
    assert update(manifest, ["ms"])[0].changed is False


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_language_that_needs_no_catalogue_is_refused(tmp_path: Path, language: str) -> None:
    with pytest.raises(Refused, match=f"no texts in {language}"):
        languages_wanted(atlantis(tmp_path), [language])


def test_a_plugin_without_a_folder_of_catalogues_is_told_what_to_add(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        languages_wanted(atlantis(tmp_path, plugin_yaml=FILES["plugin.yaml"].replace("locales: locales\n", "")), [])
    assert "locales: locales" in str(refused.value.findings[0].hint)


def test_coverage_never_rounds_up_to_everything(tmp_path: Path) -> None:
    manifest = atlantis(tmp_path)
    update(manifest, ["ms"])
    (malay,) = [one for one in coverage_of(manifest, "tr") if one.language == "ms"]
    assert (malay.name, malay.counts["texts"], malay.percent) == ("Malayca", len(texts_of(manifest)), Decimal(0))

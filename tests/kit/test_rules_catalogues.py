"""Catalogues with one thing wrong, and what the rules on catalogues must say of each, with its line."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kit.sound import PACKAGE, sound_files, write

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.intake.hidden import hidden_character
from sdgcities.intake.po import parse_po
from sdgcities.kit.desk.comparing import faults
from sdgcities.kit.desk.states import State, strings_of
from sdgcities.kit.desk.texts import texts_of
from sdgcities.kit.rule import Unchecked
from sdgcities.kit.rules.catalogues import CHECKS
from sdgcities.kit.subject import Subject
from sdgcities.plugin.manifest import read_manifest

FILE = "locales/tr/LC_MESSAGES/sdgcities.po"
HEAD = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
TEXTS = """\
from sdgcities.api import msg

GREETING = msg("Welcome to {city}, %(name)s!", name="")
COUNT = msg("%d of %s forms {}")
RICH = msg("Read <b>this <i>page</i></b>.<br>Then **act** on [the list](x).")
LEAD = msg(" and more: ")
"""
PO = (
    HEAD
    + """
#. draft
msgid "Atlantis"
msgstr "Atlantis Adası"

# reviewed: Ayşe Yılmaz, 2025-03-01
msgid "Town"
msgstr "Kasaba"

msgid "Island"
msgstr "Ada"

msgid "Welcome to {city}, %(name)s!"
msgstr "{city} kentine hoş geldin, %(name)s!"

msgid "%d of %s forms {}"
msgstr "%s üzerinden %d form {}"

msgid "Read <b>this <i>page</i></b>.<br>Then **act** on [the list](x)."
msgstr "<b>Bu <i>sayfayı</i></b> oku.<br>Sonra [liste](x) için **harekete geç**."

msgid " and more: "
msgstr " ve daha çoğu: "

msgid "%(n)s place of %(name)s"
msgid_plural "%(n)s places of %(name)s"
msgstr[0] "%(name)s, %(n)s yer"
msgstr[1] "%(name)s, %(n)s yerler"
"""
)
MODULE = (
    TEXTS.replace("import msg\n", "import msg\nfrom sdgcities.findings import nmsg\n")
    + 'PLACES = nmsg("%(n)s place of %(name)s", "%(n)s places of %(name)s", 1, name="")\n'
)
TOMORROW = (datetime.now(UTC).date() + timedelta(days=3)).isoformat()


@dataclass(frozen=True)
class Wrong:
    """`old` becomes `new`; the finding must stand at the line where `mark` then begins."""

    old: str
    new: str
    mark: str
    words: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.new!r}: {self.words}"


WELCOME, RICH, COUNT, LEAD, PLACES = 'msgid "Welcome', 'msgid "Read', 'msgid "%d of', 'msgid " and more', 'msgid "%(n)s place'
WRONG = [
    Wrong("kentine hoş geldin, %(name)s!", "kentine hoş geldin!", WELCOME, "the same %(name)s as the text"),
    Wrong("hoş geldin, %(name)s!", "hoş geldin, %(nane)s!", WELCOME, "the same %(name)s as the text"),
    Wrong("hoş geldin, %(name)s!", "hoş geldin, %(name)d!", WELCOME, "the same %(name)s as the text"),
    Wrong("hoş geldin, %(name)s!", "hoş geldin, %(name)!", WELCOME, "the same %(name)s as the text"),
    Wrong("hoş geldin, %(name)s!", "%100 hoş geldin, %(name)s!", WELCOME, "the same %(name)s as the text"),
    Wrong("{city} kentine", "{kent} kentine", WELCOME, "The places {city} {kent} are not those of the text"),
    Wrong("{city} kentine", "kentine", WELCOME, "The places {city} are not those of the text"),
    Wrong("{city} kentine", "{City} kentine", WELCOME, "The places {City} {city} are not"),
    Wrong("{city} kentine", "{city} {city} kentine", WELCOME, "The places {city} are not"),
    Wrong("%s üzerinden %d form {}", "%s üzerinden %s form {}", COUNT, "The places %d %s are not"),
    Wrong("%s üzerinden %d form {}", "üzerinden %d form {}", COUNT, "The places %d %s are not"),
    Wrong("%s üzerinden %d form {}", "%s üzerinden %d form", COUNT, "The places {} are not"),
    Wrong('msgstr "Ada"', 'msgstr "{}Ada"', 'msgid "Island"', "The places {} are not"),
    Wrong("<b>Bu <i>sayfayı</i></b>", "Bu <i>sayfayı</i>", RICH, "The markup differs"),
    Wrong("<b>Bu <i>sayfayı</i></b>", "<b>Bu <i>sayfayı</b></i>", RICH, "is not closed where it should be"),
    Wrong("<b>Bu <i>sayfayı</i></b>", "<b>Bu <i>sayfayı</i><b>", RICH, "The markup differs"),
    Wrong("<b>Bu <i>sayfayı</i></b>", "<b>Bu <em>sayfayı</em></b>", RICH, "The markup differs"),
    Wrong("<b>Bu <i>sayfayı</i></b>", "</b>Bu <i>sayfayı</i><b>", RICH, "The tag </b> is not closed where it should be"),
    Wrong("oku.<br>", "oku.", RICH, "The markup differs"),
    Wrong('msgstr "Kasaba"', 'msgstr "<script>Kasaba</script>"', 'msgid "Town"', "The markup differs"),
    Wrong("**harekete geç**", "harekete geç", RICH, "The marks **"),
    Wrong("**harekete geç**", "**harekete geç", RICH, "The marks **"),
    Wrong("[liste](x)", "[liste] (x)", RICH, "The marks **"),
    Wrong('" ve daha çoğu: "', '"ve daha çoğu: "', LEAD, "other blanks or line breaks"),
    Wrong('" ve daha çoğu: "', '" ve daha çoğu:"', LEAD, "other blanks or line breaks"),
    Wrong('" ve daha çoğu: "', '" ve daha çoğu:\\n"', LEAD, "other blanks or line breaks"),
    Wrong('"Kasaba"', '"Kasaba "', 'msgid "Town"', "other blanks or line breaks"),
    *(
        Wrong('"Kasaba"', f'"Kas{sign}aba"', 'msgid "Town"', f"the hidden character U+{ord(sign):04X}")
        for sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u200e\u200f\ufeff\u00ad\u2028\u2060\ue000"
    ),
    Wrong('"Kasaba"', '"Kas\x07aba"', 'msgid "Town"', "a control character"),
    Wrong('"Kasaba"', f'"{"k" * 10_001}"', 'msgid "Town"', "more than 10000 characters"),
    Wrong('msgstr[1] "%(name)s, %(n)s yerler"\n', "", PLACES, "The translation has 1 forms; the language has 2"),
    Wrong('yerler"\n', 'yerler"\nmsgstr[2] "%(name)s %(n)s"\n', PLACES, "The translation has 3 forms; the language has 2"),
    Wrong('"%(name)s, %(n)s yerler"', '"%(n)s yerler"', PLACES, "must have the same"),
    Wrong('"%(name)s, %(n)s yerler"', '"%(name)s, yerler"', PLACES, "Form 2 of the translation must have %(n)s %(name)s: it stands for more"),
    Wrong("nplurals=2; plural=(n != 1);", "nplurals=1; plural=0;", 'msgid ""', "other plural forms than the language has"),
    Wrong("nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n > 1);", 'msgid ""', "other plural forms than the language has"),
    Wrong("nplurals=2; plural=(n != 1);", "nplurals=2; plural=(n !! 1);", 'msgid ""', "other plural forms than the language has"),
    Wrong("nplurals=2; plural=(n != 1);", "nplurals=2; plural=n%0;", 'msgid ""', "other plural forms than the language has"),
    Wrong("nplurals=2; plural=(n != 1);", "two", 'msgid ""', "other plural forms than the language has"),
    Wrong('"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n', "", 'msgid ""', "The head does not state the plural forms", blocks=False),
    Wrong("charset=UTF-8", "charset=ISO-8859-9", 'msgid ""', "The head states the encoding ISO-8859-9"),
    Wrong('msgid "Island"\nmsgstr "Ada"\n', 'msgid "Town"\nmsgstr "Şehir"\n', 'msgid "Town"\nmsgstr "Şehir"', "“Town” stands in the lines 12 and 15"),
    Wrong("# reviewed: Ayşe Yılmaz, 2025-03-01", "# reviewed: Ayşe Yılmaz", 'msgid "Town"', "does not say who and when: reviewed: Ayşe Yılmaz"),
    Wrong("# reviewed: Ayşe Yılmaz, 2025-03-01", "# reviewed: Ayşe Yılmaz, 1 March", 'msgid "Town"', "does not say who and when"),
    Wrong("# reviewed: Ayşe Yılmaz, 2025-03-01", "# reviewed: Ayşe Yılmaz, 2025-02-30", 'msgid "Town"', "does not say who and when"),
    Wrong("# reviewed: Ayşe Yılmaz, 2025-03-01", "# reviewed: , 2025-03-01", 'msgid "Town"', "does not say who and when"),
    Wrong("# reviewed: Ayşe Yılmaz, 2025-03-01", "# Reviewed by Ayşe Yılmaz", 'msgid "Town"', "does not say who and when"),
    Wrong("Yılmaz, 2025-03-01", f"Yılmaz, {TOMORROW}", 'msgid "Town"', "a day that is still to come"),
    Wrong(
        "# reviewed: Ayşe Yılmaz, 2025-03-01\n", "# reviewed: Ayşe Yılmaz, 2025-03-01\n#. draft\n", 'msgid "Town"', "marked as a draft, and as reviewed by Ayşe"
    ),
    Wrong('msgstr "Kasaba"', 'msgstr ""', 'msgid "Town"', "names a reviewer, and is not translated", blocks=False),
    Wrong('msgid "Island"\n', '#, fuzzy\nmsgid "Island"\n', 'msgid "Island"', "marked fuzzy, so it is not used", blocks=False),
    Wrong('msgid "Island"\n', 'msgctxt "map"\nmsgid "Island"\n', 'msgid "Island"', "has a msgctxt, so it is not used", blocks=False),
    Wrong('msgid "Island"\n', 'msgid "Islands"\n', 'msgid "Islands"', "The plugin has no such text", blocks=False),
    Wrong('%(name)s!"\n\nmsgid "%d', '%(name)s"\n\nmsgid "%d', WELCOME, "ends with another sign", blocks=False),
    Wrong('"Kasaba"', '"Kasaba."', 'msgid "Town"', "ends with another sign", blocks=False),
    Wrong('"Ada"\n', '"Ada\n', 'msgstr "Ada', "The quotation marks do not close"),
    Wrong('"Ada"\n', "Ada\n", "msgstr Ada", "The quotation marks do not close"),
    Wrong('"Ada"\n', '"Büyük "Ada"!"\n', 'msgstr "Büyük', "The quotation marks do not close"),
    Wrong('"Ada"\n', '""\n"Ada\n', '"Ada\n', "The quotation marks do not close"),
    Wrong('msgstr "Ada"\n', "", 'msgid "Island"', "This is not a valid PO file"),
    Wrong('msgstr "Ada"\n', 'msgstr "Ada"\nmsgstring "x"\n', "msgstring", "This is not a valid PO file"),
]


def package_with(folder: Path, catalogue: str | bytes, name: str = FILE, languages: str = "en, tr") -> Path:
    files = sound_files()
    manifest = files[f"{PACKAGE}/plugin.yaml"].replace("languages: [en]", f"languages: [{languages}]") + "locales: locales\n"
    own = {f"{PACKAGE}/plugin.yaml": manifest, f"{PACKAGE}/words.py": MODULE, f"{PACKAGE}/{name}": catalogue}
    return write(folder, files | own)


def found(package: Path, rule: str = "catalogues-valid") -> list[Finding]:
    return list(CHECKS[rule](Subject(package)))


def unmet(package: Path, rule: str) -> list[Finding]:
    """What keeps a rule from being met; how much of the core is translated is a note."""
    return [finding for finding in found(package, rule) if finding.blocks]


def complete(package: Path, comment: str, languages: tuple[str, ...] = ("tr",)) -> None:
    """A catalogue with every text of the plugin."""
    for language in languages:
        lines = [HEAD]
        for text in texts_of(read_manifest(package)):
            msgid, plural = (text.msgid, "") if isinstance(text.msgid, str) else text.msgid
            quoted, more = (one.replace("\\", "\\\\").replace('"', '\\"') for one in (msgid, plural))
            forms = f'msgid_plural "{more}"\nmsgstr[0] "{quoted}"\nmsgstr[1] "{more}"\n' if plural else f'msgstr "{quoted}"\n'
            lines.append(f'{comment}msgid "{quoted}"\n{forms}')
        path = package / "locales" / language / "LC_MESSAGES" / "sdgcities.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")


def test_a_sound_catalogue_passes(tmp_path: Path) -> None:
    assert [str(finding.message) for finding in found(package_with(tmp_path, PO))] == []


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, wrong: Wrong) -> None:
    assert PO.count(wrong.old) == 1
    catalogue = PO.replace(wrong.old, wrong.new)
    package = package_with(tmp_path, catalogue)
    findings = found(package)
    told = [(finding.where.line or 1, finding.blocks, f"{finding.message} {finding.hint}") for finding in findings]
    line = catalogue[: catalogue.index(wrong.mark)].count("\n") + 1
    missing = "not a valid PO file" in wrong.words  # the parser notices a missing msgstr at the text's own line or after it
    assert any(wrong.words in words and blocks == wrong.blocks and (found_at == line or missing) for found_at, blocks, words in told), told
    assert {finding.where.file for finding in findings} == {str(package.resolve() / FILE)}


@pytest.mark.parametrize(
    ("name", "words", "blocks"),
    [
        ("locales/pt-PT/LC_MESSAGES/sdgcities.po", "Rename the folder: pt_PT.", True),
        ("locales/Turkish/LC_MESSAGES/sdgcities.po", "Turkish is no code of a language.", True),
        ("locales/TR/LC_MESSAGES/sdgcities.po", "Rename the folder: tr.", True),
        ("locales/fr/LC_MESSAGES/sdgcities.po", "plugin.yaml does not declare the language fr.", False),
        ("locales/tr/sdgcities.po", "A catalogue lies at LANGUAGE/LC_MESSAGES/sdgcities.po.", False),
        ("locales/tr/LC_MESSAGES/messages.po", "This file is not read.", False),
    ],
)
def test_catalogues_in_the_wrong_place(tmp_path: Path, name: str, words: str, blocks: bool) -> None:
    findings = found(package_with(tmp_path, HEAD.replace("(n != 1)", "(n > 1)" if "/fr/" in name else "(n != 1)"), name))
    assert [(words in f"{finding.message} {finding.hint}", finding.blocks) for finding in findings] == [(True, blocks)]


@pytest.mark.parametrize("content", [b"", b"\xff\xfea", b"<html>", b"msgid\n", b'msgid "A"\nmsgstr "B\n', b"#" * 5_000_000])
def test_what_is_no_catalogue_is_told(tmp_path: Path, content: bytes) -> None:
    assert any(finding.blocks for finding in found(package_with(tmp_path, content)))


def test_the_states_of_texts(tmp_path: Path) -> None:
    strings = {one.msgid: one for one in strings_of(read_manifest(package_with(tmp_path, PO)))["tr"]}
    town, island = strings["Town"], strings["Island"]
    assert (town.state, town.reviewer, town.reviewed_on, town.line, town.texts) == (State.REVIEWED, "Ayşe Yılmaz", date(2025, 3, 1), 12, ("Kasaba",))
    assert (strings["Atlantis"].state, island.state, strings["Population"].state) == (State.DRAFT, State.UNREVIEWED, State.EMPTY)
    assert strings["%(n)s place of %(name)s"].plural == "%(n)s places of %(name)s"
    assert (strings["Day of signing"].file, strings["Welcome to {city}, %(name)s!"].file) == ("forms/agreement.yaml", "words.py")


def test_a_language_is_served_by_the_one_that_stands_in_for_it(tmp_path: Path) -> None:
    package = package_with(tmp_path, HEAD.replace("(n != 1)", "(n > 1)"), "locales/pt/LC_MESSAGES/sdgcities.po", "en, pt_BR")
    complete(package, "", ("pt",))
    strings = strings_of(read_manifest(package))["pt_BR"]
    assert strings
    assert State.EMPTY not in {one.state for one in strings}
    assert found(package, "fully-translated") == []


def test_coverage_counts_drafts_apart_and_review_asks_for_a_name(tmp_path: Path) -> None:
    package = package_with(tmp_path, PO)
    (few,) = unmet(package, "translated")
    total = len(texts_of(read_manifest(package)))
    assert f"tr: 8 of {total} texts are translated, 1 of them as drafts" in str(few.message)
    complete(package, "#. draft\n")
    assert unmet(package, "translated") == found(package, "fully-translated") == []
    (awaits,) = found(package, "reviewed")
    assert f"tr: {total} translations await review, {total} of them drafts." in str(awaits.message)
    complete(package, "# reviewed: Ayşe Yılmaz, 2025-03-01\n")
    assert [unmet(package, rule) for rule in CHECKS] == [[], [], [], []]


@pytest.mark.parametrize(("beyond", "enough"), [(0, True), (1, False)])
def test_silver_asks_for_ninety_five_of_a_hundred(tmp_path: Path, beyond: int, enough: bool) -> None:
    package = package_with(tmp_path, PO)
    complete(package, "")
    path = package / FILE
    head, *entries = path.read_text(encoding="utf-8").split("\n\nmsgid ")
    kept = entries[len(texts_of(read_manifest(package))) * 5 // 100 + beyond :]
    path.write_text("\n\nmsgid ".join([head, *kept]), encoding="utf-8")
    assert (not unmet(package, "translated")) is enough
    assert len(found(package, "fully-translated")) == 1


def test_english_needs_no_catalogue_and_a_declared_language_does(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    english = package_with(tmp_path / "a", PO, languages="en, en_GH")
    assert [found(english, rule) for rule in ("translated", "fully-translated", "reviewed")] == [[], [], []]
    swahili = package_with(tmp_path, PO, languages="en, sw")
    assert [str(finding.message) == "There is no catalogue for sw." for finding in unmet(swahili, "translated")] == [True]


def test_where_a_file_of_texts_cannot_be_read_the_count_waits(tmp_path: Path) -> None:
    package = package_with(tmp_path, PO)
    (package / "indicators.yaml").write_text("indicators: [", encoding="utf-8")
    with pytest.raises(Unchecked, match=r"indicators\.yaml must be corrected first"):
        found(package, "translated")
    assert found(package) == []


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "क्‍ष", "ශ්‍රී", "ന്‍", "ক্‌ষ", "שלום", "مرحبا", "ქალაქი", "ဗမာ", "\u0601 \u0661", "𞤀𞤣𞤤𞤢𞤥", "שלום\u200f", "\u200eSDG 11 الهدف"],
)
def test_joiners_that_are_spelling_stay(text: str) -> None:
    assert hidden_character(text) == ""


@pytest.mark.parametrize("text", ["a\u200cb", "\u200cمی", "می\u200c", "می \u200cخ", "क\u200d", "left\u200f to right", "👩\u200d👧"])
def test_joiners_out_of_place_are_hidden(text: str) -> None:
    assert hidden_character(text).startswith("U+200")


PIECES = st.sampled_from(["{a}", "%(a)s", "<b>", "</b>", "<br>", "**", "`", " ", "\n", "x", "%s", "%%", "{", "<", "é", "."])


@settings(max_examples=400, deadline=None)
@given(text=st.lists(PIECES, max_size=8).map("".join), other=st.lists(PIECES, max_size=8).map("".join))
def test_a_translation_that_differs_in_places_is_told_and_its_own_text_only_for_its_markup(text: str, other: str) -> None:
    def block(msgid: str, msgstr: str) -> str:
        quoted = (one.replace("\n", "\\n") for one in (msgid, msgstr))
        return 'msgid "{}"\nmsgstr "{}"\n'.format(*quoted)

    if not text or not other:
        return
    entries = parse_po(block(text, other), "x.po", 2).entries
    if entries and text.count("{a}") != other.count("{a}"):
        assert any("The places" in str(problem) for problem, _ in faults(entries[0]))
    for entry in parse_po(block(text, text), "x.po", 2).entries:
        assert all("is not closed" in str(problem) for problem, _ in faults(entry))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet='msgidtr_pluralctx[]01"\\#~,:. \n%()é{}<b>/\u202e\u200d', max_size=160)
    | st.lists(st.sampled_from(PO.splitlines()), max_size=25).map("\n".join)
)
def test_any_catalogue_is_read_or_told_never_a_traceback(tmp_path: Path, text: str) -> None:
    package = package_with(tmp_path, text.encode("utf-8", "replace"))
    for rule in CHECKS:
        with suppress(Unchecked, Refused):
            assert all(finding.where.file for finding in found(package, rule))

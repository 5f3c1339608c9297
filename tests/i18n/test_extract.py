from __future__ import annotations

from pathlib import Path

import pytest

from sdgcities.errors import Refused
from sdgcities.i18n.extract import texts_of_core, texts_of_folder
from sdgcities.i18n.update import update_catalogue
from sdgcities.i18n.wanted import Text
from sdgcities.intake.po import parse_po


def texts(path: Path, content: str) -> set[object]:
    path.write_text(content, encoding="utf-8")
    return {text.msgid for text in texts_of_folder(path.parent, path.parent)}


def test_texts_of_code(tmp_path: Path) -> None:
    code = 'msg("A city", x=1)\nnmsg("%(n)s city", "%(n)s cities", n)\nprint("not for people")\nmsg("In " "two parts")\n'
    assert texts(tmp_path / "a.py", code) == {"A city", ("%(n)s city", "%(n)s cities"), "In two parts"}


def test_texts_of_a_template(tmp_path: Path) -> None:
    assert texts(tmp_path / "a.html", '<h1>{{ _("Profile") }}</h1>{{ ngettext("%(n)s gap", "%(n)s gaps", n) }}') == {"Profile", ("%(n)s gap", "%(n)s gaps")}


def test_texts_of_data(tmp_path: Path) -> None:
    data = "title: Agreement\nid: x\nsource: {name: An Office}\n"
    data += "schema: {properties: {name: {title: Signed on}}}\nnotes: [One, Two]\ncodes: {F: Female}\nexample: {name: Ama}\n"
    assert texts(tmp_path / "a.yaml", data) == {"Agreement", "Signed on", "One", "Two", "Female"}


def test_codes_of_sdmx_are_no_texts(tmp_path: Path) -> None:
    said = "indicators:\n  - code: X\n    name: Boats\n    sdmx: {series: S, codes: {sex=F: SEX=F}}\n"
    (tmp_path / "indicators.yaml").write_text(said, encoding="utf-8")
    assert [text.key for text in texts_of_folder(tmp_path, tmp_path)] == ["Boats"]


def test_an_update_keeps_translations_and_drafts_and_drops_what_went(tmp_path: Path) -> None:
    path = tmp_path / "locales" / "ar" / "LC_MESSAGES" / "sdgcities.po"
    forms = "".join(f'msgstr[{n}] "{n} %(n)s"\n' for n in range(6))
    update_catalogue(path, [])
    body = f'#. draft\nmsgid "Kept"\nmsgstr "K"\n\nmsgid "Gone"\nmsgstr "G"\n\nmsgid "%(n)s city"\nmsgid_plural "%(n)s cities"\n{forms}'
    path.write_text(path.read_text(encoding="utf-8") + body, encoding="utf-8")
    wanted = [Text("Kept", "a.py"), Text("New", "a.py"), Text(("%(n)s city", "%(n)s cities"), "b.py")]
    update_catalogue(path, wanted)
    entries = {entry.msgid: entry for entry in parse_po(path.read_text(encoding="utf-8"), "x.po", 6).entries}
    assert {name: (entry.texts[:1], entry.draft) for name, entry in entries.items()} == {
        "Kept": (("K",), True),
        "New": ((), False),
        "%(n)s city": (("0 %(n)s",), False),
    }
    assert len(entries["%(n)s city"].texts) == 6
    once = path.read_bytes()
    update_catalogue(path, wanted)
    assert path.read_bytes() == once


def test_a_broken_catalogue_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "tr" / "LC_MESSAGES" / "sdgcities.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "A"\nnonsense "B"\n', encoding="utf-8")
    with pytest.raises(Refused):
        update_catalogue(path, [Text("A", "a.py")])
    assert "nonsense" in path.read_text(encoding="utf-8")


def test_who_reviewed_a_translation_stays_with_it(tmp_path: Path) -> None:
    path = tmp_path / "tr" / "LC_MESSAGES" / "sdgcities.po"
    update_catalogue(path, [])
    reviewed = '# reviewed: Ayşe Yılmaz, 2026-03-02\n# a remark\n#: a.py\nmsgid "City"\nmsgstr "Şehir"\n'
    path.write_text(path.read_text(encoding="utf-8") + reviewed, encoding="utf-8")
    update_catalogue(path, [Text("City", "a.py"), Text("New", "a.py")])
    assert reviewed in path.read_text(encoding="utf-8")


def test_another_plural_of_the_same_text_makes_a_draft_of_its_translation(tmp_path: Path) -> None:
    path = tmp_path / "tr" / "LC_MESSAGES" / "sdgcities.po"
    update_catalogue(path, [])
    entry = '# reviewed: Ayşe Yılmaz, 2026-03-02\nmsgid "%(n)s city"\nmsgid_plural "%(n)s citys"\nmsgstr[0] "%(n)s şehir"\nmsgstr[1] "%(n)s şehir"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    update_catalogue(path, [Text(("%(n)s city", "%(n)s cities"), "a.py")])
    (found,) = parse_po(path.read_text(encoding="utf-8"), "x.po", 2).entries
    assert (found.texts, found.draft, found.reviewer) == (("%(n)s şehir", "%(n)s şehir"), True, "")
    assert "# previous text: %(n)s citys" in path.read_text(encoding="utf-8")


def test_a_text_that_got_a_plural_has_no_translation_yet(tmp_path: Path) -> None:
    path = tmp_path / "tr" / "LC_MESSAGES" / "sdgcities.po"
    update_catalogue(path, [])
    path.write_text(path.read_text(encoding="utf-8") + 'msgid "%(n)s city"\nmsgstr "%(n)s şehir"\n', encoding="utf-8")
    update_catalogue(path, [Text(("%(n)s city", "%(n)s cities"), "a.py")])
    (found,) = parse_po(path.read_text(encoding="utf-8"), "x.po", 2).entries
    assert found.texts == ()


def test_every_text_of_the_core_names_a_file_that_is_there(checkout: Path) -> None:
    texts = texts_of_core()
    assert {"Make a new hub in DIR.", "Population", "Profile of the city"} & {text.key for text in texts}
    assert all((checkout / file).is_file() for file in {text.file for text in texts})

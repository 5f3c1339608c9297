"""A catalogue goes to translators as a workbook and comes back."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sdgcities.errors import Refused
from sdgcities.i18n.catalogues import load_catalogue
from sdgcities.i18n.languages import plural_count, plural_form
from sdgcities.i18n.update import catalogue_bytes, read_catalogue, strings
from sdgcities.intake.po import empty_catalogue
from sdgcities.intake.workbook import Workbook
from sdgcities.kit.desk.catalogues import state_of, update
from sdgcities.kit.desk.exporting import export
from sdgcities.kit.desk.importing import import_workbook
from sdgcities.kit.desk.sheet import COLUMNS, numbers_of
from sdgcities.kit.desk.states import State, catalogue_file
from sdgcities.model.plugins import Manifest

from .desk_plugin import Change, atlantis, filled_in

TODAY = date.today().isoformat()  # noqa: DTZ011 - as the desk takes it
WORDS = {"ar": "سفينة", "tr": "gemi", "ms": "kapal"}


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    manifest = atlantis(tmp_path)
    update(manifest, ["ar", "tr", "ms"])
    return manifest


def sent(manifest: Manifest, language: str, change: Change, *, keep: Callable[[dict[str, str]], bool] = lambda _: True) -> Path:
    """The workbook of a language, filled in."""
    folder = manifest.folder.parent
    number = len(list(folder.glob("*.xlsx")))
    exported = folder / f"{number}.xlsx"
    export(manifest, language, exported)
    return filled_in(exported, folder / f"{number}-back.xlsx", change, keep=keep)


def translating(language: str) -> Change:
    """Every text translated: its places stay, and each form says which it is."""

    def change(row: dict[str, str]) -> None:
        places = " ".join(re.findall(r"%\(\w+\)s", row["Text"]))
        row["Translation"] = f"{WORDS[language]} {row['Form']} {places}".strip()

    return change


def only(text: str, **cells: str) -> Change:
    """Cells of one text; `Reviewed_by` stands for the column of that name."""

    def change(row: dict[str, str]) -> None:
        if row["Text"] == text:
            row |= {name.replace("_", " "): cell for name, cell in cells.items()}

    return change


def entry(manifest: Manifest, language: str, msgid: str) -> tuple[tuple[str, ...], State, list[str]]:
    block = read_catalogue(catalogue_file(manifest, language)).get(msgid)
    assert block is not None
    return strings(block), state_of(block), block.user_comments


@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("tr", 2), ("ms", 1)])
def test_a_language_goes_out_and_comes_back_translated_and_reviewed(manifest: Manifest, language: str, forms: int) -> None:
    back = sent(manifest, language, translating(language))
    done = import_workbook(manifest, back)
    assert (done.refused, done.stored, done.reviewed) == ([], True, 0)
    ships, state, _ = entry(manifest, language, "%(n)s ship")
    assert (len(ships), state) == (forms, State.DRAFT)
    assert ships == tuple(f"{WORDS[language]} {form} %(n)s" for form in range(1, forms + 1))
    reviewed = import_workbook(manifest, back, "Ama Mensah")
    assert (reviewed.changed, reviewed.reviewed, reviewed.unchanged) == (0, done.changed, 0)
    assert entry(manifest, language, "Tide")[1:] == (State.REVIEWED, [f"reviewed: Ama Mensah, {TODAY}"])
    before = catalogue_file(manifest, language).read_bytes()
    again = import_workbook(manifest, sent(manifest, language, lambda _: None))
    assert (again.changed, again.reviewed, again.fallen) == (0, 0, 0)
    assert catalogue_file(manifest, language).read_bytes() == before
    assert update(manifest, [language])[0].changed is False


def rows(path: Path, sheet: str = "Texts") -> list[dict[str, str]]:
    head, *found = [cells for _, cells in Workbook(path).rows(sheet)]
    return [dict(zip(head, [*cells, *[""] * len(head)], strict=False)) for cells in found]


def test_the_workbook_says_of_each_form_the_numbers_it_is_for(manifest: Manifest, tmp_path: Path) -> None:
    export(manifest, "ar", tmp_path / "ar.xlsx")
    ships = [row for row in rows(tmp_path / "ar.xlsx") if "%(n)s ship" in row["Text"]]
    assert [(row["Text"], row["Form"], row["For numbers such as"]) for row in ships] == [
        ("%(n)s ships", "1", "0"),
        ("%(n)s ship", "2", "1"),
        ("%(n)s ships", "3", "2"),
        ("%(n)s ships", "4", "3, 4, 5, 6, 7, …"),
        ("%(n)s ships", "5", "11, 12, 13, 14, 15, …"),
        ("%(n)s ships", "6", "100, 101, 102, 200, 201, …"),
    ]
    assert [found[:3] for found in numbers_of("ru")] == [[1, 21, 31], [2, 3, 4], [0, 5, 6]]


def test_the_workbook_is_locked_where_nothing_is_to_be_written_and_runs_from_right_to_left(manifest: Manifest, tmp_path: Path) -> None:
    export(manifest, "ar", tmp_path / "ar.xlsx")
    export(manifest, "tr", tmp_path / "tr.xlsx")
    with zipfile.ZipFile(tmp_path / "ar.xlsx") as package:
        guide, texts = (package.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
        book, styles = package.read("xl/workbook.xml").decode(), package.read("xl/styles.xml").decode()
    assert '<sheet name="sdgcities" sheetId="3" state="hidden"' in book
    assert 'rightToLeft="1"' in texts
    assert re.search(r'<pane xSplit="1" ySplit="1" topLeftCell="B2"[^>]*state="frozen"', texts)
    assert '<sheetProtection sheet="1"' in texts
    assert "password" not in texts
    assert '<autoFilter ref="A1:J' in texts
    assert '<col min="10" max="10" width="16.7109375" hidden="1"' in texts
    assert re.search(r'<dataValidation type="list"[^>]*sqref="G2:G\d+"><formula1>\'How to\'!\$A\$13:\$A\$24</formula1>', texts)
    assert "<f>" not in texts + guide
    formats = re.findall(r'<xf numFmtId="(\d+)"[^>]*?(?:/>|>(.*?)</xf>)', styles.partition("<cellXfs")[2].partition("</cellXfs>")[0])
    assert {(number, 'locked="0"' in inner) for number, inner in formats if number == "49"} == {("49", True), ("49", False)}, "49 is the format of texts"
    cells = dict(re.findall(r'<c r="([A-J]2)" s="(\d+)"', texts))
    assert {column for column, style in cells.items() if 'locked="0"' in formats[int(style)][1]} == {"E2", "G2", "H2", "I2"}
    with zipfile.ZipFile(tmp_path / "tr.xlsx") as package:
        assert "rightToLeft" not in package.read("xl/worksheets/sheet2.xml").decode()


def test_the_first_sheet_says_how_in_english(manifest: Manifest, tmp_path: Path) -> None:
    export(manifest, "ms", tmp_path / "ms.xlsx")
    book = Workbook(tmp_path / "ms.xlsx")
    assert book.sheets == ("How to", "Texts", "sdgcities")
    assert next(cells[0] for _, cells in book.rows("How to")).startswith("1. This workbook holds texts")


def test_only_some_states_go_out(manifest: Manifest, tmp_path: Path) -> None:
    import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation="Gelgit")))
    export(manifest, "tr", tmp_path / "draft.xlsx", [State.DRAFT])
    assert [(row["Text"], row["Translation"], row["State"]) for row in rows(tmp_path / "draft.xlsx")] == [("Tide", "Gelgit", "draft")]


def test_a_workbook_is_never_written_over(manifest: Manifest, tmp_path: Path) -> None:
    (tmp_path / "tr.xlsx").write_bytes(b"filled in by somebody")
    with pytest.raises(Refused, match="There is a file of this name already"):
        export(manifest, "tr", tmp_path / "tr.xlsx")
    assert (tmp_path / "tr.xlsx").read_bytes() == b"filled in by somebody"


def test_a_named_reviewer_a_day_and_a_remark_are_kept(manifest: Manifest) -> None:
    cells = {"Translation": "Gelgit", "Reviewed_by": "Ayşe  Yılmaz", "Reviewed_on": "2026-03-02", "Remark": "or: Med cezir?"}
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", **cells)))
    assert (done.changed, done.reviewed, done.remarks) == (1, 1, 1)
    assert entry(manifest, "tr", "Tide") == (("Gelgit",), State.REVIEWED, ["reviewed: Ayşe Yılmaz, 2026-03-02", "or: Med cezir?"])
    sent_again = sent(manifest, "tr", lambda _: None)
    (tide,) = [row for row in rows(sent_again) if row["Text"] == "Tide"]
    assert (tide["Reviewed by"], tide["Reviewed on"], tide["Remark"], tide["State"]) == ("Ayşe Yılmaz", "2026-03-02", "or: Med cezir?", "reviewed")


def test_a_translation_changed_under_an_old_review_awaits_review_again(manifest: Manifest) -> None:
    cells = {"Translation": "Gelgit", "Reviewed_by": "Ayşe Yılmaz", "Reviewed_on": "2026-03-02"}
    import_workbook(manifest, sent(manifest, "tr", only("Tide", **cells)))
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation="Med cezir")))
    assert (done.changed, done.reviewed, done.fallen) == (1, 0, 1)
    assert entry(manifest, "tr", "Tide") == (("Med cezir",), State.DRAFT, [])
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Reviewed_by="Ayşe Yılmaz", Reviewed_on="2026-03-05")))
    assert (done.changed, done.reviewed, done.fallen) == (0, 1, 0)


def test_the_reviewer_of_a_workbook_takes_nothing_from_a_name_in_a_row(manifest: Manifest) -> None:
    back = sent(manifest, "tr", lambda row: row.update(Translation=row["Text"], **({"Reviewed by": "Ayşe Yılmaz"} if row["Text"] == "Tide" else {})))
    import_workbook(manifest, back, "Ama Mensah")
    assert entry(manifest, "tr", "Tide")[2] == [f"reviewed: Ayşe Yılmaz, {TODAY}"]
    assert entry(manifest, "tr", "High water")[2] == [f"reviewed: Ama Mensah, {TODAY}"]


def test_an_emptied_cell_takes_nothing_away(manifest: Manifest) -> None:
    import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation="Gelgit")))
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation="")))
    assert (done.changed, entry(manifest, "tr", "Tide")[0]) == (0, ("Gelgit",))


def test_rows_may_be_sorted_filtered_and_lose_their_key(manifest: Manifest) -> None:
    exported = manifest.folder.parent / "whole.xlsx"
    export(manifest, "ar", exported)
    back = manifest.folder.parent / "sorted.xlsx"
    kept = [row for row in rows(exported) if row["Text"] in {"Tide", "%(n)s ship", "%(n)s ships"}]
    with xlsxwriter.Workbook(back) as made:
        for name in ("sdgcities", "Texts"):
            page = made.add_worksheet(name)
            cells = [[*COLUMNS], *([*(row | {"Key": "", "Translation": f"ب {row['Form']} %(n)s" if row["Form"] else "مد"}).values()] for row in reversed(kept))]
            for number, row in enumerate(cells if name == "Texts" else [cells for _, cells in Workbook(exported).rows(name)]):
                page.write_row(number, 0, row)
    done = import_workbook(manifest, back)
    assert (done.refused, done.changed) == ([], 2)
    assert entry(manifest, "ar", "%(n)s ship")[0] == tuple(f"ب {form} %(n)s" for form in range(1, 7))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Gel\r\ngit", "Gel\ngit"),
        ("Gel_x000D_\ngit", "Gel\ngit"),
        ("  Gelgit ", "Gelgit"),
        ("Gelgit\u00a0", "Gelgit"),
        ("Gel\u00a0git", "Gel\u00a0git"),
        ("=1+1", "=1+1"),
        ("+90", "+90"),
        ("@gelgit", "@gelgit"),
        ("00123", "00123"),
        ("“Gelgit”", "“Gelgit”"),
    ],
)
def test_what_spreadsheets_do_to_a_text(manifest: Manifest, typed: str, stored: str) -> None:
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation=typed)))
    assert done.refused == []
    assert entry(manifest, "tr", "Tide")[0] == (stored,)


@pytest.mark.parametrize("text", ["Tide\u00a0", "Tide\r\n", " Tide"])
def test_an_english_text_that_a_spreadsheet_touched_is_still_the_same(manifest: Manifest, text: str) -> None:
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Text=text, Translation="Gelgit")))
    assert (done.refused, done.changed) == ([], 1)


REFUSED: list[tuple[str, dict[str, str], str, str]] = [
    ("The harbour of %(city)s", {"Translation": "Liman"}, "Translation", "must have the same %(city)s"),
    ("The harbour of %(city)s", {"Translation": "%(kent)s limanı"}, "Translation", "must have the same %(city)s"),
    ("Tide", {"Translation": "<b>Gelgit</b>"}, "Translation", "The markup differs"),
    ("Tide", {"Translation": "{Gelgit}"}, "Translation", "The places {Gelgit} are not those of the text"),
    ("Tide", {"Translation": "Gel\u202egit"}, "Translation", "hidden character U+202E"),
    ("Tide", {"Translation": "Gel\x07git"}, "Translation", "control character"),
    ("Tide", {"Translation": "x" * 10_001}, "Translation", "more than 10000 characters"),
    ("%(n)s ships", {"Translation": "%(n)s gemi"}, "Translation", "The text has 2 forms, and not all are translated"),
    ("Tide", {"Text": "Tides", "Translation": "Gelgit"}, "Text", "The English text was changed; it is: “Tide”."),
    ("Tide", {"Key": "0123456789abcdef-1", "Translation": "Gelgit"}, "Text", "not, or no longer, a text of the plugin: “Tide”."),
    ("Tide", {"Reviewed_by": "Ayşe Yılmaz"}, "Reviewed by", "Somebody is named as reviewer where there is no translation"),
    ("Tide", {"Translation": "Gelgit", "Reviewed_by": "Yılmaz, Ayşe"}, "Reviewed by", "without a comma"),
    ("Tide", {"Translation": "Gelgit", "Reviewed_by": "A", "Reviewed_on": "2.3.2026"}, "Reviewed on", "This is no day of a review: 2.3.2026"),
    ("Tide", {"Translation": "Gelgit", "Reviewed_by": "A", "Reviewed_on": "2999-01-01"}, "Reviewed on", "This is no day of a review: 2999-01-01"),
]


@pytest.mark.parametrize(("text", "cells", "column", "said"), REFUSED)
def test_a_row_that_can_not_be_taken_is_named_and_nothing_is_stored(manifest: Manifest, text: str, cells: dict[str, str], column: str, said: str) -> None:
    before = catalogue_file(manifest, "tr").read_bytes()

    def change(row: dict[str, str]) -> None:
        only("High water", Translation="Kabarık su")(row)
        only(text, **cells)(row)

    back = sent(manifest, "tr", change)
    done = import_workbook(manifest, back)
    assert [(finding.where.sheet, finding.where.column) for finding in done.refused] == [("Texts", column)]
    assert said in str(done.refused[0].message)
    row = done.refused[0].where.row
    assert row
    assert rows(back)[row - 2]["Text"] in {text, cells.get("Text"), text.removesuffix("s")}
    assert done.stored is False
    assert catalogue_file(manifest, "tr").read_bytes() == before
    partly = import_workbook(manifest, back, accept_partial=True)
    assert (partly.stored, partly.changed, len(partly.refused)) == (True, 1, 1)
    assert entry(manifest, "tr", "High water")[0] == ("Kabarık su",)


def ships(**forms: str) -> Change:
    """The Arabic forms of the ships, those named by their number as given."""

    def change(row: dict[str, str]) -> None:
        if "ship" in row["Text"]:
            row["Translation"] = forms.get(f"form{row['Form']}", f"{row['Form']} %(n)s سفينة")

    return change


def test_a_plural_form_of_several_numbers_keeps_the_number(manifest: Manifest) -> None:
    done = import_workbook(manifest, sent(manifest, "ar", ships(form1="لا سفن", form2="سفينة واحدة", form3="سفينتان")))
    assert (done.refused, done.changed) == ([], 1)
    back = sent(manifest, "ar", ships(form5="سفينة بلا رقم"))
    (refused,) = import_workbook(manifest, back).refused
    assert str(refused.message) == "Form 5 of the translation must have %(n)s: it stands for more than one number."
    assert rows(back)[(refused.where.row or 0) - 2]["Form"] == "5"
    path = catalogue_file(manifest, "ar")
    path.write_text(path.read_text(encoding="utf-8").replace("6 %(n)s سفينة", "سفينة"), encoding="utf-8")
    assert "Form 6 of" in str(load_catalogue(path, "ar", path.parent / "cache").findings[0].message)


def test_a_formula_is_one_refused_row(manifest: Manifest, tmp_path: Path) -> None:
    table: list[list[object]] = [HEAD, ["Tide", "", "", "", "=1+1"], ["High water", "", "", "", "Kabarık su"]]
    back = made(tmp_path / "formula.xlsx", {"sdgcities": ABOUT, "Texts": table})
    done = import_workbook(manifest, back, accept_partial=True)
    assert [(str(one.message), one.where.sheet, one.where.row) for one in done.refused] == [("The cell E2 holds a formula.", "Texts", 2)]
    assert (done.stored, entry(manifest, "tr", "High water")[0], entry(manifest, "tr", "Tide")[0]) == (True, ("Kabarık su",), ("",))


def test_a_trial_stores_nothing(manifest: Manifest) -> None:
    before = catalogue_file(manifest, "tr").read_bytes()
    done = import_workbook(manifest, sent(manifest, "tr", only("Tide", Translation="Gelgit")), dry_run=True)
    assert (done.changed, done.stored) == (1, False)
    assert catalogue_file(manifest, "tr").read_bytes() == before


def made(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, table in sheets.items():
            page = book.add_worksheet(name)
            for number, cells in enumerate(table):
                page.write_row(number, 0, cells)
    return path


ABOUT: list[list[object]] = [["layout", "1"], ["plugin", "atlantis"], ["language", "tr"]]
HEAD: list[object] = [*COLUMNS]
LANGUAGE: list[list[object]] = [*ABOUT[:2], ["language", "../../etc"]]
GHANA: list[list[object]] = [["layout", "1"], ["plugin", "ghana"]]
MANY: list[list[object]] = [["Tide"]] * 200_000
HOSTILE: dict[str, tuple[dict[str, list[list[object]]], str]] = {
    "of somebody else": ({"Sheet1": [["a"]]}, "The workbook has no sheet sdgcities"),
    "without its texts": ({"sdgcities": ABOUT}, "The workbook has no sheet Texts"),
    "with an empty sheet": ({"sdgcities": ABOUT, "Texts": []}, "The sheet is empty"),
    "with missing columns": ({"sdgcities": ABOUT, "Texts": [["Text", "Translation"]]}, "Columns are missing: Where it is shown, Form"),
    "of another plugin": ({"sdgcities": GHANA, "Texts": [HEAD]}, "The workbook is of the plugin ghana, not of atlantis"),
    "of another layout": ({"sdgcities": [["layout", "99"]], "Texts": [HEAD]}, "made by another version"),
    "with formulas elsewhere": ({"sdgcities": ABOUT, "Texts": [HEAD], "Notes": [["=1+1"]]}, "The sheet Notes holds a formula in the cell A1"),
    "of another language": ({"sdgcities": LANGUAGE, "Texts": [HEAD]}, "The plugin has no texts in ../../etc"),
    "with far too many rows": ({"sdgcities": ABOUT, "Texts": [HEAD, *MANY]}, "more than 50000 rows"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_workbook_that_is_none_of_ours_is_refused_in_one_line(manifest: Manifest, tmp_path: Path, kind: str) -> None:
    sheets, said = HOSTILE[kind]
    before = {path: path.read_bytes() for path in manifest.folder.rglob("*.po")}
    with pytest.raises(Refused, match=re.escape(said)) as refused:
        import_workbook(manifest, made(tmp_path / "hostile.xlsx", sheets))
    assert len(refused.value.findings) == 1
    assert refused.value.findings[0].hint
    assert {path: path.read_bytes() for path in manifest.folder.rglob("*.po")} == before


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 damaged"])
def test_a_file_that_is_no_workbook_is_refused(manifest: Manifest, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    with pytest.raises(Refused):
        import_workbook(manifest, tmp_path / "x.xlsx")


LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t")
SNIPPETS = st.sampled_from(
    ["=1+1", "+", "-", "@SUM(A1)", '"', "'", "\\", "\n", "😀", "مرحبا", "\u202e", "_x000D_", "_x0041_", "%%", "#", "\u2028", "\u00a0", "<b>"]
)
TEXT = st.lists(st.one_of(SNIPPETS, st.text(LETTERS, max_size=8)), min_size=1, max_size=6).map("".join).filter(str.strip)


@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.dictionaries(TEXT, TEXT, min_size=1, max_size=5), plural=st.tuples(TEXT, TEXT), forms=st.lists(TEXT, min_size=6, max_size=6))
def test_whatever_stands_in_a_catalogue_comes_back_as_it_was(manifest: Manifest, texts: dict[str, str], plural: tuple[str, str], forms: list[str]) -> None:
    path = catalogue_file(manifest, "ar")
    catalogue = empty_catalogue(plural_count(plural_form("ar")))
    for msgid, translation in texts.items():
        catalogue.add(msgid, translation)
    if plural[0] not in texts:
        catalogue.add(plural, tuple(forms))
    path.write_bytes(catalogue_bytes(catalogue, "ar", "x", catalogue))
    update(manifest, ["ar"])
    before = path.read_bytes()
    workbook = manifest.folder.parent / "out.xlsx"
    workbook.unlink(missing_ok=True)
    export(manifest, "ar", workbook)
    done = import_workbook(manifest, workbook)
    assert (done.refused, done.changed) == ([], 0)
    assert path.read_bytes() == before
    stored = read_catalogue(path)
    for msgid, translation in texts.items():
        block = stored.get(msgid)
        assert block is not None
        assert block.string == translation

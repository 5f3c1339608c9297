"""The gaps of a city go out as a workbook and come back filled in: all of it or nothing, with every fault by its cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import pytest
from tests.hub_fixtures import HO, Desk

from sdgcities.errors import Refused
from sdgcities.findings import Finding
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.translator import Translator
from sdgcities.intake.workbook import Workbook
from sdgcities.model.hub import CityStage
from sdgcities.model.statistics import MissingReason
from sdgcities.registry.cities import City, find_city
from sdgcities.registry.stages import join
from sdgcities.registry.view import RecordsView
from sdgcities.reports.gap_sheet import gap_sheet
from sdgcities.tracks.data.baseline import Gap, baselines
from sdgcities.tracks.data.coverage.returned import is_gap_sheet
from sdgcities.tracks.data.coverage.sheet import COLUMNS, LOCKED, OPEN
from sdgcities.tracks.data.coverage.taking_back import Sending, Taken, take_back

SHEET, HIDDEN = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"
PLAN: Mapping[str, Any] = {"reason": "not_collected", "plan": "Ask the water company for its count of connections.", "owner": "Works Department", "due": 46568}
"""46568 is 2027-06-30, as a spreadsheet counts days."""
Cells = Mapping[str, object]
Fill = Callable[..., Path]


@pytest.fixture
def gaps(desk: Desk) -> Callable[[], Mapping[str, Gap]]:
    def now() -> Mapping[str, Gap]:
        return baselines(RecordsView(desk.catalogue), [HO])[HO].gaps

    return now


def words(desk: Desk, language: str) -> Translator:
    return Translator(language, Catalogues(desk.hub.plugins.manifests))


def written(desk: Desk, gaps: Callable[[], Mapping[str, Gap]], language: str = "en", name: str = "gaps.xlsx") -> Path:
    path = desk.scratch / name
    path.write_bytes(gap_sheet(desk.catalogue, desk.city, gaps(), words(desk, language).text, language))
    return path


def filled_in(path: Path, cells: Mapping[str, object], part: str = SHEET) -> Path:
    """The workbook with these cells typed in, by their names, as a spreadsheet program writes them."""
    with zipfile.ZipFile(path) as package:
        parts = {entry: package.read(entry) for entry in package.namelist()}
    text = parts[part].decode()
    for name, value in cells.items():
        number = isinstance(value, (int, float))
        content = f"<v>{value}</v>" if number else f"<is><t>{escape(str(value))}</t></is>"
        kind = "" if number else ' t="inlineStr"'
        place = re.search(rf'<c r="{name}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', text)
        assert place, name
        text = f'{text[: place.start()]}<c r="{name}"{place[1] or ""}{kind}>{content}</c>{text[place.end() :]}'
    parts[part] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, held in parts.items():
            package.writestr(entry, held)
    return path


def row_of(path: Path, code: str) -> int:
    book = Workbook(path)
    return next(number for number, cells in book.rows(book.sheets[1]) if cells and cells[0] == code)


def typed(path: Path, rows: Mapping[str, Cells]) -> Path:
    """Rows filled in by the code of the indicator and the name of the column."""
    cells = {f"{chr(65 + COLUMNS.index(column))}{row_of(path, code)}": value for code, row in rows.items() for column, value in row.items()}
    return filled_in(path, cells)


def take(desk: Desk, path: Path, city: City | None = None, *, dry_run: bool = False) -> Taken:
    return take_back(desk.catalogue, city or desk.city, Sending(path, desk.person("ama"), desk.person("kofi"), dry_run))


def blocking(taken: Taken) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(one.code, one.where.sheet, one.where.row, one.where.column) for one in taken.findings if one.blocks]


def value(code: str, number: object, **further: object) -> dict[str, Cells]:
    return {code: {"period": "2024", "value": number, "office": "Ho Municipal Assembly", **further}}


def percent(desk: Desk) -> str:
    """A gap that is counted in per cent."""
    return next(code for code, one in desk.catalogue.indicators["GH"].items() if one.core and one.unit == "percent")


@pytest.mark.parametrize("language", ["en", "tr", "pt_PT"])
def test_a_sheet_goes_out_and_comes_back(desk: Desk, gaps: Callable[[], Mapping[str, Gap]], language: str) -> None:
    code, other = percent(desk), next(code for code in gaps() if code != percent(desk))
    text = words(desk, language).text
    path = written(desk, gaps, language)
    headers = next(cells for _, cells in Workbook(path).rows(Workbook(path).sheets[1]))
    assert headers == [text(header) for header in (*LOCKED.values(), *OPEN.values())]
    typed(path, {**value(code, 12.5, table="Register 7"), other: {**PLAN, "reason": text("not collected")}})
    before = desk.counts()
    assert take(desk, path, dry_run=True).figures == (code,)
    assert desk.counts() == before
    taken = take(desk, path)
    assert not taken.blocked, taken.findings
    assert (taken.figures, taken.planned) == ((code,), (other,))
    assert desk.value(indicator=code) == "12.5"
    (figure,) = desk.figures(indicator=code)
    assert (figure.office, figure.table, str(figure.period), figure.answers_for, figure.sheet) == ("Ho Municipal Assembly", "Register 7", "2024", "kofi", 2)
    assert gaps()[other] == Gap(MissingReason.NOT_COLLECTED, PLAN["plan"], "2027-06-30", "Works Department")
    assert code not in gaps()
    assert desk.chain()[1] is None
    with pytest.raises(Refused) as again:
        take(desk, path)
    assert again.value.findings[0].code == "gaps.nothing"


@pytest.mark.parametrize(
    ("typed_in", "read"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("45", "45"),
        ("%12,5", "12.5"),
        (0.1, "0.1"),
        (97.25, "97.25"),
        ("4,371", None),
        ("4.371", None),
        ("twelve", None),
        ("1 2", None),
    ],
)
def test_a_number_that_is_a_text_counts_only_where_it_can_be_read_in_one_way(
    desk: Desk, gaps: Callable[[], Mapping[str, Gap]], typed_in: object, read: str | None
) -> None:
    code = percent(desk)
    path = typed(written(desk, gaps, "tr"), value(code, typed_in))
    taken = take(desk, path)
    assert desk.value(indicator=code) == read
    if read is None:
        text = words(desk, "tr").text
        assert blocking(taken) == [("gaps.ambiguous" if "371" in str(typed_in) else "value.number", text("Gaps"), row_of(path, code), text("Value"))]


def test_every_fault_is_told_by_its_cell_and_nothing_is_stored(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    code, *others = gaps()
    code = percent(desk)
    others = [one for one in gaps() if one != code]
    rows: dict[str, Cells] = {
        **value(code, 250),
        others[0]: {"period": "2024", "value": 1},
        others[1]: {"reason": "not collected"},
        others[2]: {"plan": "Ask the company for it."},
        others[3]: {**PLAN, "reason": "no idea"},
        others[4]: {**PLAN, "reason": "not collected", "due": "30.06.2027"},
        others[5]: {**PLAN, "reason": "not collected", "plan": "Soon."},
        others[6]: {"period": "2024"},
        others[7]: {"period": "someday", "value": 1, "office": "Works"},
        others[8]: {"value": 1, "office": "Works"},
        others[9]: {"value": "many"},
    }
    path, before = typed(written(desk, gaps), rows), desk.counts()
    taken = take(desk, path)
    found = blocking(taken)
    assert next(str(one.hint) for one in taken.findings if one.code == "schema.minLength") == "Correct the cell, and take the sheet in again."
    at = {row_of(path, one): one for one in rows}
    assert {(at[row or 0], column): kind for kind, _, row, column in found} == {
        (others[1], "What will be done"): "gaps.half",
        (others[2], "Why there is no value"): "gaps.half",
        (others[3], "Why there is no value"): "gaps.reason",
        (others[4], "By when"): "gaps.day",
        (others[5], "What will be done"): "schema.minLength",
        (others[6], "Period"): "gaps.half",
        (others[8], "Period"): "period.unreadable",
        (code, "Value"): "value.high",
        (others[0], "Source: office"): "source.empty",
        (others[7], "Period"): "period.unreadable",
        (others[9], "Period"): "period.unreadable",
        (others[9], "Value"): "value.number",
        (others[9], "Source: office"): "source.empty",
    }
    assert len(found) == 13, "each once"
    assert taken.report is None
    assert desk.counts() == before


@pytest.mark.parametrize("period", ["someday", ""])
def test_the_range_of_a_value_is_told_with_its_unreadable_period(desk: Desk, gaps: Callable[[], Mapping[str, Gap]], period: str) -> None:
    """Else the sheet would go back to the office twice."""
    code, before = percent(desk), desk.counts()
    rows: dict[str, Cells] = {code: {"value": 250, "office": "Works"} | ({"period": period} if period else {})}
    taken = take(desk, typed(written(desk, gaps), rows))
    assert [(kind, column) for kind, _, _, column in blocking(taken)] == [("period.unreadable", "Period"), ("value.high", "Value")]
    assert desk.counts() == before


def test_a_doubt_is_told_with_the_faults_of_other_rows(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    """Else the sheet would go back to the office twice."""
    code, other = percent(desk), next(one for one in gaps() if one != percent(desk))
    path = written(desk, gaps)
    shares = {"2014": "50.1", "2015": "50.4", "2016": "50.9", "2017": "51.2", "2018": "51.6", "2019": "51.9", "2020": "52.3"}
    assert not desk.bring(desk.tidy(*({"indicator": code, "period": year, "value": share} for year, share in shares.items()))).blocked
    typed_in = {"period": "2021", "value": 5.3, "office": "Works Department"}
    before = desk.counts()
    taken = take(desk, typed(path, {code: typed_in, other: {"plan": "Ask the company for it."}}))
    assert {(one.code, one.severity.value) for one in taken.findings} == {("gaps.half", "block"), ("quality.factor-ten", "justify")}
    assert desk.counts() == before


def test_a_value_with_a_plan_that_can_not_be_stored_is_not_stored_either(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    code, other = percent(desk), next(one for one in gaps() if one != percent(desk))
    path = typed(written(desk, gaps), {**value(code, 250), other: {**PLAN, "reason": "not collected"}})
    before = desk.counts()
    assert take(desk, path).blocked
    assert desk.counts() == before


def test_what_was_locked_is_held_against_what_was_written(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    path = typed(written(desk, gaps), {percent(desk): {"unit": "persons"}})
    (found,) = blocking(take(desk, path))
    assert found[0] == "gaps.locked"
    assert found[3] == "Unit"
    touched = filled_in(written(desk, gaps, name="touched.xlsx"), {"B3": "GH0704"}, HIDDEN)
    with pytest.raises(Refused) as refused:
        take(desk, touched)
    assert refused.value.findings[0].code == "gaps.digest"


def refusal(desk: Desk, path: Path, city: City | None = None) -> Finding:
    with pytest.raises(Refused) as refused:
        take(desk, path, city)
    return refused.value.findings[0]


def test_a_sheet_of_another_city_and_a_workbook_of_anybody_are_refused(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    path = written(desk, gaps)
    join(desk.catalogue, desk.catalogue.unit("GH0704"), CityStage.ACTIVE, desk.person("ama"))
    assert refusal(desk, path, find_city(desk.catalogue, "GH0704")).code == "gaps.other-city"
    assert is_gap_sheet(path)
    tidy = desk.tidy({"indicator": percent(desk)})
    assert not is_gap_sheet(tidy)
    assert refusal(desk, tidy).code == "workbook.kind"
    report = desk.bring(path)
    assert [one.code for one in report.findings] == ["import.gap-sheet"]


def test_two_people_fill_two_copies(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    code, one, two, *_ = [percent(desk), *(each for each in gaps() if each != percent(desk))]
    said = {**PLAN, "reason": "not collected"}
    first = typed(written(desk, gaps, name="first.xlsx"), {**value(code, 12), one: said})
    second = typed(written(desk, gaps, name="second.xlsx"), {**value(code, 12), two: said})
    third = typed(written(desk, gaps, name="third.xlsx"), {**value(code, 13), one: {**said, "plan": "Something else altogether."}})
    assert not take(desk, first).blocked
    taken = take(desk, second)
    assert (taken.blocked, taken.figures, taken.planned) == (False, (), (two,))  # the same figure is on record already
    assert {gaps()[each].plan for each in (one, two)} == {PLAN["plan"]}  # what the first said stays
    assert sorted(kind for kind, *_ in blocking(take(desk, third))) == ["gaps.since", "gaps.since"]
    assert desk.value(indicator=code) == "12"


def test_what_is_on_record_is_in_the_sheet_and_may_be_changed(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    one, two = list(gaps())[:2]
    plan = {"indicator": one, "reason": "not_published", "plan": "Line one\nand line two & <more>", "due": "2026-01-31"}
    desk.submit("baseline-gaps", {"gaps": [plan, {**plan, "indicator": two}]})
    assert gaps()[one].overdue(date(2026, 2, 1))
    assert not gaps()[one].overdue(date(2026, 1, 31))
    path = typed(written(desk, gaps), {one: {"owner": "Works Department"}})
    taken = take(desk, path)
    assert (taken.blocked, taken.planned) == (False, (one,)), taken.findings
    assert gaps()[one] == Gap(MissingReason.NOT_PUBLISHED, str(plan["plan"]), "2026-01-31", "Works Department")
    assert gaps()[two].owner == ""
    emptied = typed(written(desk, gaps, name="emptied.xlsx"), {two: {"reason": "", "plan": "", "due": ""}})
    assert [kind for kind, *_ in blocking(take(desk, emptied))] == ["gaps.emptied"]


def test_the_workbook_is_locked_and_has_its_drop_downs(desk: Desk, gaps: Callable[[], Mapping[str, Gap]]) -> None:
    path = written(desk, gaps, "tr")
    with zipfile.ZipFile(path) as package:
        sheet, book = package.read(SHEET).decode(), package.read("xl/workbook.xml").decode()
    assert "<sheetProtection" in sheet
    assert "password" not in sheet
    assert 'name="sdgcities" sheetId="3" state="hidden"' in book
    assert "<formula1>sdgcities!$D$1:$D$5</formula1>" in sheet
    indicator, number = desk.catalogue.indicators["GH"][percent(desk)], row_of(path, percent(desk))
    (low, high), *_ = re.findall(rf'type="decimal"[^>]*sqref="H{number}"><formula1>(.*?)</formula1><formula2>(.*?)</formula2>', sheet)
    assert (Decimal(low), Decimal(high)) == (indicator.minimum, indicator.maximum)
    assert 'type="date"' in sheet

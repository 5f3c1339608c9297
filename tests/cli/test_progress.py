"""`data progress` as a person types it: in words, as JSON and as a page, in three languages."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.isle import isle

from .conftest import Run

Bring = Callable[..., None]
KEYS = ["unit", "indicator", "series", "unit_measure", "method", "base", "current", "target", "observed", "required", "value", "score", "category"]
PORTUGUESE, TURKISH, ENGLISH = "pt_PT", "tr", "en"


@pytest.fixture
def bring(run: Run, hub: Path) -> Bring:
    """Imports values of an indicator of Ho; the current folder is the hub's."""

    def brought(indicator: str, *values: tuple[str, str], sex: str = "", unit: str = "GH1408") -> None:
        rows = [(unit, indicator, period, value, "Health service", sex) for period, value in values]
        with (hub / "given.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("unit", "indicator", "period", "value", "source", "sex"), *rows])
        reasons = ("import.to-come", "quality.jump", "quality.alike", "quality.outlier")
        ended = run("data", "import", "given.csv", *(word for code in reasons for word in ("--justify", f"{code}=made up")))
        assert ended.code == 0, ended.err

    return brought


def one(run: Run, indicator: str, *words: str) -> dict[str, object]:
    (found,) = run("data", "progress", "GH1408", "--indicator", indicator, "--json", *words).data
    assert isinstance(found, dict)
    return found


def test_json_has_the_keys_that_programs_rely_on(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", ("2015", "60"), ("2020", "50"))
    found = one(run, "GH-3.2.1")
    assert list(found)[: len(KEYS)] == KEYS
    assert found["method"] == {"name": "cagr", "version": "2.4"}
    assert (found["base"], found["current"]) == ({"year": 2015, "value": 60}, {"year": 2020, "value": 50})
    target = found["target"]
    assert isinstance(target, dict)
    assert {**target, "source": ""} == {"value": 25, "year": 2030, "source": "", "status": "official", "own": False}
    observed, required = (50 / 60) ** (1 / 5) - 1, (25 / 60) ** (1 / 15) - 1
    assert found["observed"] == pytest.approx(observed, rel=1e-9)
    assert found["required"] == pytest.approx(required, rel=1e-9)
    assert found["value"] == pytest.approx(observed / required, rel=1e-9)
    assert (found["category"], found["reason"]) == ("acceleration_needed", None)


def test_every_indicator_that_has_a_value_stands_once_and_json_stands_alone(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", ("2015", "60"), ("2020", "50"))
    ended = run("data", "progress", "GH1408", "--json")
    assert (ended.code, ended.err) == (0, "")
    codes = [entry["indicator"] for entry in ended.data]
    assert codes == sorted(set(codes))
    assert {"GH-3.2.1", "GH-POP"} <= set(codes)


@pytest.mark.parametrize("language", [ENGLISH, TURKISH, PORTUGUESE])
def test_words_and_page_are_plain_text_in_every_language(run: Run, bring: Bring, language: str) -> None:
    bring("GH-3.2.1", ("2015", "60"), ("2020", "50"))
    ended = run("--lang", language, "data", "progress", "GH1408", "-o", "progress.html")
    assert (ended.code, ended.out) == (0, "")
    page = Path("progress.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 2
    assert "http" not in page.replace("http://www.w3.org", ""), "the page loads nothing"
    shown = run("--lang", language, "data", "progress", "GH1408")
    for text in (page, shown.out):
        assert not any("\ufdd0" <= letter <= "\ufdef" for letter in text), "signs of the pages never reach a reader"


def test_what_has_no_better_way_is_not_said_to_be_held_against_anything(run: Run, bring: Bring) -> None:
    bring("GH-POP", ("2015", "150000"))
    ended = run("data", "progress", "GH1408", "--indicator", "GH-POP")
    assert "Neither way is better" in ended.out
    assert "150,000 in 2015, 180,420 in 2021: it rose by 3.13% a year." in ended.out
    assert "No target is set" not in ended.out


def test_one_value_is_told_once(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", ("2019", "60"))
    ended = run("data", "progress", "GH1408", "--indicator", "GH-3.2.1")
    assert "There is one value only" in ended.out
    assert "2019 is the base" not in ended.out


@pytest.mark.parametrize(
    ("values", "category"),
    [
        ((("2015", "0"), ("2020", "0")), "target_achieved"),
        ((("2015", "60"), ("2020", "0")), "target_achieved"),
        ((("2015", "0"), ("2020", "60")), "deterioration"),
        ((("1965", "150"), ("2015", "60"), ("2024", "61")), "deterioration"),
        ((("2029", "60"), ("2030", "26")), "on_track"),
    ],
)
def test_zeros_and_long_series(run: Run, bring: Bring, values: tuple[tuple[str, str], ...], category: str) -> None:
    bring("GH-3.2.1", *values)
    found = one(run, "GH-3.2.1")
    assert (found["category"], found["reason"]) == (category, None)


def test_sixty_years_count_from_the_year_that_is_asked_for(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", *((str(year), str(200 - 2 * (year - 1964))) for year in range(1964, 2024)))
    assert one(run, "GH-3.2.1", "--since", "1964")["base"] == {"year": 1964, "value": 200}
    assert one(run, "GH-3.2.1")["base"] == {"year": 2015, "value": 98}
    late = one(run, "GH-3.2.1", "--since", "2024")
    assert (late["base"], late["category"]) == (None, None)
    assert "no value of 2024 or later" in str(late["reason"])


def test_splits_alone_are_told_as_their_mean(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", ("2015", "58"), ("2020", "48"), sex="F")
    bring("GH-3.2.1", ("2015", "62"), ("2020", "52"), sex="M")
    found = one(run, "GH-3.2.1")
    assert found["series"] == ["sex=F", "sex=M"]
    assert found["category"] == "acceleration_needed"
    assert "    Female: acceleration needed. 58 in 2015, 48 in 2020: it fell by 3.71% a year." in run("data", "progress", "GH1408").out
    assert run("data", "progress", "GH1408", "--indicator", "GH-3.2.1", "-o", "p.html").code == 0
    page = Path("p.html").read_text(encoding="utf-8")
    assert (page.count("<svg"), page.count("<td>2015</td>")) == (1, 2), "each series stands in the chart and in its table"
    assert "Female: acceleration needed." in page


def test_figures_of_what_a_city_was_before_are_named_and_not_joined(run: Run, tmp_path: Path) -> None:
    isle(tmp_path)
    given = tmp_path / "boats.csv"
    rows = ("N9,XA-BOATS,2015,10,Office", "N2,XA-BOATS,2019,20,Office", "N2,XA-BOATS,2024,30,Office")
    given.write_text("\n".join(("unit,indicator,period,value,source", *rows)) + "\n", encoding="utf-8")
    at = ("--hub", tmp_path / "hub", "--plugins-dir", tmp_path / "plugins")
    assert run(*at, "city", "join", "N2").code == 0
    assert run(*at, "data", "import", given).code == 0
    told = run(*at, "data", "progress", "N2").out
    assert "20 in 2019, 30 in 2024: it rose by 8.45% a year." in told
    assert "What it was before has figures of its own, which are not joined with these: Old Hill (N9)." in told


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("GH9999",), 1, "GH9999"),
        (("GH1408", "--indicator", "GH-3.2.9"), 1, "There is no indicator GH-3.2.9. Look at: "),
        (("GH1408", "--tag", "nothing"), 1, "nothing"),
        (("GH1408", "--since", "1800"), 2, "1800"),
        (("GH1408", "--since", "lately"), 2, "lately"),
        (("GH1408", "-o", "."), 1, "The report can't be written: Is a directory. Name a file elsewhere: -o FILE."),
        (("GH1408", "-o", ""), 2, "must not be empty"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(run: Run, hub: Path, words: tuple[str, ...], code: int, said: str) -> None:
    ended = run("--hub", hub, "data", "progress", *words)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
    assert len(ended.lines) == 1, ended.err


def test_the_report_of_the_city_says_the_same(run: Run, bring: Bring) -> None:
    bring("GH-3.2.1", ("2015", "60"), ("2020", "50"))
    assert run("report", "city", "GH1408").code == 0
    page = Path("reports/GH1408.en.html").read_text(encoding="utf-8")
    assert "Progress: acceleration needed." in page
    assert page.count("<strong>Progress: ") == sum(one["category"] is not None for one in run("data", "progress", "GH1408", "--json").data)
    assert "no city is put beside another" in page
    assert json.loads(run("data", "progress", "GH1408", "--json").out)


def test_the_page_draws_the_natural_limit_that_counts_and_no_other(run: Run, bring: Bring) -> None:
    bring("GH-6.1.1", ("2015", "88"), ("2023", "94"))
    assert run("data", "progress", "GH1408", "--indicator", "GH-6.1.1", "-o", "p.html").code == 0
    assert "Natural limit: 100%" in Path("p.html").read_text(encoding="utf-8")
    bring("GH-11.1.1", ("2015", "30"), ("2023", "20"))
    assert run("data", "progress", "GH1408", "--indicator", "GH-11.1.1", "-o", "p.html").code == 0
    assert "Natural limit" not in Path("p.html").read_text(encoding="utf-8"), "a share that is to fall has its limit behind it"

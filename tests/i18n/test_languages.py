from __future__ import annotations

from gettext import c2py
from typing import cast

import pytest
from babel import Locale

from sdgcities.i18n.languages import PLURAL_FORMS, direction, exact_forms, language_chain, plural_count, plural_form
from sdgcities.intake.yaml import load_yaml

WITH_PLURAL_DATA = sorted(cast("dict[str, dict[str, str]]", load_yaml(PLURAL_FORMS).data)["forms"])


@pytest.mark.parametrize("language", WITH_PLURAL_DATA)
def test_our_plural_forms_agree_with_cldr_on_the_whole_numbers(language: str) -> None:
    form = plural_form(language)
    index = c2py(form.split("plural=")[1].rstrip(";"))
    category = Locale.parse(language).plural_form
    numbers = [*range(2_000), *range(10_000, 10_130), 100_000, 100_001, 999_999]
    pairs = {(index(n), category(n)) for n in numbers}
    assert len(pairs) == len({form for form, _ in pairs}) == len({name for _, name in pairs}) == plural_count(form)


@pytest.mark.parametrize(
    ("language", "exact"),
    [("ar", {0, 1, 2}), ("en", {0}), ("tr", {0}), ("he", {0, 1}), ("ga", {0, 1}), ("fr", set()), ("ru", set()), ("is", set()), ("ms", set())],
)
def test_forms_that_one_number_alone_takes(language: str, exact: set[int]) -> None:
    assert exact_forms(plural_form(language)) == exact


def test_languages_without_plural_data_count_as_english_does() -> None:
    assert plural_form("dag") == plural_form("gur") == plural_form("gaa") == plural_form("en")


@pytest.mark.parametrize(
    ("language", "chain"),
    [
        ("pt_PT", ("pt_PT", "pt", "en")),
        ("pt-pt", ("pt_PT", "pt", "en")),
        ("zh-hans-CN", ("zh_Hans_CN", "zh_Hans", "zh", "en")),
        ("en_GH", ("en_GH", "en")),
        ("dag", ("dag", "en")),
        ("../../etc", ("en",)),
        ("", ("en",)),
    ],
)
def test_what_stands_in_for_a_language(language: str, chain: tuple[str, ...]) -> None:
    assert language_chain(language) == chain


def test_the_direction_of_writing() -> None:
    assert [direction(code) for code in ("ar", "ar_EG", "tr", "dag", "")] == ["rtl", "rtl", "ltr", "ltr", "ltr"]

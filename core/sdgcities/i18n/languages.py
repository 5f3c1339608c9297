"""Languages: how they are spelt, what stands in for them, which way they run, how they count."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import cast

SOURCE = "en"
"""The language of the message ids."""

PLURAL_FORMS = Path(__file__).with_name("plural_forms.yaml")

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8}){0,3}")
_NUMBERS = (*range(1001), *range(1_000_000, 3_000_000, 500_000))
"""No language tells numbers apart that these don't."""
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def language_chain(language: str) -> tuple[str, ...]:
    """The language and what stands in for it, ending with English: pt-PT gives pt_PT, pt, en."""
    parts = [_case(part) for part in re.split("[_-]", language)] if _CODE.fullmatch(language) else []
    if parts:
        parts[0] = parts[0].lower()
    codes = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return (*codes, SOURCE) if SOURCE not in codes else tuple(codes)


def _case(part: str) -> str:
    """BCP 47: a territory in capitals, a script with a capital."""
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 and part.isalpha() else part.lower()  # noqa: PLR2004 - the lengths of the standard


def direction(language: str) -> str:
    """`rtl` or `ltr`, as HTML spells it."""
    return "rtl" if language_chain(language)[0].split("_")[0] in _RIGHT_TO_LEFT else "ltr"


def language_name(language: str, reader: str) -> str:
    """The name of a language in the reader's; its code where CLDR knows none."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - listings of languages only

    for code in language_chain(reader):
        try:
            return Locale.parse(language).get_display_name(code) or language
        except (UnknownLocaleError, ValueError):
            continue
    return language


@cache
def _plural_forms() -> dict[str, str]:
    from sdgcities.intake.yaml import load_yaml  # noqa: PLC0415 - a catalogue out of the cache needs no YAML

    data = cast("dict[str, dict[str, str]]", load_yaml(PLURAL_FORMS).data)
    return data["forms"]


def plural_form(language: str) -> str:
    """The gettext Plural-Forms of a language; English's where the language has none of its own."""
    forms = _plural_forms()
    return next(forms[code] for code in language_chain(language) if code in forms)


def exact_forms(form: str) -> frozenset[int]:
    """The forms that one number alone takes, such as two in Arabic; of French 0 and 1 take the first, so it is none."""
    choose = c2py(form.split("plural=", maxsplit=1)[1].rstrip("; "))
    takes = Counter(int(choose(number)) for number in _NUMBERS)
    return frozenset(index for index, count in takes.items() if count == 1)


def plural_count(form: str) -> int:
    """How many forms a Plural-Forms line has."""
    return int(form.split(";", maxsplit=1)[0].split("=")[1])

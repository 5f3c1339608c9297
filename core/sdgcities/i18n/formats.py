"""Numbers, dates, money and the order of names as the reader's language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Context, Decimal, localcontext
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

from sdgcities.i18n.languages import SOURCE, language_chain
from sdgcities.intake.yaml import load_yaml
from sdgcities.model.money import Money
from sdgcities.model.plugins import Layer, Manifest

if TYPE_CHECKING:
    from babel import Locale

_LAST_DIGIT = re.compile(r"0(?:\.[0#]+)?(?=[^0#.,]*$)")
_SEPARATOR = re.compile(r"\{0\}([,،፣、][\s\u200f]*)")
_LISTS = ("standard", "or", "unit", "unit-short")
_BLANK = "\u00a0"
_EXACT = Context(prec=100)
"""A figure may have 40 digits; Python's own decimals round to 28, and fail where that does not do."""
Day = date
"""The type, where a method of that name stands before it."""


class Formats:
    """The formats of one language: CLDR's, with what the plugins' manifests say otherwise; a later manifest wins.

    With plugins of one country, CLDR's formats are those of the language there, where it tells them apart.
    Figures are written with Latin digits everywhere: pages would mix them with others otherwise.
    """

    def __init__(self, language: str, manifests: Iterable[Manifest] = ()) -> None:
        """A language that CLDR does not know is written as the next in its chain."""
        self.language = language
        self._chain = language_chain(language)
        self._manifests = tuple(manifests)
        self._territory = _only_country(self._manifests)

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - 30 MB that a command without figures does without

        for code in self._chain:
            for known in (f"{code}_{self._territory}", code) if code != SOURCE else (code,):  # English is read in every country, and by headquarters
                try:
                    found = Locale.parse(known)
                except (UnknownLocaleError, ValueError):
                    continue
                if found.territory or known == code:
                    return found
        return Locale("en")

    @cached_property
    def _overrides(self) -> tuple[tuple[str, Mapping[str, str]], ...]:
        """The currency of each manifest and its own formats; English ones hold only for readers who are written to in English."""
        language = self._chain[0].split("_")[0]
        codes = [code for code in self._chain if code.split("_")[0] in {language, self._locale.language}]
        known = ((manifest, code) for manifest in self._manifests for code in reversed(codes) if code in manifest.formats)
        return tuple((manifest.currency, manifest.formats[code]) for manifest, code in known)

    def _symbol(self, currency: str) -> str:
        from babel.numbers import get_currency_symbol  # noqa: PLC0415 - as above

        own = [formats["currency"] for code, formats in self._overrides if code == currency and "currency" in formats]
        return own[-1] if own else get_currency_symbol(currency, self._locale)

    def number(self, value: Decimal | int, decimals: int | None = None) -> str:
        """A number, with the decimals it was published with where none are asked for."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - as above

        pattern = _with_decimals(self._locale.decimal_formats[None].pattern, value, decimals)
        with localcontext(_EXACT):
            return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, value: Decimal | int, decimals: int | None = None) -> str:
        """A value counted in per cent: 45.2 is written 45.2%."""
        from babel.numbers import format_percent  # noqa: PLC0415 - as above

        pattern = _with_decimals(self._locale.percent_formats[None].pattern, value, decimals)
        with localcontext(_EXACT):
            return format_percent(Decimal(value).scaleb(-2), format=pattern, locale=self._locale)

    def money(self, money: Money) -> str:
        """An amount with its symbol; whole amounts without decimals."""
        from babel.numbers import format_decimal, get_currency_precision  # noqa: PLC0415 - as above

        symbol = self._symbol(money.currency)
        whole = money.amount == money.amount.to_integral_value()
        pattern = _with_decimals(self._locale.currency_formats["standard"].pattern, money.amount, 0 if whole else get_currency_precision(money.currency))
        gap = _BLANK if symbol[-1:].isalpha() else ""
        return format_decimal(money.amount, format=pattern.replace("¤#", f"¤{gap}#"), locale=self._locale).replace("¤", symbol)

    def date(self, value: date) -> str:
        """A day."""
        from babel.dates import format_date  # noqa: PLC0415 - as above

        patterns = ["medium", *(formats["date"] for _, formats in self._overrides if "date" in formats)]
        return format_date(value, patterns[-1], locale=self._locale)

    def month(self, value: Day) -> str:
        """The month of a day, with its year."""
        return self._by_skeleton("yMMMM", value)

    def quarter(self, value: Day) -> str:
        """The quarter of a day, with its year."""
        return self._by_skeleton("yQQQ", value)

    def datetime(self, value: datetime) -> str:
        """A moment, always told in UTC; one without a zone is taken for UTC."""
        from babel.dates import format_time  # noqa: PLC0415 - as above

        moment = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        return f"{self.date(moment.date())} {format_time(moment, 'short', tzinfo=UTC, locale=self._locale)} UTC"

    def _by_skeleton(self, skeleton: str, value: Day) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 - as above

        return format_skeleton(skeleton, datetime(value.year, value.month, value.day, tzinfo=UTC), tzinfo=UTC, locale=self._locale)

    @cached_property
    def comma(self) -> str:
        """What parts the entries of a list, with its space: the first mark of punctuation in CLDR's patterns of lists."""
        patterns = self._locale.list_patterns
        found = (_SEPARATOR.match(patterns[style].get("middle", "")) for style in _LISTS if style in patterns)
        return next((match[1] for match in found if match), ", ")

    def sort_key(self, text: str) -> tuple[tuple[int, ...], str]:
        """The place of a name in an alphabetical list."""
        letters, lower = _alphabet(self._chain)
        return tuple(place for letter in _letters(text, lower) for place in _places(letter, letters)), text


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A figure of any length to so many decimals, half to even."""
    return value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)


def _only_country(manifests: Iterable[Manifest]) -> str:
    """The country whose variant of a language counts; none where there are several."""
    countries = {country for manifest in manifests if manifest.layer is Layer.COUNTRY for country in manifest.countries}
    return countries.pop() if len(countries) == 1 else ""


def _with_decimals(pattern: str, value: Decimal | int, decimals: int | None) -> str:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    places = decimals if decimals is not None else max(0, -exponent) if isinstance(exponent, int) else 0
    return ";".join(_LAST_DIGIT.sub("0." + "0" * places if places else "0", part) for part in pattern.split(";"))


@cache
def _alphabet(chain: tuple[str, ...]) -> tuple[str, dict[int, str]]:
    data = cast("dict[str, dict[str, dict[str, object]]]", load_yaml(Path(__file__).with_name("alphabets.yaml")).data)
    own = next((data["alphabets"][code] for code in chain if code in data["alphabets"]), {})
    return cast("str", own.get("letters", "")), str.maketrans(cast("dict[str, str]", own.get("lower", {})))


def _letters(text: str, lower: dict[int, str]) -> str:
    return normalize("NFC", normalize("NFC", text).translate(lower).lower())


def _places(letter: str, letters: str) -> list[int]:
    """Where a letter stands: in the language's own alphabet, else by its base letter, else by its code after all letters."""
    if letter in letters:
        return [letters.index(letter)]
    base = normalize("NFKD", letter)[0]
    if letters and base in letters:
        return [letters.index(base)]
    return [ord(base) + (len(letters) if base.isalpha() else -0x110000)]

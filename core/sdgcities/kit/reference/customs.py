"""What CLDR says of a country and of a language: the currency, how a day and an amount are written, what the language is called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdgcities.kit.reference.countries import base_of, known_locale

_WORLD = "en_001"
"""English as it is written where no country's own is known: day before month."""


@dataclass(frozen=True, slots=True)
class Customs:
    """A language in a country. `known` says whether CLDR has the language; where it has not, days are written as in English.

    `name` is its English name, the code where there is none; `date` a pattern of CLDR, `symbol` that of the currency, empty without one.
    """

    code: str
    name: str
    known: bool
    date: str
    symbol: str


def currencies(iso2: str) -> tuple[str, ...]:
    """The currencies that are tender in a country today: its own first, then the newest."""
    from babel.core import get_global  # noqa: PLC0415 - loaded when a plugin is made, not when rules are listed

    today = [(code, start or ()) for code, start, end, tender in get_global("territory_currencies").get(iso2, ()) if tender and end is None]
    newest: Sequence[str] = [code for code, _ in sorted(today, key=lambda pair: pair[1], reverse=True)]
    return tuple(sorted(newest, key=lambda code: not code.startswith(iso2)))


def customs(language: str, iso2: str, currency: str) -> Customs:
    """How a language is written in a country."""
    from babel import Locale  # noqa: PLC0415 - as above
    from babel.dates import get_date_format  # noqa: PLC0415 - as above
    from babel.numbers import get_currency_symbol  # noqa: PLC0415 - as above

    own = [language] if "_" in language else [f"{language}_{iso2}", *([_WORLD] if language == "en" else []), language]
    found = next(filter(None, map(known_locale, [*own, base_of(language)])), None)
    locale = Locale.parse(found or _WORLD)
    name = Locale("en").languages.get(language) or Locale("en").languages.get(base_of(language), language)
    symbol = get_currency_symbol(currency, locale) if currency else ""
    return Customs(language, name, found is not None, get_date_format("medium", locale).pattern, symbol)


def language_named(text: str) -> str | None:
    """The code of a language that a person calls by its English name; None where CLDR knows none of that name."""
    from babel import Locale  # noqa: PLC0415 - as above

    return next((code for code, name in Locale("en").languages.items() if name.casefold() == text.strip().casefold()), None)

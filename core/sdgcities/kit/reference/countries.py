"""Countries and areas of the United Nations' M49 list: their codes, and their names in many languages.

The UN's names are data. In a language that is none of its six, a name is CLDR's, unless `names.csv` knows better or CLDR calls the
country otherwise than the UN even in English: then there is none, and the author writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import msg
from sdgcities.i18n.folding import fold, suggest
from sdgcities.i18n.languages import language_chain
from sdgcities.intake.csv import read_header, read_rows

REFERENCE = Path(__file__).parent
EVERY = "*"
_UN = "name_"
_SHORT = {"&": " and ", "St.": "Saint"}
"""How CLDR abbreviates in English what the UN spells out."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area. `names` are the UN's in its six languages; codes are text."""

    m49: str
    iso2: str
    iso3: str
    names: Mapping[str, str]
    region: str
    sub_region: str

    @property
    def name(self) -> str:
        """As the UN calls it in English."""
        return self.names["en"]

    def named(self, language: str) -> str:
        """Its name in a language; empty where neither the UN nor CLDR has one that can be used."""
        chain = [code for code in language_chain(language) if base_of(code) == base_of(language)]
        own = [self.names, _usage().get(self.iso2, {})]
        found = next((names[code] for names in own for code in chain if code in names), None)
        if found is None and EVERY in own[1]:
            return ""
        return found if found is not None else self._of_cldr(chain)

    def of_the_un(self, language: str) -> bool:
        """Whether its name in a language is the UN's own."""
        return base_of(language) in self.names

    def _of_cldr(self, chain: list[str]) -> str:
        from babel import Locale  # noqa: PLC0415 - loaded when a plugin is made, not when rules are listed

        english = Locale("en").territories.get(self.iso2, "")
        for short, long in _SHORT.items():
            english = english.replace(short, long)
        if fold(english) != fold(self.name):
            return ""
        return next((name for code in chain if (locale := known_locale(code)) and (name := locale_name(locale, self.iso2))), "")


def base_of(language: str) -> str:
    """The language without its country: pt for pt_PT."""
    return language.partition("_")[0]


def known_locale(code: str) -> str | None:
    """The code where CLDR has data of its own for it, else None."""
    from babel import localedata  # noqa: PLC0415 - as above

    return code if localedata.exists(code) else None


def locale_name(code: str, iso2: str) -> str:
    """What CLDR calls a country in a language; empty where it says nothing."""
    from babel import Locale  # noqa: PLC0415 - as above

    name: str = Locale.parse(code).territories.get(iso2, "")
    return name


@cache
def countries() -> tuple[Country, ...]:
    """All of them, by M49 code."""
    return tuple(Country(row["m49"], row["iso2"], row["iso3"], _names(row), row["region"], row["sub_region"]) for row in _table(REFERENCE / "countries.csv"))


def country_of(text: str) -> Country:
    """The country a person means by an ISO or M49 code, or by its name. Raises Refused, with those that are spelt much like it."""
    wanted = fold(text)
    for country in countries():
        if text.strip().upper() in {country.iso2, country.iso3, country.m49} or wanted in map(fold, country.names.values()):
            return country
    raise _unknown(text)


def _unknown(text: str) -> Refused:
    by_name = {country.name: country for country in countries()}
    inside = [name for name in by_name if fold(text) and fold(text) in fold(name)]
    alike = [by_name[name] for name in dict.fromkeys([*inside, *suggest(text, by_name)])][:3]
    names = ", ".join(f"{country.iso2} ({country.name})" for country in alike)
    hint = (
        msg("Did you mean %(names)s?", names=names) if alike else msg("Give its code of two letters (ISO 3166-1), or its name as the United Nations write it.")
    )
    return refuse("country.unlisted", msg("%(text)s is no country or area of the United Nations' list (M49).", text=text or "''"), hint)


@cache
def _usage() -> Mapping[str, Mapping[str, str]]:
    """Names by country and language that go before CLDR's; empty where none is to be taken from it."""
    known: dict[str, dict[str, str]] = {}
    for row in _table(REFERENCE / "names.csv"):
        known.setdefault(row["iso2"], {})[row["language"]] = row["name"]
    return known


def _names(row: Mapping[str, str]) -> Mapping[str, str]:
    return {column.removeprefix(_UN): name for column, name in row.items() if column.startswith(_UN)}


def _table(file: Path) -> list[dict[str, str]]:
    header = read_header(file)
    return [dict(zip(header, row, strict=True)) for _, row in read_rows(file, len(header))]

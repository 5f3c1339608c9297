"""What somebody wants a new plugin for, checked before anything is written."""

from __future__ import annotations

import getpass
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sdgcities.errors import refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.i18n.folding import fold
from sdgcities.i18n.languages import SOURCE, language_chain
from sdgcities.kit.reference.countries import Country, base_of, country_of
from sdgcities.kit.reference.customs import currencies, customs, language_named
from sdgcities.model.plugins import Layer
from sdgcities.plugin.discovery import discover

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)
_MOST = 60
_LONGEST = 200
_RESERVED = frozenset({"core", "con", "prn", "aux", "nul", *(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10))})
"""The core's own name, and names that Windows keeps for devices: no folder can have them there."""
_UNSEEN = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that turn the direction of the text around them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A plugin called `name` for a country, in these languages; the maintainer as plugin.yaml will name them. A theme has no country."""

    name: str
    country: Country | None
    languages: tuple[str, ...]
    maintainer: str

    @property
    def package(self) -> str:
        """The name of its Python package."""
        return "sdgcities_" + self.name.replace("-", "_")

    @property
    def title(self) -> str:
        """What people call it: the country's name, or the name of the theme as words."""
        return self.country.name if self.country else self.name.replace("-", " ").capitalize()

    @property
    def iso2(self) -> str:
        """The country's code; empty for a theme."""
        return self.country.iso2 if self.country else ""


def wish_of(name: str, country: str | None, languages: str, maintainer: str | None, layer: Layer = Layer.COUNTRY) -> Wish:
    """What was asked for. Raises Refused for what can't be a plugin, each time with what would do."""
    return Wish(_name(name), _country(country, layer), _languages(languages), _maintainer(maintainer))


def folder_of(name: str, output: Path | None) -> Path:
    """Where the plugin goes: a folder that is not there yet, inside one that is. Raises Refused."""
    folder = (output or Path(name)).absolute()
    where = Where(file=str(folder))
    if folder.exists() or folder.is_symlink():
        hint = msg("Name another folder with -o, such as -o %(folder)s.", folder=(folder / name) if output and folder.is_dir() else f"{name}-2")
        raise refuse("scaffold.folder", msg("This folder is there already."), hint, where)
    if not folder.parent.is_dir():
        raise refuse("scaffold.folder", msg("The folder it should lie in is not there."), msg("Make it first, or name another with -o."), where)
    return folder


def remarks(wish: Wish, plugins_dir: Path | None, *, named: bool) -> Iterator[Finding]:
    """What the author should know of what was filled in. `named` says whether a maintainer was given."""
    there = discover(plugins_dir).manifests
    if any(manifest.name == wish.name for manifest in there):
        problem = msg("There is a plugin %(name)s already: a hub can't have both.", name=wish.name)
        yield _note("taken", problem, msg("Take another name, or uninstall that one."))
    elif wish.country and (others := [manifest.name for manifest in there if wish.iso2 in manifest.countries]):
        hint = msg("Tell sdgcities init which one a hub uses: --country %(name)s.", name=wish.name)
        yield _note("country", msg("%(country)s: there is a plugin already, %(names)s.", country=wish.title, names=", ".join(others)), hint)
    if wish.country:
        yield from _of_country(wish, wish.country)
    if not named:
        hint = msg("Write who answers for the plugin there, with an address that is read.")
        yield _note("maintainer", msg("maintainers in plugin.yaml names you as this computer does: %(name)s.", name=wish.maintainer), hint)


def _of_country(wish: Wish, country: Country) -> Iterator[Finding]:
    """What CLDR does not know of the languages and of the country."""
    for language in wish.languages:
        known = customs(language, country.iso2, "")
        if not known.known:
            problem = msg("CLDR does not know the language %(code)s: days and numbers are written as in English.", code=language)
            yield _note("language", problem, msg("Is the code right? If so, write the form of a day under formats in plugin.yaml."))
        if base_of(language) != SOURCE and not country.named(language):
            problem = msg("%(country)s: no name could be filled in for the language %(language)s.", country=country.name, language=known.name)
            yield _note("name", problem, msg("Write it under other_names in units.csv: %(code)s:NAME.", code=language))
    tender = currencies(country.iso2)
    if len(tender) != 1:
        options = ", ".join(tender) or "-"
        yield _note("currency", msg("The currency is not plain; tender are: %(options)s.", options=options), msg("See currency in plugin.yaml."))


def _note(code: str, message: Message, hint: Message) -> Finding:
    return Finding(f"scaffold.{code}", Severity.NOTE, message, hint)


def _country(text: str | None, layer: Layer) -> Country | None:
    """The country of a country's plugin; a theme serves every country, and names none."""
    if layer is Layer.THEME:
        if text is not None:
            hint = msg("Leave out --country; or leave out --layer theme, for the plugin of a country.")
            raise refuse("scaffold.layer", msg("A theme serves every country and names none."), hint)
        return None
    if text is None:
        hint = msg("Add --country, such as --country KE; for a theme, which serves every country, --layer theme.")
        raise refuse("scaffold.layer", msg("No country is named."), hint)
    return country_of(text)


def _name(name: str) -> str:
    if _NAME.fullmatch(name) and len(name) <= _MOST and name not in _RESERVED:
        return name
    plain = re.sub("[^a-z0-9]+", "-", fold(name)).lstrip("-0123456789")[:_MOST].strip("-")
    hint = msg("Such as %(name)s.", name=plain) if plain not in {*_RESERVED, name, ""} else msg("Such as the country's name in English.")
    problem = msg("%(name)s can't be a plugin's name: small letters a to z, digits, and hyphens between them, beginning with a letter.", name=name or "''")
    raise refuse("scaffold.name", problem, hint)


def _languages(text: str) -> tuple[str, ...]:
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    if not wanted:
        raise refuse("scaffold.languages", msg("No language is named."), msg("Name one or more by their codes, with commas between: --languages en,sw."))
    return tuple(dict.fromkeys(map(_language, wanted)))


def _language(text: str) -> str:
    code = language_chain(text)[0]
    if _LANGUAGE.fullmatch(code) and fold(code) == fold(text):
        return code
    meant = language_named(text)
    hint = msg("Did you mean %(code)s?", code=meant) if meant else msg("Codes are those of ISO 639, with the country where it matters: en, sw, pt_PT.")
    raise refuse("scaffold.languages", msg("%(code)s is not the code of a language.", code=text), hint)


def _maintainer(text: str | None) -> str:
    if text is None:
        return _logged_in()
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or any(_hidden(letter) for letter in plain):
        problem = msg("The maintainer must be one line of at most %(most)s characters, all of which can be seen.", most=_LONGEST)
        raise refuse("scaffold.maintainer", problem, msg('Such as --maintainer "Name of the office <address>".'))
    return plain


def _hidden(letter: str) -> bool:
    return letter in _UNSEEN or unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def _logged_in() -> str:
    """Who runs the command, as the computer knows them: a name that is true until the author writes a better one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise refuse("scaffold.maintainer", msg("No maintainer is named."), msg('Add --maintainer "Name of the office <address>".')) from error

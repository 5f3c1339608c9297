"""A new plugin: every file of it, rendered from `templates/plugin/` with what is known of the country and its languages.

A theme takes what is its own from `templates/plugin-theme/`, and the rest from there too.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sdgcities import __version__
from sdgcities.i18n.languages import SOURCE
from sdgcities.intake.files import read_text
from sdgcities.intake.yaml import load_yaml
from sdgcities.kit.desk.catalogues import update
from sdgcities.kit.desk.states import catalogue_file, languages_of
from sdgcities.kit.page import PAGE, page_of
from sdgcities.kit.reference.countries import Country, base_of
from sdgcities.kit.reference.customs import Customs, currencies, customs
from sdgcities.kit.scaffold.wish import Wish
from sdgcities.kit.subject import Subject
from sdgcities.kit.written import as_yaml
from sdgcities.model.plugins import Layer
from sdgcities.plugin import API_VERSION
from sdgcities.resources import resource_dir
from sdgcities.writing import put, whole_folder

if TYPE_CHECKING:
    from jinja2 import Environment

_FILES = Path(__file__).with_name("scaffold.yaml")
_SUFFIX = ".jinja"
"""By which neither a tool nor the extraction of texts takes a template for what it becomes."""
_CATALOGUE = "language"
_PREFIX = 3
"""Letters with which the codes of a theme begin: no country's code has as many."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the new plugin, its path in it, and what its author does with it."""

    path: str
    content: str
    task: str


def make_plugin(wish: Wish, folder: Path) -> Sequence[Made]:
    """Write the plugin into a new folder, all of it or nothing; its files in the order in which one goes through them."""
    files = rendered(wish)
    with whole_folder(folder) as draft:
        for file in files:
            put(draft / file.path, file.content.encode())
        subject = Subject(draft / wish.package)
        _fill_catalogues(subject)
        put(draft / wish.package / PAGE, page_of(subject).encode())
    return files


def rendered(wish: Wish) -> Sequence[Made]:
    """Every file with its content. What is made of the others is empty: the texts of the catalogues, and the page about the plugin."""
    values = _values(wish)
    return [
        Made(
            path,
            _environment(wish.country is None).get_template(f"{entry['template']}{_SUFFIX}").render(values, language=language) if "template" in entry else "",
            entry["text"],
        )
        for entry in _entries("files" if wish.country else "theme")
        for path, language in _places(entry.get("template") or entry["page"], wish)
    ]


def _places(path: str, wish: Wish) -> Iterator[tuple[str, Customs | None]]:
    """Where a file goes: what is of a language, once for each that needs a catalogue."""
    path = path.replace("package/", f"{wish.package}/", 1).replace("/theme-", f"/{wish.name}-", 1)
    if _CATALOGUE not in path.split("/"):
        yield path, None
        return
    for language in _customs(wish):
        if base_of(language.code) != SOURCE:
            yield path.replace(f"/{_CATALOGUE}/", f"/{language.code}/"), language


@cache
def _entries(key: str) -> Sequence[Mapping[str, str]]:
    return cast("dict[str, list[dict[str, str]]]", load_yaml(_FILES).data)[key]


def _customs(wish: Wish) -> list[Customs]:
    currency = next(iter(currencies(wish.iso2)), "")
    return [customs(language, wish.iso2, currency) for language in wish.languages]


def _values(wish: Wish) -> Mapping[str, object]:
    languages = _customs(wish)
    return {
        "name": wish.name,
        "package": wish.package,
        "test_class": "Test" + "".join(part.capitalize() for part in wish.name.split("-")),
        "title": wish.title,
        "layer": Layer.COUNTRY if wish.country else Layer.THEME,
        "languages": languages,
        "translated": any(base_of(language.code) != SOURCE for language in languages),
        "maintainer": wish.maintainer,
        "api": "{}.{}".format(*API_VERSION),
        "core": ".".join(__version__.split(".")[:2]),
        "prefix": wish.name.replace("-", "").upper()[:_PREFIX].ljust(_PREFIX, "X"),
        **(_of_country(wish, wish.country) if wish.country else {}),
    }


def _of_country(wish: Wish, country: Country) -> Mapping[str, object]:
    """Its codes and currency; its further names, as units.csv has them, and how settled they are."""
    tender = currencies(country.iso2)
    wanted = dict.fromkeys([*(code for code in country.names if code != SOURCE), *(code for code in wish.languages if base_of(code) != SOURCE)])
    names = {code: name for code in wanted if (name := country.named(code))}
    drafts = [code for code in names if not country.of_the_un(code)]
    note = f"Names after the United Nations; in {', '.join(drafts)} after CLDR and to be checked." if drafts else "Names after the United Nations."
    return {
        "iso2": country.iso2,
        "codes": f"iso_3166_1={country.iso2};iso_3166_1_alpha_3={country.iso3};m49={country.m49}",
        "currency": next(iter(tender), ""),
        "also_tender": tender[1:],
        "other_names": [f"{code}:{name}" for code, name in names.items()],
        "names_status": "draft" if drafts else "official",
        "names_note": note,
    }


def _fill_catalogues(subject: Subject) -> None:
    """The texts of the plugin into each catalogue, untranslated; what the template says to the translator stays at the head."""
    manifest = subject.manifest
    heads = {file: read_text(file) for file in (catalogue_file(manifest, language) for language in languages_of(manifest))}
    for file in heads:
        file.unlink()
    for done in update(manifest, languages_of(manifest)):
        body = read_text(done.path)
        put(done.path, (heads[done.path] + body[body.index('msgid ""') :]).encode())


@cache
def _environment(of_a_theme: bool) -> Environment:  # noqa: FBT001 - it is the whole key of the cache
    """Files for programs, not pages: nothing is escaped as HTML, and each value is quoted by the filter of its format."""
    from jinja2 import FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only here is anything rendered
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415 - as above

    folders = [resource_dir("templates") / folder for folder in ("plugin-theme", "plugin")]
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders if of_a_theme else folders[1:]),
        autoescape=False,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"yaml": as_yaml, "toml": _toml, "row": _row}
    return environment


def _toml(value: str) -> str:
    """A text of TOML; its escapes are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


def _row(cells: Sequence[str]) -> str:
    """A row of a CSV file, without its line break."""
    line = StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()

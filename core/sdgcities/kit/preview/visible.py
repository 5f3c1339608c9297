"""What of a page people read, and what in it was meant for programs: ids, open places, names of fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from sdgcities.i18n.translator import Translator
from sdgcities.model.instruments import Form
from sdgcities.model.plugins import Level
from sdgcities.model.statistics import Dimension, Indicator
from sdgcities.plugin.schema_nodes import subschemas
from sdgcities.reports.reference import unit_name

UNREAD = frozenset({"script", "style", "textarea", "title"})
SPOKEN = frozenset({"alt", "aria-label", "placeholder", "title"})
"""Attributes that are read out or shown."""
ISOLATED = "bdi"
"""The element round what is inserted into a text, and part of that text."""
_ISOLATES = re.compile("[\u2066-\u2069]")
OPEN_PLACE = re.compile(r"%\(\w+\)[sd]|\{\{|\}\}|\{%|%\}|<bound method|\bobject at 0x[0-9a-f]+")
NOTHING = "None"
_PARTS = re.compile(r"\s*[:;,()·]\s*|\s+[-\u2013]\s+")
_SPELT = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+")
"""How an id is spelt that no text would be."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unread: list[str] = []
        self._run: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == ISOLATED:
            return
        self.end_run()
        self.texts += [_ISOLATES.sub("", value) for name, value in attrs if name in SPOKEN and value]
        if tag in UNREAD:
            self._unread.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == ISOLATED:
            return
        self.end_run()
        if self._unread[-1:] == [tag]:
            self._unread.pop()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._run.append(data)

    def end_run(self) -> None:
        """What was read since the last element is one text."""
        if run := " ".join(_ISOLATES.sub("", "".join(self._run)).split()):
            self.texts.append(run)
        self._run.clear()


def texts_of_page(page: str) -> list[str]:
    """Every run of text that is shown or read out, in order."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    reader.end_run()
    return reader.texts


@dataclass(frozen=True, slots=True)
class Ids:
    """Ids that must not be shown; `names` are what people read instead, and `shown` codes that may stand on a page."""

    ids: frozenset[str]
    names: frozenset[str]
    shown: frozenset[str] = frozenset()

    def raw(self, page: str, translator: Translator) -> list[str]:
        """The ids and open places on a page, each once, in their order."""
        said = self.names | {translator.text(name) for name in self.names} | self.shown
        wanted = {one for one in self.ids - said if not one.isdigit()}
        return list(dict.fromkeys(word for text in texts_of_page(page) for word in _raw(text, wanted, said)))


def ids_of_report(indicators: Iterable[Indicator], dimensions: Iterable[Dimension], levels: Iterable[Level], shown: Iterable[str]) -> Ids:
    """Units of measure, dimensions and their codes, levels."""
    names = {indicator.unit: unit_name(indicator.unit) for indicator in indicators}
    said = set(names.values())
    for dimension in dimensions:
        names |= {dimension.id: dimension.name, **dimension.codes}
        said |= {dimension.name, *dimension.codes.values()}
    names |= {level.id: level.name for level in levels}
    return Ids(frozenset(names), frozenset(said | {level.name for level in levels}), frozenset(shown))


def ids_of_form(form: Form) -> Ids:
    """The form's id, the keys of its fields, and options that are spelt as ids are."""
    ids, names = {form.id}, {form.title}
    for _, node in subschemas(form.schema):
        properties, options = node.get("properties"), node.get("enum")
        ids |= set(properties) if isinstance(properties, Mapping) else set()
        ids |= {one for one in options if isinstance(one, str) and _SPELT.fullmatch(one)} if isinstance(options, list) else set()
        names |= {text for key in ("title", "description") if isinstance(text := node.get(key), str)}
    return Ids(frozenset(ids), frozenset(names))


def _raw(text: str, wanted: set[str], said: set[str] | frozenset[str]) -> Iterator[str]:
    """A word of small letters is an id only where it stands alone: in a sentence it may be a word of the language."""
    yield from OPEN_PLACE.findall(text)
    phrases = list(dict.fromkeys((text, *_PARTS.split(text))))
    yield from (one for one in phrases if one in wanted and (one == text or not one.islower()))
    yield from (word for word in _SPELT.findall(text) if word in wanted and word not in phrases)
    if NOTHING in phrases and NOTHING not in said:
        yield NOTHING

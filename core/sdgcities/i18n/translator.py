"""From a message to the words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from gettext import NullTranslations

from sdgcities.findings import Finding, Message
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.languages import SOURCE, direction, language_chain

_WORD = re.compile(r"[^\W\d_]{2,}")


class Standing(Enum):
    """In which language a text is, for its reader."""

    OWN = auto()
    """The reader's."""
    DRAFT = auto()
    """The reader's, in a translation nobody has reviewed, where that is told apart."""
    ENGLISH = auto()
    """English, for want of a translation."""
    NAME = auto()
    """Of no language, or whatever it was given in: figures, signs, names."""


class _Unknown(NullTranslations):
    """Stands behind the catalogues of a language: what comes to it, none of them knows."""

    def gettext(self, message: str) -> str:  # noqa: ARG002 - the library's own signature
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - the same
        return ""


class Translator:
    """The texts of one language. What nobody translated stays English."""

    def __init__(self, language: str, catalogues: Catalogues) -> None:
        """Load what the language is served from; `findings` tells what is wrong with those catalogues."""
        self.language = language
        self.direction = direction(language)
        loaded = tuple(catalogues.load(language))
        self.findings: tuple[Finding, ...] = tuple(finding for catalogue in loaded for finding in catalogue.findings)
        self._in_source = language_chain(language)[0].partition("_")[0] == SOURCE
        self._texts = _chained((one.texts for one in loaded if one.language != SOURCE), _Unknown())
        self._source = _chained((one.texts for one in loaded if one.language == SOURCE), NullTranslations())

    def text(self, msgid: str) -> str:
        """A text without parameters."""
        return (self._texts.gettext(msgid) or self._source.gettext(msgid)) if msgid else ""

    def standing(self, msgid: str, plural: str | None = None) -> Standing:
        """In which language the reader gets a text."""
        known = self._in_source or (self._texts.gettext(msgid) if plural is None else self._texts.ngettext(msgid, plural, 1))
        return Standing.OWN if known else Standing.ENGLISH if _WORD.search(msgid) else Standing.NAME

    def message(self, message: Message) -> str:
        """A message with its parameters; those that are messages are translated as well."""
        template = self.text(message.text) if message.plural is None else self._plural(message.text, message.plural, message.params.get("n"))
        params = {name: self.message(value) if isinstance(value, Message) else value for name, value in message.params.items()}
        return template % params if params else template

    def _plural(self, singular: str, plural: str, n: object) -> str:
        number = abs(n) if isinstance(n, int) else 2
        return self._texts.ngettext(singular, plural, number) or self._source.ngettext(singular, plural, number)


def _chained(catalogues: Iterable[NullTranslations], last: NullTranslations) -> NullTranslations:
    """The first that knows a text gives it."""
    for catalogue in reversed(tuple(catalogues)):
        catalogue.add_fallback(last)
        last = catalogue
    return last

"""From a message to the words of the reader's language."""

from __future__ import annotations

from gettext import NullTranslations

from sdgcities.findings import Finding, Message
from sdgcities.i18n.catalogues import Catalogues
from sdgcities.i18n.languages import direction


class Translator:
    """The texts of one language. What nobody translated stays English."""

    def __init__(self, language: str, catalogues: Catalogues) -> None:
        """Load what the language is served from; `findings` tells what is wrong with those catalogues."""
        self.language = language
        self.direction = direction(language)
        loaded = tuple(catalogues.load(language))
        self.findings: tuple[Finding, ...] = tuple(finding for catalogue in loaded for finding in catalogue.findings)
        self._texts = NullTranslations()
        for catalogue in reversed(loaded):
            catalogue.texts.add_fallback(self._texts)
            self._texts = catalogue.texts

    def text(self, msgid: str) -> str:
        """A text without parameters."""
        return self._texts.gettext(msgid) if msgid else ""

    def message(self, message: Message) -> str:
        """A message with its parameters; those that are messages are translated as well."""
        template = self.text(message.text) if message.plural is None else self._plural(message.text, message.plural, message.params.get("n"))
        params = {name: self.message(value) if isinstance(value, Message) else value for name, value in message.params.items()}
        return template % params if params else template

    def _plural(self, singular: str, plural: str, n: object) -> str:
        return self._texts.ngettext(singular, plural, abs(n) if isinstance(n, int) else 2)

"""What HTML a section may come out as: a few elements, closed where they were opened, that load nothing and style nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sdgcities.findings import Message, msg

ELEMENTS = frozenset(
    {"abbr", "b", "blockquote", "br", "caption", "code", "dd", "div", "dl", "dt", "em", "h3", "h4", "i", "li", "ol", "p", "small", "span"}
    | {"strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul"}
)
ATTRIBUTES = frozenset({"class", "colspan", "datetime", "dir", "lang", "rowspan", "scope", "title"})
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_UNFINISHED = re.compile(r"<[A-Za-z/!?][^>]*$")


class Markup(HTMLParser):
    """Reads the HTML of a section; `faults` tells what the page can't have, each with its line."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[tuple[Message, int]] = []
        self._open: list[tuple[str, int]] = []

    def _fault(self, problem: Message) -> None:
        self.faults.append((problem, self.getpos()[0]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element or attribute that is not for a section."""
        if tag not in ELEMENTS:
            self._fault(msg("The element <%(name)s> is not for a section.", name=tag))
        for name in (name for name, _ in attrs if name not in ATTRIBUTES):
            self._fault(msg("The attribute %(name)s is not for a section.", name=name))
        if tag != "br":
            self._open.append((tag, self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        """Note an element that ends where it was not open."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self._fault(msg("</%(name)s> ends what is not open there.", name=tag))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - the parser's own signature
        """A comment could hide half a page."""
        self._fault(msg("An HTML comment is not for a section."))

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002 - the parser's own signature
        """A document type belongs to a page."""
        self._whole_page()

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002 - the parser's own signature
        """So does any other declaration."""
        self._whole_page()

    def handle_pi(self, data: str) -> None:  # noqa: ARG002 - the parser's own signature
        """And an instruction to a processor."""
        self._whole_page()

    def _whole_page(self) -> None:
        self._fault(msg("A section is a part of a page, not a page."))

    @classmethod
    def examine(cls, html: str) -> list[Message]:
        """What is wrong in the HTML of a section."""
        return [fault for fault, _ in cls._read(html)]

    @classmethod
    def line_of(cls, fault: Message, source: str) -> int | None:
        """The line of the template in which a fault of what came out of it begins; None where it came out of what the template shows or includes."""
        plain = _JINJA.sub(lambda match: "x" + "\n" * match[0].count("\n"), source)
        return next((line for found, line in cls._read(plain) if str(found) == str(fault)), None)

    @classmethod
    def _read(cls, html: str) -> list[tuple[Message, int]]:
        reader = cls()
        reader.feed(html)
        reader.close()
        unclosed = [(msg("<%(name)s> is not closed.", name=tag), line) for tag, line in reader._open]
        end = _UNFINISHED.search(html)  # the rest of the page would be read into it
        return [*reader.faults, *unclosed, *([(msg("A tag is not finished."), html.count("\n", 0, end.start()) + 1)] if end else [])]

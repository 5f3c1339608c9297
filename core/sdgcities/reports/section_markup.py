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
_UNFINISHED = re.compile(r"<[A-Za-z/!?][^>]*$")


class Markup(HTMLParser):
    """Reads the HTML of a section; `faults` tells what the page can't have, each with its line in what was rendered."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[Message] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element or attribute that is not for a section."""
        if tag not in ELEMENTS:
            self.faults.append(msg("The element <%(name)s> is not for a section.", name=tag))
        self.faults += [msg("The attribute %(name)s is not for a section.", name=name) for name, _ in attrs if name not in ATTRIBUTES]
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note an element that ends where it was not open."""
        if self._open[-1:] == [tag]:
            self._open.pop()
        else:
            self.faults.append(msg("</%(name)s> ends what is not open there.", name=tag))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - the parser's own signature
        """A comment could hide half a page."""
        self.faults.append(msg("An HTML comment is not for a section."))

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
        self.faults.append(msg("A section is a part of a page, not a page."))

    @classmethod
    def examine(cls, html: str) -> list[Message]:
        """What is wrong in the HTML of a section."""
        reader = cls()
        reader.feed(html)
        reader.close()
        unfinished = [msg("A tag is not finished.")] if _UNFINISHED.search(html) else []  # the rest of the page would be read into it
        return [*reader.faults, *(msg("<%(name)s> is not closed.", name=tag) for tag in reader._open), *unfinished]

"""SVG drawings that come in as evidence: drawings only, with nothing that acts, fetches or leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, read_bytes
from sdgcities.intake.xml import local, walk

MAX_SVG = 16 * MEGABYTE
MAX_DEPTH = 100
MAX_ELEMENTS = 500_000
SPACE = "http://www.w3.org/2000/svg"
_ACTING = frozenset({"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener", "link", "meta", "base", "form"})
_ANIMATED = frozenset({"set", "animate", "animatemotion", "animatetransform", "animatecolor"})
_ADDRESSES = frozenset({"href", "src", "data", "action", "formaction"})
_HARMLESS = re.compile(r"#[^\s]*|data:image/png;base64,[A-Za-z0-9+/=\s]*")
_CSS_REACHING = re.compile(r"@import|expression\s*\(|javascript:|-moz-binding|behavior\s*:|url\s*\((?!\s*['\"]?\s*#)|image-set\s*\(|\\", re.IGNORECASE)
"""Style that fetches or acts; a backslash could spell any of it otherwise."""

_WORDS_ONLY = re.compile(r"(?:id|class|d|points)$|data-|aria-")
"""Attributes of a drawing that are no style."""
_HINT = msg("Save the drawing as plain SVG without scripts and links, or as PNG.")


def check_svg(path: Path) -> None:
    """Raises Refused, with the line, where the drawing holds a script, an event, an address elsewhere or a document type."""
    data = read_bytes(path, MAX_SVG)
    if data.startswith(b"\x1f\x8b"):
        raise refuse("image.harmful", msg("This SVG drawing is compressed."), _HINT, Where(file=str(path)))
    drawing = _Drawing()
    walk(path, data, drawing.begin, drawing.end, drawing.text, drawing.instruction)


class _Drawing:
    """Looks at each element as it comes by."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count = 0
        self._style: list[str] = []

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        space, own = local(name)
        own = own.lower()
        self._count += 1
        if len(self._open) >= MAX_DEPTH or self._count > MAX_ELEMENTS:
            raise _harmful(msg("it has too many elements, or too deeply nested ones"))
        if not self._open and (own, space) != ("svg", SPACE):
            raise _harmful(msg("it is no SVG drawing"))
        if own in _ACTING or "xhtml" in space:
            raise _harmful(msg("it holds the element %(name)s", name=own[:100]))
        self._open.append(own)
        for key, value in attributes.items():
            self._look_at(*local(key), value, own)

    def end(self, _: str) -> None:
        if self._open.pop() == "style":
            if _CSS_REACHING.search("".join(self._style)):
                raise _harmful(msg("its style reaches for something outside"))
            self._style.clear()

    def text(self, text: str) -> None:
        if "style" in self._open:
            self._style.append(text)

    def instruction(self, target: str, _: str) -> None:
        raise _harmful(msg("it holds the instruction %(name)s", name=target[:100]))

    def _look_at(self, space: str, key: str, value: str, element: str) -> None:
        key = key.lower()
        if key.startswith("on"):
            raise _harmful(msg("its attribute %(name)s acts", name=key[:100]))
        if key in _ADDRESSES and not _HARMLESS.fullmatch(value.strip()):
            raise _harmful(msg("it leads to %(address)s", address=value.strip()[:100]))
        if element in _ANIMATED and key == "attributename" and (value.rpartition(":")[2].lower() in _ADDRESSES or value.lower().startswith("on")):
            raise _harmful(msg("it changes an address while it is shown"))
        if not space and not _WORDS_ONLY.match(key) and key not in _ADDRESSES and _CSS_REACHING.search(value):
            raise _harmful(msg("its style reaches for something outside"))


def _harmful(problem: Message) -> Refused:
    return refuse("image.harmful", msg("This SVG drawing is not accepted: %(problem)s.", problem=problem), _HINT)

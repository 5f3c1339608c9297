"""XML as the data of a JSON file would be: elements become objects and lists. No DOCTYPE, no entities, limits on everything."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Message, Where, msg
from sdgcities.intake.files import MEGABYTE, read_bytes
from sdgcities.intake.xml_encoding import check_encoding, undecodable

MAX_DEPTH = 100
MAX_ELEMENTS = 2_000_000
MAX_ATTRIBUTES = 100
MAX_TEXT = MEGABYTE
_BETWEEN = "\n"
"""Stands between a namespace and a name; no address of a namespace has a line break."""
_NIL = f"http://www.w3.org/2001/XMLSchema-instance{_BETWEEN}nil"
_WORDS = {
    3: msg("an element is missing, or its end"),
    4: msg("a character stands here that may not"),
    5: msg("a tag is begun here and never closed"),
    7: msg("the end of another element stands here"),
    8: msg("an attribute stands twice"),
    9: msg("something stands after the end"),
    11: msg("an entity is used that XML does not know"),
    20: msg("a section of text is begun here and never closed"),
    27: msg("a prefix is used that no xmlns declares"),
}
"""What expat complains of, by its number (xml.parsers.expat.errors)."""


@dataclass(slots=True)
class Element:
    """An element while it is read: where its name is from, its attributes, its children by name, its text."""

    name: str
    attributes: Mapping[str, str]
    children: dict[str, list[object]] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    length: int = 0


def load_xml(path: Path, limit: int = 16 * MEGABYTE) -> object:
    """The document as `{root: ...}`: an element with children or attributes is an object, one without is its text, several of a name are a list.

    Attributes are `@name`; text beside children or attributes is `#text`; an element that says xsi:nil is None. A name is taken without its
    namespace. Raises Refused with the line of what is wrong.
    """
    return _Tree(path, read_bytes(path, limit)).data()


def walk(
    path: Path,
    data: bytes,
    begin: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
    instruction: Callable[[str, str], None] | None = None,
    follow: Callable[[Callable[[], int]], None] | None = None,
) -> None:
    """Read XML from its beginning to its end, and call back for each element and text. Names stand as `namespace, line break, name`.

    Whatever declares a document type is refused at once: entities would be expanded and files fetched. What a callback raises as Refused gets the line.
    `follow` is given what tells the line that is being read.
    """
    check_encoding(path, data)
    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    if follow:
        follow(lambda: parser.CurrentLineNumber)
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begin, end, text
    parser.ProcessingInstructionHandler = instruction
    refusal = refuse(
        "xml.doctype",
        msg("The file declares a document type (DOCTYPE), which could fetch other files or fill the memory."),
        msg("Take the DOCTYPE out, or export the data without it."),
    )

    def declared(*_: object) -> None:
        raise refusal

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)  # noqa: FBT003 - so expat has it: the document ends here
    except expat.ExpatError as error:
        raise _malformed(path, data, error) from error
    except Refused as error:
        where = Where(str(path), line=parser.CurrentLineNumber, character=parser.CurrentColumnNumber + 1)
        finding = error.findings[0]
        raise refuse(finding.code, finding.message, finding.hint, where) from error
    except (ValueError, LookupError) as error:  # an encoding that Python does not have, or that is none of a byte a letter
        raise undecodable(path, "") from error


def local(name: str) -> tuple[str, str]:
    """The namespace and the name."""
    space, _, own = name.rpartition(_BETWEEN)
    return space, own


class _Tree:
    """Builds the data while the elements come by; limits hold before anything is kept."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path, self._bytes = path, data
        self._open: list[Element] = [Element("", {})]
        self._count = 0

    def data(self) -> dict[str, object]:
        walk(self._path, self._bytes, self._begin, self._end, self._text)
        return {name: found[0] for name, found in self._open[0].children.items()}

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise _limit(msg("The file has more than %(limit)s elements.", limit=MAX_ELEMENTS))
        if len(self._open) > MAX_DEPTH:
            raise _limit(msg("Nested deeper than %(depth)s levels.", depth=MAX_DEPTH))
        if len(attributes) > MAX_ATTRIBUTES:
            raise _limit(msg("An element has more than %(limit)s attributes.", limit=MAX_ATTRIBUTES))
        space, own = local(name)
        if self._open[-1].origins.setdefault(own, space) != space:
            raise _collision(own)
        self._open.append(Element(own, attributes))

    def _end(self, _: str) -> None:
        element = self._open.pop()
        self._open[-1].children.setdefault(element.name, []).append(_value(element))

    def _text(self, text: str) -> None:
        element = self._open[-1]
        if text.isspace() and (element.children or not element.text):
            return  # the indentation of the file
        element.length += len(text)
        if element.length > MAX_TEXT:
            raise _limit(msg("A text has more than %(limit)s characters.", limit=MAX_TEXT))
        element.text.append(text)


def _value(element: Element) -> object:
    text = "".join(element.text).strip()
    if element.attributes.get(_NIL) in {"true", "1"} and not text and not element.children:
        return None
    data: dict[str, object] = {}
    for name, value in element.attributes.items():
        if name == _NIL:
            continue
        if (key := f"@{local(name)[1]}") in data:
            raise _collision(key)
        data[key] = value
    if not data and not element.children:
        return text
    data |= {name: found[0] if len(found) == 1 else found for name, found in element.children.items()}
    return data | {"#text": text} if text else data


def _limit(problem: Message) -> Refused:
    return refuse("xml.limits", problem, msg("Split the file, or export less."))


def _collision(name: str) -> Refused:
    return refuse("xml.namespace", msg("Two namespaces have the name %(name)s in one element.", name=name[:100]), msg("Export the data in one namespace."))


def _malformed(path: Path, data: bytes, error: expat.ExpatError) -> Refused:
    where = Where(str(path), line=error.lineno, character=error.offset + 1)
    if not re.search(rb"[^\s\x00\xef\xbb\xbf\xfe\xff]", data):
        problem: Message = msg("nothing stands in it")
    else:
        problem = _WORDS.get(error.code) or msg("%(problem)s", problem=expat.ErrorString(error.code))
    return refuse("xml.syntax", msg("This is not valid XML: %(problem)s.", problem=problem), msg("Correct the file, or export it again."), where)

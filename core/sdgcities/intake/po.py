"""PO catalogues, whoever wrote them: limited in size, and no translation that would break the text it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.files import MEGABYTE

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Block

MAX_BYTES = 4 * MEGABYTE
MAX_ENTRIES = 50_000
MAX_TEXT = 10_000
MAX_PLURALS = 6
"""No language of CLDR has more; a header that asks for a million is not believed."""

DRAFT = "draft"
"""The extracted comment of a translation that nobody has reviewed."""

_PLACE = re.compile(r"%\((\w+)\)s|(%)(?!%)|%%")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation: no `texts` where it is not translated, several where it has plural forms."""

    msgid: str
    plural: str | None
    texts: tuple[str, ...]
    draft: bool
    line: int | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be used of a PO file, and what is wrong with the rest."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def parse_po(text: str, name: str, plurals: int) -> Catalogue:
    """The catalogue of a language with so many plural forms; `name` stands for the file. Raises Refused where it is none at all."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for block in babel_catalogue(text, name, MAX_PLURALS):
        if not block.id:
            continue  # the header
        entry = _entry(block)
        if fault := _fault(entry, plurals):
            where = Where(file=name, line=entry.line)
            findings.append(Finding("po.translation", Severity.BLOCK, fault, msg("The English text is shown until it is corrected."), where))
        else:
            entries.append(entry)
    return Catalogue(tuple(entries), tuple(findings))


def babel_catalogue(text: str, name: str, plurals: int) -> Catalog:
    """The catalogue as Babel has it, for those who write it again. The header's own number of plural forms is not believed."""
    from babel.messages.pofile import PoFileError, PoFileParser  # noqa: PLC0415 - only a catalogue that is not in the cache needs Babel

    catalog = empty_catalogue(plurals)
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(text.split("\n"))
    except PoFileError as error:
        raise _refuse(name, str(error), error.lineno + 1) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # what its parser lets escape
        raise _refuse(name, str(error), None) from error
    if len(catalog) > MAX_ENTRIES:
        raise refuse("po.entries", msg("More than %(limit)s texts.", limit=MAX_ENTRIES), where=Where(file=name))
    return catalog


def empty_catalogue(plurals: int) -> Catalog:
    """A catalogue of a language with so many plural forms."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - as above

    class Counted(Catalog):
        num_plurals = property(lambda _: plurals)

    return Counted()


def _refuse(name: str, problem: str, line: int | None) -> Refused:
    hint = msg("Correct the file and run the command again.")
    return refuse("po.syntax", msg("This is not a valid PO file: %(problem)s.", problem=problem), hint, Where(file=name, line=line))


def _entry(block: Block) -> Entry:
    msgid, plural = (block.id, None) if isinstance(block.id, str) else block.id
    found = (block.string,) if isinstance(block.string, str) else block.string
    texts = [] if block.fuzzy or block.context else list(found or ())
    while texts and not texts[-1]:
        texts.pop()
    return Entry(msgid, plural, tuple(texts), DRAFT in block.auto_comments, block.lineno)


def _fault(entry: Entry, plurals: int) -> Message | None:
    if not entry.texts:
        return None
    expected = plurals if entry.plural is not None else 1
    if len(entry.texts) != expected or not all(entry.texts):
        return msg("The translation has %(found)s forms; the language has %(expected)s.", found=len(entry.texts), expected=expected)
    if any(_CONTROL.search(text) for text in entry.texts):
        return msg("The translation holds a control character.")
    if any(len(text) > MAX_TEXT for text in entry.texts):
        return msg("The translation has more than %(limit)s characters.", limit=MAX_TEXT)
    needed, allowed = _places(entry.msgid) - {"n"}, _places(entry.msgid) | _places(entry.plural or "")
    if entry.plural is None:
        needed = allowed
    if any(not needed <= _places(text) <= allowed for text in entry.texts):
        return msg("The translation must have the same %(places)s as the text.", places=" ".join(sorted(f"%({name})s" for name in allowed)) or "%(...)s")
    return None


def _places(text: str) -> set[str]:
    """The names of the %(name)s places; "%" for a percent sign that would break the formatting."""
    return {place[1] or place[2] for place in _PLACE.finditer(text)} - {None}

"""PO catalogues, whoever wrote them: limited in size, and no translation that would break the text it stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.files import MEGABYTE
from sdgcities.intake.hidden import hidden_character

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

REVIEWED = "reviewed"
"""Begins the translator's comment of a translation that somebody has reviewed: `# reviewed: NAME, YYYY-MM-DD`."""

_REVIEW = re.compile(r"reviewed: *(?P<name>[^,\s][^,]*?) *, *(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_PLACE = re.compile(r"%\((\w+)\)s|(%)(?!%)|%%")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation: no `texts` where it is not translated, several where it has plural forms.

    `unused` says why a translation that is there is not used: it is `fuzzy`, or belongs to a `context`.
    """

    msgid: str
    plural: str | None
    texts: tuple[str, ...]
    draft: bool
    line: int | None
    reviewer: str = ""
    reviewed_on: date | None = None
    unused: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What can be used of a PO file, and what is wrong with the rest."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    header: Mapping[str, str] = field(default_factory=dict)
    repeated: tuple[tuple[str, int, int], ...] = ()
    """Texts that stand twice: the text, the line where it stands again, the line where it stood first."""


def parse_po(text: str, name: str, plurals: int, exact: Collection[int] = ()) -> Catalogue:
    """The catalogue of a language with so many plural forms; `name` stands for the file. Raises Refused where it is none at all.

    `exact` are the forms that stand for one number alone: only they may leave the number out.
    """
    entries: list[Entry] = []
    findings: list[Finding] = []
    seen: list[Block] = []
    for block in babel_catalogue(text, name, MAX_PLURALS, seen):
        if not block.id:
            continue  # the header
        entry, where = _entry(block), Where(file=name, line=block.lineno)
        if fault := fault_of(entry, plurals, exact):
            findings.append(Finding("po.translation", Severity.BLOCK, fault, msg("The English text is shown until it is corrected."), where))
        else:
            entries.append(entry)
        findings += _malformed_reviews(block, where)
    return Catalogue(tuple(entries), tuple(findings), _header(seen), tuple(_repeated(seen)))


def babel_catalogue(text: str, name: str, plurals: int, seen: list[Block] | None = None, *, obsolete: bool = False) -> Catalog:
    """The catalogue as Babel has it, for those who write it again. The header's own number of plural forms is not believed.

    `seen` gets every entry as it stands in the file; the catalogue has those of one text put together. `obsolete` reads the texts that went (`#~`) too.
    """
    from babel.messages.pofile import PoFileError, PoFileParser  # noqa: PLC0415 - only a catalogue that is not in the cache needs Babel

    catalog = empty_catalogue(plurals, seen)
    try:
        PoFileParser(catalog, ignore_obsolete=not obsolete, abort_invalid=True).parse(text.split("\n"))
    except PoFileError as error:
        raise _refuse(name, str(error), error.lineno + 1) from error
    except (ValueError, LookupError, TypeError, AttributeError) as error:  # what its parser lets escape
        raise _refuse(name, str(error), None) from error
    if len(catalog) > MAX_ENTRIES:
        raise refuse("po.entries", msg("More than %(limit)s texts.", limit=MAX_ENTRIES), where=Where(file=name))
    return catalog


def unquoted_lines(text: str) -> Iterator[int]:
    """The lines whose text does not stand in one pair of quotation marks: of such a line a part would be lost."""
    for number, line in enumerate(text.split("\n"), 1):
        _, mark, quoted = line.strip().partition(" ") if line.startswith("msg") else ("", "", line.strip())
        if (mark or quoted.startswith('"')) and not _QUOTED.fullmatch(quoted.strip()):
            yield number


def empty_catalogue(plurals: int, seen: list[Block] | None = None) -> Catalog:
    """A catalogue of a language with so many plural forms; `seen` gets what is put into it."""
    from babel.messages.catalog import Catalog  # noqa: PLC0415 - as above

    class Counted(Catalog):
        num_plurals = property(lambda _: plurals)

        def __setitem__(self, msgid: str | list[str] | tuple[str, ...], message: Block) -> None:
            if seen is not None:
                seen.append(message)
            super().__setitem__(msgid, message)

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
    unused = "context" if block.context else "fuzzy" if block.fuzzy else ""
    name, day = next(filter(None, map(review_of, block.user_comments)), ("", None))
    return Entry(msgid, plural, tuple(texts), DRAFT in block.auto_comments, block.lineno, name, day, unused)


def review_of(comment: str) -> tuple[str, date] | None:
    """The reviewer and the day; None where the comment is none of a review, or not as it should be."""
    match = _REVIEW.fullmatch(comment)
    try:
        return (match["name"], date.fromisoformat(match["day"])) if match else None
    except ValueError:
        return None


def _malformed_reviews(block: Block, where: Where) -> Iterator[Finding]:
    for comment in block.user_comments:
        if re.match(rf"{REVIEWED}\b", comment, re.IGNORECASE) and not review_of(comment):
            hint = msg("Write # reviewed: NAME, YYYY-MM-DD, with the day of the review. Until then the translation awaits review.")
            yield Finding("po.review", Severity.BLOCK, msg("The review does not say who and when: %(comment)s.", comment=comment[:100]), hint, where)


def _header(seen: Sequence[Block]) -> Mapping[str, str]:
    text = next((block.string for block in seen if not block.id and isinstance(block.string, str)), "")
    pairs = (line.partition(":") for line in text.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _repeated(seen: Sequence[Block]) -> Iterator[tuple[str, int, int]]:
    first: dict[tuple[str, str], int] = {}
    for block in seen:
        msgid = block.id if isinstance(block.id, str) else block.id[0]
        line = block.lineno or 1
        if msgid and first.setdefault((msgid, block.context or ""), line) != line:
            yield msgid, line, first[msgid, block.context or ""]


def fault_of(entry: Entry, plurals: int, exact: Collection[int] = ()) -> Message | None:
    """Why a translation can't be used in a language with so many plural forms; None where it can, or there is none."""
    if not entry.texts:
        return None
    expected = plurals if entry.plural is not None else 1
    if len(entry.texts) != expected or not all(entry.texts):
        return msg("The translation has %(found)s forms; the language has %(expected)s.", found=len(entry.texts), expected=expected)
    return next(filter(None, (fault_of_form(entry, form, exact) for form in range(expected))), None)


def fault_of_form(entry: Entry, form: int, exact: Collection[int] = ()) -> Message | None:
    """Why one form of a translation can't be used; None where it can."""
    text = entry.texts[form]
    if _CONTROL.search(text):
        return msg("The translation holds a control character.")
    if sign := hidden_character(text):
        return msg("The translation holds the hidden character %(sign)s.", sign=sign)
    if len(text) > MAX_TEXT:
        return msg("The translation has more than %(limit)s characters.", limit=MAX_TEXT)
    allowed, found = _places(entry.msgid) | _places(entry.plural or ""), _places(text)
    needed = _places(entry.msgid) - {"n"} if entry.plural is not None and form in exact else allowed
    if needed <= found <= allowed:
        return None
    names = " ".join(sorted(f"%({name})s" for name in allowed)) or "%(...)s"
    if entry.plural is not None and allowed - found == {"n"}:
        return msg("Form %(form)s of the translation must have %(places)s: it stands for more than one number.", form=form + 1, places=names)
    return msg("The translation must have the same %(places)s as the text.", places=names)


def _places(text: str) -> set[str]:
    """The names of the %(name)s places; "%" for a percent sign that would break the formatting."""
    return {place[1] or place[2] for place in _PLACE.finditer(text)} - {None}

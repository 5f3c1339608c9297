"""Catalogues written anew: new texts come in, translations stay, and writing twice gives the same file.

A translation made by a machine or not yet reviewed carries the extracted comment `draft` until a reviewer takes it away. Whoever reviews
it is named in a translator's comment, `# reviewed: NAME, YYYY-MM-DD`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.i18n.catalogues import DOMAIN
from sdgcities.i18n.languages import plural_count, plural_form
from sdgcities.i18n.wanted import Text
from sdgcities.intake.files import read_text
from sdgcities.intake.po import DRAFT, MAX_BYTES, REVIEWED, babel_catalogue, empty_catalogue
from sdgcities.writing import put

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from babel.messages.catalog import Message as Block

PREVIOUS = "previous text:"
"""Begins the comment of a draft that was the translation of another wording."""
_ALIKE = 0.9
"""How much of two wordings must be the same for one's translation to be offered for the other."""
_FIXED = re.compile(r"%\(\w+\)s|%|[0-9]+|[<{][^<>{}]*[>}]")
"""Places, figures and markup: two wordings that differ in them don't say the same."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did: texts that are new, of which translations of an earlier wording were offered, and texts that went."""

    path: Path
    made: bool
    changed: bool
    new: int
    offered: int
    gone: int


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalogue with the texts of today, and how many are new, were offered a translation, and went."""

    catalogue: Catalog
    new: int
    offered: int
    gone: int


def update_catalogue(path: Path, texts: Iterable[Text], *, project: str = DOMAIN, keep: bool = False) -> Updated:
    """Bring the texts into a PO file: new ones untranslated, those that went are dropped, the others as they are.

    With `keep`, what was written in by hand, and so names no file, stays; what went stands at the end, marked `#~`, and comes back with its
    text; the translation of a close wording is offered as a draft.
    """
    made = not path.is_file()
    old = read_catalogue(path, obsolete=keep)
    merged = merge(old, texts, keep=keep)
    changed = put_catalogue(path, merged.catalogue, project, old)
    return Updated(path, made, changed, merged.new, merged.offered, merged.gone)


def merge(old: Catalog, texts: Iterable[Text], *, keep: bool) -> Merged:
    """The texts with what a catalogue has of them, as `update_catalogue` writes it."""
    new = empty_catalogue(old.num_plurals)
    for text in texts:
        new.add(text.msgid, locations=[(text.file, 0)] if text.file else [], auto_comments=[text.shown] if text.shown else [])
    for block in old if keep else ():
        if block.id and not block.locations and block.id not in new:
            new[block.id] = block
    went = {_key(block): block for block in old if block.id and any(strings(block)) and block.id not in new}
    fresh = [block for block in new if block.id and not _taken_over(block, old)]
    offered = sum(_offered(block, went) for block in fresh) if keep else 0
    if keep:
        new.obsolete.update({_key(block): block for block in old.obsolete.values() if _key(block) not in new})
        new.obsolete.update(went)
    return Merged(new, len(fresh), offered, len(went))


def put_catalogue(path: Path, catalogue: Catalog, project: str, old: Catalog) -> bool:
    """Write the file where it is not this one already, and tell whether it was written."""
    body = catalogue_bytes(catalogue, path.parts[-3], project, old)
    if path.is_file() and path.read_bytes() == body:
        return False
    put(path, body)
    return True


def read_catalogue(path: Path, *, obsolete: bool = False) -> Catalog:
    """A catalogue as it can be written again; an empty one where there is none. Raises Refused where the file is no catalogue."""
    count = plural_count(plural_form(path.parts[-3]))
    return babel_catalogue(read_text(path, MAX_BYTES), str(path), count, obsolete=obsolete) if path.is_file() else empty_catalogue(count)


def catalogue_bytes(catalogue: Catalog, language: str, project: str, old: Catalog) -> bytes:
    """The PO file of a catalogue, with the header of the one before it."""
    from babel.messages.pofile import write_po  # noqa: PLC0415 - only those who write catalogues need Babel

    body = BytesIO()
    write_po(body, catalogue, omit_header=True, include_lineno=False, sort_by_file=True, width=120)
    return _header(language, project, old).encode() + body.getvalue()


def template_bytes(texts: Iterable[Text], project: str) -> bytes:
    """The PO template of the texts, each with its places."""
    from babel.messages.pofile import write_po  # noqa: PLC0415 - as above

    template = empty_catalogue(2)
    for text in texts:
        template.add(text.msgid, locations=[(text.file, text.line or 0)], auto_comments=[text.shown] if text.shown else [])
    body = BytesIO()
    write_po(body, template, omit_header=True, sort_by_file=True, width=120)
    return (f"# Texts of {project}, to be translated.\n" + _fields({"Project-Id-Version": project})).encode() + body.getvalue()


def _key(block: Block) -> str:
    return block.id if isinstance(block.id, str) else block.id[0]


def strings(block: Block) -> tuple[str, ...]:
    """The forms of a translation; one where the text has no plural."""
    return (block.string,) if isinstance(block.string, str) else tuple(block.string or ())


def _taken_over(block: Block, old: Catalog) -> bool:
    """Give a text what the catalogue has of it already, and tell whether it had the text."""
    known = old.get(block.id)
    if known is block:
        return True
    returns = known is None and (known := old.obsolete.get(_key(block))) is not None
    if known is None or isinstance(known.id, str) != isinstance(block.id, str):
        return False
    block.string = known.string
    block.flags |= known.flags
    block.user_comments = known.user_comments
    draft = DRAFT in known.auto_comments or (returns and not any(map(is_review, known.user_comments)))
    block.auto_comments = [*([DRAFT] if draft else []), *block.auto_comments]
    if known.id != block.id and any(strings(known)):
        _mark_previous(block, known.id[1])
    return not returns


def _offered(block: Block, went: dict[str, Block]) -> bool:
    """Offer the translation of a wording that went, where it is nearly this one."""
    fixed = sorted(_FIXED.findall(_key(block)))
    like = [key for key, other in went.items() if isinstance(other.id, str) == isinstance(block.id, str) and sorted(_FIXED.findall(key)) == fixed]
    if any(strings(block)) or not (found := get_close_matches(_key(block), like, 1, _ALIKE)):
        return False
    known = went.pop(found[0])
    block.string, block.user_comments = known.string, known.user_comments
    _mark_previous(block, _key(known))
    return True


def _mark_previous(block: Block, text: str) -> None:
    block.user_comments = [f"{PREVIOUS} {' '.join(text.split())}", *(comment for comment in block.user_comments if not is_review(comment))]
    block.auto_comments = [DRAFT, *(comment for comment in block.auto_comments if comment != DRAFT)]


def is_review(comment: str) -> bool:
    """Whether a translator's comment names a reviewer."""
    return comment.casefold().startswith(f"{REVIEWED}:")


def _header(language: str, project: str, old: Catalog) -> str:
    """No dates: extracting twice gives the same file."""
    comment = "\n".join(line for line in old.header_comment.splitlines() if line.strip("# ")) if len(old) else ""
    head = comment or f"# {project} in {language}. The comment `{DRAFT}` marks a translation that nobody has reviewed."
    return f"{head}\n{_fields({'Project-Id-Version': project, 'Language': language}, plural_form(language))}"


def _fields(first: Mapping[str, str], plurals: str = "") -> str:
    fields = {
        **first,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **({"Plural-Forms": plurals} if plurals else {}),
    }
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{name}: {value}\\n"\n' for name, value in fields.items()) + "\n"

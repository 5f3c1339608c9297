"""A translation held against its text: places of the other style, markup, blanks at the ends, the sign at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from sdgcities.findings import Message, msg
from sdgcities.intake.po import Entry

_BRACES = re.compile(r"\{[^{}\s]*\}")
_PRINTF = re.compile(r"(?<!%)(?:%%)*(%[sdifrx])")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*?(/?)>")
_MARKS = re.compile(r"\*\*|`|\]\(")
_NEVER_CLOSED = frozenset({"br", "hr", "img", "wbr"})
_ENDINGS = (".。।۔።។။܁", "?？؟;՞፧", "!！՜߹", ":：፦፥", "…")  # noqa: RUF001 - the signs themselves are meant
"""Signs that end a sentence in the scripts of the world, each with those that mean the same."""


def faults(entry: Entry) -> Iterator[tuple[Message, Message]]:
    """What in a translation shows something else than the text says, each with what to do."""
    sources = (entry.msgid, *([entry.plural] if entry.plural else []))
    for text in entry.texts:
        yield from _places(sources, text)
        yield from _markup(sources, text)
        yield from _ends(sources, text)


def ends_otherwise(entry: Entry) -> bool:
    """Whether a translation lacks the full stop, colon or other sign at the end that the text has, or has one more."""
    return any(_ending(text) != _ending(entry.msgid) for text in entry.texts)


def _places(sources: Iterable[str], text: str) -> Iterator[tuple[Message, Message]]:
    for pattern in (_BRACES, _PRINTF):
        wanted = [Counter(pattern.findall(source)) for source in sources]
        if wanted and Counter(pattern.findall(text)) not in wanted:
            names = " ".join(sorted(set().union(*wanted) | set(pattern.findall(text))))
            yield msg("The places %(names)s are not those of the text.", names=names), msg("Copy each place from the text as it stands; it is filled in later.")


def _markup(sources: Iterable[str], text: str) -> Iterator[tuple[Message, Message]]:
    if Counter(_tags(text)) not in [Counter(_tags(source)) for source in sources]:
        yield (
            msg("The markup differs from that of the text: %(tags)s.", tags=" ".join(_tags(text)) or "-"),
            msg("Use the same tags as the text, each as often."),
        )
    elif unclosed := _unclosed(text):
        yield msg("The tag %(tag)s is not closed where it should be.", tag=unclosed), msg("Close the tag that was opened last first.")
    if Counter(_MARKS.findall(text)) not in [Counter(_MARKS.findall(source)) for source in sources]:
        yield msg("The marks ** ` and ]( are not those of the text."), msg("Use the same marks as the text, each as often.")


def _tags(text: str) -> list[str]:
    return [f"<{slash}{name.lower()}>" for slash, name, _ in _TAG.findall(text)]


def _unclosed(text: str) -> str:
    """The first tag that is not closed, or closed without being open; empty where all are."""
    opened: list[str] = []
    for slash, name, alone in _TAG.findall(text):
        tag = name.lower()
        if alone or tag in _NEVER_CLOSED:
            continue
        if not slash:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            return f"</{tag}>"
    return f"<{opened[0]}>" if opened else ""


def _ends(sources: Iterable[str], text: str) -> Iterator[tuple[Message, Message]]:
    if _blanks(text) not in [_blanks(source) for source in sources]:
        yield msg("It begins or ends with other blanks or line breaks than the text."), msg("Begin and end it as the text does.")


def _blanks(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def _ending(text: str) -> int:
    """Which sign ends it; -1 where none does."""
    last = text.rstrip(" \t\n»”\"')")[-1:]
    return next((number for number, signs in enumerate(_ENDINGS) if last and last in signs), -1)

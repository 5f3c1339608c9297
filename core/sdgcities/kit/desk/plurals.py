"""The Plural-Forms that a catalogue's header states, held against those of its language."""

from __future__ import annotations

import re
from gettext import c2py

from sdgcities.i18n.languages import plural_form

_NUMBERS = (*range(201), 1000, 1001, 1002, 1011, 1_000_000)
_FORM = re.compile(r"nplurals *= *([0-9]{1,2}) *; *plural *= *(.*?) *;? *")


def agrees(stated: str, language: str) -> bool:
    """Whether a header counts as the language does, however it spells it."""
    theirs, ours = _forms(stated), _forms(plural_form(language))
    return theirs is not None and theirs == ours


def _forms(stated: str) -> tuple[int, list[int]] | None:
    """How many forms there are, and which each number takes; None where the header does not say it."""
    match = _FORM.fullmatch(stated.strip())
    if match is None:
        return None
    try:
        takes = c2py(match[2])
        return int(match[1]), [int(takes(number)) for number in _NUMBERS]
    except (ValueError, ArithmeticError, RecursionError, MemoryError):
        return None

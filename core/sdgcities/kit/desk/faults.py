"""What is wrong with one translation, by the checks that the catalogues of a plugin are held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sdgcities.findings import Message
from sdgcities.i18n.languages import exact_forms, plural_form
from sdgcities.intake.po import Entry, fault_of_form
from sdgcities.kit.desk.comparing import faults

if TYPE_CHECKING:
    from babel.messages.catalog import Message as Block


def faults_of(block: Block, texts: Sequence[str], language: str) -> Iterator[tuple[int, Message]]:
    """Each fault of a translation with the plural form that has it."""
    msgid, plural = (block.id, None) if isinstance(block.id, str) else (block.id[0], block.id[1])
    exact = exact_forms(plural_form(language))
    entry = Entry(msgid, plural, tuple(texts), draft=False, line=None)
    for index, text in enumerate(texts):
        if fault := fault_of_form(entry, index, exact):
            yield index, fault
        else:
            yield from ((index, fault) for fault, _ in faults(replace(entry, texts=(text,))))

"""How a workbook for translators is laid out: what writing it and reading it back must agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import c2py
from hashlib import sha256
from typing import TYPE_CHECKING

from sdgcities.findings import mark
from sdgcities.i18n.languages import plural_count, plural_form
from sdgcities.i18n.update import PREVIOUS, is_review

if TYPE_CHECKING:
    from babel.messages.catalog import Message as Block

GUIDE, TEXTS, ABOUT = "How to", "Texts", "sdgcities"
"""The sheets: how to fill it in, the texts, and, hidden, what the workbook is."""
LAYOUT = "1"
"""Raise it when an older workbook can't be read any more."""

TEXT, SHOWN, FORM, NUMBERS = "Text", "Where it is shown", "Form", "For numbers such as"
TRANSLATION, STATE, REVIEWER, DAY, REMARK, KEY = "Translation", "State", "Reviewed by", "Reviewed on", "Remark", "Key"
COLUMNS = {TEXT: 60, SHOWN: 30, FORM: 6, NUMBERS: 16, TRANSLATION: 60, STATE: 12, REVIEWER: 22, DAY: 14, REMARK: 40, KEY: 16}
"""The columns and how wide they are. Their names are the same in every language, so that they are found again."""
OF_CORE = "also a text of the core"
"""Stands behind the place of a text of the plugin whose translation replaces that of the core."""
TO_FILL_IN = frozenset({TRANSLATION, REVIEWER, DAY, REMARK})

STEPS = (
    mark("This workbook holds texts to be translated from English. They stand on the second sheet, one in a row."),
    mark("Write the translation into the column Translation. Leave a row empty if you are not sure: it stays as it is."),
    mark("What stands like %(name)s or {name} is filled in later: leave it as it is, at the place where it belongs in your language."),
    mark("What stands between < and > is markup: leave it as it is, around the words it belongs to."),
    mark("A text with several rows depends on a number: translate it in each, as your language says it for the numbers shown there."),
    mark("The column State says how far a text is: empty; draft, which nobody has reviewed; unreviewed; reviewed."),
    mark("Who has reviewed a translation and finds it right writes the name into Reviewed by, and the day into Reviewed on, such as 2026-12-31."),
    mark("Names that you write below can be chosen in that column."),
    mark("Use the column Remark for a question or a doubt. It is kept with the text."),
    mark("You may sort and filter the rows, and send only some back. Don't change the English texts."),
)
"""What a translator has to know."""
NAMES = 12
"""Lines for the names of reviewers, below the steps."""

_EXAMPLES = 5
_QUOTES = str.maketrans("\u201c\u201d\u201e\u2018\u2019", '"""\'\'')


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a text: its place among the forms of the language, and the numbers it is for."""

    index: int
    english: str
    numbers: str


def forms_of(block: Block, language: str) -> list[Form]:
    """The rows of a text: one, or one for each plural form of the language."""
    if isinstance(block.id, str):
        return [Form(0, block.id, "")]
    numbers = numbers_of(language)
    one = [len(numbers) > 1 and 1 in found for found in numbers]
    shown = [", ".join(map(str, found[:_EXAMPLES])) + (", …" if len(found) > _EXAMPLES else "") for found in numbers]
    return [Form(index, block.id[0] if one[index] else block.id[1], shown[index]) for index in range(len(numbers))]


def numbers_of(language: str) -> list[list[int]]:
    """For each plural form of a language, numbers that take it."""
    form = plural_form(language)
    choose = c2py(form.split("plural=", maxsplit=1)[1].rstrip(";"))
    found: list[list[int]] = [[] for _ in range(plural_count(form))]
    for number in range(1000):
        found[choose(number)].append(number)
    return found


def key_of(block: Block, form: int) -> str:
    """What a row is found by, however the rows are sorted."""
    parts = (block.id,) if isinstance(block.id, str) else tuple(block.id)
    return f"{sha256(chr(0).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}-{form + 1}"


def cleaned(cell: str) -> str:
    """A cell as it was typed: a spreadsheet may write its line breaks in several ways."""
    return re.sub(r"_x000D_\n?|\r\n?", "\n", cell)


def same_wording(one: str, other: str) -> bool:
    """Whether two texts differ at most in what spreadsheets change by themselves: quotation marks, blanks, line breaks."""
    return _folded(one) == _folded(other)


def _folded(text: str) -> str:
    return " ".join(cleaned(text).translate(_QUOTES).split())


def remark_of(block: Block) -> str:
    """The remarks on a translation, without its review and what the desk itself noted."""
    return " ".join(comment for comment in block.user_comments if not is_review(comment) and not comment.startswith(PREVIOUS))

"""Cells of units.csv that a spreadsheet or a wrong encoding spoilt, or that stand alone among those of their level."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

from sdgcities.findings import Finding, Message, msg
from sdgcities.kit.doubts.finding import Row, and_more
from sdgcities.model.places import Attribute
from sdgcities.plugin.declared.units import ATTRIBUTE

LEAST = 3
"""Rows from which on it shows that one of them is unlike the others."""
_FAULT = re.compile(r"#(REF|NAME|VALUE|N/A|NULL|NUM|DIV/0)[!?]?", re.IGNORECASE)
_PREFIX = re.compile(r"([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?):(?=\S)")
_MISREAD = ("cp1252", "iso-8859-1", "cp1254", "mac_roman")
"""Encodings in which a program may have read UTF-8."""


def doubtful_cells(rows: Sequence[Row], country: str) -> Iterator[Finding]:
    """Everything of names, years, parents and attributes that is seldom meant."""
    for row in rows:
        for column in ("name", "other_names"):
            if spoilt := spoilt_text(row.cells.get(column, "")):
                yield row.block(column, *spoilt)
        yield from _other_names(row)
        yield from _future(row)
    yield from _orphans(rows, country)
    yield from _attributes(rows)


def spoilt_text(text: str) -> tuple[Message, Message] | None:
    """What shows that a name is not as it was typed, and what to do; None where nothing does."""
    again = msg("Type the name again, or take it from the source.")
    if "=" in text or _FAULT.search(text):
        return msg("%(text)s is a formula or a fault of a spreadsheet.", text=text), again
    if "\ufffd" in text or "??" in text:
        return msg("%(text)s has lost letters: it was saved in an encoding that does not have them.", text=text), again
    if meant := _meant(text):
        return msg("%(text)s was read in a wrong encoding.", text=text), msg("Did you mean %(meant)s? Save the file as UTF-8.", meant=meant)
    return None


def _meant(text: str) -> str:
    """The text before it was read in a wrong encoding; empty where it was not."""
    if text.isascii():
        return ""
    for encoding in _MISREAD:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return ""


def _other_names(row: Row) -> Iterator[Finding]:
    text = row.cells.get("other_names", "")
    if re.search("[,;]", text) and "|" not in text:
        problem = msg("%(text)s is one name here.", text=text)
        yield row.note("other_names", problem, msg("Are they several? Then put | between them."))
    for name in text.split("|"):
        if (prefix := _PREFIX.match(name.strip())) and not _is_language(prefix[1]):
            problem = msg("%(prefix)s is no code of a language.", prefix=prefix[1])
            yield row.note("other_names", problem, msg("Write a code such as sw or pt_PT before the colon, in small letters; without one, the name alone."))


def _is_language(prefix: str) -> bool:
    from babel import Locale  # noqa: PLC0415 - 30 MB that a list without such names does without

    language = prefix.split("_", maxsplit=1)[0]
    return language == language.lower() and "-" not in prefix and language in Locale("en").languages


def _future(row: Row) -> Iterator[Finding]:
    if (year := row.unit.population_year) and year > datetime.now(UTC).year + 1:
        problem = msg("The population is of the year %(year)s, which is still to come.", year=year)
        yield row.note("population_year", problem, msg("Write the year in which the people were counted."))


def _orphans(rows: Sequence[Row], country: str) -> Iterator[Finding]:
    """A unit right below the country, where all others of its level have a unit above."""
    levels = defaultdict[str, list[Row]](list)
    for row in rows:
        if row.unit.valid_to is None and row.unit.parent:
            levels[row.unit.level].append(row)
    for level, members in levels.items():
        alone = [row for row in members if row.unit.parent == country]
        if len(alone) == 1 and len(members) >= LEAST:
            problem = msg("%(name)s has no parent; all others of the level %(level)s have one.", name=alone[0].unit.name, level=level)
            yield alone[0].note("parent", problem, msg("Write the id of the unit above, unless it lies right below the country."))


def _attributes(rows: Sequence[Row]) -> Iterator[Finding]:
    """Columns attr: with a blank in their name, or with values of several kinds."""
    for column in rows[0].cells if rows else ():
        name = column.removeprefix(ATTRIBUTE)
        if not column.startswith(ATTRIBUTE):
            continue
        if not name or re.search(r"\s", name):
            problem = msg("The name of the attribute has a blank: %(name)s.", name=name or "''")
            yield rows[0].note(column, problem, msg("Write attr:%(name)s.", name="_".join(name.split()) or "NAME"))
        held = [(row, row.unit.attributes[name]) for row in rows if name in row.unit.attributes]
        yield from _mixed(column, held)


def _mixed(column: str, held: Sequence[tuple[Row, Attribute]]) -> Iterator[Finding]:
    kinds = Counter(_kind(value) for _, value in held)
    if len(kinds) < 2:  # noqa: PLR2004 - one kind, or no value
        return
    usual = kinds.most_common(1)[0][0]
    others = [(row, value) for row, value in held if _kind(value) != usual]
    row = others[0][0]
    problem = msg("%(value)s is no %(kind)s, as most values of the column are.", value=row.cells[column], kind=_KINDS[usual])
    yield row.note(column, problem, msg("A condition of a milestone would not find it: write all alike. %(more)s", more=and_more(others)))


def _kind(value: Attribute) -> str:
    return "bool" if isinstance(value, bool) else "number" if isinstance(value, Decimal) else "text"


_KINDS = {"bool": msg("true or false"), "number": msg("number"), "text": msg("text")}

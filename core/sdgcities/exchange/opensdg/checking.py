"""What is wrong with a repository: what Open SDG's own check looks at, and what would make figures wrong here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sdgcities.exchange.opensdg.repository import VALUE, YEAR, OpenIndicator, Repository, SchemaField
from sdgcities.exchange.opensdg.rows import Rows
from sdgcities.exchange.opensdg.values import NUMBER
from sdgcities.exchange.opensdg.words import words
from sdgcities.findings import Finding, Message, Severity, Where, msg, nmsg
from sdgcities.intake.encodings import garbled
from sdgcities.tracks.data.reading.raw import MAX_DIGITS

CONTRADICTION, NO_NUMBER, NO_PERIOD, GARBLED = "opensdg.contradiction", "value.number", "period.unreadable", "opensdg.garbled"
FEW = 5
"""Examples that a sentence names."""
_PLACEHOLDER = ("notstarted", "notapplicable")


def check(repository: Repository, tables: Mapping[str, Rows]) -> list[Finding]:
    """Everything, what could not be read first. `tables` are the rows of each indicator by its id."""
    found = list(repository.problems)
    fields = {field.name: field for field in repository.schema}
    for one, indicator in repository.indicators.items():
        if indicator.rows:
            found += _data(tables[one])
    found += _missing_fields(repository, fields)
    for indicator in repository.indicators.values():
        found += [_field(indicator, name, told) for name, value in indicator.metadata.items() if (told := _misfit(fields.get(name), value))]
    return [*found, *_whole(repository), *_translations(repository, tables)]


def _data(rows: Rows) -> Iterator[Finding]:
    """The rows of one file."""
    file = rows.indicator.data_file
    yield from _blanks(rows.indicator)
    if not all(map(NUMBER.fullmatch, rows.values)) or max(map(len, rows.values), default=0) > MAX_DIGITS:
        for number, value in enumerate(rows.values):
            if not NUMBER.fullmatch(value):
                hint = msg("Write digits with a decimal point and nothing else; leave the cell empty where there is no value.")
                yield _row(NO_NUMBER, msg("“%(text)s” is not a number.", text=value[:40]), hint, rows, number, VALUE)
            elif len(value) > MAX_DIGITS:
                told = msg("The figure has %(n)s characters when it is written out: %(text)s…", n=len(value), text=value[:MAX_DIGITS])
                yield _row(NO_NUMBER, told, msg("A figure has at most %(n)s characters.", n=MAX_DIGITS), rows, number, VALUE)
    wrong = {text for text, period in rows.periods.items() if not period}
    for number, text in enumerate(rows.column(YEAR)) if wrong else ():
        if text in wrong:
            hint = msg("Write a year (2021), first and last year (2018-2020), or a half-year, quarter, month or day (2021-S1, 2021-Q3, 2021-07, 2021-07-15).")
            told = msg("“%(text)s” is no year or period.", text=text) if text else msg("The row has a value and no year.")
            yield _row(NO_PERIOD, told, hint, rows, number, YEAR)
    yield from _contradictions(rows)
    if rows.repeated:
        first = rows.lines[min(rows.repeated)]
        told = nmsg(
            "%(n)s row gives a figure once more that stands further above, with the same value: row %(row)s.",
            "%(n)s rows give a figure once more that stands further above, with the same value, the first of them row %(row)s.",
            len(rows.repeated),
            row=first,
        )
        yield Finding("opensdg.repeated", Severity.NOTE, told, msg("It is taken in once."), Where(file=file, row=first))
    yield from _broken(rows)


def _contradictions(rows: Rows) -> Iterator[Finding]:
    hint = msg("Keep the right one in the file, or tell them apart by a column. With --accept-partial none of them is taken in.")
    for group in rows.groups:
        if group[0] in rows.contradicting:
            listed = ", ".join(str(rows.lines[number]) for number in group)
            values = ", ".join(dict.fromkeys(rows.values[number] for number in group))
            about = "; ".join(rows.described(group[0]))
            told = msg("Rows %(rows)s give several values for one figure (%(about)s): %(values)s.", rows=listed, about=about, values=values)
            yield _row(CONTRADICTION, told, hint, rows, group[0], VALUE)


def _blanks(indicator: OpenIndicator) -> Iterator[Finding]:
    """Blanks before or behind a text: Open SDG takes "Male " for another group than "Male"; here they are taken off."""
    for name, cells in zip(indicator.columns, zip(*indicator.rows, strict=True), strict=True):
        odd = {cell for cell in set(cells) if cell != cell.strip()}
        padded = [line for line, cell in zip(indicator.lines, cells, strict=True) if cell in odd] if odd else []
        if name != name.strip():
            padded.insert(0, 1)
        if padded:
            told = nmsg("A blank stands before or behind the text of %(n)s cell.", "Blanks stand before or behind the texts of %(n)s cells.", len(padded))
            hint = msg("Take them out in the file: Open SDG would show the text as a group of its own.")
            yield Finding("opensdg.blanks", Severity.NOTE, told, hint, Where(file=indicator.data_file, row=padded[0], column=name.strip()))


def _broken(rows: Rows) -> Iterator[Finding]:
    """Labels whose letters were read in the wrong encoding."""
    for name in (*rows.indicator.disaggregations, rows.indicator.series_column, rows.indicator.unit_column):
        for text in dict.fromkeys(rows.column(name.strip())) if name else ():
            if meant := garbled(text):
                row = rows.lines[rows.column(name.strip()).index(text)]
                told = msg("“%(text)s” was meant as “%(meant)s”.", text=text, meant=meant)
                hint = msg('Correct the file: it was saved in another encoding. If it is right all the same, say why: --justify opensdg.garbled="REASON".')
                yield Finding(GARBLED, Severity.JUSTIFY, told, hint, Where(file=rows.indicator.data_file, row=row, column=name.strip()))


def _missing_fields(repository: Repository, fields: Mapping[str, SchemaField]) -> Iterator[Finding]:
    """Fields that the repository's schema, or Open SDG of every indicator, asks for: each with the files that lack it."""
    lacking: dict[str, list[OpenIndicator]] = {}
    for indicator in repository.indicators.values():
        for name in _needed(indicator.metadata, fields) if indicator.metadata else ():
            if name not in indicator.metadata and (name in fields or not fields):
                lacking.setdefault(name, []).append(indicator)
    for name, indicators in lacking.items():
        named = _some([one.id for one in indicators])
        told = nmsg(
            "The field %(name)s is missing in the metadata of %(n)s indicator: %(indicators)s.",
            "The field %(name)s is missing in the metadata of %(n)s indicators, such as: %(indicators)s.",
            len(indicators),
            name=name,
            indicators=named,
        )
        yield _field(indicators[0], name, told)


def _needed(data: Mapping[str, object], fields: Mapping[str, SchemaField]) -> Iterable[str]:
    drawn = data.get("reporting_status") == "complete" and data.get("published") is True and data.get("data_non_statistical") is False
    when = ("always", *(("complete",) if data.get("reporting_status") == "complete" else ()), *(("drawn",) if drawn else ()))
    return dict.fromkeys((*(name for one in when for name in words().required[one]), *(field.name for field in fields.values() if field.required)))


def _misfit(field: SchemaField | None, value: object) -> Message | None:
    """Why a value is none that the schema allows."""
    if field is None:
        return None
    if field.element == "checkbox" and not isinstance(value, bool):
        return msg("%(name)s must be true or false.", name=field.name)
    if field.valid_values and field.element in ("select", "multiselect"):
        given = value if isinstance(value, list) and field.element == "multiselect" else [value]
        if wrong := [one for one in given if one not in field.valid_values]:
            allowed = ", ".join(str(one) for one in field.valid_values[:12])
            return msg("%(name)s says %(value)s, and must be one of: %(allowed)s.", name=field.name, value=str(wrong[0])[:40], allowed=allowed)
    return None


def _field(indicator: OpenIndicator, name: str, told: Message) -> Finding:
    file, line = indicator.metadata_lines.get(name, (indicator.metadata_files[-1] if indicator.metadata_files else "", 0))
    hint = msg("Open SDG's check would refuse it; the figures are not affected.")
    return Finding("opensdg.metadata-field", Severity.NOTE, told, hint, Where(file=file, line=line or None))


def _whole(repository: Repository) -> Iterator[Finding]:
    """What is seen of all indicators together."""
    folder, items = Where(file=str(repository.folder)), repository.indicators.values()
    if lacking := [one.id for one in items if not one.metadata]:
        told = nmsg("%(n)s indicator has no metadata: %(names)s.", "%(n)s indicators have no metadata, such as: %(names)s.", len(lacking), names=_some(lacking))
        yield Finding("opensdg.no-metadata", Severity.NOTE, told, msg("Without metadata an indicator is called by its number."), folder)
    if lacking := [one.id for one in items if one.metadata and not one.has_data]:
        told = nmsg("%(n)s indicator has no figures: %(names)s.", "%(n)s indicators have no figures, such as: %(names)s.", len(lacking), names=_some(lacking))
        yield Finding("opensdg.no-data", Severity.NOTE, told, None, folder)
    if doubtful := [one.id for one in items if one.has_data and one.metadata.get("reporting_status") in _PLACEHOLDER]:
        told = nmsg(
            "%(n)s indicator has figures, though its metadata say that it is not reported: %(names)s.",
            "%(n)s indicators have figures, though their metadata say that they are not reported, such as: %(names)s.",
            len(doubtful),
            names=_some(doubtful),
        )
        yield Finding("opensdg.not-reported", Severity.NOTE, told, msg("Are they examples of the template? Then empty the data file and import again."), folder)


def _translations(repository: Repository, tables: Mapping[str, Rows]) -> Iterator[Finding]:
    """Labels of the data that have no translation, for each language but the first."""
    labels = Counter[str]()
    for one, rows in tables.items():
        for column in repository.indicators[one].disaggregations:
            labels.update((column.strip(), *filter(None, set(rows.column(column.strip())))))
    for language in repository.configuration.languages[1:]:
        texts = repository.translations.get(language, {})
        known = {key.partition(".")[2] for key in texts} | texts.keys()
        if lacking := [label for label, _ in labels.most_common() if label not in known and not label.replace(".", "").isdigit()]:
            told = nmsg(
                "%(n)s label has no translation into %(language)s in the repository: %(names)s.",
                "%(n)s labels have no translation into %(language)s in the repository, such as: %(names)s.",
                len(lacking),
                language=language,
                names=_some(lacking),
            )
            hint = msg("Add it to translations/%(language)s/data.yml; without it Open SDG shows the label as it stands.", language=language)
            yield Finding("opensdg.untranslated", Severity.NOTE, told, hint, Where(file=str(repository.folder)))


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:FEW])


def _row(code: str, told: Message, hint: Message, rows: Rows, number: int, column: str) -> Finding:
    return Finding(code, Severity.BLOCK, told, hint, Where(file=str(Path(rows.indicator.data_file)), row=rows.lines[number], column=column))

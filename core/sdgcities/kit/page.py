"""The page about a plugin, from its files: the same files always give the same page."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sdgcities.contract.adapt import adapt
from sdgcities.contract.diff import Difference, diff
from sdgcities.contract.load import load_contract
from sdgcities.contract.values import spell
from sdgcities.errors import Refused
from sdgcities.findings import msg
from sdgcities.kit.reference.countries import countries
from sdgcities.kit.rule import Unchecked
from sdgcities.kit.subject import Subject

PAGE = "README.md"
"""Its name in the package."""
COMMAND = "sdgcities plugin document"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~&$#!])")
_JOINERS = "\u200c\u200d"
"""Two characters without a look of their own that some scripts need."""


def page_of(subject: Subject) -> str:
    """The page, in Markdown. Raises Unchecked where a file of the plugin can't be read."""
    manifest = subject.manifest
    about = [
        f"# {_plain(manifest.title)}",
        f"The plugin `{manifest.name}`, version {_plain(manifest.version)}, for plugin API {manifest.api[0]}.{manifest.api[1]}.",
        _list("Countries or areas", (_country(code) for code in manifest.countries)),
        _list("Languages", manifest.languages),
        _list("Currency", [manifest.currency] if manifest.currency else []),
        _list("Maintainers", map(_plain, manifest.maintainers)),
    ]
    parts = (_levels, _sources, _indicators, _forms, _profiles, _adaptation, _modality, _waived)
    sections = ["\n".join(lines) for part in parts if (lines := list(part(subject)))]
    last = f"*This page was generated from the files of the plugin by `{COMMAND}`. Change the files, then run the command again.*"
    return "\n\n".join([*filter(None, about), *sections, last]) + "\n"


def _levels(subject: Subject) -> Iterator[str]:
    levels = subject.manifest.levels
    if not levels:
        return
    units = subject.units.needed
    standing = Counter(unit.level for unit in units if unit.valid_to is None)
    ended = Counter(unit.level for unit in units if unit.valid_to is not None)
    rows = [(level.name, str(standing[level.id]), str(ended[level.id]), "yes" if level.city else "no") for level in levels]
    yield from _table("Administrative units", ("Level", "Units today", "Ended", "Can join as a city"), rows)


def _sources(subject: Subject) -> Iterator[str]:
    rows = [(source.office, source.table, source.licence or "not stated") for source in subject.manifest.sources.values()]
    yield from _table("Sources", ("Office", "Table", "Licence"), rows)


def _indicators(subject: Subject) -> Iterator[str]:
    rows = [
        (one.code, one.name, one.unit, one.track, ", ".join(one.sdg) or "none", one.status.value)
        for one in (subject.indicators.needed if subject.indicators else ())
    ]
    yield from _table("Indicators", ("Code", "Name", "Unit", "Track", "SDG", "Status"), rows)


def _forms(subject: Subject) -> Iterator[str]:
    forms = [reading.needed for reading in subject.forms]
    yield from _table("Forms", ("Form", "Title", "Version", "Status"), [(one.id, one.title, one.version, one.status.value) for one in forms])


def _profiles(subject: Subject) -> Iterator[str]:
    profiles = [reading.needed for reading in subject.profiles]
    rows = [(one.id, one.title, one.file, one.source.office, one.status.value) for one in profiles]
    yield from _table("Import profiles", ("Profile", "Title", "Files", "Office", "Status"), rows)


def _adaptation(subject: Subject) -> Iterator[str]:
    if subject.adaptation is None:
        return
    core, adaptation = load_contract(), subject.adaptation.needed
    try:
        adapted = adapt(core, [adaptation])
    except Refused as error:
        raise Unchecked(msg("%(file)s must be corrected first.", file=subject.adaptation.file.name)) from error
    rows = [_difference(one) for one in diff(core, adapted, [adaptation])]
    yield from _table("Adaptation of the milestones", ("Milestone", "What", "Core", "Here", "Reason", "Status"), rows)


def _difference(one: Difference) -> tuple[str, ...]:
    what = f"{one.kind.value} {one.what}".strip()
    return one.milestone or "all", what, "-" if one.core is None else spell(one.core), spell(one.national), one.reason, one.status.value


def _modality(subject: Subject) -> Iterator[str]:
    if subject.modality is None:
        return
    modality = subject.modality.needed
    rows = [(line.name, f"{line.amount.amount:f}" if line.amount else "in kind") for line in modality.lines]
    yield from _table("Support modality", ("Line", f"Amount a year, {modality.currency}"), [*rows, ("Total, as stated", f"{modality.stated_total.amount:f}")])
    yield ""
    about = f"{_plain(modality.name)}. {_plain(modality.support)}"
    yield f"Modality {modality.modality}: {about} Source: {_plain(modality.source.office)}, {modality.status.value}."


def _waived(subject: Subject) -> Iterator[str]:
    yield from _table("Tracks left as the core has them", ("Track", "Reason"), sorted(subject.manifest.waives.items()))


def _country(code: str) -> str:
    name = next((country.name for country in countries() if country.iso2 == code), "")
    return f"{_plain(name)} ({code})" if name else code


def _list(name: str, values: Iterable[str]) -> str:
    joined = ", ".join(values)
    return f"{name}: {joined}." if joined else ""


def _table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A section with a table; nothing where it has no row."""
    lines = ["| " + " | ".join(_plain(cell) or "-" for cell in row) + " |" for row in rows]
    if lines:
        yield from (f"## {title}", "", f"| {' | '.join(headers)} |", f"|{' --- |' * len(headers)}", *lines)


def _plain(text: str) -> str:
    """A text on one line, without characters that hide or steer, and with what Markdown would take as markup set apart."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co"} or letter in _JOINERS or letter.isspace())
    return _MARKUP.sub(r"\\\1", " ".join(shown.split()))

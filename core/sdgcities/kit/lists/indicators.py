"""A list of indicators to the end of `indicators.yaml`: what stands there, and the author's comments in it, stay as they are."""

from __future__ import annotations

import difflib
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import Finding, Message, Severity, Where, msg
from sdgcities.intake.files import read_text
from sdgcities.intake.yaml import load_yaml
from sdgcities.kit.lists.office import OfficeList, shortened
from sdgcities.kit.written import as_yaml
from sdgcities.model.plugins import Manifest
from sdgcities.plugin.declared.indicators import read_indicators
from sdgcities.plugin.manifest import FILE
from sdgcities.reports.reference import units_of_measure
from sdgcities.writing import put

KEYS = (
    *("code", "name", "definition", "method", "unit", "direction", "frequency", "track", "disaggregation", "sdg", "no_sdg_reason"),
    *("umf_cells", "umf_code", "programmes", "core", "minimum", "maximum", "source", "status"),
)
"""In the order in which an entry is written."""
NEEDED = ("code", "name", "definition", "unit", "direction", "frequency", "track", "sdg", "source")
LISTS = frozenset({"disaggregation", "sdg", "umf_cells", "programmes"})
NUMBERS = frozenset({"minimum", "maximum"})
_KEY_OF_ENTRY = len(("indicators", 0, "code"))
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_NUMBER = re.compile(r"-?[0-9]{1,20}([.,][0-9]{1,20})?", re.ASCII)
_EMPTY = re.compile(r"^indicators:[ \t]*(\[\s*\])?[ \t]*(?=#|$)", re.MULTILINE)
_SIGNS = {"%": "percent", "per cent": "percent", "percentage": "percent"}

Entry = dict[str, object]
Cell = Callable[[int, str], Where]
"""Where a key of a row stands in the list."""


@dataclass(frozen=True, slots=True)
class TakenIndicators:
    """Codes that were added, and how many stand there already as the list has them."""

    added: tuple[str, ...]
    unchanged: int


def take_indicators(manifest: Manifest, listed: OfficeList, columns: Mapping[str, str], given: Mapping[str, str], *, store: bool) -> TakenIndicators:
    """Bring the list into the plugin's `indicators.yaml`. `columns` names the column of a key, `given` what holds for every row.

    Raises Refused, with every row that is wrong, and then writes nothing.
    """
    file = manifest.path("indicators")
    if file is None:
        hint = msg("Write the line indicators: indicators.yaml into it, and a file indicators.yaml with the line indicators: [].")
        raise refuse("indicators.none", msg("plugin.yaml names no file of indicators."), hint, Where(file=str(manifest.folder / FILE)))
    reading = _Reading(listed, columns, given)
    known = {str(entry.get("code")): entry for entry in _entries(file)}
    new = [(place, entry) for place, entry in reading.entries() if not _stands(known, entry)]
    if clash := [(place, entry) for place, entry in new if entry["code"] in known]:
        raise Refused(shortened([_clash(listed, place, entry, file) for place, entry in clash]))
    text = _with(read_text(file), [entry for _, entry in new], file)
    _hold_against_readers(manifest, text, reading.where, len(known), [place for place, _ in new])
    if store and new:
        put(file, text.encode())
    return TakenIndicators(tuple(str(entry["code"]) for _, entry in new), len(listed.rows) - len(new))


class _Reading:
    """The rows of the list as entries."""

    def __init__(self, listed: OfficeList, columns: Mapping[str, str], given: Mapping[str, str]) -> None:
        if unknown := [key for key in (*columns, *given) if key not in KEYS]:
            close = difflib.get_close_matches(unknown[0], KEYS, n=1)
            hint = msg("Did you mean %(name)s?", name=close[0]) if close else msg("There are: %(names)s.", names=", ".join(KEYS))
            raise refuse("indicators.key", msg("An indicator has no %(key)s.", key=unknown[0]), hint)
        self._listed, self._given = listed, given
        same = {name.casefold().replace(" ", "_"): name for name in listed.columns}
        self._columns = {key: same[key] for key in KEYS if key in same} | {key: listed.column(name) for key, name in columns.items()}
        self._findings: list[Finding] = []
        if lacking := [key for key in NEEDED if key not in self._columns and key not in given]:
            hint = msg(
                "Say which column it is, --column %(key)s=COLUMN, or what holds for all, --set %(key)s=VALUE. Columns: %(names)s.",
                key=lacking[0],
                names=", ".join(listed.columns),
            )
            raise refuse("indicators.columns", msg("The list has no column for: %(names)s.", names=", ".join(lacking)), hint, listed.where(listed.header_row))

    def entries(self) -> list[tuple[int, Entry]]:
        """One for each row. Raises Refused for the cells that are wrong."""
        found: dict[str, tuple[int, Entry]] = {}
        for place, cells in self._listed.rows:
            entry = self._entry(place, cells)
            code = str(entry.get("code", ""))
            if code in found:
                self._wrong(place, "code", msg("%(code)s stands in row %(row)s already.", code=code, row=found[code][0]), msg("Give each its own code."))
            found.setdefault(code, (place, entry))
        if self._findings:
            raise Refused(shortened(self._findings))
        return list(found.values())

    def _entry(self, place: int, cells: Mapping[str, str]) -> Entry:
        texts = {key: (cells.get(self._columns[key], "") if key in self._columns else "") or self._given.get(key, "") for key in KEYS}
        for key in NEEDED:
            if not texts[key]:
                self._wrong(place, key, msg("The cell is empty."), msg("Fill it in, or give --set %(key)s=VALUE for all that are empty.", key=key))
        entry = {key: self._value(place, key, text) for key, text in texts.items() if text}
        if entry.get("sdg") != "none":
            entry.pop("no_sdg_reason", None)  # what --set gives holds where it is needed
        entry.setdefault("disaggregation", [])  # without a column for it, no split is said to apply; the author adds what should
        return {key: entry[key] for key in KEYS if key in entry}

    def _value(self, place: int, key: str, text: str) -> object:
        if key == "sdg" and text.casefold() == "none":
            return "none"
        if key in LISTS:
            return [part.strip() for part in re.split(r"[;|]" if key == "programmes" else r"[;|,]", text) if part.strip()]
        if key in NUMBERS:
            if not _NUMBER.fullmatch(text):
                self._wrong(place, key, msg("%(text)s is no number.", text=text), msg("Write digits, without blanks between them: 1234.5."))
            return _Plain(text.replace(",", "."))
        if key == "core":
            if text.casefold() not in _YES | _NO:
                self._wrong(place, key, msg("%(text)s is neither yes nor no.", text=text), msg("Write yes or no."))
            return text.casefold() in _YES
        return self._unit(place, text) if key == "unit" else text

    def _unit(self, place: int, text: str) -> str:
        """The id of a unit of measure, which the list may call by its name."""
        ids = {name.casefold(): unit for unit, name in units_of_measure().items()} | {unit: unit for unit in units_of_measure()} | _SIGNS
        found = ids.get(text.casefold())
        if found is None:
            near = ", ".join(dict.fromkeys(ids[one] for one in difflib.get_close_matches(text.casefold(), ids, n=3)))
            all_of_them = msg("docs/reference/files.md lists all.")
            hint = msg("Did you mean one of: %(names)s? %(page)s", names=near, page=all_of_them) if near else all_of_them
            self._wrong(place, "unit", msg("%(text)s is no unit of measure.", text=text), hint)
        return found or text

    def _wrong(self, place: int, key: str, message: Message, hint: Message) -> None:
        self._findings.append(Finding("indicators.row", Severity.BLOCK, message, hint, self.where(place, key)))

    def where(self, place: int, key: str) -> Where:
        """The cell of a key, by the name that its column has in the list."""
        return self._listed.where(place, self._columns.get(key, key))


class _Plain(str):
    """A number in the digits of the list: it is written without quotation marks."""

    __slots__ = ()


def _entries(file: Path) -> list[Mapping[str, object]]:
    data = load_yaml(file).data
    entries = data.get("indicators") if isinstance(data, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _stands(known: Mapping[str, Mapping[str, object]], entry: Entry) -> bool:
    """Whether all that the list says of an indicator is in the file."""
    there = known.get(str(entry["code"]))
    return there is not None and all(str(there.get(key)) == str(value) for key, value in entry.items() if value != [])


def _clash(listed: OfficeList, place: int, entry: Entry, file: Path) -> Finding:
    text = msg("%(code)s stands in %(file)s with other contents.", code=entry["code"], file=file.name)
    return Finding("indicators.known", Severity.BLOCK, text, msg("Correct one of them by hand."), listed.where(place))


def _with(text: str, entries: Sequence[Entry], file: Path) -> str:
    """The file with the entries at its end."""
    if not _EMPTY.search(text):
        hint = msg("Write indicators: alone on a line, and one entry below the other.")
        raise refuse("indicators.layout", msg("The entries don't stand below the line indicators:."), hint, Where(file=str(file)))
    indent = "  " if (first := re.search(r"^([ ]*)- ", text, re.MULTILINE)) is None else first[1]
    lines = [_EMPTY.sub("indicators:", text, count=1).rstrip("\n")]
    for entry in entries:
        for number, (key, value) in enumerate(entry.items()):
            lines.append(f"{indent}{'  ' if number else '- '}{key}: {value if isinstance(value, _Plain) else as_yaml(value)}")
    return "\n".join(lines) + "\n"


def _hold_against_readers(manifest: Manifest, text: str, cell: Cell, known: int, places: Sequence[int]) -> None:
    """What a hub's reader would refuse, told where it stands in the list."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "indicators.yaml"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            read_indicators(file, manifest, manifest.countries[0] if manifest.countries else "")
        except Refused as error:
            keys = _keys(file)
            raise Refused([_placed(finding, keys, cell, known, places, manifest) for finding in error.findings]) from error


def _keys(file: Path) -> Mapping[int, tuple[int, str]]:
    """Which entry, and which key of it, stands on a line: an entry is written with one key a line."""
    paths = load_yaml(file).lines.items()
    return {line: (int(path[1]), str(path[2])) for path, line in paths if len(path) == _KEY_OF_ENTRY}


def _placed(finding: Finding, keys: Mapping[int, tuple[int, str]], cell: Cell, known: int, places: Sequence[int], manifest: Manifest) -> Finding:
    entry, key = keys.get(finding.where.line or 0, (-1, ""))
    if entry >= known and entry - known < len(places):
        missing = finding.message.params.get("name") if finding.code == "schema.required" else None  # it stands on no line
        return replace(finding, where=cell(places[entry - known], str(missing or key)), hint=msg("Correct the row and run the command again."))
    return replace(finding, where=replace(finding.where, file=str(manifest.path("indicators"))))

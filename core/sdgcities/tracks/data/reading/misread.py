"""Why a profile can't make sense of a file: its text or its columns are written in another way than the profile says, and in which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.findings import NOWHERE, Message, Where, msg
from sdgcities.intake.csv import MAX_BYTES
from sdgcities.intake.files import MEGABYTE, check_file, opened
from sdgcities.intake.workbook import is_workbook
from sdgcities.model.profiles import ImportProfile, Layout
from sdgcities.tracks.data.reading.folded import folded
from sdgcities.tracks.data.reading.profiled import headers

TEXTS = ("", ".csv", ".tsv", ".txt")
"""How the names of tables end that are plain text."""
ENCODINGS = ("utf-8", "cp1252", "cp1254", "iso-8859-9", "utf-16")
DELIMITERS = (",", ";", "\t", "|")
UNREADABLE = "file.encoding"
BEGINNING = MEGABYTE // 4
"""As much of a file as is looked at for the names of its columns."""


def kind_of(path: Path) -> str:
    """The format of profiles that may read a file; empty for none."""
    if is_workbook(path):
        return "xlsx"
    suffix = path.suffix.casefold()
    return "csv" if suffix in TEXTS else suffix.removeprefix(".") if suffix in (".json", ".xml") else ""


def found_in(path: Path, profile: ImportProfile) -> list[tuple[str, ...]] | Refused:
    """The columns of the file's tables, or why the profile can't read them."""
    try:
        return headers(path, profile)
    except Refused as error:
        return error


def fits(profile: ImportProfile, found: list[tuple[str, ...]] | Refused) -> bool:
    """Whether every table has the columns that the profile needs."""
    return not isinstance(found, Refused) and all(set(profile.header) <= set(header) for header in found)


class Beginning:
    """How a text begins, in whatever encoding it is read: asked before it is read as many profiles say, and opened once for all of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts: dict[str, str] = {}
        self._named: dict[tuple[str, str, str], bool] = {}

    def like(self, profile: ImportProfile, encoding: str, delimiter: str) -> bool:
        """Whether the names of the profile's columns stand somewhere in it, and the mark between columns."""
        text, key = self._text(encoding), (profile.country, profile.id, encoding)
        if key not in self._named:
            spelled = ([name, *profile.layout.same.get(name, ())] for name in profile.header if not profile.layout.header_join)
            self._named[key] = bool(text) and all(any(folded(one) in text for one in names) for names in spelled)
        return self._named[key] and delimiter.strip() in text

    def _text(self, encoding: str) -> str:
        if encoding not in self._texts:
            try:
                self._texts[encoding] = folded(self._bytes.decode(encoding, errors="ignore"))
            except UnicodeError:
                self._texts[encoding] = ""
        return self._texts[encoding]

    @cached_property
    def _bytes(self) -> bytes:
        try:
            check_file(self._path, MAX_BYTES)
            with opened(self._path) as stream:
                return stream.read(BEGINNING)
        except Refused:
            return b""


def misread(path: Path, profile: ImportProfile, error: Refused | None = None, beginning: Beginning | None = None) -> Refused | None:
    """What the profile says wrongly of how this file is written; None where that is not what keeps it from reading the file.

    `error` is what came of reading it, where that was tried.
    """
    undecodable = error is not None and error.findings[0].code == UNREADABLE
    if profile.layout.format != "csv" or kind_of(path) != "csv":
        return None
    where = error.findings[0].where if error and undecodable else Where(file=str(path))
    begins = beginning or Beginning(path)
    likely = [(encoding, delimiter) for encoding, delimiter in _others(profile.layout) if begins.like(profile, encoding, delimiter)]
    if likely and not undecodable:
        found = found_in(path, profile)
        if fits(profile, found) or _known_twice(found):
            return None
    for encoding, delimiter in likely:
        layout = replace(profile.layout, encoding=encoding, delimiter=delimiter)
        tried = undecodable and encoding == profile.layout.encoding
        if not tried and fits(profile, found_in(path, replace(profile, layout=layout))):
            return _otherwise(profile, layout, where)
    return not_in_its_encoding(profile, where) if undecodable else None


def _known_twice(found: list[tuple[str, ...]] | Refused) -> bool:
    """Whether the names of the columns could be read, and one stands there twice."""
    return isinstance(found, Refused) and found.findings[0].code == "table.header" and bool(found.findings[0].where.column)


def not_in_its_encoding(profile: ImportProfile, where: Where = NOWHERE) -> Refused:
    """The refusal of a text that is not written as the profile says, nobody knows how."""
    problem = msg("The profile %(id)s reads the text as %(encoding)s, and that it is not.", id=profile.id, encoding=profile.layout.encoding)
    hint = msg("Ask the office how the file was saved, and say so in the profile: encoding, one of %(encodings)s.", encodings=", ".join(ENCODINGS))
    return refuse(UNREADABLE, problem, hint, where)


def _others(layout: Layout) -> Iterator[tuple[str, str]]:
    """Other ways to write the same table, as encoding and delimiter: first with another mark between the columns, then in another encoding, then both."""
    delimiters = [delimiter for delimiter in DELIMITERS if delimiter != layout.delimiter]
    encodings = [encoding for encoding in ENCODINGS if encoding != layout.encoding.removesuffix("-sig")]
    yield from product((layout.encoding,), delimiters)
    yield from product(encodings, (layout.delimiter,))
    yield from product(encodings, delimiters)


def _otherwise(profile: ImportProfile, found: Layout, where: Where) -> Refused:
    """The refusal that names what the profile says and what the file has."""
    said, other = profile.layout, found.encoding != profile.layout.encoding
    parts: dict[str, object] = {
        "id": profile.id,
        "said": shown(said.delimiter),
        "found": shown(found.delimiter),
        "said_encoding": said.encoding,
        "encoding": found.encoding,
        "key": _key(found.delimiter),
    }
    if other and said.delimiter != found.delimiter:
        problem = msg(
            "The profile %(id)s reads %(said_encoding)s with columns separated by %(said)s; this file is %(encoding)s, separated by %(found)s.",
            **parts,
        )
        return refuse("profile.layout", problem, msg("Correct the profile: delimiter: %(key)s and encoding: %(encoding)s.", **parts), where)
    if other:
        problem = msg("The profile %(id)s reads the text as %(said_encoding)s; its columns are found in this file when it is read as %(encoding)s.", **parts)
        return refuse(
            "profile.layout", problem, msg("Correct the profile: encoding: %(encoding)s. Then see that letters with accents come out right.", **parts), where
        )
    problem = msg("The profile %(id)s reads columns separated by %(said)s; in this file they are separated by %(found)s.", **parts)
    return refuse("profile.layout", problem, msg("Correct the profile: delimiter: %(key)s.", **parts), where)


def shown(delimiter: str) -> object:
    """A mark between columns, as people read it."""
    return msg("tabs") if delimiter == "\t" else f"“{delimiter}”"


def _key(delimiter: str) -> str:
    return '"\\t"' if delimiter == "\t" else f'"{delimiter}"'


def other_encodings(profiles: Sequence[ImportProfile]) -> Message | None:
    """Which profiles read texts that are not in UTF-8, so that nobody saves an office's file anew; None where none does."""
    named = sorted(f"{one.id} ({one.layout.encoding})" for one in profiles if one.layout.format == "csv" and not one.layout.encoding.startswith("utf-8"))
    return msg("Leave the file as it is and name its profile: --profile ID. Read another encoding: %(profiles)s.", profiles=", ".join(named)) if named else None

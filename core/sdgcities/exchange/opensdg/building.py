"""The built form of a data repository of Open SDG: the files that its site reads, in each language. What has not changed since the last export is kept."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from sdgcities import __version__
from sdgcities.exchange.opensdg.exporting import put_all
from sdgcities.exchange.opensdg.leaving import Leaving, leave
from sdgcities.exchange.opensdg.reading import read_repository, read_settings
from sdgcities.exchange.opensdg.renaming import renaming_of
from sdgcities.exchange.opensdg.reporting import disaggregation, fields, groups, reporting, zipped
from sdgcities.exchange.opensdg.repository import Repository
from sdgcities.exchange.opensdg.site import KINDS, built, json_of
from sdgcities.exchange.opensdg.typed import read_columns
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.findings import Finding
from sdgcities.intake.json import load_json

UNTRANSLATED, DIGESTS = "untranslated", "digests.json"
_OF_ALL = (
    "meta/all.json", "meta/schema.json", "headline/all.json", "stats/reporting.json", "stats/disaggregation.json", "translations/translations.json",
    "zip/all_indicators.zip", "zip/all_indicators.json",
)  # fmt: skip


def write(going: Outgoing, path: Path) -> Sequence[Finding]:
    """Fill the folder."""
    leaving = leave(going)
    _Building(leaving, [label.language for label in going.labels], path, going.before).write()
    return leaving.findings


class _Building:
    """One build. `before` is the folder of the last one, where there was one."""

    def __init__(self, leaving: Leaving, languages: Sequence[str], folder: Path, before: Path | None) -> None:
        self._leaving, self._languages, self._folder, self._before = leaving, languages, folder, before
        self._made: dict[str, bytes] = {}

    def write(self) -> None:
        """Keep what is the same, make the rest."""
        for language in self._folders:
            for kind in {*(name.partition(".")[0] for name in KINDS), "stats", "translations", "zip"}:
                (self._folder / language / kind).mkdir(parents=True, exist_ok=True)
        same = [one for one in self._leaving.indicators if self._earlier.get(one) == self._digests[one]]
        for one in same:
            self._keep(_file(language, kind, one) for language in self._folders for kind in KINDS)
        if self._earlier == self._digests:
            self._keep(f"{language}/{name}" for language in self._folders for name in _OF_ALL)
        else:
            self._make([one for one in self._leaving.indicators if one not in set(same)])
        self._put()
        put_all(self._folder, {DIGESTS: json_of(self._digests)})

    @cached_property
    def _folders(self) -> Sequence[str]:
        return (*self._languages, UNTRANSLATED)

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        """What each indicator's files come from: its own files of the repository and all that it shares with the others."""
        shared = sha256(repr((__version__, _OF_ALL, self._languages)).encode())
        for name in self._leaving.shared:
            shared.update(name.encode() + sha256(self._leaving.files[name]).digest())
        found = {"": shared.hexdigest()}
        for one, names in self._leaving.indicators.items():
            digest = shared.copy()
            for name in names:
                digest.update(name.encode() + sha256(self._leaving.files[name]).digest())
            found[one] = digest.hexdigest()
        return found

    @cached_property
    def _earlier(self) -> Mapping[str, str]:
        file = self._before / DIGESTS if self._before else None
        data = load_json(file) if file and file.is_file() else {}
        return {str(one): str(digest) for one, digest in data.items()} if isinstance(data, dict) else {}

    def _keep(self, names: Iterator[str]) -> None:
        """Files of the last build, without a copy where the disk allows it."""
        for name in names:
            source, target = f"{self._before}/{name}", f"{self._folder}/{name}"
            if not _linked(source, target):
                shutil.copyfile(source, target)

    def _put(self) -> None:
        """Write what was made. Files with the same content, such as the data in languages that have no words for its labels, are one on the disk."""
        first: dict[bytes, str] = {}
        for name, content in self._made.items():
            target = f"{self._folder}/{name}"
            source = first.setdefault(content, target)
            if source == target or not _linked(source, target):
                Path(target).write_bytes(content)

    def _make(self, ids: Sequence[str]) -> None:
        repository = self._repository(ids)
        for one in ids:
            table = next((name for name in self._leaving.indicators[one] if name.endswith(".csv")), "")
            columns = read_columns(self._leaving.files[table], renaming_of(repository, table)) if table else {}
            for language, contents in built(repository, one, columns).files(self._languages):
                self._made.update((_file(language or UNTRANSLATED, kind, one), content) for kind, content in contents.items())
        split = self._disaggregation(repository)  # the same in every language
        for language in self._folders:
            made = {**self._of_all(language, repository), "stats/disaggregation.json": split}
            self._made.update((f"{language}/{name}", content) for name, content in made.items())

    def _repository(self, ids: Sequence[str]) -> Repository:
        """Configuration, texts and the metadata of these indicators; their figures are read otherwise."""
        names = {*self._leaving.shared, *(name for one in ids for name in self._leaving.indicators[one] if not name.endswith(".csv"))}
        with TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            folder = Path(scratch)
            put_all(folder, {name: self._leaving.files[name] for name in names})
            if any(name not in self._leaving.shared for name in names):
                return read_repository(folder)
            return read_settings(folder)

    def _of_all(self, language: str, repository: Repository) -> dict[str, bytes]:
        """The files of all indicators together, out of those of each."""
        metadata = {one: self._content(language, "meta.json", one) for one in self._leaving.indicators}
        totals = {one: self._content(language, "headline.json", one) for one in metadata}
        told = {one: json.loads(content) for one, content in metadata.items()}
        shown = [one for one, fields in told.items() if fields["reporting_status"] == "complete" and fields["data_non_statistical"] is not True]
        archive, size = zipped({f"{one}.csv": self._content(language, "data.csv", one) for one in shown})
        texts = repository.translations
        wanted = [language] if language != UNTRANSLATED else list(texts)
        return {
            "meta/all.json": _joined(metadata),
            "meta/schema.json": json_of(fields(repository.schema)),
            "headline/all.json": _joined(totals),
            "stats/reporting.json": json_of(reporting(told, repository.schema, _extra(repository))),
            "translations/translations.json": json_of({one: groups(texts.get(one, {})) for one in wanted}),
            "zip/all_indicators.zip": archive,
            "zip/all_indicators.json": json_of(size),
        }

    def _disaggregation(self, repository: Repository) -> bytes:
        """How far the indicators are split, spelled with blanks as the builder spells this one file."""
        told = {one: json.loads(self._content(UNTRANSLATED, "meta.json", one)) for one in self._leaving.indicators}
        settings = repository.configuration
        columns = {one: set(_header(self._content(UNTRANSLATED, "data.csv", one))).difference(settings.non_disaggregation_columns) for one in told}
        return json.dumps(disaggregation(told, columns, _extra(repository), only_expected=settings.ignore_out_of_scope)).encode()

    def _content(self, language: str, kind: str, one: str) -> bytes:
        name = _file(language, kind, one)
        return self._made[name] if name in self._made else (self._folder / name).read_bytes()


def _extra(repository: Repository) -> Sequence[str]:
    """The further fields that statuses are counted by."""
    fields = repository.configuration.data.get("reporting_status_extra_fields")
    return [str(one) for one in fields] if isinstance(fields, list) else []


def _header(content: bytes) -> Sequence[str]:
    """The columns of a table; none where it has no row."""
    rows = csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline=""))
    header = next(rows, [])
    return header if next(rows, None) is not None else []


def _file(language: str, kind: str, one: str) -> str:
    folder, ending = kind.split(".")
    return f"{language}/{folder}/{one}.{ending}"


def _linked(source: str, target: str) -> bool:
    """Let a file go by another name too, where the disk allows that."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _joined(contents: Mapping[str, bytes]) -> bytes:
    return b"{" + b",".join(json_of(one) + b":" + content for one, content in contents.items()) + b"}"

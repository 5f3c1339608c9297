"""config_data.yml: where the files of a repository lie, in which languages it is built, which columns are no disaggregation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath

from sdgcities.exchange.opensdg.metadata import read_yaml
from sdgcities.exchange.opensdg.renaming import CODE_MAP, COLUMN_MAP
from sdgcities.exchange.opensdg.repository import Configuration, DataInput
from sdgcities.exchange.opensdg.words import words
from sdgcities.findings import Finding, Message, Severity, Where, msg


def config_file(folder: Path) -> Path | None:
    """The file with the configuration of the repository in this folder; None where it has none."""
    return next((folder / name for name in words().config_files if (folder / name).is_file()), None)


def read_configuration(folder: Path) -> tuple[Configuration, list[Finding]]:
    """The configuration, with Open SDG's defaults, and what of it can't be followed here."""
    file = config_file(folder)
    data, problems = read_yaml(file) if file else ({}, ())
    found = list(problems)
    if not isinstance(data, Mapping):
        told = msg("The configuration is no list of settings: Open SDG's defaults are taken.")
        found.append(Finding("opensdg.configuration", Severity.NOTE, told, None, Where(file=str(file))))
        data = {}
    return _Reading(folder, data, str(file) if file else "", found).configuration(), found


class _Reading:
    """One configuration on its way."""

    def __init__(self, folder: Path, data: Mapping[str, object], file: str, problems: list[Finding]) -> None:
        self._folder, self._data, self._file, self._problems = folder, data, file, problems

    def configuration(self) -> Configuration:
        known, options = words(), _mapping(self._data.get("indicator_options"))
        special = {
            "series_column": _text(options.get("series_column")) or known.series_column,
            "unit_column": _text(options.get("unit_column")) or known.unit_column,
            "geocode_column": known.geocode_column,
        }
        attributes = tuple(_column_of(item) for item in _listed(options.get("observation_attributes")))
        given = tuple(map(str, _listed(options.get("non_disaggregation_columns")))) or known.non_disaggregation_columns
        columns = dict.fromkeys((*given, *special.values(), *attributes, "Year", "Value"))
        return Configuration(
            data=self._data,
            file=self._file,
            languages=tuple(str(item) for item in _listed(self._data.get("languages"))),
            data_inputs=tuple(self._data_inputs()),
            metadata_patterns=tuple(self._metadata_patterns()),
            metadata_labels=dict(self._labels()),
            schema_file=self._schema_file(),
            translation_folders=tuple(self._translations()),
            non_disaggregation_columns=tuple(columns),
            ignore_out_of_scope=self._data.get("ignore_out_of_scope_disaggregation_stats") is True,
            **special,
        )

    def _data_inputs(self) -> Iterator[DataInput]:
        """The inputs of data. Those that are none of the files that are read here are told."""
        known = words()
        if not self._inputs:
            yield DataInput(self._inside(known.data_pattern))
        for item in self._inputs:
            name = _text(item.get("class"))
            if name in known.data_classes:
                maps = {setting: self._table(setting, item.get(setting)) for setting in (COLUMN_MAP, CODE_MAP)}
                yield DataInput(self._inside(_text(item.get("path_pattern")) or known.data_pattern), **maps)
            elif name not in known.metadata_classes:
                self._note(msg("The input %(name)s is no file of the repository: what it would bring is not taken in.", name=name or "?"))

    def _metadata_patterns(self) -> Iterator[str]:
        known = words()
        for item in self._inputs:
            if _text(item.get("class")) in known.metadata_classes:
                yield self._inside(_text(item.get("path_pattern")) or known.metadata_patterns[0])
        if not self._inputs:
            yield from (self._inside(pattern) for pattern in known.metadata_patterns)

    @cached_property
    def _inputs(self) -> Sequence[Mapping[str, object]]:
        given = self._data.get("inputs")
        if given is not None and not isinstance(given, list):
            self._note(msg("%(name)s is no list with a hyphen before each entry: Open SDG's defaults are taken.", name="inputs"))
        return [_mapping(item) for item in _listed(given)]

    def _table(self, setting: str, given: object) -> str:
        """A table that the configuration names; empty where it names none, or one that is not in the repository."""
        name = _text(given)
        found = (path for folder in ("", self._folder_of_files) if name and (path := _within(folder, name)) and (self._folder / path).is_file())
        path = next(found, "")
        if name and not path:
            told = msg("%(setting)s names %(file)s, which is not in the repository.", setting=setting, file=name)
            hint = msg("Put the file there: without it columns and labels would be called otherwise than in Open SDG.")
            self._problems.append(Finding("opensdg.map", Severity.BLOCK, told, hint, Where(file=self._file)))
        return path

    @property
    def _folder_of_files(self) -> str:
        return _text(self._data.get("src_dir"))

    def _labels(self) -> Iterator[tuple[str, str | Mapping[str, str]]]:
        """The patterns of metadata, with their labels or the table of them."""
        for item in self._inputs:
            pattern, mapping = _text(item.get("path_pattern")), item.get("metadata_mapping")
            if pattern and mapping and _text(item.get("class")) in words().metadata_classes:
                given = {str(label): str(name) for label, name in mapping.items()} if isinstance(mapping, Mapping) else None
                yield PurePosixPath(self._folder_of_files, pattern).as_posix(), given or self._table("metadata_mapping", mapping)

    def _inside(self, pattern: str) -> str:
        """A pattern below the repository's folder: one that leads out of it is not followed."""
        path = _within(self._folder_of_files, re.sub(r"\*{2,}", "*", pattern))  # Open SDG looks one folder deep there
        if not path:
            self._note(msg("%(path)s lies outside the repository: it is not read.", path=pattern))
        return path

    def _schema_file(self) -> str:
        given = _text(self._data.get("schema_file"))
        for item in map(_mapping, _listed(self._data.get("schema"))):
            given = given or (_text(item.get("schema_path")) if _text(item.get("class")) == "SchemaInputOpenSdg" else "")
        wanted = self._inside(given or words().schema_file)
        return wanted if wanted and (self._folder / wanted).is_file() else ""

    def _translations(self) -> Iterator[str]:
        given = [_mapping(item) for item in _listed(self._data.get("translations"))]
        if not given:
            yield from words().translation_folders
        for item in given:
            name = _text(item.get("class"))
            if name not in words().translation_classes:
                self._note(msg("The translations %(name)s are no files of the repository: they are not taken in.", name=name or "?"))
            elif folder := self._inside(_text(item.get("source")) or "translations"):
                yield folder

    def _note(self, told: Message) -> None:
        self._problems.append(Finding("opensdg.configuration", Severity.NOTE, told, None, Where(file=self._file)))


def _within(folder: str, name: str) -> str:
    """The path below the repository's folder; empty for one that leads out of it."""
    path = PurePosixPath(folder, name)
    return "" if path.is_absolute() or ".." in path.parts or ":" in path.as_posix().partition("/")[0] else path.as_posix()


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _column_of(item: object) -> str:
    return _text(_mapping(item).get("field")) or _text(item)

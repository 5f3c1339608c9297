"""config_data.yml: where the files of a repository lie, in which languages it is built, which columns are no disaggregation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from sdgcities.exchange.opensdg.metadata import read_yaml
from sdgcities.exchange.opensdg.repository import Configuration
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
            data_pattern=[*self._patterns(known.data_classes, (known.data_pattern,)), ""][0],
            metadata_patterns=tuple(self._patterns(known.metadata_classes, known.metadata_patterns)),
            metadata_labels=dict(self._labels()),
            schema_file=self._schema_file(),
            translation_folders=tuple(self._translations()),
            observation_attributes=attributes,
            non_disaggregation_columns=tuple(columns),
            ignore_out_of_scope=self._data.get("ignore_out_of_scope_disaggregation_stats") is True,
            **special,
        )

    def _patterns(self, classes: Sequence[str], default: Sequence[str]) -> Iterator[str]:
        """The patterns of the inputs of these classes. Inputs that are no files of the repository are told once, with the data."""
        inputs = [_mapping(item) for item in _listed(self._data.get("inputs"))]
        if not inputs:
            yield from (self._inside(pattern) for pattern in default)
            return
        own = (*words().data_classes, *words().metadata_classes)
        for item in inputs:
            name = _text(item.get("class"))
            if name in classes:
                yield self._inside(_text(item.get("path_pattern")) or default[0])
            elif name not in own and classes == words().data_classes:
                self._note(msg("The input %(name)s is no file of the repository: what it would bring is not taken in.", name=name or "?"))

    def _labels(self) -> Iterator[tuple[str, str]]:
        """The patterns of metadata that are tables, with the table of their labels."""
        for item in map(_mapping, _listed(self._data.get("inputs"))):
            pattern = _text(item.get("path_pattern"))
            if pattern and _text(item.get("class")) in words().metadata_classes:
                mapping = _text(item.get("metadata_mapping"))
                yield PurePosixPath(_text(self._data.get("src_dir")), pattern).as_posix(), self._inside(mapping) if mapping else ""

    def _inside(self, pattern: str) -> str:
        """A pattern below the repository's folder: one that leads out of it is not followed."""
        path = PurePosixPath(_text(self._data.get("src_dir")), pattern)
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            self._note(msg("%(path)s lies outside the repository: it is not read.", path=pattern))
            return ""
        return path.as_posix()

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
            if _text(item.get("class")) in words().translation_classes and (folder := self._inside(_text(item.get("source")) or "translations")):
                yield folder

    def _note(self, told: Message) -> None:
        self._problems.append(Finding("opensdg.configuration", Severity.NOTE, told, None, Where(file=self._file)))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _column_of(item: object) -> str:
    return _text(_mapping(item).get("field")) or _text(item)

"""A data repository of Open SDG read from its folder: pure data, each file within the limits of its kind, nothing run and nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.opensdg.configuration import config_file, read_configuration
from sdgcities.exchange.opensdg.datafiles import DataFile, read_data
from sdgcities.exchange.opensdg.metadata import SUFFIXES, TABLE, read_metadata
from sdgcities.exchange.opensdg.repository import Configuration, OpenIndicator, Repository, SchemaField
from sdgcities.exchange.opensdg.schema import read_schema
from sdgcities.exchange.opensdg.translations import read_translations
from sdgcities.findings import Finding, Severity, Where, msg
from sdgcities.intake.files import sha256_of

MOST_FILES = 20_000
"""Files of data and of metadata that a repository may have."""
_FLAT = ("indicator_*-*.csv", "metadata_*-*.md")
"""How the files are called where data and metadata lie together in one folder."""
_PART = re.compile(r"([0-9]+)|([^0-9]+)")


def is_repository(folder: Path) -> bool:
    """Whether a folder is a data repository of Open SDG: by its configuration, or by files of data and metadata called as Open SDG calls them."""
    if not folder.is_dir():
        return False
    if config_file(folder):
        return any(folder.glob("data/*-*.csv")) or any(folder.glob("meta/*-*.*"))
    return any(folder.glob("data/indicator_*-*.csv")) and (folder / "meta").is_dir()


def files_alone(folder: Path) -> list[Path]:
    """Files of data called as Open SDG calls them, in a folder that does not say that it is a repository: all together, or in its folder data."""
    return sorted((*folder.glob(_FLAT[0]), *folder.glob(f"data/{_FLAT[0]}"))) if folder.is_dir() else []


def read_repository(folder: Path) -> Repository:
    """The repository in a folder. Refused where it has no indicator; what is wrong with a file stands among the problems."""
    configuration, problems = read_configuration(folder)
    return _Reading(folder, configuration, problems).repository()


def read_figures(folder: Path) -> Repository:
    """The repository in a folder with its figures alone: no metadata, texts and digests, which take longest to read."""
    configuration, problems = read_configuration(folder)
    return _Reading(folder, configuration, problems).figures()


def data_name(folder: Path, one: str) -> str:
    """The file of data of an indicator, from the repository's folder; empty where it has none."""
    configuration, problems = read_configuration(folder)
    file = _Reading(folder, configuration, problems).data_files().get(one)
    return file.relative_to(folder).as_posix() if file else ""


class _Reading:
    """One repository on its way."""

    def __init__(self, folder: Path, configuration: Configuration, problems: list[Finding]) -> None:
        self._folder, self._configuration, self._problems = folder, configuration, problems
        self._figures_alone = False
        self._files: dict[str, str] = {}
        self._mappings: dict[str, Mapping[str, str]] = {}
        if configuration.file:
            self._keep(Path(configuration.file))

    def repository(self) -> Repository:
        """Everything, indicators in the order of their numbers."""
        indicators = self._indicators()
        schema, texts = self._schema(), dict[str, dict[str, str]]()
        for file in sorted(self._folder.glob("LICEN[CS]E*")):  # under which the figures may be passed on
            self._keep(file)
        for name in self._configuration.translation_folders:
            self._problems += read_translations(self._folder / name, texts)
            for file in sorted((self._folder / name).rglob("*")):
                if file.suffix in (".yml", ".yaml", ".csv"):
                    self._keep(file)
        return Repository(self._folder, self._configuration, indicators, texts, schema, tuple(self._problems), self._files)

    def figures(self) -> Repository:
        """The figures, and which files hold the metadata."""
        self._figures_alone = True
        return Repository(self._folder, self._configuration, self._indicators())

    def data_files(self) -> dict[str, Path]:
        """The file of data of each indicator."""
        return {_id(file): file for file in self._matching([self._configuration.data_pattern], ".csv") or self._flat(_FLAT[0])}

    def _indicators(self) -> dict[str, OpenIndicator]:
        data = self.data_files()
        metadata = self._metadata_files()
        if not data and not metadata:
            hint = msg("Open SDG keeps data in data/indicator_1-1-1.csv and metadata in meta/1-1-1.yml.")
            raise refuse("opensdg.empty", msg("The repository has no indicator."), hint, Where(file=str(self._folder)))
        if len(data) + len(metadata) > MOST_FILES:
            raise refuse("opensdg.files", msg("The repository has more than %(n)s files.", n=MOST_FILES), msg("Split it."), Where(file=str(self._folder)))
        ids = sorted({*data, *metadata}, key=_in_order)
        return {one: self._indicator(one, data.get(one), metadata.get(one, ())) for one in ids}

    def _indicator(self, one: str, file: Path | None, metadata: Sequence[Path]) -> OpenIndicator:
        fields, lines = dict[str, object](), dict[str, tuple[str, int]]()
        for path in () if self._figures_alone else metadata:
            self._merge(path, fields, lines)
        table = self._data(file) if file else DataFile()
        names = {column.strip(): column for column in table.columns}
        settings = self._configuration
        special = {name: names.get(getattr(settings, name), "") for name in ("series_column", "unit_column", "geocode_column")}
        splits = tuple(column for column in table.columns if column.strip() not in settings.non_disaggregation_columns)
        return OpenIndicator(
            id=one,
            metadata=fields,
            columns=table.columns,
            rows=table.rows,
            lines=table.lines,
            data_file=str(file) if file else "",
            metadata_files=tuple(map(str, metadata)),
            metadata_lines=lines,
            disaggregations=splits,
            **special,
        )

    def _data(self, file: Path) -> DataFile:
        self._keep(file)
        try:
            table = read_data(file)
        except Refused as error:
            self._problems += error.findings
            return DataFile()
        self._problems += table.problems
        return table

    def _merge(self, path: Path, fields: dict[str, object], lines: dict[str, tuple[str, int]]) -> None:
        """A later file's fields over those of an earlier one; a translation of the whole file under its language."""
        self._keep(path)
        read = read_metadata(path, self._labels(path))
        self._problems += read.problems
        fields.update(read.data)
        lines.update((name, (str(path), line)) for name, line in read.lines.items())
        for language in self._configuration.languages:
            translated = path.parent / language / path.name
            if translated.is_file():
                self._keep(translated)
                other = read_metadata(translated)
                self._problems += other.problems
                fields[language] = other.data

    def _labels(self, path: Path) -> Mapping[str, str] | None:
        """Which field each label of a table of metadata is; None where its labels are fields themselves."""
        name = path.relative_to(self._folder)
        mapping = next((file for pattern, file in self._configuration.metadata_labels.items() if name.match(pattern)), "")
        if not mapping or path.suffix != TABLE:
            return None
        if mapping not in self._mappings:
            self._keep(self._folder / mapping)
            read = read_metadata(self._folder / mapping)
            self._problems += read.problems
            self._mappings[mapping] = {label: str(field) for label, field in read.data.items()}
        return self._mappings[mapping]

    def _metadata_files(self) -> Mapping[str, Sequence[Path]]:
        """The files of each indicator, those of a later pattern last. Where the patterns find none, those that lie there are taken, and it is said."""
        found: dict[str, list[Path]] = {}
        for pattern in self._configuration.metadata_patterns:
            for path in self._matching([pattern]):
                if path.suffix in SUFFIXES:
                    found.setdefault(_id(path), []).append(path)
        if any((self._folder / "meta") in path.parents for files in found.values() for path in files):
            return found
        others = [*self._matching(["meta/*-*.yml", "meta/*-*.md"]), *self._flat(_FLAT[1])]
        for path in others:
            found.setdefault(_id(path), []).append(path)
        if others and self._configuration.file:
            told = msg("No metadata file is called as the configuration says (%(patterns)s).", patterns=", ".join(self._configuration.metadata_patterns))
            hint = msg("The files in meta/ are read all the same; Open SDG itself would build without them.")
            self._problems.append(Finding("opensdg.configuration", Severity.NOTE, told, hint, Where(file=self._configuration.file)))
        return found

    def _schema(self) -> tuple[SchemaField, ...]:
        if not self._configuration.schema_file:
            return ()
        file = self._folder / self._configuration.schema_file
        self._keep(file)
        schema, problems = read_schema(file)
        self._problems += problems
        return schema

    def _matching(self, patterns: Sequence[str], suffix: str = "") -> list[Path]:
        found = (path for pattern in patterns if pattern for path in sorted(self._folder.glob(pattern)))
        return [path for path in found if path.is_file() and path.name[0] not in ".~" and path.suffix.endswith(suffix)]

    def _flat(self, pattern: str) -> list[Path]:
        return sorted(self._folder.glob(pattern))

    def _keep(self, file: Path) -> None:
        if self._figures_alone:
            return
        name = file.relative_to(self._folder).as_posix()
        if name not in self._files and file.is_file():
            self._files[name] = sha256_of(file)


def _id(path: Path) -> str:
    """The indicator that a file is of, as Open SDG reads it off the file's name."""
    return path.stem.replace("indicator_", "").removeprefix("metadata_")


def _in_order(one: str) -> list[tuple[int, int, str]]:
    """1-2-1 before 1-10-1, and both before 1-a-1."""
    return list(_parts(one))


def _parts(one: str) -> Iterator[tuple[int, int, str]]:
    for number, text in _PART.findall(one):
        yield (0, int(number), "") if number else (1, 0, text)

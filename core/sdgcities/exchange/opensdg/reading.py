"""A data repository of Open SDG read from its folder: pure data, each file within the limits of its kind, nothing run and nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from sdgcities.errors import Refused, refuse
from sdgcities.exchange.opensdg.configuration import config_file, read_configuration
from sdgcities.exchange.opensdg.datafiles import DataFile, read_data
from sdgcities.exchange.opensdg.layout import FLAT, Layout, leading_out
from sdgcities.exchange.opensdg.metadata import read_metadata
from sdgcities.exchange.opensdg.renaming import Renaming, read_renaming
from sdgcities.exchange.opensdg.repository import Configuration, DataInput, OpenIndicator, Repository, SchemaField
from sdgcities.exchange.opensdg.schema import read_schema
from sdgcities.exchange.opensdg.translations import read_translations
from sdgcities.findings import Finding, Where, msg
from sdgcities.intake.files import sha256_of

MOST_FILES = 20_000
"""Files of data and of metadata that a repository may have."""
_PART = re.compile(r"([0-9]+)|([^0-9]+)")


def is_repository(folder: Path) -> bool:
    """Whether a folder is a data repository of Open SDG: by its configuration, or by files of data and metadata called as Open SDG calls them."""
    if not folder.is_dir():
        return False
    if config_file(folder):
        usual = any(folder.glob("data/*-*.csv")) or any(folder.glob("meta/*-*.*"))
        return usual or bool(Layout(folder, read_configuration(folder)[0]).data())
    return any(folder.glob("data/indicator_*-*.csv")) and (folder / "meta").is_dir()


def files_alone(folder: Path) -> list[Path]:
    """Files of data called as Open SDG calls them, in a folder that does not say that it is a repository: all together, or in its folder data."""
    return sorted((*folder.glob(FLAT[0]), *folder.glob(f"data/{FLAT[0]}"))) if folder.is_dir() else []


def read_repository(folder: Path) -> Repository:
    """The repository in a folder. Refused where it has no indicator, or leads out of the folder; what is wrong with a file stands among the problems."""
    if refused := leading_out(folder):
        raise refused
    configuration, problems = read_configuration(folder)
    return _Reading(folder, configuration, problems).repository()


def read_figures(folder: Path) -> Repository:
    """The repository in a folder with its figures alone: no metadata, texts and digests, which take longest to read."""
    configuration, problems = read_configuration(folder)
    return _Reading(folder, configuration, problems).figures()


def read_settings(folder: Path) -> Repository:
    """The repository in a folder without its indicators: its configuration, and the other names that it gives to columns and labels."""
    configuration, problems = read_configuration(folder)
    return Repository(folder, configuration, {}, renamings=_Reading(folder, configuration, problems).renamings)


def data_name(folder: Path, one: str) -> str:
    """The file of data of an indicator, from the repository's folder; empty where it has none."""
    configuration, _ = read_configuration(folder)
    files = Layout(folder, configuration).data().get(one)
    return files[-1][0].relative_to(folder).as_posix() if files else ""


class _Reading:
    """One repository on its way."""

    def __init__(self, folder: Path, configuration: Configuration, problems: list[Finding]) -> None:
        self._folder, self._configuration, self._problems = folder, configuration, problems
        self._layout = Layout(folder, configuration)
        self._figures_alone = False
        self._files: dict[str, str] = {}
        self._mappings: dict[str, Mapping[str, str]] = {}
        self._subfolders: dict[Path, list[Path]] = {}
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
        problems = (*self._problems, *self._layout.problems)
        return Repository(self._folder, self._configuration, indicators, texts, schema, problems, self._files, self.renamings)

    def figures(self) -> Repository:
        """The figures, and which files hold the metadata."""
        self._figures_alone = True
        return Repository(self._folder, self._configuration, self._indicators())

    @cached_property
    def renamings(self) -> Mapping[DataInput, Renaming]:
        """The tables of other names, by the input that names them. One that can't be read is told, and renames nothing."""
        found = dict[DataInput, Renaming]()
        for one in self._configuration.data_inputs:
            columns, codes = (self._folder / name if name else None for name in (one.column_map, one.code_map))
            try:
                if columns or codes:
                    found[one] = read_renaming(columns, codes)
            except Refused as error:
                self._problems += error.findings
            for file in filter(None, (columns, codes)):
                self._keep(file)
        return found

    def _indicators(self) -> dict[str, OpenIndicator]:
        data = self._layout.data()
        metadata = self._layout.metadata()
        if not data and not metadata:
            hint = msg("Open SDG keeps data in data/indicator_1-1-1.csv and metadata in meta/1-1-1.yml.")
            raise refuse("opensdg.empty", msg("The repository has no indicator."), hint, Where(file=str(self._folder)))
        if len(data) + len(metadata) > MOST_FILES:
            raise refuse("opensdg.files", msg("The repository has more than %(n)s files.", n=MOST_FILES), msg("Split it."), Where(file=str(self._folder)))
        ids = sorted({*data, *metadata}, key=_in_order)
        return {one: self._indicator(one, data.get(one, ()), metadata.get(one, ())) for one in ids}

    def _indicator(self, one: str, files: Sequence[tuple[Path, DataInput]], metadata: Sequence[Path]) -> OpenIndicator:
        fields, lines = dict[str, object](), dict[str, tuple[str, int]]()
        for path in () if self._figures_alone else metadata:
            self._merge(path, fields, lines)
        file, table = self._data(files)
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

    def _data(self, files: Sequence[tuple[Path, DataInput]]) -> tuple[Path | None, DataFile]:
        """The last file that has rows, or that can't be read, and its table."""
        file, table = None, DataFile()
        for path, _ in files:
            self._keep(path)
        for path, given in reversed(files):
            try:
                file, table = path, read_data(path, self.renamings.get(given, Renaming()))
            except Refused as error:
                self._problems += error.findings
                return path, DataFile()
            self._problems += table.problems
            if table.rows:
                break
        return file, table

    def _merge(self, path: Path, fields: dict[str, object], lines: dict[str, tuple[str, int]]) -> None:
        """A later file's fields over those of an earlier one; the file of the same name in a folder beside it, a translation, under that folder's name."""
        self._keep(path)
        labels = self._labels(path)
        read = read_metadata(path, labels)
        self._problems += read.problems
        _update(fields, read.data)
        lines.update((name, (str(path), line)) for name, line in read.lines.items())
        for folder in self._folders_beside(path):
            translated = folder / path.name
            if translated.is_file():
                self._keep(translated)
                other = read_metadata(translated, labels)
                self._problems += other.problems
                _update(fields, {folder.name: other.data})

    def _folders_beside(self, path: Path) -> Sequence[Path]:
        """The folders in the folder of a file."""
        if path.parent not in self._subfolders:
            self._subfolders[path.parent] = sorted(entry for entry in path.parent.iterdir() if entry.is_dir())
        return self._subfolders[path.parent]

    def _labels(self, path: Path) -> Mapping[str, str] | None:
        """Which field each label of the metadata is; None where the labels are fields themselves."""
        name = path.relative_to(self._folder)
        mapping = next((given for pattern, given in self._configuration.metadata_labels.items() if name.match(pattern)), "")
        if not mapping or not isinstance(mapping, str):
            return mapping or None
        if mapping not in self._mappings:
            self._keep(self._folder / mapping)
            read = read_metadata(self._folder / mapping)
            self._problems += read.problems
            self._mappings[mapping] = {label: str(field) for label, field in read.data.items()}
        return self._mappings[mapping]

    def _schema(self) -> tuple[SchemaField, ...]:
        if not self._configuration.schema_file:
            return ()
        file = self._folder / self._configuration.schema_file
        self._keep(file)
        schema, problems = read_schema(file)
        self._problems += problems
        return schema

    def _keep(self, file: Path) -> None:
        if self._figures_alone:
            return
        name = file.relative_to(self._folder).as_posix()
        if name not in self._files and file.is_file():
            self._files[name] = sha256_of(file)


def _update(fields: dict[str, object], later: Mapping[str, object]) -> None:
    """Later fields over earlier ones, entry by entry where both are lists of fields themselves."""
    for name, value in later.items():
        before = fields.get(name)
        if isinstance(before, dict) and isinstance(value, Mapping):
            merged = dict(before)
            _update(merged, value)
            fields[name] = merged
        else:
            fields[name] = value


def _in_order(one: str) -> list[tuple[int, int, str]]:
    """1-2-1 before 1-10-1, and both before 1-a-1."""
    return list(_parts(one))


def _parts(one: str) -> Iterator[tuple[int, int, str]]:
    for number, text in _PART.findall(one):
        yield (0, int(number), "") if number else (1, 0, text)

"""A data repository of Open SDG as it stands in its files: nothing read as a number, nothing tidied away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sdgcities.exchange.opensdg.values import figure_of
from sdgcities.findings import Finding

if TYPE_CHECKING:
    from sdgcities.exchange.opensdg.renaming import Renaming

YEAR, VALUE = "Year", "Value"
"""The columns that every data file has, the first and the last of it."""
CONTENT = "page_content"
"""Under which the text below the front matter of a metadata file goes."""
DEFAULT_LANGUAGE = "en"
_LIKE_KEY = re.compile(r"\w+\.\S+")
_KEY = re.compile(r"[a-z_]+\.[a-z0-9]+-[\w.-]+", re.ASCII)
"""A key of Open SDG's own translations, which lie in another repository: global_indicators.1-1-1-title."""


@dataclass(frozen=True, slots=True)
class SchemaField:
    """A field that metadata may have, as the repository's schema declares it. `valid_values` are empty where any text will do."""

    name: str
    label: str = ""
    scope: str = ""
    element: str = ""
    required: bool = False
    valid_values: tuple[object, ...] = ()
    translation_key: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    """Each value that is a text, with the key that its words are translated by."""


@dataclass(frozen=True, slots=True)
class DataInput:
    """Files of data that one input of the configuration names, with the files of its tables of other names; empty where it has none."""

    pattern: str = ""
    column_map: str = ""
    code_map: str = ""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What config_data.yml says, with Open SDG's own defaults for what it leaves out. `data` is all of it as it stands."""

    data: Mapping[str, object]
    file: str
    languages: tuple[str, ...]
    data_inputs: tuple[DataInput, ...]
    metadata_patterns: tuple[str, ...]
    metadata_labels: Mapping[str, str | Mapping[str, str]]
    """Pattern of metadata to which field each of their labels is, or to the table that says so; empty where labels are fields."""
    schema_file: str
    translation_folders: tuple[str, ...]
    series_column: str
    unit_column: str
    geocode_column: str
    non_disaggregation_columns: tuple[str, ...]
    """Every column that is no disaggregation: Year, Value, series, units, geocode, and what the configuration adds."""
    ignore_out_of_scope: bool

    @property
    def source_language(self) -> str:
        """The language that the repository is written in: the first that it names."""
        return self.languages[0] if self.languages else DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class OpenIndicator:
    """An indicator of the repository: its data file as text, and its metadata from all its files, a later one over an earlier.

    `columns` and `rows` are as they stand in the file, blanks and all, but by the names that column_map and code_map give them; every row is as wide
    as the header, and those that are empty are left out; `lines` tells of each the row of the file (the header is 1). Without a data file, or where
    it can't be read, all are empty. The series, unit and geocode columns and the disaggregations are names out of `columns`.
    """

    id: str
    metadata: Mapping[str, object] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: Sequence[Sequence[str]] = ()
    lines: Sequence[int] = ()
    data_file: str = ""
    metadata_files: tuple[str, ...] = ()
    metadata_lines: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Where each field of the metadata stands: file and line."""
    series_column: str = ""
    unit_column: str = ""
    geocode_column: str = ""
    """The column as it is called here; empty where this indicator has none."""
    disaggregations: tuple[str, ...] = ()
    """The columns that split the figures, in the order of the file."""

    @property
    def number(self) -> str:
        """Its number with dots, as 1.1.1: what its metadata say, or else its id."""
        told = self.metadata.get("indicator_number") or self.metadata.get("indicator")
        return str(told) if told is not None and not isinstance(told, dict | list) else self.id.replace("-", ".")

    @property
    def has_data(self) -> bool:
        """Whether any row has a figure."""
        place = self.column(VALUE) if self.rows else 0
        return any(figure_of(row[place]) for row in self.rows)

    def column(self, name: str) -> int:
        """The place of a column, from 0, whatever blanks stand around its name. Raises ValueError where there is none."""
        return [column.strip() for column in self.columns].index(name.strip())


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository of Open SDG, whole. `problems` are what could not be read as it should be; the checks add theirs."""

    folder: Path
    configuration: Configuration
    indicators: Mapping[str, OpenIndicator]
    """By id, such as 1-1-1, in the order of their numbers."""
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Language to `group.key` to text: those that lie in the repository itself."""
    schema: tuple[SchemaField, ...] = ()
    problems: tuple[Finding, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """Every file that was read, by its path from the folder: its SHA-256 digest."""
    renamings: Mapping[DataInput, Renaming] = field(default_factory=dict)
    """The tables of other names, for inputs that have any."""

    def worded(self, text: str) -> str:
        """A key of translations in the repository's own language, or the first of its others that has it; any other text as it stands.

        Empty for a key of Open SDG's own translations where the repository does not have it.
        """
        if not _LIKE_KEY.fullmatch(text.strip()):
            return text
        for language in (self.configuration.source_language, *self.configuration.languages, *self.translations):
            if (found := self.translated(text, language)) != text:
                return found
        return "" if _KEY.fullmatch(text.strip()) else text

    def translated(self, text: str, language: str) -> str:
        """A text of the repository in a language: a key of the group `data` or with its own; as it stands where there is no translation."""
        known, key = self.translations.get(language, {}), text.strip()
        return known.get(key, known.get(f"data.{key}", text))

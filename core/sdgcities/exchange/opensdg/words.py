"""What Open SDG takes for granted, and how its repositories name things (`opensdg.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.i18n.folding import fold
from sdgcities.intake.yaml import load_yaml


@dataclass(frozen=True)
class Words:
    """The lists of `opensdg.yaml`; `geography`, `whole` and `no_name` folded."""

    config_files: tuple[str, ...]
    data_pattern: str
    metadata_patterns: tuple[str, ...]
    schema_file: str
    translation_folders: tuple[str, ...]
    series_column: str
    unit_column: str
    geocode_column: str
    non_disaggregation_columns: tuple[str, ...]
    data_classes: tuple[str, ...]
    metadata_classes: tuple[str, ...]
    translation_classes: tuple[str, ...]
    required: Mapping[str, tuple[str, ...]]
    geography: frozenset[str]
    whole: frozenset[str]
    no_name: frozenset[str]
    fields: Mapping[str, tuple[str, ...]]
    """What is sought in the metadata (name, definition, unit, office, table, url), and the fields that may say it."""
    direction: Mapping[str, str]
    dimensions: Mapping[str, str]
    """Folded name of a column to the core's dimension."""
    statuses: Mapping[str, str]
    """Folded word to the letter of SDMX."""
    status_columns: tuple[str, ...]
    series_columns_elsewhere: tuple[str, ...]
    unit_columns_elsewhere: tuple[str, ...]


_SOUGHT = ("name", "definition", "unit", "office", "table", "url")
_LISTS = (
    *("config_files", "metadata_patterns", "translation_folders", "non_disaggregation_columns", "data_classes", "metadata_classes", "translation_classes"),
    *("status_columns", "series_columns_elsewhere", "unit_columns_elsewhere"),
)
_TEXTS = ("data_pattern", "schema_file", "series_column", "unit_column", "geocode_column")


@cache
def words() -> Words:
    """The lists, read once."""
    data = cast("dict[str, Any]", load_yaml(Path(__file__).with_name("opensdg.yaml")).data)
    return Words(
        **cast("dict[str, Any]", {name: tuple(data[name]) for name in _LISTS} | {name: data[name] for name in _TEXTS}),
        required={when: tuple(names) for when, names in data["required"].items()},
        geography=frozenset(map(fold, data["geography"])),
        whole=frozenset(map(fold, data["whole"])),
        no_name=frozenset(map(fold, data["no_name"])),
        fields={name: tuple(data[f"{name}_in"]) for name in _SOUGHT},
        direction=data["direction"],
        dimensions={fold(name): dimension for dimension, names in data["dimensions"].items() for name in names},
        statuses={fold(word): letter for letter, named in data["statuses"].items() for word in (letter, *named)},
    )

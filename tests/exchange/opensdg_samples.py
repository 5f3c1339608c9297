"""Small data repositories of Open SDG, written to disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

CONFIGURATION = """\
languages:
  - en
  - es
schema_file: metadata_schema.yml
inputs:
  - class: InputCsvData
    path_pattern: data/*-*.csv
  - class: InputYamlMeta
    path_pattern: indicator-config/*-*.yml
    git: false
  - class: InputYamlMeta
    path_pattern: meta/*-*.yml
    git: true
translations:
  - class: TranslationInputYaml
    source: translations
indicator_options:
  series_column: Series
  unit_column: Units
"""
SCHEMA = """\
prose:
  metadata:
    meta:
      - name: reporting_status
        field:
          element: select
          label: Reporting status
          options:
            - {name: status.complete, value: complete}
            - {name: status.notstarted, value: notstarted}
      - name: published
        field: {element: checkbox, label: Published}
"""
SLUMS = """\
Year,Units,Sex,Value
2018,Percent,,12.40
2018,Percent,Female,12.0
2018,Households,,1e3
2019,Percent,,
"""
SLUMS_META = """\
---
indicator_number: 11.1.1
indicator_name: Share of households in slums
published: true
reporting_status: complete
data_non_statistical: false
graph_title: Slums
graph_type: line
source_organisation_1: Town register
"""
SLUMS_CONFIG = """\
auto_progress_calculation: true
progress_calculation_options:
  - {unit: Percent, direction: negative, target: 2.50, base_year: 2015}
"""


def repository(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """A repository of one indicator, with these files over its own; an empty text takes one out."""
    given = {
        "config_data.yml": CONFIGURATION,
        "metadata_schema.yml": SCHEMA,
        "data/indicator_11-1-1.csv": SLUMS,
        "meta/11-1-1.yml": SLUMS_META,
        "indicator-config/11-1-1.yml": SLUMS_CONFIG,
        "translations/es/data.yml": "Sex: Sexo\nFemale: Mujeres\n",
        **(files or {}),
    }
    for name, text in given.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if text:
            path.write_text(text, encoding="utf-8", newline="")
    return folder

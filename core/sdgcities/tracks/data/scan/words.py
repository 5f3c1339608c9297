"""Words and limits of the City Scan, out of its data files (`columns.yaml`, `limits.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from sdgcities.intake.yaml import load_yaml
from sdgcities.tracks.data.inspecting.words import plain

_STEPS = re.compile(r"[/:]|(?<=\w)-(?=\w)")
"""What parts a group from its question: `/` and `:` in exports of KoboToolbox, `-` in those of ODK."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")


@dataclass(frozen=True)
class ColumnWords:
    """The lists of `columns.yaml`, folded."""

    coordinates: Mapping[str, frozenset[str]]
    personal: Mapping[str, frozenset[str]]
    projected: frozenset[str]
    identity: frozenset[str]
    parent: frozenset[str]
    software: frozenset[str]
    dates: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    of_places: frozenset[str]
    no_places: frozenset[str]
    a_name: frozenset[str]
    homes: frozenset[str]
    collectors: frozenset[str]
    numbering: frozenset[str]
    alone: frozenset[str]
    """Words of personal columns that count only as the whole name of a column."""


_LISTS = ("projected", "identity", "parent", "software", "dates", "yes", "no", "of_places", "no_places", "a_name", "homes", "collectors", "numbering", "alone")


@cache
def column_words() -> ColumnWords:
    """The lists, read once."""
    data = cast("dict[str, Any]", load_yaml(Path(__file__).with_name("columns.yaml")).data)
    groups = {name: {key: frozenset(map(plain, listed)) for key, listed in data[name].items()} for name in ("coordinates", "personal")}
    lists = {name: frozenset(map(plain, data[name])) for name in _LISTS}
    return ColumnWords(groups["coordinates"], groups["personal"], **lists)


@cache
def limit(name: str) -> float:
    """A limit of `limits.yaml`."""
    return float(cast("dict[str, Any]", load_yaml(Path(__file__).with_name("limits.yaml")).data)[name])


@cache
def question(column: str) -> str:
    """What a column is called without the groups it stands in, folded."""
    return plain(_CAMEL.sub(" ", _STEPS.split(column)[-1]))


def called(column: str, words: frozenset[str]) -> str:
    """The word of a list that a column is called by: the whole of its name, with its group, or of its last part; empty where it is none."""
    whole, last = plain(column), question(column)
    return next((name for name in (last, last.replace(" ", ""), whole) if name in words), "")


def holds(column: str, words: frozenset[str]) -> str:
    """The longest word or words of a list that stand in a column's name; empty where none does."""
    tokens = question(column).split()
    spans = (" ".join(tokens[first:last]) for first in range(len(tokens)) for last in range(first + 1, len(tokens) + 1))
    return max((span for span in spans if span in words), key=len, default="")

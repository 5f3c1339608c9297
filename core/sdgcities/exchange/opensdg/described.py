"""What Open SDG says of an indicator beside its figures: metadata and configuration, out of what the hub knows of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sdgcities.exchange.labels import Labels
from sdgcities.exchange.opensdg.leaving import Leaving
from sdgcities.exchange.opensdg.words import words
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.frameworks.lists import target_of
from sdgcities.model.statistics import Indicator

if TYPE_CHECKING:
    from sdgcities.exchange.opensdg.own import Group

_WIDTH = 2
_NO_TEXTS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that readers of YAML take for something else, keys too."""
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Signs that JSON allows and YAML does not, or takes for the end of a line."""


def in_words(unit: str) -> str:
    """A unit of measure as a label: its id in words."""
    text = unit.replace("_", " ")
    return text[:1].upper() + text[1:]


def add_metadata(going: Outgoing, group: Group, units: Sequence[str], places: Sequence[str], leaving: Leaving, *, in_one: str = "") -> None:
    """The files of an indicator, by the units of measure and the places of its figures.

    `in_one`: settings and texts stand in one file with this ending, as they do in the repository that it joins.
    """
    fence = b"---\n" if in_one == ".md" else b""
    settings, texts = _settings(group, units), _texts(going, group, units, places, Labels("en", str))
    if in_one:
        leaving.add(group.id, f"meta/{group.id}{in_one}", fence + yaml_of(settings | texts) + fence)
    else:
        leaving.add(group.id, f"indicator-config/{group.id}.yml", yaml_of(settings))
        leaving.add(group.id, f"meta/{group.id}.yml", yaml_of(texts))
    for label in going.labels:
        other = {name: text for name, text in _texts(going, group, units, places, label).items() if text != texts.get(name)}
        if other:
            leaving.add(group.id, f"meta/{label.language}/{group.id}{in_one or '.yml'}", fence + yaml_of(other) + fence)


def _settings(group: Group, units: Sequence[str]) -> dict[str, object]:
    """How Open SDG files and draws it."""
    numbered = group.number[:1].isdigit()
    options = [option for item in group.indicators for option in _progress(item, group, units)]
    return {
        "indicator_number": group.number,
        "indicator": group.number,
        **({"target_id": target_of(group.number), "sdg_goal": group.number.partition(".")[0]} if numbered else {}),
        "indicator_sort_order": "-".join(part.zfill(_WIDTH) for part in group.number.split(".")),
        **({"standalone": True} if group.standalone else {}),
        "published": True,
        "reporting_status": "complete",
        "data_non_statistical": False,
        "graph_type": "line",
        "graph_title": group.indicators[0].name,
        "data_show_map": False,
        **({"auto_progress_calculation": True, "progress_calculation_options": options} if options else {}),
        **{f"source_active_{number}": True for number, _ in enumerate(_sources(group), start=1)},
    }


def _progress(item: Indicator, group: Group, units: Sequence[str]) -> Iterator[dict[str, object]]:
    """By what its progress is measured, where the hub has settled that."""
    direction = next((sign for sign, way in words().direction.items() if way == item.direction.value), None)
    if item.aim is None or direction is None:
        return
    aim = item.aim
    given = {"base_year": aim.base_year, "target": aim.target, "target_year": aim.target_year, "limit": aim.limit}
    yield {
        **({"series": group.series[item.code]} if len(group.indicators) > 1 else {}),
        **({"unit": in_words(item.unit)} if len(units) > 1 else {}),
        "direction": direction,
        **{name: value for name, value in given.items() if value is not None},
    }


def _texts(going: Outgoing, group: Group, units: Sequence[str], places: Sequence[str], label: Labels) -> dict[str, object]:
    """What a reader reads of it, in a language."""
    first, official = group.indicators[0], going.catalogue.hub.frameworks.sdg.entries
    name = "; ".join(label.indicator(item) for item in group.indicators)
    known = official.get(group.number)
    target = official.get(target_of(group.number))
    found: dict[str, object] = {
        "indicator_name": label.text(known.title) if known and known.title else name,
        "national_indicator_available": name,
        "national_indicator_description": " ".join(label.text(item.definition) for item in group.indicators),
        "graph_title": label.indicator(first) if len(group.indicators) == 1 else name,
        "computation_units": ", ".join(label.text(in_words(unit)) for unit in units),
        "national_geographical_coverage": ", ".join(label.unit(going.units[unit]) for unit in places[:1] if unit in going.units),
        "target": label.text(target.title) if target else "",
        "computation_calculations": " ".join(dict.fromkeys(label.text(item.method) for item in group.indicators if item.method)),
    }
    for number, (office, table, url) in enumerate(_sources(group), start=1):
        found |= {f"source_organisation_{number}": office, f"source_url_{number}": url, f"source_url_text_{number}": table or office}
    return {name: text for name, text in found.items() if text}


def _sources(group: Group) -> list[tuple[str, str, str]]:
    return list(dict.fromkeys((item.source.office, item.source.table, item.source.url) for item in group.indicators))


def yaml_of(data: Mapping[str, object]) -> bytes:
    """A mapping as YAML: a line for each key, texts in quotes, so that no reader takes one for a number, a date or no."""
    return "".join(f"{as_key(name)}: {_written(value)}\n" for name, value in data.items()).encode()


def as_key(name: str) -> str:
    """A text as a key or an entry of YAML: in quotes only where a reader would take it for something else."""
    return name if name.isidentifier() and name.casefold() not in _NO_TEXTS else _written(name)


def _written(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_written(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return _UNPRINTED.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(value, ensure_ascii=False))

"""Figures of the hub's own indicators as a data repository of Open SDG: one indicator for each number of the SDGs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sdgcities.exchange.opensdg.carried import Carried
from sdgcities.exchange.opensdg.coding import slug_of, told_apart
from sdgcities.exchange.opensdg.described import add_metadata, as_key, in_words, yaml_of
from sdgcities.exchange.opensdg.leaving import Leaving
from sdgcities.exchange.opensdg.repository import VALUE, YEAR
from sdgcities.exchange.opensdg.typed import table_of
from sdgcities.exchange.opensdg.values import NOTHING
from sdgcities.exchange.opensdg.words import words
from sdgcities.exchange.outgoing import Outgoing
from sdgcities.exchange.tidy import written
from sdgcities.model.statistics import Indicator, ObservationStatus, read_dimensions
from sdgcities.registry.figures import Observed

PLACE, CONFIGURATION, SCHEMA = "Place", "config_data.yml", "metadata_schema.yml"
_PARTS = 3
_METADATA = "InputYamlMeta\n    path_pattern: meta/*-*.yml"
"""How the configuration names the files of metadata; the older form is .md."""


@dataclass(frozen=True, slots=True)
class Group:
    """The hub's indicators that go out as one of Open SDG: each is a series of it where they are several."""

    id: str
    number: str
    indicators: Sequence[Indicator]
    standalone: bool = False

    @property
    def series(self) -> Mapping[str, str]:
        """What each of them is called as a series."""
        return _apart({item.code: item.name for item in self.indicators})


def _apart(texts: Mapping[str, str]) -> dict[str, str]:
    """Each code with its text, and with itself beside it where the text is of several or is an empty cell to Open SDG, which knows groups by texts alone."""
    found = {code: text.strip() for code, text in texts.items()}
    of = Counter(found.values())
    return {code: f"{text} ({code})" if of[text] > 1 or text in NOTHING else text for code, text in found.items()}


def add_own(
    going: Outgoing, indicators: Mapping[str, Indicator], standing: Mapping[str, Sequence[Observed]], leaving: Leaving, carried: Carried | None
) -> None:
    """Add the indicators that no repository brought; where none did, the configuration too."""
    tables = [_Table(going, group, standing) for group in _grouped(indicators, leaving.indicators)]
    tables = [table for table in tables if table.rows]
    beside = next((Path(name) for names in leaving.indicators.values() for name in names if Path(name).suffix != ".csv"), None)
    for table in tables:
        leaving.add(table.group.id, f"data/indicator_{table.group.id}.csv", table.written())
        add_metadata(going, table.group, table.units, table.covered, leaving, in_one=beside.suffix if beside else "")
    texts = {text: None for table in tables for text in table.labels}
    if carried is None or CONFIGURATION not in leaving.files:
        leaving.files.setdefault(CONFIGURATION, _configuration(going, leaving))
        leaving.files.setdefault(SCHEMA, Path(__file__).with_name("metadata_schema.yml").read_bytes())
    places = {name: unit for table in tables for name, unit in table.places.items()}
    for label in going.labels:
        found = {text: label.text(text) for text in texts} | {name: label.unit(going.units[unit]) for name, unit in places.items()}
        if found := {text: other for text, other in found.items() if other and other != text}:
            name = f"translations/{label.language}/{'sdgcities' if f'translations/{label.language}/data.yml' in leaving.files else 'data'}.yml"
            leaving.files[name] = yaml_of(found)


def _configuration(going: Outgoing, leaving: Leaving) -> bytes:
    text = Path(__file__).with_name("config_data.yaml").read_text(encoding="utf-8")
    if any(name.startswith("meta/") and name.endswith(".md") for name in leaving.files):
        text = text.replace(_METADATA, _METADATA.replace("InputYamlMeta", "InputYamlMdMeta").replace(".yml", ".md"))
    return f"{text}languages: [{', '.join(as_key(label.language) for label in going.labels)}]\n".encode()


def _grouped(indicators: Mapping[str, Indicator], taken: Mapping[str, object]) -> Iterator[Group]:
    """By number of the SDGs, in their order; what has none stands alone."""
    numbered, used = dict[str, list[Indicator]](), set(taken)
    for item in indicators.values():
        number = next((code for code in item.sdg if code.count(".") == _PARTS - 1), "")
        numbered.setdefault(number, []).append(item)
    for item in numbered.pop("", []):
        slug = slug_of(item.code)
        one = told_apart(slug if "-" in slug else f"own-{slug}", item.code, used)
        used.add(one)
        yield Group(one, item.sdg[0] if item.sdg else item.code, [item], standalone=not item.sdg)
    for number, items in numbered.items():
        one = number.replace(".", "-")
        if one not in taken:
            yield Group(one, number, items)
        else:
            yield from (Group(told_apart(f"{one}-{slug_of(item.code)}", item.code, used), number, [item]) for item in items)


@dataclass
class _Table:
    """The table of one indicator of Open SDG: totals are empty cells, labels are English."""

    going: Outgoing
    group: Group
    standing: Mapping[str, Sequence[Observed]]
    places: dict[str, str] = field(default_factory=dict)
    """Names of the places below the whole, with their units."""

    def __post_init__(self) -> None:
        series, configured = words().series_column, words()
        self._figures = [(item, one) for item in self.group.indicators for one in self.standing.get(item.code, ()) if one.value is not None]
        self.units = sorted({one.unit_measure for _, one in self._figures})
        used = {name for _, one in self._figures for name in read_dimensions(one.dims)}
        whole = _whole(self.going)
        self.covered = sorted({one.unit for _, one in self._figures}, key=lambda unit: (unit != whole, unit))
        below = any(one.unit != whole for _, one in self._figures)
        judged = any(one.status != ObservationStatus.NORMAL for _, one in self._figures)
        self._dimensions = _apart({name: self._column(name) for name in self.going.dimensions if name in used})
        self._series, self._labels = self.group.series, {name: _apart(self.going.dimensions[name].codes) for name in self._dimensions}
        self._named = _apart({code: unit.name for code, unit in self.going.units.items()})
        self.columns = [YEAR]
        self.columns += [series] * (len(self.group.indicators) > 1) + [configured.unit_column] * (len(self.units) > 1)
        self.columns += [*self._dimensions.values(), *([PLACE, configured.geocode_column] if below else [])]
        self.columns += [configured.status_columns[0]] * judged + [VALUE]
        self.rows = [self._row(item, one, whole) for item, one in self._figures]

    def _column(self, dimension: str) -> str:
        """The heading of a dimension: its name, unless Open SDG means something else by that."""
        name = self.going.dimensions[dimension].name.strip()
        return dimension if name in (*words().non_disaggregation_columns, PLACE) else name

    def _row(self, item: Indicator, one: Observed, whole: str) -> list[str]:
        given = read_dimensions(one.dims)
        cells = {self._dimensions[name]: self._labels[name][code] for name, code in given.items()}
        cells |= {YEAR: written(one.start, one.end, one.freq), words().series_column: self._series[item.code], words().unit_column: in_words(one.unit_measure)}
        cells |= {words().status_columns[0]: one.status, VALUE: one.value or ""}
        if one.unit != whole:
            cells |= {PLACE: self._placed(one.unit), words().geocode_column: one.unit}
        return [cells.get(name, "") for name in self.columns]

    def _placed(self, code: str) -> str:
        """What a place is called; a name that is of no other may be translated."""
        name = self._named.get(code, code)
        if code in self._named and name == self.going.units[code].name:
            self.places[name] = code
        return name

    @property
    def labels(self) -> Iterator[str]:
        """Every text of the table that may be translated: headings and labels."""
        fixed = (YEAR, VALUE, words().geocode_column, words().status_columns[0])
        for at, name in enumerate(self.columns):
            if name == PLACE:
                yield name
            elif name not in fixed:
                yield name
                yield from dict.fromkeys(row[at] for row in self.rows if row[at])

    def written(self) -> bytes:
        """The file."""
        return table_of(self.columns, self.rows)


def _whole(going: Outgoing) -> str:
    """The place that all the others lie in; the only one there is; empty where there is none."""
    codes = going.unit_codes
    if len(codes) == 1:
        return codes[0]
    return next((code for code in codes if all(code in _above(going, other) for other in codes)), "")


def _above(going: Outgoing, code: str) -> set[str]:
    """A place with all that it lies in."""
    known = {one: unit for places in going.catalogue.places.values() for one, unit in places.units.items()}
    found = {code}
    while (unit := known.get(code)) and unit.parent and unit.parent not in found:
        code = unit.parent
        found.add(code)
    return found

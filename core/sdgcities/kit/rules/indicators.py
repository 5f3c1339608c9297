"""Rules of indicators, of the plugin's own dimensions, and of import profiles."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from sdgcities.contract.load import load_contract
from sdgcities.errors import Refused
from sdgcities.findings import Finding, Message, Severity, msg
from sdgcities.frameworks.lists import target_of
from sdgcities.frameworks.shipped import shipped
from sdgcities.intake.yaml import Document, NodePath
from sdgcities.kit.doubts.names_of_columns import ProfileColumns, unknown_systems
from sdgcities.kit.hooks.source import hooks_of
from sdgcities.kit.placeholders import is_placeholder
from sdgcities.kit.rule import Check
from sdgcities.kit.subject import Subject, document_of
from sdgcities.model.milestones import Criterion, Group
from sdgcities.model.statistics import Dimension, Indicator
from sdgcities.plugin.declared.codelists import read_dimensions
from sdgcities.plugin.declared.problems import nearest, yaml_files
from sdgcities.plugin.discovery import CORE
from sdgcities.plugin.kinds import UNITS
from sdgcities.plugin.manifest import read_manifest
from sdgcities.reports.reference import never_adds_up, units_of_measure

UNITS_PAGE = "docs/reference/files.md#units-of-measure"
_NEAREST = 3
_CORE_COUNTED = "data/framework-core-indicators"
"""The measure that counts the indicators of the national core which a city adopted."""
ALIKE = 0.8
"""How near a code must be to one of the plugin's to be a slip, and not another plugin's."""
TOTAL = "_T"
"""The code of the total: it belongs to every dimension."""


def valid(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses; an indicator that does not say its track; a reason that says nothing."""
    if subject.indicators is None:
        return
    yield from subject.indicators.findings
    for number, indicator, document in _indicators(subject) if subject.indicators.value is not None else ():
        here: NodePath = ("indicators", number)
        if (*here, "track") not in document.lines:
            problem = msg("%(code)s does not say which track it is evidence for.", code=indicator.code)
            yield _finding("indicator.track", problem, msg("Add track: data, planning, institutions or finance."), document, here)
        yield from _letters(indicator.code, subject, document, (*here, "code"))
        if not indicator.sdg and is_placeholder(indicator.no_sdg_reason):
            problem = msg("%(code)s has no SDG target and no reason for it.", code=indicator.code)
            yield _finding("indicator.sdg", problem, msg("Name a target such as 11.7, or say in a sentence why none fits."), document, (*here, "no_sdg_reason"))
        if is_placeholder(indicator.definition):
            problem = msg("%(code)s has no definition.", code=indicator.code)
            yield _finding("indicator.definition", problem, msg("Say what is counted or measured, of whom and when."), document, (*here, "definition"))
        if indicator.aggregation and never_adds_up(indicator.unit):
            problem = msg("%(code)s is in %(unit)s: shares, rates and means are never added up.", code=indicator.code, unit=indicator.unit)
            yield _finding("indicator.aggregation", problem, msg("Take aggregation out."), document, (*here, "aggregation"))


def _letters(code: str, subject: Subject, document: Document, path: NodePath) -> Iterator[Finding]:
    """A code without the country's letters: another country's may be the same, and tags name indicators of all."""
    country = subject.country
    if not subject.manifest.countries or code.startswith(country):
        return
    rest = re.sub(r"^[A-Za-z]{2}-", "", code)
    hint = msg("Did you mean %(code)s? The code begins with the country's letters, in capitals.", code=f"{country}-{rest}")
    yield _finding("indicator.letters", msg("%(code)s does not begin with %(country)s.", code=code, country=country), hint, document, path)


def mappings(subject: Subject) -> Iterator[Finding]:
    """Codes of the SDGs and of the UMF, units of measure and dimensions that are in no list."""
    if subject.indicators is None:
        return
    dimensions = dimensions_known(subject)
    if subject.manifest.countries:
        yield from _framework(subject.indicators.needed, document_of(subject.indicators.file))
    for number, indicator, document in _indicators(subject):
        here: NodePath = ("indicators", number)
        for place, code in enumerate(indicator.sdg):
            yield from _sdg(code, document, (*here, "sdg", place))
        if indicator.umf_code and indicator.umf_code not in shipped().umf.entries:
            problem = msg("%(code)s is none of the UMF codes that could be confirmed.", code=indicator.umf_code)
            hint = msg("Leave umf_code out and keep umf_cells. Confirmed are: %(codes)s.", codes=", ".join(shipped().umf.entries))
            yield _finding("mapping.umf", problem, hint, document, (*here, "umf_code"))
        if indicator.unit not in units_of_measure():
            yield _no_unit(indicator.unit, document, (*here, "unit"))
        for place, dimension in enumerate(indicator.disaggregation):
            if dimension not in dimensions:
                problem = msg("There is no dimension %(id)s.", id=dimension)
                yield _unknown("mapping.dimension", problem, dimension, dimensions, document, (*here, "disaggregation", place))


def _framework(indicators: Sequence[Indicator], document: Document) -> Iterator[Finding]:
    """What keeps every city of the country from the milestone of the indicator framework: no cell of the UMF, or too small a national core."""
    if not any(indicator.umf_cells for indicator in indicators):
        hint = msg('Add umf_cells to those that fit one, such as umf_cells: ["1.2"]; reports group indicators by them.')
        yield _note("indicator.cells", msg("No indicator names a cell of the UMF."), hint, document, ("indicators",))
    core = sum(indicator.core for indicator in indicators)
    for milestone, floor in _least_core():
        if core < floor:
            least = {"n": core, "id": milestone, "floor": floor}
            has = msg("Indicators of the national core: %(n)s; the milestone %(id)s asks for at least %(floor)s.", **least)
            yield _note("indicator.core", has, msg("Add indicators, or a city can't reach the milestone."), document, ("indicators",))


@cache
def _least_core() -> Sequence[tuple[str, Decimal]]:
    """The milestones that count the national core, and the least number that a country may ask for."""
    milestones = load_contract().milestones.values()
    counted = ((one, criterion.parameter) for one in milestones for criterion in _criteria(one.criteria) if criterion.measure == _CORE_COUNTED)
    return [(one.id, floor) for one, name in counted if name and isinstance(floor := one.parameters[name].floor, Decimal)]


def _criteria(group: Group) -> Iterator[Criterion]:
    for member in group.members:
        yield from _criteria(member) if isinstance(member, Group) else (member,)


def _sdg(code: str, document: Document, path: NodePath) -> Iterator[Finding]:
    entries = shipped().sdg.entries
    listed, target = entries.get(code), target_of(code)
    if listed and listed.until:
        problem = msg("%(code)s was an SDG indicator until %(year)s.", code=code, year=listed.until)
        yield _finding("mapping.sdg", problem, msg("Name the target: %(target)s.", target=target), document, path)
    elif not listed:
        if target in entries:
            hint = msg("The list is the one of 2020; of a later indicator name the target: %(target)s.", target=target)
        else:
            hint = msg("Write an indicator such as 11.3.1, or a target such as 11.7.")
        yield _finding("mapping.sdg", msg("The SDGs have no indicator or target %(code)s.", code=code), hint, document, path)


def _no_unit(unit: str, document: Document, path: NodePath) -> Finding:
    """The three units that are nearest, by id or by name, and where all are listed."""
    ids = {name.casefold(): one for one, name in units_of_measure().items()} | {one: one for one in units_of_measure()}
    near = dict.fromkeys(ids[one] for one in difflib.get_close_matches(unit.casefold(), ids, n=_NEAREST, cutoff=0))
    hint = msg("The nearest are %(close)s; %(page)s lists all.", close=", ".join(near), page=UNITS_PAGE)
    return _finding("mapping.unit", msg("%(id)s is no unit of measure.", id=unit), hint, document, path)


def _unknown(code: str, problem: Message, word: str, known: Iterable[str], document: Document, path: NodePath) -> Finding:
    close = difflib.get_close_matches(word, known)
    hint = msg("Did you mean %(close)s?", close=", ".join(close)) if close else msg("There are: %(known)s.", known=", ".join(known))
    return _finding(code, problem, hint, document, path)


def documented(subject: Subject) -> Iterator[Finding]:
    """Indicators without a method, with a definition that repeats the name, or with figures that were never said to be split or not."""
    for number, indicator, document in _indicators(subject) if subject.indicators else ():
        here: NodePath = ("indicators", number)
        if is_placeholder(indicator.method):
            problem = msg("%(code)s does not say how its figure is made.", code=indicator.code)
            yield _finding("indicator.method", problem, msg("Add method: what is counted, by whom, and the formula."), document, (*here, "method"))
        if indicator.definition.strip(" .").casefold() == indicator.name.strip(" .").casefold():
            problem = msg("The definition of %(code)s repeats its name.", code=indicator.code)
            yield _finding("indicator.definition", problem, msg("Say what is counted or measured, of whom and when."), document, (*here, "definition"))


def codelists(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses, and dimensions that the core has already."""
    if subject.dimensions is None:
        return
    yield from subject.dimensions.findings
    for number, dimension in enumerate(subject.dimensions.value or ()):
        if dimension.id in core_dimensions():
            problem = msg("The core has a dimension %(id)s already.", id=dimension.id)
            hint = msg("Use the core's, or give yours another id.")
            yield _finding("codelist.core", problem, hint, document_of(subject.dimensions.file), ("dimensions", number, "id"))


def tags(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses, and targets and indicators of the SDGs that don't exist. Other plugins' indicators can't be seen here."""
    if subject.tags is None:
        return
    yield from subject.tags.findings
    for number, tag in enumerate(subject.tags.value or ()):
        for place, code in enumerate(tag.sdg):
            if "." in code:
                yield from _sdg(code, document_of(subject.tags.file), ("tags", number, "sdg", place))
        own = [indicator.code for indicator in subject.indicators.needed] if subject.indicators else []
        for place, code in enumerate(tag.indicators):
            if code not in own and (near := nearest(code, own, ALIKE)):
                path: NodePath = ("tags", number, "indicators", place)
                problem = msg("The plugin has no indicator %(code)s.", code=code)
                yield _finding("tag.indicator", problem, msg("Did you mean %(name)s?", name=near), document_of(subject.tags.file), path)


def profiles(subject: Subject) -> Iterator[Finding]:
    """What the reader refuses, and indicators, dimensions, codes and units that no list has. Levels are the reader's matter."""
    folder = subject.manifest.path("profiles")
    try:
        yaml_files(folder) if folder else ()
    except Refused as error:
        yield from error.findings
    for reading in subject.profiles:
        yield from reading.findings
        if reading.value is not None:
            document = document_of(reading.file)
            yield from ProfileNames(subject, document).findings()
            yield from ProfileColumns(document).findings()
            if subject.manifest.path("units") and not any(hook.name == UNITS.hook for hook in hooks_of(subject.manifest)):
                yield from unknown_systems(document, subject.units.needed)


class ProfileNames:
    """What one profile names, held against what the plugin and the core have."""

    def __init__(self, subject: Subject, document: Document) -> None:
        self._document = document
        assert isinstance(document.data, dict)
        self._aggregate = str(document.data.get("aggregate", ""))
        self._country = subject.country
        self._indicators = {indicator.code: indicator for indicator in subject.indicators.needed} if subject.indicators else {}
        self._units_of_measure = {indicator.code: indicator.unit for indicator in subject.indicators.needed} if subject.indicators else {}
        self._dimensions = dimensions_known(subject)
        self._units = {unit.id for unit in subject.units.needed}

    def findings(self) -> Iterator[Finding]:
        """Everything that it names and that is not there."""
        data = self._document.data
        assert isinstance(data, dict)
        for key, code in data.get("indicator", {}).get("keys", {}).items():
            yield from self._indicator(code, ("indicator", "keys", key))
        for number, entry in enumerate(data.get("adds_up", ())):
            for place, code in enumerate(entry["indicators"]):
                yield from self._indicator(code, ("adds_up", number, "indicators", place))
        for number, column in enumerate(data["values"]):
            yield from self._column(column, ("values", number))
        for text, given in data.get("unit_measure", {}).get("codes", {}).items():
            yield from self._unit(given["unit"] if isinstance(given, dict) else given, self._units_of_measure, ("unit_measure", "codes", text))
        for dimension, code in data.get("constants", {}).items():
            yield from self._codes(dimension, {"": code}, ("constants", dimension))
        for number, column in enumerate(data.get("dimensions", ())):
            yield from self._codes(column["dimension"], column["codes"], ("dimensions", number))
        if (unit := data.get("blank_unit")) and self._units and unit not in self._units:
            yield _finding(
                "profile.unit", msg("There is no unit %(id)s.", id=unit), msg("Write the id of a row of units.csv."), self._document, ("blank_unit",)
            )

    def _column(self, column: Mapping[str, Mapping[str, object]], path: NodePath) -> Iterator[Finding]:
        if "indicator" in column:
            yield from self._indicator(str(column["indicator"]), (*path, "indicator"))
        if "unit" in column:
            only = {column.get("indicator")} if "indicator" in column else self._units_of_measure
            yield from self._unit(str(column["unit"]), {one: unit for one, unit in self._units_of_measure.items() if one in only}, (*path, "unit"))
        for dimension, code in column.get("dimensions", {}).items():
            yield from self._codes(dimension, {"": code}, (*path, "dimensions", dimension))
        for dimension, codes in column.get("codes", {}).items():
            assert isinstance(codes, dict)
            yield from self._codes(dimension, codes, (*path, "codes", dimension))

    def _indicator(self, code: str, path: NodePath) -> Iterator[Finding]:
        if code not in self._indicators:
            yield _unknown("profile.indicator", msg("There is no indicator %(code)s.", code=code), code, self._indicators, self._document, path)
        elif path[0] != "adds_up" and self._aggregate and self._indicators[code].aggregation != self._aggregate:
            problem = msg("The profile adds up figures of %(code)s, whose rule does not allow it.", code=code)
            hint = msg("Where its figures add up, say aggregation: sum with the indicator; otherwise take aggregate out of the profile.")
            yield _finding("profile.aggregate", problem, hint, self._document, path)

    def _unit(self, unit: str, of: Mapping[str, str], path: NodePath) -> Iterator[Finding]:
        """A unit of measure that none of these indicators has."""
        if of and unit not in of.values():
            problem = msg("%(unit)s is the unit of measure of none of the indicators here.", unit=unit)
            yield _unknown("profile.unit-measure", problem, unit, sorted(set(of.values())), self._document, path)

    def _codes(self, name: str, codes: Mapping[str, object], path: NodePath) -> Iterator[Finding]:
        if name not in self._dimensions:
            yield _unknown("profile.dimension", msg("There is no dimension %(id)s.", id=name), name, self._dimensions, self._document, path)
            return
        known: Container[str] = {TOTAL, *self._dimensions[name].codes}
        for code in codes.values():
            if code not in known:
                problem = msg("%(code)s is no code of %(dimension)s.", code=code, dimension=name)
                yield _unknown("profile.code", problem, str(code), self._dimensions[name].codes, self._document, path)


def dimensions_known(subject: Subject) -> Mapping[str, Dimension]:
    """The dimensions of the core and those of the plugin. Raises Unchecked where its own can't be read."""
    return {**core_dimensions(), **{one.id: one for one in (subject.dimensions.needed if subject.dimensions else ())}}


@cache
def core_dimensions() -> Mapping[str, Dimension]:
    """The dimensions that the core has."""
    manifest = read_manifest(CORE)
    file = manifest.path("codelists")
    assert file is not None
    return {dimension.id: dimension for dimension in read_dimensions(file, manifest)}


def _indicators(subject: Subject) -> Iterator[tuple[int, Indicator, Document]]:
    assert subject.indicators is not None
    document = document_of(subject.indicators.file)
    for number, indicator in enumerate(subject.indicators.needed):
        yield number, indicator, document


def _note(code: str, problem: Message, hint: Message, document: Document, path: NodePath) -> Finding:
    return Finding(code, Severity.NOTE, problem, hint, document.where(path))


def _finding(code: str, problem: Message, hint: Message, document: Document, path: NodePath) -> Finding:
    return Finding(code, Severity.BLOCK, problem, hint, document.where(path))


CHECKS: Mapping[str, Check] = {
    "indicators-valid": valid,
    "mappings-exist": mappings,
    "codelists-valid": codelists,
    "tags-valid": tags,
    "profiles-valid": profiles,
    "indicators-documented": documented,
}
